import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { Kernel, MemberRead, MemberWrite } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { requireConversation, requireNotSilenced } from './gate.js'
import { findMessage } from './message-store.js'
import { renewSoon } from './tallies.js'
import * as store from './tally-store.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

/** Who may not write because all are muted may still answer with an emoji; who is muted alone only takes theirs back. */
export async function react(ctx: MemberWrite, input: Input<typeof ops.react>): Promise<Record<string, never>> {
  const { conversation, seq, emoji, on } = input
  const { tenantId, memberId } = ctx.actor
  const place = await requireConversation(ctx, conversation, 'react')
  if (on) requireNotSilenced(place, ctx.clock)
  if (place.dissolved) throw fail('conversation_closed')
  ctx.changes.see(conversation, place.epoch)
  const message = seq > place.fromSeq ? await findMessage(ctx.db, tenantId, conversation, seq) : undefined
  if (!message || message.kind === 'system') throw fail('not_found')
  if (message.state !== 'sent') throw fail('message_gone')
  if (on) {
    const emojis = await store.emojisOf(ctx.db, tenantId, conversation, seq)
    if (!emojis.includes(emoji) && emojis.length >= limits.reactionsPerMessage)
      throw fail('too_many_reactions', { limit: limits.reactionsPerMessage })
  }
  const changed = on
    ? await store.addReaction(ctx.db, tenantId, conversation, seq, memberId, emoji, ctx.clock.now())
    : await store.removeReaction(ctx.db, tenantId, conversation, seq, memberId, emoji)
  if (!changed) return {}
  await renewSoon(ctx.db, ctx.changes, ctx.clock, { tenantId, conversation, seq })
  const data: Mine = { conversation, seq, emoji, on }
  ctx.afterCommit(() => ctx.kernel.hub.signal({ tenantId, to: memberId, topic: 'reaction', data }))
  return {}
}

interface Mine {
  conversation: string
  seq: number
  emoji: string
  on: boolean
}

/** Tells the devices of whoever reacted: in a message that very many answered alike its own are not seen. */
export function registerReactions(kernel: Kernel): void {
  kernel.hub.onHint('reaction', ({ to, data }) => {
    const { conversation, ...mine } = data as Mine
    kernel.hub.whisper(to, { signal: 'reaction', feed: conversation, ...mine })
  })
}

export async function listReactions(ctx: MemberRead, input: Input<typeof ops.listReactions>) {
  const { conversation, seq, emoji, cursor, limit } = input
  const { tenantId } = ctx.actor
  const place = await requireConversation(ctx, conversation, 'read')
  if (seq <= place.fromSeq) throw fail('not_found')
  const found = await store.listReactions(ctx.db, tenantId, conversation, seq, emoji, readCursor(cursor), limit + 1)
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return { items: page, next: found.length > limit && last ? `${last.at} ${last.id}` : null }
}

function readCursor(cursor: string | null): { at: string; id: string } | null {
  if (cursor === null) return null
  const [at, id] = cursor.split(' ')
  if (!at || !id || Number.isNaN(Date.parse(at))) throw fail('invalid_input', { path: 'cursor', reason: '' })
  return { at, id }
}
