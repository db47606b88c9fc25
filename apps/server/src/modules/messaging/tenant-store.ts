import { sql, type Tx } from '../../kernel/db.js'

/** Everything this module keeps of a tenant that is being deleted. */
export async function deleteTenantRows(tx: Tx, tenantId: string): Promise<void> {
  for (const table of [
    'export_policy',
    'dissolve_policy',
    'group_silence',
    'group_ban',
    'favourite',
    'conversation_pin',
    'thread_follow',
    'thread',
    'read_policy',
    'draft',
    'played',
    'hidden_message',
    'message_record',
    'receipt_tap',
    'scheduled_message',
    'message_edit',
    'poll_vote',
    'relay_line',
    'poll',
    'sticker',
    'sticker_pack',
    'reaction',
    'message_tally',
    'receipt',
    'message',
    'membership',
    'group_join_request',
    'group_link',
    'group_notice',
    'group_newcomer',
    'thanks_card',
    'department_group',
    'conversation',
  ])
    await sql`delete from ${sql.table(table)} where tenant_id = ${tenantId}`.execute(tx)
}
