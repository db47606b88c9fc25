import type { MemberActor } from '../../kernel/actor.js'
import { type Queryable, row, rows, sql } from '../../kernel/db.js'
import { messageColumns } from './message-store.js'
import type { ReadableMessage } from './readable-store.js'

// Where somebody was named, and what was said on a day.

/** The end of a page: its last message. */
export interface NamedPlace {
  at: string
  conversation: string
  seq: number
}

/** Messages of others that name this member or everybody and that they may read, the newest first. */
export function listNamed(
  on: Queryable,
  { tenantId, memberId }: MemberActor,
  before: NamedPlace | null,
  limit: number,
): Promise<ReadableMessage[]> {
  const older =
    before === null
      ? sql`true`
      : sql`(x.sent_at, x.conversation_id, x.seq) < (${before.at}::timestamptz, ${before.conversation}, ${before.seq})`
  const mine = sql`
    m.tenant_id = ${tenantId} and m.member_id = ${memberId} and m.left_rev is null`
  const counts = sql`
    x.state = 'sent' and x.sender <> ${memberId} and x.seq > m.from_seq and ${older}
    and not exists (select from hidden_message h where h.tenant_id = ${tenantId} and h.member_id = ${memberId} and h.conversation_id = x.conversation_id and h.seq = x.seq)`
  return rows(
    on,
    sql<ReadableMessage>`
      with me as (
        select x.conversation_id, x.seq, x.sent_at from message x
        join membership m on m.tenant_id = x.tenant_id and m.conversation_id = x.conversation_id and ${mine}
        where x.body ? 'mentions' and x.body -> 'mentions' @> ${JSON.stringify([{ principal: memberId }])}::jsonb and x.tenant_id = ${tenantId} and ${counts}
        order by x.sent_at desc, x.conversation_id desc, x.seq desc limit ${limit}
      ), everybody as (
        select x.conversation_id, x.seq, x.sent_at from membership m
        cross join lateral (
          select x.conversation_id, x.seq, x.sent_at from message x
          where x.tenant_id = m.tenant_id and x.conversation_id = m.conversation_id and x.body -> 'mentions' @> '[{"principal": "all"}]' and ${counts}
          order by x.seq desc limit ${limit}
        ) x
        where ${mine}
      )
      select n.conversation_id as conversation, x.* from (
        select * from me union select * from everybody order by sent_at desc, conversation_id desc, seq desc limit ${limit}
      ) n
      join lateral (select ${messageColumns} from message where tenant_id = ${tenantId} and conversation_id = n.conversation_id and seq = n.seq) x on true
      order by n.sent_at desc, n.conversation_id desc, n.seq desc`,
  )
}

/** The next message at or above a place that stands in the conversation itself, and when it was said. */
export function nextFrom(
  on: Queryable,
  tenantId: string,
  conversation: string,
  from: number,
): Promise<{ seq: number; sentAt: string; root: number | null } | undefined> {
  return row(
    on,
    sql<{ seq: number; sentAt: string; root: number | null }>`
      select seq, sent_at as "sentAt", root from message
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq >= ${from} order by seq limit 1`,
  )
}

/** The first at or above a place that is no reply. */
export function nextOutside(
  on: Queryable,
  tenantId: string,
  conversation: string,
  from: number,
): Promise<{ seq: number } | undefined> {
  return row(
    on,
    sql<{ seq: number }>`
      select seq from message where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq >= ${from} and root is null order by seq limit 1`,
  )
}
