/**
 * Conversations and the message log. Text goes through the lanes (`lane.ts`); everything else is an ordinary write
 * under the conversation’s epoch. What a client watches is registered in `feed.ts`.
 */
import type { Kernel } from '../../kernel/context.js'
import type { Metrics } from '../../kernel/metrics.js'
import type { Operations } from '../../kernel/operations.js'
import type { DirectoryDoor } from '../directory/index.js'
import type { FilesDoor } from '../files/index.js'
import type { IdentityDoor } from '../identity/index.js'
import { registerConversationFeed } from './feed.js'
import { registerForwardJob } from './forward.js'
import { Lanes } from './lane.js'
import { listenForLeavers } from './listeners.js'
import { carriesFile } from './message-store.js'
import { serveMessaging } from './routes.js'
import { deleteTenantRows } from './tenant-store.js'

export interface Doors {
  identity: IdentityDoor
  directory: DirectoryDoor
  files: FilesDoor
}

/** Serves messaging.*; the answer closes the lanes once they have written what they hold. */
export function registerMessaging(
  kernel: Kernel,
  operations: Operations,
  metrics: Metrics,
  doors: Doors,
): { close(): Promise<void> } {
  registerConversationFeed(kernel)
  const lanes = new Lanes(kernel, metrics)
  serveMessaging(kernel, operations, lanes, doors)
  listenForLeavers(kernel)
  registerForwardJob(kernel, doors.files)
  doors.files.onCarrier('message', carriesFile)
  doors.identity.onTenantDeleted(deleteTenantRows)
  return { close: () => lanes.close() }
}
