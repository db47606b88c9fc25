import type { ExportPolicy } from '@heyi/contract/messaging'
import { type Queryable, row, sql, type Tx } from '../../kernel/db.js'

const standard: ExportPolicy = { who: 'owners' }

export async function findPolicy(on: Queryable, tenantId: string): Promise<ExportPolicy> {
  return (await row(on, sql<ExportPolicy>`select who from export_policy where tenant_id = ${tenantId}`)) ?? standard
}

export async function savePolicy(tx: Tx, tenantId: string, { who }: ExportPolicy): Promise<void> {
  await sql`
    insert into export_policy (tenant_id, who) values (${tenantId}, ${who})
    on conflict (tenant_id) do update set who = excluded.who`.execute(tx)
}
