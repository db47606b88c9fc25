import type * as ops from '@heyi/contract/messaging'
import type { DissolvePolicy } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { Clock } from '../../kernel/clock.js'
import type { Kernel, MemberRead, MemberWrite } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import { domainEvent } from '../../kernel/events.js'
import { addJob } from '../../kernel/jobs.js'
import { writeTransaction } from '../../kernel/write.js'
import { type Change, changeOf, say } from './conversations.js'
import { requireByHand, requireGroup } from './gate.js'
import type { Doors } from './index.js'
import * as links from './link-store.js'
import * as store from './purge-store.js'
import { updateConversation } from './store.js'

// The history of a dissolved group, where the company does not keep it (docs/decisions/0019). It goes by a job in bites:
// first a line says so, then member after member sees the group from that line on, then the messages are deleted. Each run
// does one bite and puts the next into the same transaction; what a bite does by transactions of its own finds itself
// done when it is run again.

/** What stood before a place of a conversation is gone, and nothing will ever be said there again. */
export const historyPurged = domainEvent<{ tenantId: string; conversation: string }>('messaging.historyPurged')

const job = 'messaging.purge'
interface Purged {
  tenantId: string
  conversation: string
}
/** The messages up to `upTo` are gone: asking for the oldest would read through what was deleted again and again. */
interface Bite extends Purged {
  upTo?: number
}

/** Whose feeds one bite writes to. */
const membersAtOnce = 60
/** Threads left, in one bite: each is a change in a feed. */
const followsAtOnce = 300
const messagesAtOnce = 1_000

const dayMs = 24 * 3600_000

export const getDissolvePolicy = (ctx: MemberRead): Promise<DissolvePolicy> =>
  store.findPolicy(ctx.db, ctx.actor.tenantId)

export async function setDissolvePolicy(
  ctx: MemberWrite,
  { identity }: Doors,
  policy: DissolvePolicy,
): Promise<DissolvePolicy> {
  await identity.requireRole(ctx, 'admin')
  await store.savePolicy(ctx.db, ctx.actor.tenantId, policy)
  await identity.auditLog(ctx, 'messaging.dissolvePolicySet', null, { ...policy })
  return policy
}

/** The end of a group. Its members are told, and also what becomes of its history: by what the company says today. */
export async function dissolveGroup(
  ctx: MemberWrite,
  input: z.output<typeof ops.dissolveGroup.input>,
): Promise<Record<string, never>> {
  const place = await requireGroup(ctx, input.conversation, 'dissolve')
  requireByHand(place)
  await ctx.changes.lock(ctx.actor.tenantId, [place.id])
  await dissolve(changeOf(ctx), ctx.clock, place.id, ctx.actor.memberId)
  return {}
}

/** Ends a group in the transaction that holds its feed. */
export async function dissolve(change: Change, clock: Clock, id: string, by: string): Promise<void> {
  const { db, changes, tenantId } = change
  await updateConversation(db, tenantId, id, { dissolved: true })
  changes.put(id, 'conversation', id)
  if (await links.deleteRequests(db, tenantId, id, null)) changes.put(id, 'members', id)
  const { purgeAfterDays: days } = await store.findPolicy(db, tenantId)
  if (days !== null) {
    const runAt = new Date(clock.ms() + days * dayMs).toISOString()
    await store.planPurge(db, tenantId, id, runAt)
    await addJob(db, clock, { kind: job, data: { tenantId, conversation: id } satisfies Purged, runAt })
  }
  await say(change, id, by, { event: 'dissolved', ...(days !== null && { days }) })
  changes.newEpoch(id)
}

export function registerPurge(kernel: Kernel, doors: Doors): void {
  kernel.jobs.handle(job, async ({ tx, data }) => {
    const next = await bite(kernel, doors, tx, data as Bite)
    if (next) await addJob(tx, kernel.clock, { kind: job, data: next })
  })
}

/** One step of the purge, found by how things stand; what the next one begins with, null after the last. */
async function bite(kernel: Kernel, doors: Doors, tx: Tx, of: Bite): Promise<Bite | null> {
  const { tenantId, conversation, upTo = 0 } = of
  const purge = await store.findPurge(tx, tenantId, conversation)
  if (!purge) return null
  const { purgeSeq } = purge
  if (purgeSeq === null) {
    await begin(kernel, of)
    return of
  }
  if (upTo === 0 && ((await closeToSome(kernel, of, purgeSeq)) || (await leaveThreads(kernel, of)))) return of
  const gone = await store.messagesBetween(tx, tenantId, conversation, [upTo, purgeSeq], messagesAtOnce)
  await doors.files.releaseMessages(
    tx,
    tenantId,
    gone.map((seq) => `${conversation}:${seq}`),
  )
  const last = gone.length < messagesAtOnce ? purgeSeq - 1 : (gone.at(-1) ?? purgeSeq - 1)
  await store.deleteMessages(tx, tenantId, conversation, [upTo, last])
  if (last < purgeSeq - 1) return { tenantId, conversation, upTo: last }
  await end(kernel, doors, tx, { tenantId, conversation })
  return null
}

/** The line, and what everybody has of the group itself. */
function begin(kernel: Kernel, { tenantId, conversation }: Purged): Promise<void> {
  return writeTransaction(kernel, async (db, changes) => {
    await changes.lock(tenantId, [conversation])
    const purge = await store.findPurge(db, tenantId, conversation)
    // Another run got this far.
    if (!purge || purge.purgeSeq !== null) return
    const change = { db, changes, tenantId, now: kernel.clock.now() }
    const seq = await say(change, conversation, purge.owner, { event: 'purged' })
    await store.beginPurge(db, tenantId, conversation, seq)
    changes.put(conversation, 'conversation', conversation)
    changes.put(conversation, 'pins', conversation)
    changes.newEpoch(conversation)
  })
}

/** Some members see the group from the line on; false where all do. */
function closeToSome(kernel: Kernel, { tenantId, conversation }: Purged, purgeSeq: number): Promise<boolean> {
  return writeTransaction(kernel, async (db, changes) => {
    const readers = await store.findReaders(db, tenantId, conversation, purgeSeq, membersAtOnce)
    if (readers.length === 0) return false
    const members = readers.map(({ member }) => member)
    await changes.lock(tenantId, [conversation, ...members])
    const { drafts, played } = await store.closeHistory(db, tenantId, conversation, purgeSeq, members)
    for (const { member, left } of readers) if (!left) changes.put(member, 'membership', conversation)
    for (const member of drafts) changes.remove(member, 'draft', conversation)
    for (const member of played) changes.remove(member, 'played', conversation)
    // Copies that push the conversation learn from where on each of them reads.
    changes.put(conversation, 'members', conversation)
    changes.newEpoch(conversation)
    return true
  })
}

/** Some members follow threads of it no longer; false where nobody does. */
function leaveThreads(kernel: Kernel, { tenantId, conversation }: Purged): Promise<boolean> {
  return writeTransaction(kernel, async (db, changes) => {
    const found = await store.findFollows(db, tenantId, conversation, followsAtOnce)
    const members = [...new Set(found.map(({ member }) => member))].slice(0, membersAtOnce)
    const follows = found.filter(({ member }) => members.includes(member))
    if (follows.length === 0) return false
    await changes.lock(tenantId, members)
    await store.deleteFollows(db, tenantId, conversation, follows)
    for (const { member, root } of follows) changes.remove(member, 'thread', `${conversation}:${root}`)
    return true
  })
}

/** In the transaction of the last bite: noted once, and told to the modules that keep something about messages. */
async function end(kernel: Kernel, { identity }: Doors, tx: Tx, of: Purged): Promise<void> {
  const { tenantId, conversation } = of
  await store.endPurge(tx, tenantId, conversation, kernel.clock.now())
  await identity.auditJob(tx, { tenantId, action: 'messaging.historyPurged', subject: conversation })
  await kernel.events.tell(tx, historyPurged, of)
}
