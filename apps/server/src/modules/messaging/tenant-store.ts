import { sql, type Tx } from '../../kernel/db.js'

/** Everything this module keeps of a tenant that is being deleted. */
export async function deleteTenantRows(tx: Tx, tenantId: string): Promise<void> {
  for (const table of [
    'draft',
    'hidden_message',
    'message',
    'membership',
    'group_join_request',
    'group_link',
    'conversation',
  ])
    await sql`delete from ${sql.table(table)} where tenant_id = ${tenantId}`.execute(tx)
}
