import type { Thanks, ThanksBody } from '@heyi/contract/messaging'
import { type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

// Thank-you cards as those keep them who gave and got them.

/** How many cards somebody has sent since then. */
export async function countSent(on: Queryable, tenantId: string, member: string, since: string): Promise<number> {
  const found = await row(
    on,
    sql<{ count: number }>`
      select count(*) as count from thanks_card where tenant_id = ${tenantId} and member_id = ${member} and sent and sent_at > ${since}`,
  )
  return found?.count ?? 0
}

export async function insertThanks(
  tx: Tx,
  tenantId: string,
  { conversation, seq, sender, sentAt, ...body }: Thanks,
): Promise<void> {
  await sql`
    insert into thanks_card (tenant_id, conversation_id, seq, member_id, sent, sender, sent_at, body)
    select ${tenantId}, ${conversation}, ${seq}, i.member, i.member = ${sender}, ${sender}, ${sentAt}, ${JSON.stringify(body)}::jsonb
    from unnest(${[sender, ...body.to]}::text[]) as i(member)`.execute(tx)
}

export interface Place {
  at: string
  conversation: string
  seq: number
}

/** What somebody gave, or got, the newest first. */
export async function listThanks(
  on: Queryable,
  tenantId: string,
  member: string,
  sent: boolean,
  after: Place | null,
  limit: number,
): Promise<Thanks[]> {
  const found = await rows(
    on,
    sql<Omit<Thanks, keyof ThanksBody> & { body: ThanksBody }>`
      select conversation_id as conversation, seq, sender, sent_at as "sentAt", body from thanks_card
      where tenant_id = ${tenantId} and member_id = ${member} and sent = ${sent}
        and ${after ? sql`(sent_at, conversation_id, seq) < (${after.at}::timestamptz, ${after.conversation}, ${after.seq})` : sql`true`}
      order by sent_at desc, conversation_id desc, seq desc limit ${limit}`,
  )
  return found.map(({ body, ...card }) => ({ ...card, ...body }))
}

/** Nobody keeps a card that was taken back. */
export async function forgetThanks(tx: Tx, tenantId: string, conversation: string, seq: number): Promise<void> {
  await sql`delete from thanks_card where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`.execute(
    tx,
  )
}
