import type * as ops from '@heyi/contract/messaging'
import type { ReadPolicy } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberRead, MemberWrite } from '../../kernel/context.js'
import { requireConversation } from './gate.js'
import type { Doors } from './index.js'
import * as store from './reads-store.js'

// Who has read is known by the cursors that members move for themselves. It is told to nobody, unless the company wants
// that; then only how many, and only to the sender.

export const getReadPolicy = async (ctx: MemberRead): Promise<ReadPolicy> => ({
  visible: await store.isVisible(ctx.db, ctx.actor.tenantId),
})

export async function setReadPolicy(
  ctx: MemberWrite,
  { identity }: Doors,
  { visible }: ReadPolicy,
): Promise<ReadPolicy> {
  await identity.requireRole(ctx, 'admin')
  await store.setVisible(ctx.db, ctx.actor.tenantId, visible)
  await identity.auditLog(ctx, 'messaging.readPolicySet', null, { visible })
  return { visible }
}

export async function listReads(
  ctx: MemberRead,
  { conversation, seqs }: z.output<typeof ops.listReads.input>,
): Promise<z.output<typeof ops.listReads.output>> {
  const { tenantId, memberId } = ctx.actor
  await requireConversation(ctx, conversation, 'read')
  if (!(await store.isVisible(ctx.db, tenantId))) return { items: [] }
  return { items: await store.countReads(ctx.db, tenantId, conversation, memberId, seqs) }
}
