import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberRead, MemberWrite } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import * as store from './edit-store.js'
import { requireConversation, requireOpen } from './gate.js'
import { findMessage, toMessage } from './message-store.js'
import { mayEdit } from './rules.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

export async function editMessage(
  ctx: MemberWrite,
  { conversation, seq, text, mentions }: Input<typeof ops.editMessage>,
): Promise<{ editedAt: string }> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireOpen(ctx, conversation)
  await ctx.changes.lock(tenantId, [conversation])
  const message = seq > place.fromSeq ? await findMessage(ctx.db, tenantId, conversation, seq) : undefined
  if (!message) throw fail('not_found')
  mayEdit({ message, memberId, nowMs: ctx.clock.ms(), windowSeconds: limits.editSeconds })
  const n = (await store.countEdits(ctx.db, tenantId, conversation, seq)) + 1
  if (n > limits.editsPerMessage) throw fail('too_many_edits')
  const body = mentions && mentions.length > 0 ? { text, mentions } : { text }
  const now = ctx.clock.now()
  const rev = ctx.changes.next(conversation)
  const changed = await store.replaceBody(ctx.db, tenantId, conversation, seq, { n, body, rev, now })
  ctx.changes.message(conversation, rev, seq, toMessage(changed), changed.sentAt)
  return { editedAt: now }
}

/** Whoever may read the message may see what it said before: nobody’s words change behind others’ backs. */
export async function listEdits(ctx: MemberRead, input: Input<typeof ops.listEdits>) {
  const { conversation, seq, cursor, limit } = input
  const { tenantId } = ctx.actor
  const place = await requireConversation(ctx, conversation, 'read')
  const before = cursor === null ? limits.editsPerMessage + 1 : Number(cursor)
  if (!Number.isSafeInteger(before)) throw fail('invalid_input', { path: 'cursor', reason: '' })
  if (seq <= place.fromSeq) throw fail('not_found')
  const found = await store.listEdits(ctx.db, tenantId, conversation, seq, before, limit + 1)
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const next = found.length > limit && last ? String(last.n) : null
  return { items: page.map(({ body, until }) => ({ body, until })), next }
}
