import type { AuditEntry } from '@heyi/contract/identity'
import { type Queryable, rows, sql, type Tx } from '../../kernel/db.js'

export interface NewAudit {
  id: string
  tenantId: string
  at: string
  action: string
  /** A member of the tenant; null for the operator or somebody not signed in. */
  actor: string | null
  /** Used where there is no actor. */
  actorName: string
  subject: string | null
  data: Record<string, unknown>
  address: string | null
}

export async function insertAudit(tx: Tx, a: NewAudit): Promise<void> {
  await sql`
    insert into audit (tenant_id, id, at, action, actor, actor_name, subject, data, address)
    values (${a.tenantId}, ${a.id}, ${a.at}, ${a.action}, ${a.actor},
      coalesce((select name from member where tenant_id = ${a.tenantId} and id = ${a.actor}), ${a.actorName}),
      ${a.subject}, ${JSON.stringify(a.data)}::jsonb, ${a.address})`.execute(tx)
}

export function listAudit(
  on: Queryable,
  tenantId: string,
  before: string | null,
  limit: number,
): Promise<(AuditEntry & { id: string })[]> {
  return rows(
    on,
    sql<AuditEntry & { id: string }>`
      select id, at, action, actor, actor_name as "actorName", subject, data, address from audit
      where tenant_id = ${tenantId} and (${before}::text is null or id < ${before}) order by id desc limit ${limit}`,
  )
}
