import { limits } from '@heyi/contract/limits'
import type { Tx } from '../../kernel/db.js'
import { addJob } from '../../kernel/jobs.js'
import { addNewcomers, settleDue } from './welcome-store.js'

/** Says what a group has to say to newcomers; see `welcome.ts`. */
export const welcomeJob = 'messaging.welcome'

/** In the transaction that brings people in, under the lock of the conversation’s feed. */
export async function greetLater(
  { db, tenantId, now }: { db: Tx; tenantId: string; now: string },
  conversation: string,
  joining: string[],
): Promise<void> {
  if (!(await addNewcomers(db, tenantId, conversation, joining))) return
  const runAt = await settleDue(db, tenantId, conversation, now, limits.welcomeSeconds)
  const clock = { now: () => now, ms: () => Date.parse(now) }
  if (runAt) await addJob(db, clock, { kind: welcomeJob, data: { tenantId, conversation }, runAt })
}
