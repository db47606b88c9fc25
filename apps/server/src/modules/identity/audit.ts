import type { AuditEntry } from '@heyi/contract/identity'
import type { MemberActor } from '../../kernel/actor.js'
import type { Clock } from '../../kernel/clock.js'
import type { MemberRead } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import { newId } from '../../kernel/ids.js'
import * as store from './audit-store.js'
import { requireRole } from './members.js'
import type { Doing } from './state.js'

export interface Audited {
  tenantId: string
  action: string
  subject?: string | null
  data?: Record<string, unknown>
}

/** Writes down what was done, in the tenant it was done to, in the same transaction. */
export function audit(clock: Clock, db: Tx, by: Doing, what: Audited): Promise<void> {
  const { actor, origin } = by
  const insider = actor.kind === 'member' && actor.tenantId === what.tenantId ? actor.memberId : null
  return store.insertAudit(db, {
    id: newId('aud', clock.ms()),
    tenantId: what.tenantId,
    at: clock.now(),
    action: what.action,
    actor: insider,
    actorName: actor.kind === 'operator' ? 'operator' : '',
    subject: what.subject ?? null,
    data: what.data ?? {},
    address: origin.transport === 'local' ? null : origin.address,
  })
}

/** The same for what the program does by itself, when its time has come. */
export function auditJob(clock: Clock, db: Tx, what: Audited): Promise<void> {
  return store.insertAudit(db, {
    id: newId('aud', clock.ms()),
    tenantId: what.tenantId,
    at: clock.now(),
    action: what.action,
    actor: null,
    actorName: '',
    subject: what.subject ?? null,
    data: what.data ?? {},
    address: null,
  })
}

/** The same for what a member does in their own tenant. */
export function auditLog(
  ctx: { db: Tx; actor: MemberActor; origin: Doing['origin']; clock: Clock },
  action: string,
  subject: string | null,
  data: Record<string, unknown> = {},
): Promise<void> {
  return audit(ctx.clock, ctx.db, ctx, { tenantId: ctx.actor.tenantId, action, subject, data })
}

export async function listAudit(
  ctx: MemberRead,
  { cursor, limit }: { cursor: string | null; limit: number },
): Promise<{ items: AuditEntry[]; next: string | null }> {
  await requireRole(ctx, 'admin')
  const found = await store.listAudit(ctx.db, ctx.actor.tenantId, cursor, limit + 1)
  const page = found.slice(0, limit)
  return {
    items: page.map(({ id: _, ...entry }) => entry),
    next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}
