import type * as ops from '@heyi/contract/messaging'
import type { ExportPolicy } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberRead, MemberWrite } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import * as store from './export-store.js'
import { requireConversation } from './gate.js'
import type { Doors } from './index.js'

// Taking a conversation out: by the company’s policy, and noted where admins look. The file is made by the client from
// pages, so that nothing large is ever held here.

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

export const getExportPolicy = (ctx: MemberRead): Promise<ExportPolicy> => store.findPolicy(ctx.db, ctx.actor.tenantId)

export async function setExportPolicy(ctx: MemberWrite, doors: Doors, policy: ExportPolicy): Promise<ExportPolicy> {
  await doors.identity.requireRole(ctx, 'admin')
  await store.savePolicy(ctx.db, ctx.actor.tenantId, policy)
  await doors.identity.auditLog(ctx, 'messaging.exportPolicySet', null, { who: policy.who })
  return policy
}

export async function startExport(ctx: MemberWrite, doors: Doors, { conversation }: Input<typeof ops.startExport>) {
  const place = await requireConversation(ctx, conversation, 'read')
  const { who } = await store.findPolicy(ctx.db, ctx.actor.tenantId)
  const runs = place.kind === 'group' && place.role !== 'member'
  if (who === 'off' || (who === 'owners' && !runs)) throw fail('not_allowed')
  await doors.identity.auditLog(ctx, 'messaging.exported', conversation, { upTo: place.lastSeq })
  return { startedAt: ctx.clock.now(), before: place.lastSeq + 1 }
}
