/**
 * One search for people, groups, messages and files. Messages are found in an index of our own in PostgreSQL: blocks of
 * consecutive messages with the numbers of their grams (`rules/grams.ts`), and a tail of the newest that fill no block
 * yet. What the index finds is compared with the messages as they are, by a query that asks messaging who may read them.
 * `indexer.ts` keeps it true from the outbox; docs/decisions/0014 says why it is built so. The text inside of files is read
 * beside (`file-reader.ts`) and found by the same numbers, a row for each message that carries one.
 */
import * as ops from '@heyi/contract/search'
import type { Kernel } from '../../kernel/context.js'
import { addJob } from '../../kernel/jobs.js'
import type { Metrics } from '../../kernel/metrics.js'
import type { Operations } from '../../kernel/operations.js'
import type { FilesDoor } from '../files/index.js'
import type { IdentityDoor } from '../identity/index.js'
import { historyPurged } from '../messaging/index.js'
import { FileReader } from './file-reader.js'
import { deleteTenantRows, forgetConversation } from './index-store.js'
import { startIndexer } from './indexer.js'
import { type Doors, search } from './service.js'

/** Serves search.*, follows the outbox, and reads files; `close` ends the reading. */
export function registerSearch(
  kernel: Kernel,
  operations: Operations,
  metrics: Metrics,
  { identity, files, ...doors }: Doors & { identity: IdentityDoor; files: FilesDoor },
): { close(): Promise<void> } {
  const reader = new FileReader(kernel, files)
  startIndexer({ kernel, messaging: doors.messaging, metrics })
  forgetPurged(kernel)
  operations.serve(ops.search, (ctx, input) => search(doors, ctx, input))
  identity.onTenantDeleted(async (tx, tenantId) => ((await deleteTenantRows(tx, tenantId)) ? 'more' : undefined))
  return { close: () => reader.close() }
}

const forgetJob = 'search.forget'

/** Nothing is found any more of a conversation whose history is gone; here its traces go, in bites. */
function forgetPurged(kernel: Kernel): void {
  kernel.events.on(historyPurged, 'search.forget', (tx, of) => addJob(tx, kernel.clock, { kind: forgetJob, data: of }))
  kernel.jobs.handle(forgetJob, async ({ tx, data }) => {
    const of = data as { tenantId: string; conversation: string }
    if (await forgetConversation(tx, of)) await addJob(tx, kernel.clock, { kind: forgetJob, data: of })
  })
}
