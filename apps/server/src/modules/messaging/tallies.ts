import { limits } from '@heyi/contract/limits'
import type { Clock } from '../../kernel/clock.js'
import type { Kernel } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import type { Changes } from '../../kernel/feeds/changes.js'
import { addJob } from '../../kernel/jobs.js'
import { writeTransaction } from '../../kernel/write.js'
import { setTodo, toMessage } from './message-store.js'
import * as store from './tally-store.js'

// What a message counts stands in the message itself and changes at most once a second, however many take part
// (docs/decisions/0015).

const job = 'messaging.renewTally'

interface Counted {
  tenantId: string
  conversation: string
  seq: number
}

/**
 * Something that this message counts has changed. Its counts are renewed in this transaction, or within a second where
 * they were a moment ago. The caller has not locked the conversation’s feed yet.
 */
export async function renewSoon(tx: Tx, changes: Changes, clock: Clock, of: Counted): Promise<void> {
  if (!(await claimRenewal(tx, clock, of))) return
  await changes.lock(of.tenantId, [of.conversation])
  await renewClaimed(tx, changes, of)
}

/**
 * Whether the counts of a message are to be renewed in this transaction, by `renewClaimed` once the conversation’s feed is
 * locked; otherwise a job does it within a second. The caller has not locked the feed yet.
 */
export async function claimRenewal(tx: Tx, clock: Clock, of: Counted): Promise<boolean> {
  const waitMs = limits.tallySeconds * 1000
  const before = await store.renewedAt(tx, of.tenantId, of.conversation, of.seq)
  const due = before === undefined || Date.parse(before) + waitMs <= clock.ms()
  // Of those who come at the same moment one renews; the others do not wait for it with their hands full.
  if (due && (await store.isFirst(tx, of.tenantId, of.conversation, of.seq))) {
    await store.noteRenewed(tx, of.tenantId, of.conversation, of.seq, clock.now())
    return true
  }
  // Another key for each second: a job that runs now bears an earlier one, so that nobody waits for it to end.
  const runAt = new Date((Math.floor(clock.ms() / waitMs) + 1) * waitMs).toISOString()
  await addJob(tx, clock, { kind: job, data: of, runAt, key: `${job} ${of.conversation} ${of.seq} ${runAt}` })
  return false
}

async function renew(tx: Tx, changes: Changes, clock: Clock, of: Counted): Promise<void> {
  const { tenantId, conversation, seq } = of
  await store.noteRenewed(tx, tenantId, conversation, seq, clock.now())
  await changes.lock(tenantId, [conversation])
  await renewClaimed(tx, changes, of)
}

export async function renewClaimed(tx: Tx, changes: Changes, { tenantId, conversation, seq }: Counted): Promise<void> {
  const rev = changes.next(conversation)
  const message = await store.renew(tx, tenantId, conversation, seq, rev)
  if (message) changes.message(conversation, rev, seq, toMessage(message), message.sentAt)
}

/** How many of the to-dos made from a message are done; null takes the mark away. */
export async function showTodo(
  tx: Tx,
  changes: Changes,
  { tenantId, conversation, seq }: Counted,
  todo: { done: number; total: number } | null,
): Promise<void> {
  const rev = changes.next(conversation)
  const message = await setTodo(tx, tenantId, conversation, seq, rev, todo)
  if (message) changes.message(conversation, rev, seq, toMessage(message), message.sentAt)
}

export function registerTallies(kernel: Kernel): void {
  kernel.jobs.handle(job, ({ data }) =>
    writeTransaction(kernel, (tx, changes) => renew(tx, changes, kernel.clock, data as Counted)),
  )
}
