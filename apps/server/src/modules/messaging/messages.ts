import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberRead, MemberWrite } from '../../kernel/context.js'
import { snapshot } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import { readGeneration } from '../../kernel/feeds/read.js'
import type { RateLimiter } from '../../kernel/limiter.js'
import { writeTransaction } from '../../kernel/write.js'
import * as edits from './edit-store.js'
import * as feeds from './feed-store.js'
import { requireConversation, requireMaySay } from './gate.js'
import type { Hooks } from './hooks.js'
import type { Doors } from './index.js'
import type { Lanes, Sent } from './lane.js'
import * as messages from './message-store.js'
import { removePin } from './pin-store.js'
import * as polls from './poll-store.js'
import * as receipts from './receipt-store.js'
import { deleteRecord } from './record-store.js'
import { mayRecall } from './rules.js'
import { insertBeside, partBody, textBody } from './shapes.js'
import { findPlace } from './store.js'
import { claimRenewal, renewClaimed } from './tallies.js'
import { forgetThanks } from './thanks-store.js'
import { recount, rootOf } from './thread-store.js'
import { noteReply, prepareReply } from './threads.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>
type SendInput = Input<typeof ops.sendMessage>

/** Text goes through the lane; what carries a file is written with its reference, in a transaction of its own. */
export async function sendMessage(
  ctx: MemberRead,
  deps: { lanes: Lanes; limiter: RateLimiter; doors: Doors; hooks: Hooks },
  input: SendInput,
): Promise<Sent> {
  const { tenantId, memberId } = ctx.actor
  if (!deps.limiter.take(memberId)) throw fail('rate_limited')
  if (input.ladder && !input.receipt) throw fail('invalid_input', { path: 'ladder', reason: 'only with a receipt' })
  if (input.message.kind !== 'text' || input.ladder || input.root !== undefined) return sendWhole(ctx, deps, input)
  if (input.quote !== undefined) await requireQuoted(ctx, input.conversation, input.quote, input.key)
  const body = JSON.stringify(textBody(input.message))
  const row = {
    tenantId,
    conversation: input.conversation,
    sender: memberId,
    key: input.key,
    kind: 'text',
    body,
    quote: input.quote ?? null,
    receipt: input.receipt ?? null,
  }
  return deps.lanes.send(row, ctx.origin.open)
}

/** A quote is of something its sender can see; a retry is answered whatever became of it. */
async function requireQuoted(ctx: MemberRead, conversation: string, quote: number, key: string): Promise<void> {
  const { tenantId, memberId } = ctx.actor
  const place = await findPlace(ctx.db, tenantId, memberId, conversation)
  const quoted =
    place && quote > place.fromSeq ? await messages.findMessage(ctx.db, tenantId, conversation, quote) : undefined
  if (quoted && quoted.state === 'sent' && quoted.kind !== 'system') return
  if (await messages.findSent(ctx.db, tenantId, conversation, memberId, key)) return
  throw fail(place ? 'quote_not_found' : 'not_found')
}

/** A message with more than its own row: a file that it refers to, a ladder that reminds of it, a thread it stands in. */
function sendWhole(ctx: MemberRead, { doors, hooks }: { doors: Doors; hooks: Hooks }, input: SendInput): Promise<Sent> {
  const { tenantId, memberId } = ctx.actor
  const { conversation, key, message, quote = null, root, receipt = null, ladder } = input
  return writeTransaction(ctx.kernel, async (db, changes) => {
    const before = await messages.findSent(db, tenantId, conversation, memberId, key)
    if (before) return before
    const place = await requireConversation({ ...ctx, db }, conversation, 'send')
    changes.see(conversation, place.epoch)
    requireMaySay(place, ctx.clock)
    if (quote !== null) await requireQuoted(ctx, conversation, quote, key)
    const mentions = (message.kind === 'text' && message.mentions) || []
    const reply = root === undefined ? null : await prepareReply({ ...ctx, db }, place, { root, mentions })
    await changes.lock(tenantId, [conversation, ...(reply?.joining ?? [])])
    // The same request may have come in twice at once.
    const meanwhile = await messages.findSent(db, tenantId, conversation, memberId, key)
    if (meanwhile) return meanwhile
    const seq = changes.next(conversation)
    const sentAt = ctx.clock.now()
    const by = { kind: 'message' as const, object: `${conversation}:${seq}` }
    const { kind, body } =
      message.kind === 'text'
        ? { kind: 'text' as const, body: textBody(message) }
        : await partBody({ db, actor: ctx.actor }, doors, message, { atMs: ctx.clock.ms(), by })
    await insertBeside(db, ctx.clock, tenantId, { conversation, seq, sender: memberId }, { kind, body })
    const sent = {
      seq,
      sender: memberId,
      kind,
      body,
      quote,
      sentAt,
      ...(reply && { root }),
      ...(receipt && { receipt }),
    }
    await messages.insertMessage(db, tenantId, conversation, { ...sent, key })
    changes.message(conversation, seq, seq, { ...sent, state: 'sent' }, sentAt)
    if (reply) await noteReply({ db, changes, tenantId }, conversation, reply, sent)
    if (ladder) await hooks.startLadder(db, { tenantId, conversation, seq, sender: memberId, steps: ladder })
    return { seq, rev: seq, sentAt }
  })
}

/** A page by place, from one snapshot, so that its `below` belongs to its floor. */
export function listMessages(ctx: MemberRead, input: Input<typeof ops.listMessages>) {
  const { actor } = ctx
  return snapshot(ctx.db, async (tx) => {
    const place = await requireConversation({ ...ctx, db: tx }, input.conversation, 'read')
    const access = (await feeds.readAccess(tx, actor, [input.conversation])).get(input.conversation)
    const { generation } = await readGeneration(tx)
    const found = await messages.listMessagesBefore(
      tx,
      actor.tenantId,
      input.conversation,
      place.fromSeq,
      input.before,
      input.limit + 1,
    )
    const page = found.slice(0, input.limit).reverse()
    const floor = found[input.limit]?.seq ?? 0
    const below = (await feeds.readBelow(tx, actor, [{ feed: input.conversation, floor }])).get(input.conversation)
    if (!access || !below) throw fail('not_found')
    return {
      view: `${generation}/${access.view}`,
      rev: place.rev,
      messages: page.map((message) => ({ rev: message.rev, object: messages.toMessage(message) })),
      floor,
      below,
    }
  })
}

export function getMessages(ctx: MemberRead, { conversation, seqs }: Input<typeof ops.getMessages>) {
  const { actor } = ctx
  return snapshot(ctx.db, async (tx) => {
    const place = await requireConversation({ ...ctx, db: tx }, conversation, 'read')
    const access = (await feeds.readAccess(tx, actor, [conversation])).get(conversation)
    if (!access) throw fail('not_found')
    const { generation } = await readGeneration(tx)
    const found = await messages.listMessagesAt(tx, actor.tenantId, conversation, place.fromSeq, seqs)
    return {
      view: `${generation}/${access.view}`,
      messages: found.map((message) => ({ rev: message.rev, object: messages.toMessage(message) })),
    }
  })
}

export async function recallMessage(
  ctx: MemberWrite,
  doors: Doors,
  input: Input<typeof ops.recallMessage>,
): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireConversation(ctx, input.conversation, 'recallOwn')
  ctx.changes.see(place.id, place.epoch)
  const root = await rootOf(ctx.db, tenantId, place.id, input.seq)
  const thread = root === null ? null : { tenantId, conversation: place.id, seq: root }
  const renews = thread !== null && (await claimRenewal(ctx.db, ctx.clock, thread))
  // Before the feed, as whoever votes does.
  await polls.lockPoll(ctx.db, tenantId, place.id, input.seq, 'end')
  await ctx.changes.lock(tenantId, [place.id])
  const message =
    input.seq > place.fromSeq ? await messages.findMessage(ctx.db, tenantId, place.id, input.seq) : undefined
  if (!message || message.kind === 'system') throw fail('not_found')
  if (message.state === 'recalled') return {}
  mayRecall({ place, message, memberId, nowMs: ctx.clock.ms(), windowSeconds: limits.recallSeconds })
  const rev = ctx.changes.next(place.id)
  const recalled = await messages.recall(ctx.db, tenantId, place.id, input.seq, rev)
  await doors.files.release(ctx.db, tenantId, { kind: 'message', object: `${place.id}:${input.seq}` })
  await receipts.forget(ctx.db, tenantId, place.id, input.seq)
  await deleteRecord(ctx.db, tenantId, place.id, input.seq)
  await edits.forget(ctx.db, tenantId, place.id, input.seq)
  await polls.forget(ctx.db, tenantId, place.id, input.seq)
  await forgetThanks(ctx.db, tenantId, place.id, input.seq)
  if (await removePin(ctx.db, tenantId, place.id, input.seq)) ctx.changes.put(place.id, 'pins', place.id)
  if (recalled) ctx.changes.message(place.id, rev, input.seq, messages.toMessage(recalled), recalled.sentAt)
  if (thread) await recount(ctx.db, tenantId, place.id, thread.seq)
  if (thread && renews) await renewClaimed(ctx.db, ctx.changes, thread)
  return {}
}

export async function hideMessages(
  ctx: MemberWrite,
  input: Input<typeof ops.hideMessages>,
): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireConversation(ctx, input.conversation, 'keepMine')
  await ctx.changes.lock(tenantId, [memberId])
  const seqs = [...new Set(input.seqs)].filter((seq) => seq > place.fromSeq)
  const hidden = await messages.hide(ctx.db, tenantId, memberId, place.id, seqs)
  for (const seq of hidden) ctx.changes.put(memberId, 'hidden', `${place.id}:${seq}`)
  if (hidden.length > 0) ctx.changes.put(memberId, 'membership', place.id)
  return {}
}
