import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberRead, MemberWrite } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import type { RateLimiter } from '../../kernel/limiter.js'
import { requireOpen } from './gate.js'
import { insertMessage } from './message-store.js'
import { rolesOf } from './store.js'
import * as store from './thanks-store.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

const dayMs = 24 * 3600_000

/** A card is a message of its own kind; whoever gave or got it also keeps it for themselves. */
export async function sendThanks(
  ctx: MemberWrite,
  limiter: RateLimiter,
  { conversation, text, design, ...input }: Input<typeof ops.sendThanks>,
): Promise<{ seq: number; rev: number; sentAt: string }> {
  const { tenantId, memberId: sender } = ctx.actor
  if (!limiter.take(sender)) throw fail('rate_limited')
  await requireOpen(ctx, conversation)
  const to = [...new Set(input.to)]
  // Others who are in it: a card leads nobody to where they may not read.
  const here = await rolesOf(ctx.db, tenantId, conversation, to)
  if (to.includes(sender) || here.length < to.length) throw fail('not_found')
  // One’s own feed is held, so that one’s cards are counted one after the other.
  await ctx.changes.lock(tenantId, [conversation, sender])
  const since = new Date(ctx.clock.ms() - dayMs).toISOString()
  if ((await store.countSent(ctx.db, tenantId, sender, since)) >= limits.thanksPerDay)
    throw fail('too_many_thanks', { limit: limits.thanksPerDay })
  const seq = ctx.changes.next(conversation)
  const sentAt = ctx.clock.now()
  const message = { seq, sender, kind: 'thanks' as const, body: { to, text, design }, quote: null, sentAt }
  await insertMessage(ctx.db, tenantId, conversation, { ...message, key: `thanks-${seq}` })
  await store.insertThanks(ctx.db, tenantId, { conversation, seq, sender, sentAt, to, text, design })
  ctx.changes.message(conversation, seq, seq, { ...message, state: 'sent' }, sentAt)
  return { seq, rev: seq, sentAt }
}

export async function listThanks(ctx: MemberRead, { box, cursor, limit }: Input<typeof ops.listThanks>) {
  const { tenantId, memberId } = ctx.actor
  const found = await store.listThanks(ctx.db, tenantId, memberId, box === 'sent', readCursor(cursor), limit + 1)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: found.length > limit && last ? `${last.sentAt} ${last.conversation} ${last.seq}` : null }
}

function readCursor(cursor: string | null): store.Place | null {
  if (cursor === null) return null
  const [at, conversation, seq] = cursor.split(' ')
  if (!at || Number.isNaN(Date.parse(at)) || !conversation || !Number.isSafeInteger(Number(seq)))
    throw fail('invalid_input', { path: 'cursor', reason: '' })
  return { at, conversation, seq: Number(seq) }
}
