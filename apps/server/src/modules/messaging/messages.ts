import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { Message } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberRead, MemberWrite } from '../../kernel/context.js'
import { snapshot } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import { readGeneration } from '../../kernel/feeds/read.js'
import type { RateLimiter } from '../../kernel/limiter.js'
import { writeTransaction } from '../../kernel/write.js'
import * as feeds from './feed-store.js'
import { requireConversation } from './gate.js'
import type { Doors } from './index.js'
import type { Lanes, Sent } from './lane.js'
import * as messages from './message-store.js'
import { mayRecall } from './rules.js'
import { findPlace } from './store.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>
type SendInput = Input<typeof ops.sendMessage>

/** Text goes through the lane; what carries a file is written with its reference, in a transaction of its own. */
export async function sendMessage(
  ctx: MemberRead,
  deps: { lanes: Lanes; limiter: RateLimiter; doors: Doors },
  input: SendInput,
): Promise<Sent> {
  const { tenantId, memberId } = ctx.actor
  if (!deps.limiter.take(memberId)) throw fail('rate_limited')
  if (input.message.kind !== 'text') return sendFile(ctx, deps.doors, input, input.message)
  if (input.quote !== undefined) await requireQuoted(ctx, input.conversation, input.quote, input.key)
  const { text, mentions } = input.message
  const body = JSON.stringify(mentions && mentions.length > 0 ? { text, mentions } : { text })
  const row = {
    tenantId,
    conversation: input.conversation,
    sender: memberId,
    key: input.key,
    kind: 'text',
    body,
    quote: input.quote ?? null,
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

function sendFile(
  ctx: MemberRead,
  doors: Doors,
  input: SendInput,
  message: { kind: 'image' | 'file'; file: string },
): Promise<Sent> {
  const { tenantId, memberId } = ctx.actor
  const { conversation, key, quote = null } = input
  return writeTransaction(ctx.kernel, async (db, changes) => {
    const before = await messages.findSent(db, tenantId, conversation, memberId, key)
    if (before) return before
    const place = await requireConversation({ ...ctx, db }, conversation, 'send')
    changes.see(conversation, place.epoch)
    if (place.dissolved) throw fail('conversation_closed')
    if (place.muteAll && place.role === 'member') throw fail('muted')
    if (quote !== null) await requireQuoted(ctx, conversation, quote, key)
    await changes.lock(tenantId, [conversation])
    const seq = changes.next(conversation)
    const body = await doors.files.attach({ db, actor: ctx.actor }, message.file, {
      kind: 'message',
      object: `${conversation}:${seq}`,
    })
    const sentAt = ctx.clock.now()
    const kind = message.kind === 'image' && body.width !== null ? 'image' : 'file'
    await messages.insertMessage(db, tenantId, conversation, { seq, sender: memberId, key, kind, body, quote, sentAt })
    changes.message(conversation, seq, seq, { seq, sender: memberId, kind, body, quote, state: 'sent', sentAt }, sentAt)
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
      messages: page.map(({ rev, ...message }) => ({ rev, object: message as Message })),
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
      messages: found.map(({ rev, ...message }) => ({ rev, object: message as Message })),
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
  await ctx.changes.lock(tenantId, [place.id])
  const message =
    input.seq > place.fromSeq ? await messages.findMessage(ctx.db, tenantId, place.id, input.seq) : undefined
  if (!message || message.kind === 'system') throw fail('not_found')
  if (message.state === 'recalled') return {}
  mayRecall({ place, message, memberId, nowMs: ctx.clock.ms(), windowSeconds: limits.recallSeconds })
  const rev = ctx.changes.next(place.id)
  await messages.recall(ctx.db, tenantId, place.id, input.seq, rev)
  await doors.files.release(ctx.db, tenantId, { kind: 'message', object: `${place.id}:${input.seq}` })
  const { rev: _before, ...rest } = message
  ctx.changes.message(place.id, rev, input.seq, { ...rest, body: null, state: 'recalled' }, message.sentAt)
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
