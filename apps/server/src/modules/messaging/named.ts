import type * as ops from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberRead } from '../../kernel/context.js'
import { snapshot } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import { requireConversation } from './gate.js'
import { toMessage } from './message-store.js'
import * as store from './named-store.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

export async function listMentions(ctx: MemberRead, { cursor, limit }: Input<typeof ops.listMentions>) {
  const found = await store.listNamed(ctx.db, ctx.actor, readCursor(cursor), limit + 1)
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ conversation, ...message }) => ({
      conversation,
      rev: message.rev,
      message: toMessage(message),
    })),
    next: found.length > limit && last ? `${last.sentAt} ${last.conversation} ${last.seq}` : null,
  }
}

/**
 * Places are in the order of time, so the place is found by halving: some twenty looks by the key of the log, in place of
 * an index by time that every send would write.
 */
export function findByDate(ctx: MemberRead, { conversation, at }: Input<typeof ops.findByDate>) {
  const wanted = Date.parse(at)
  if (Number.isNaN(wanted)) throw fail('invalid_input', { path: 'at', reason: '' })
  const { tenantId } = ctx.actor
  return snapshot(ctx.db, async (tx) => {
    const place = await requireConversation({ ...ctx, db: tx }, conversation, 'read')
    let [low, high] = [place.fromSeq + 1, place.lastSeq + 1]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const next = await store.nextFrom(tx, tenantId, conversation, middle)
      if (!next || Date.parse(next.sentAt) >= wanted) high = middle
      else low = next.seq + 1
    }
    const first = await store.nextOutside(tx, tenantId, conversation, low)
    return { seq: first?.seq ?? null }
  })
}

function readCursor(cursor: string | null): store.NamedPlace | null {
  if (cursor === null) return null
  const [at, conversation, seq] = cursor.split(' ')
  if (!at || !conversation || !Number.isSafeInteger(Number(seq)) || Number.isNaN(Date.parse(at)))
    throw fail('invalid_input', { path: 'cursor', reason: '' })
  return { at, conversation, seq: Number(seq) }
}
