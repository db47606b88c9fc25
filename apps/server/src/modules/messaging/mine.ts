import type * as ops from '@heyi/contract/messaging'
import type { Membership } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberWrite } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { getConversation } from './conversations.js'
import { requireConversation } from './gate.js'
import * as store from './store.js'

// What a member keeps of a conversation for themselves; it lives in their own feed and follows them over devices.

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

export async function markRead(ctx: MemberWrite, input: Input<typeof ops.markRead>): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireConversation(ctx, input.conversation, 'keepMine')
  const seq = Math.min(input.seq, place.lastSeq)
  if (seq <= place.readSeq) return {}
  await ctx.changes.lock(tenantId, [memberId])
  if (await store.advanceRead(ctx.db, tenantId, memberId, place.id, seq))
    ctx.changes.put(memberId, 'membership', place.id)
  return {}
}

export async function markPlayed(
  ctx: MemberWrite,
  input: Input<typeof ops.markPlayed>,
): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  const { conversation, seq } = input
  const place = await requireConversation(ctx, conversation, 'keepMine')
  if (seq <= place.fromSeq || seq > place.lastSeq) throw fail('not_found')
  await ctx.changes.lock(tenantId, [memberId])
  if (await store.addPlayed(ctx.db, tenantId, memberId, conversation, seq))
    ctx.changes.put(memberId, 'played', conversation)
  return {}
}

export async function markUnread(ctx: MemberWrite, input: Input<typeof ops.markUnread>): Promise<Membership> {
  const { tenantId, memberId } = ctx.actor
  await requireConversation(ctx, input.conversation, 'keepMine')
  await ctx.changes.lock(tenantId, [memberId])
  // Read again under the lock: a cursor of another device may have moved it.
  const place = await requireConversation(ctx, input.conversation, 'keepMine')
  if (place.version !== input.version) throw fail('version_conflict', { version: place.version })
  await store.updateMembership(ctx.db, tenantId, memberId, place.id, {
    readSeq: Math.max(0, Math.min(input.seq - 1, place.lastSeq)),
  })
  return changed(ctx, place.id)
}

export async function updateMembership(
  ctx: MemberWrite,
  input: Input<typeof ops.updateMembership>,
): Promise<Membership> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireConversation(ctx, input.conversation, 'keepMine')
  await ctx.changes.lock(tenantId, [memberId])
  await store.updateMembership(ctx.db, tenantId, memberId, place.id, { muted: input.muted, pinned: input.pinned })
  return changed(ctx, place.id)
}

async function changed(ctx: MemberWrite, conversation: string): Promise<Membership> {
  ctx.changes.put(ctx.actor.memberId, 'membership', conversation)
  return (await getConversation(ctx, { conversation })).membership
}

export async function saveDraft(ctx: MemberWrite, input: Input<typeof ops.saveDraft>): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireConversation(ctx, input.conversation, 'keepMine')
  await ctx.changes.lock(tenantId, [memberId])
  if (input.text === '') {
    if (await store.deleteDraft(ctx.db, tenantId, memberId, place.id)) ctx.changes.remove(memberId, 'draft', place.id)
    return {}
  }
  await store.saveDraft(ctx.db, tenantId, memberId, { ...input, savedAt: ctx.clock.now() })
  ctx.changes.put(memberId, 'draft', place.id)
  return {}
}
