import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { MyAnswer } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { Clock } from '../../kernel/clock.js'
import type { Kernel, MemberRead, MemberWrite } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import { addJob } from '../../kernel/jobs.js'
import { may } from '../../kernel/may.js'
import { writeTransaction } from '../../kernel/write.js'
import { type Change, changeOf, say } from './conversations.js'
import { requireConversation, requireMaySay } from './gate.js'
import { findMessage } from './message-store.js'
import * as store from './poll-store.js'
import { isOver, outcomeOf } from './rules.js'
import type { Place } from './store.js'
import { renewClaimed, renewSoon } from './tallies.js'

// Polls 投票 and relay lists 接龙. They are messages; the counts stand in the message (docs/decisions/0015). Whoever answers
// holds the poll’s row shared and whoever ends it or takes it back holds it alone, always before the conversation’s feed:
// nothing is counted after the end.

type Input<O extends { input: z.ZodType }> = z.output<O['input']>
type At = { conversation: string; seq: number }

const endJob = 'messaging.tellPollEnd'
interface Ending extends At {
  tenantId: string
}

/** What a new poll or relay list must fulfil beyond its shape. */
export function requirePollable(
  fromMs: number,
  message: z.output<typeof ops.NewPoll> | z.output<typeof ops.NewRelay>,
): string | null {
  if (message.kind === 'poll' && new Set(message.options).size < message.options.length)
    throw fail('invalid_input', { path: 'options', reason: 'twice the same' })
  if (message.endsAt === null) return null
  const ahead = Date.parse(message.endsAt) - fromMs
  if (!(ahead > 0 && ahead <= limits.pollDays * 24 * 3600_000))
    throw fail('time_not_allowed', { days: limits.pollDays })
  return new Date(message.endsAt).toISOString()
}

export async function vote(ctx: MemberWrite, input: Input<typeof ops.vote>): Promise<Record<string, never>> {
  const { conversation, seq } = input
  const { tenantId, memberId } = ctx.actor
  const options = [...new Set(input.options)].sort((a, b) => a - b)
  const place = await requireConversation(ctx, conversation, 'react')
  const poll = await requireAnswerable(ctx, place, seq, 'poll')
  if (options.some((option) => option >= poll.options) || (options.length > 1 && !poll.multiple))
    throw fail('invalid_input', { path: 'options', reason: poll.multiple ? 'no such option' : 'one option' })
  const now = ctx.clock.now()
  if (await store.saveVote(ctx.db, tenantId, conversation, seq, memberId, options, now))
    await answered(ctx, { conversation, seq }, { options, line: null })
  return {}
}

/** A line is something said: whoever is muted writes none. */
export async function writeRelayLine(
  ctx: MemberWrite,
  { conversation, seq, text }: Input<typeof ops.writeRelayLine>,
): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireConversation(ctx, conversation, 'send')
  if (text !== null) requireMaySay(place, ctx.clock)
  await requireAnswerable(ctx, place, seq, 'relay')
  const line = text === null ? null : text.replace(/\s+/g, ' ')
  if (await store.saveLine(ctx.db, tenantId, conversation, seq, memberId, line, ctx.clock.now()))
    await answered(ctx, { conversation, seq }, { options: [], line })
  return {}
}

export async function endPoll(ctx: MemberWrite, { conversation, seq }: At): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireConversation(ctx, conversation, 'send')
  if (place.dissolved) throw fail('conversation_closed')
  ctx.changes.see(conversation, place.epoch)
  const poll = seq > place.fromSeq ? await store.lockPoll(ctx.db, tenantId, conversation, seq, 'end') : undefined
  if (!poll) return gone(ctx, place, seq)
  const heads = place.kind === 'group' && may(place.role, 'endPoll')
  if (poll.owner !== memberId && !heads) throw fail('not_allowed')
  if (isOver(poll, ctx.clock.now())) return {}
  await store.endPoll(ctx.db, tenantId, conversation, seq, ctx.clock.now())
  await ctx.changes.lock(tenantId, [conversation])
  // Not within a second like the counts: that it is over is shown at once.
  await renewClaimed(ctx.db, ctx.changes, { tenantId, conversation, seq })
  await tellEnd(changeOf(ctx), { conversation, seq }, memberId)
  return {}
}

/** Has the conversation told when its time is over. */
export async function planEnd(tx: Tx, clock: Clock, tenantId: string, at: At, endsAt: string | null): Promise<void> {
  if (endsAt !== null)
    await addJob(tx, clock, { kind: endJob, data: { tenantId, ...at } satisfies Ending, runAt: endsAt })
}

/** One quiet line, which counts as unread for nobody. The poll is locked to end, and so is the feed. */
async function tellEnd(change: Change, { conversation, seq }: At, sender: string): Promise<void> {
  const { db, tenantId } = change
  await store.noteTold(db, tenantId, conversation, seq)
  const outcome = await store.readOutcome(db, tenantId, conversation, seq)
  if (outcome) await say(change, conversation, sender, { about: seq, ...outcomeOf(outcome) })
}

export async function listMyAnswers(
  ctx: MemberRead,
  { conversation, seqs }: Input<typeof ops.listMyAnswers>,
): Promise<{ items: MyAnswer[] }> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireConversation(ctx, conversation, 'read')
  const mine = seqs.filter((seq) => seq > place.fromSeq)
  return { items: await store.listMyAnswers(ctx.db, tenantId, memberId, conversation, mine) }
}

export async function listVoters(ctx: MemberRead, input: Input<typeof ops.listVoters>) {
  const { conversation, seq, option, cursor, limit } = input
  const { tenantId } = ctx.actor
  const poll = await requirePoll(ctx, input, 'poll')
  if (poll.anonymous) throw fail('poll_anonymous')
  const found = await store.listVoters(ctx.db, tenantId, conversation, seq, option, readCursor(cursor), limit + 1)
  return pageOf(found, limit)
}

export async function listRelayLines(ctx: MemberRead, input: Input<typeof ops.listRelayLines>) {
  const { conversation, seq, cursor, limit } = input
  await requirePoll(ctx, input, 'relay')
  const found = await store.listLines(ctx.db, ctx.actor.tenantId, conversation, seq, readCursor(cursor), limit + 1)
  const { items, next } = pageOf(found, limit)
  return { items: items.map(({ id, text }) => ({ id, text })), next }
}

/** Tells the other devices of whoever answered, for what everybody sees follows with the counts; and all of the end. */
export function registerPolls(kernel: Kernel): void {
  kernel.jobs.handle(endJob, ({ data }) =>
    writeTransaction(kernel, async (db, changes) => {
      const { tenantId, conversation, seq } = data as Ending
      const now = kernel.clock.now()
      const poll = await store.lockPoll(db, tenantId, conversation, seq, 'end')
      // Taken back, or ended by hand meanwhile.
      if (!poll || poll.told || !isOver(poll, now)) return
      await changes.lock(tenantId, [conversation])
      await tellEnd({ db, changes, tenantId, now }, { conversation, seq }, poll.owner)
    }),
  )
  kernel.hub.onHint('answer', ({ to, data }) => {
    const { conversation, ...answer } = data as Omit<MyAnswer, 'emojis'> & { conversation: string }
    kernel.hub.whisper(to, { signal: 'answer', feed: conversation, ...answer })
  })
}

async function answered(
  ctx: MemberWrite,
  { conversation, seq }: At,
  answer: Pick<MyAnswer, 'options' | 'line'>,
): Promise<void> {
  const { tenantId, memberId } = ctx.actor
  await renewSoon(ctx.db, ctx.changes, ctx.clock, { tenantId, conversation, seq })
  ctx.afterCommit(() =>
    ctx.kernel.hub.signal({ tenantId, to: memberId, topic: 'answer', data: { conversation, seq, ...answer } }),
  )
}

/** Held, so that it does not end while it is being answered. */
async function requireAnswerable(
  ctx: MemberWrite,
  place: Place,
  seq: number,
  kind: store.Poll['kind'],
): Promise<store.Poll> {
  if (place.dissolved) throw fail('conversation_closed')
  ctx.changes.see(place.id, place.epoch)
  const poll =
    seq > place.fromSeq ? await store.lockPoll(ctx.db, ctx.actor.tenantId, place.id, seq, 'answer') : undefined
  if (poll?.kind !== kind) return gone(ctx, place, seq)
  if (isOver(poll, ctx.clock.now())) throw fail('poll_ended')
  return poll
}

async function requirePoll(ctx: MemberRead, { conversation, seq }: At, kind: store.Poll['kind']): Promise<store.Poll> {
  const place = await requireConversation(ctx, conversation, 'read')
  const poll = seq > place.fromSeq ? await store.findPoll(ctx.db, ctx.actor.tenantId, conversation, seq) : undefined
  if (poll?.kind !== kind) throw fail('not_found')
  return poll
}

/** Taken back, or never there. */
async function gone(ctx: MemberWrite, place: Place, seq: number): Promise<never> {
  const message = seq > place.fromSeq ? await findMessage(ctx.db, ctx.actor.tenantId, place.id, seq) : undefined
  throw fail(message?.state === 'recalled' && ['poll', 'relay'].includes(message.kind) ? 'message_gone' : 'not_found')
}

function pageOf<T extends { at: string; id: string }>(found: T[], limit: number): { items: T[]; next: string | null } {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: found.length > limit && last ? `${last.at} ${last.id}` : null }
}

function readCursor(cursor: string | null): { at: string; id: string } | null {
  if (cursor === null) return null
  const [at = '', id] = cursor.split(' ')
  if (!id || !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at) || Number.isNaN(Date.parse(at)))
    throw fail('invalid_input', { path: 'cursor', reason: '' })
  return { at, id }
}
