import { type Queryable, rows, sql, type Tx } from '../../kernel/db.js'

export interface GroupNoticeRow {
  /** Of the line that told of it. */
  seq: number
  text: string
  by: string
  at: string
  confirm: boolean
}

/** The group’s notice, kept with those before; null takes it down. */
export async function setNotice(tx: Tx, tenantId: string, id: string, notice: GroupNoticeRow | null): Promise<void> {
  await sql`
    update conversation set notice_text = ${notice?.text ?? null}, notice_by = ${notice?.by ?? null}, notice_at = ${notice?.at ?? null},
      notice_seq = ${notice?.confirm ? notice.seq : null}
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx)
  if (!notice) return
  await sql`
    insert into group_notice (tenant_id, conversation_id, seq, text, by, at, confirm)
    values (${tenantId}, ${id}, ${notice.seq}, ${notice.text}, ${notice.by}, ${notice.at}, ${notice.confirm})`.execute(
    tx,
  )
}

export function listNotices(
  on: Queryable,
  tenantId: string,
  conversation: string,
  fromSeq: number,
  before: number,
  limit: number,
): Promise<GroupNoticeRow[]> {
  return rows(
    on,
    sql<GroupNoticeRow>`
      select seq, text, by, at, confirm from group_notice
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq > ${fromSeq} and seq < ${before} order by seq desc limit ${limit}`,
  )
}
