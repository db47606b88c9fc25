import type * as ops from '@heyi/contract/messaging'
import type { Conversation, Membership } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberRead, MemberWrite } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { changeOf, getConversation, say } from './conversations.js'
import { requireConversation, requireGroup, requireNotSilenced } from './gate.js'
import { listNotices, setNotice } from './group-notice-store.js'
import type { Doors } from './index.js'
import * as store from './store.js'

// What a group says of itself and of its members: its notice, their nicknames, and which groups two of them share.

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

export async function setGroupNotice(
  ctx: MemberWrite,
  { conversation: id, text, confirm = false }: Input<typeof ops.setGroupNotice>,
): Promise<Conversation> {
  const { tenantId, memberId } = ctx.actor
  await requireGroup(ctx, id, 'setNotice')
  await ctx.changes.lock(tenantId, [id])
  const { conversation } = await getConversation(ctx, { conversation: id })
  const asks = confirm && text !== ''
  if ((conversation.notice?.text ?? '') === text && !asks) return conversation
  const change = changeOf(ctx)
  ctx.changes.put(id, 'conversation', id)
  const seq = asks
    ? await say(change, id, memberId, { event: 'notice_set', text }, 'tap')
    : await say(change, id, memberId, { event: text === '' ? 'notice_removed' : 'notice_set' })
  const notice = { seq, text, by: memberId, at: change.now, confirm: asks }
  await setNotice(ctx.db, tenantId, id, text === '' ? null : notice)
  return (await getConversation(ctx, { conversation: id })).conversation
}

export async function listGroupNotices(
  ctx: MemberRead,
  { conversation, cursor, limit }: Input<typeof ops.listGroupNotices>,
) {
  const { fromSeq } = await requireConversation(ctx, conversation, 'read')
  const before = cursor === null ? Number.MAX_SAFE_INTEGER : Number(cursor)
  if (!Number.isSafeInteger(before)) throw fail('invalid_input', { path: 'cursor', reason: '' })
  const found = await listNotices(ctx.db, ctx.actor.tenantId, conversation, fromSeq, before, limit + 1)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: found.length > limit && last ? String(last.seq) : null }
}

/**
 * The members object carries the nicknames that changed last, so devices learn of each without asking; those of a group
 * with many are asked for by name (docs/decisions/0011).
 */
export async function setNickname(
  ctx: MemberWrite,
  { conversation: id, nickname }: Input<typeof ops.setNickname>,
): Promise<Membership> {
  const { tenantId, memberId } = ctx.actor
  requireNotSilenced(await requireGroup(ctx, id, 'keepMine'), ctx.clock)
  await ctx.changes.lock(tenantId, [id, memberId])
  const { membership } = await getConversation(ctx, { conversation: id })
  if ((membership.nickname ?? '') === nickname) return membership
  const rev = ctx.changes.put(id, 'members', id)
  await store.setNickname(ctx.db, tenantId, id, memberId, { nickname: nickname || null, rev })
  ctx.changes.put(memberId, 'membership', id)
  return (await getConversation(ctx, { conversation: id })).membership
}

export async function listNicknames(ctx: MemberRead, { conversation, members }: Input<typeof ops.listNicknames>) {
  await requireConversation(ctx, conversation, 'read')
  return store.listNicknames(ctx.db, ctx.actor.tenantId, conversation, members)
}

/** @throws AppError `not_found` for whoever is no colleague, so that nothing is learned of other companies */
export async function listSharedGroups(
  ctx: MemberRead,
  { directory }: Doors,
  { with: other, cursor, limit }: Input<typeof ops.listSharedGroups>,
) {
  const { tenantId, memberId } = ctx.actor
  await directory.requireColleagues(ctx.db, tenantId, [other])
  const found = await store.listSharedGroups(ctx.db, tenantId, [memberId, other], cursor, limit + 1)
  const items = found.slice(0, limit)
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}
