import { type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

export async function isVisible(on: Queryable, tenantId: string): Promise<boolean> {
  const found = await row(on, sql<{ visible: boolean }>`select visible from read_policy where tenant_id = ${tenantId}`)
  return found?.visible ?? false
}

export async function setVisible(tx: Tx, tenantId: string, visible: boolean): Promise<void> {
  await sql`
    insert into read_policy (tenant_id, visible) values (${tenantId}, ${visible})
    on conflict (tenant_id) do update set visible = excluded.visible`.execute(tx)
}

/** Of this sender’s messages at these places: who is in the conversation and could read each, and who has come that far. */
export function countReads(
  on: Queryable,
  tenantId: string,
  conversation: string,
  sender: string,
  seqs: number[],
): Promise<{ seq: number; read: number; total: number }[]> {
  return rows(
    on,
    sql<{ seq: number; read: number; total: number }>`
      select x.seq, (count(*) filter (where m.read_seq >= x.seq))::int as read, count(*)::int as total
      from message x join membership m on m.tenant_id = x.tenant_id and m.conversation_id = x.conversation_id
        and m.left_rev is null and m.member_id <> x.sender and m.from_seq < x.seq
      where x.tenant_id = ${tenantId} and x.conversation_id = ${conversation} and x.sender = ${sender} and x.state = 'sent'
        and x.root is null and x.seq = any(${seqs}::bigint[])
      group by x.seq order by x.seq`,
  )
}
