import type { MemberActor } from '../../kernel/actor.js'
import { type Queryable, type RawBuilder, rows, sql, type Tx } from '../../kernel/db.js'
import { messageColumns, type StoredMessage } from './message-store.js'

// What other modules may read of conversations and messages, with the rule of who may in the same query.

/**
 * The caller’s conversations, or one of them, and the place up to which each is not theirs to read, for joining into a
 * query: (id, from_seq, name, kind).
 */
export const readableConversations = (actor: MemberActor, only: string | null): RawBuilder<unknown> => sql`
  select m.conversation_id as id, m.from_seq, c.name, c.kind
  from membership m join conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
  where m.tenant_id = ${actor.tenantId} and m.member_id = ${actor.memberId} and m.left_rev is null
    and (${only}::text is null or m.conversation_id = ${only})`

export type ReadableMessage = StoredMessage & { conversation: string }

/** Of these messages the ones that the caller may read at this moment, in no order. */
export function findReadableMessages(
  on: Queryable,
  actor: Pick<MemberActor, 'tenantId' | 'memberId'>,
  places: { conversation: string; seq: number }[],
): Promise<ReadableMessage[]> {
  return rows(
    on,
    sql<ReadableMessage>`
      select x.conversation_id as conversation, ${messageColumns}
      from unnest(${places.map((p) => p.conversation)}::text[] collate "C", ${places.map((p) => p.seq)}::bigint[]) as i(conversation, at)
      join membership m on m.tenant_id = ${actor.tenantId} and m.conversation_id = i.conversation and m.member_id = ${actor.memberId}
        and m.left_rev is null and i.at > m.from_seq
      join message x on x.tenant_id = m.tenant_id and x.conversation_id = i.conversation and x.seq = i.at and x.state = 'sent'
      where not exists (select from hidden_message h where h.tenant_id = x.tenant_id and h.member_id = m.member_id
        and h.conversation_id = x.conversation_id and h.seq = x.seq)
        -- Where opening counts, it is not read by the way.
        and (x.receipt is distinct from 'open' or x.sender = m.member_id or exists (select from receipt_tap t
          where t.tenant_id = x.tenant_id and t.conversation_id = x.conversation_id and t.seq = x.seq and m.slot = any(t.slots)))`,
  )
}

/** Contact cards of these colleagues that stand in conversations of the caller, the newest first. */
export function findCardsOf(
  on: Queryable,
  actor: MemberActor,
  members: string[],
  span: { in: string | null; after: string | null; before: string | null; upTo: string | null },
  limit: number,
): Promise<{ conversation: string; seq: number; sentAt: string }[]> {
  const { after, before, upTo } = span
  return rows(
    on,
    sql<{ conversation: string; seq: number; sentAt: string }>`
      select x.conversation_id as conversation, x.seq, x.sent_at as "sentAt"
      from message x join (${readableConversations(actor, span.in)}) mine on mine.id = x.conversation_id and x.seq > mine.from_seq
      where x.tenant_id = ${actor.tenantId} and x.kind = 'contact' and x.state = 'sent' and x.body ->> 'member' = any(${members})
        and (${after}::timestamptz is null or x.sent_at >= ${after}) and (${before}::timestamptz is null or x.sent_at < ${before})
        and (${upTo}::timestamptz is null or x.sent_at <= ${upTo})
      order by x.sent_at desc, x.conversation_id desc, x.seq desc limit ${limit}`,
  )
}

/** Those of the caller’s groups in which any of these members is, the newest groups first. */
export function findGroupsWith(
  on: Queryable,
  actor: MemberActor,
  members: string[],
  limit: number,
): Promise<{ id: string; members: string[] }[]> {
  return rows(
    on,
    sql<{ id: string; members: string[] }>`
      select c.id, array_agg(o.member_id order by o.member_id) as members
      from membership m join conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id and c.kind = 'group'
      join membership o on o.tenant_id = m.tenant_id and o.conversation_id = m.conversation_id and o.member_id = any(${members}) and o.left_rev is null
      where m.tenant_id = ${actor.tenantId} and m.member_id = ${actor.memberId} and m.left_rev is null
      group by c.id order by c.id desc limit ${limit}`,
  )
}

/** A span of one conversation’s changes: those after `since`, up to `upTo`. */
interface LogSpan {
  tenantId: string
  conversation: string
  since: number
  upTo: number
}

/** Messages born or last changed in these spans, whoever may read them, each as it is now. */
export function readLogSpans(tx: Tx, spans: LogSpan[]): Promise<ReadableMessage[]> {
  return rows(
    tx,
    sql<ReadableMessage>`
      select i.conversation, m.* from unnest(${spans.map((s) => s.tenantId)}::text[] collate "C", ${spans.map((s) => s.conversation)}::text[] collate "C",
        ${spans.map((s) => s.since)}::bigint[], ${spans.map((s) => s.upTo)}::bigint[]) as i(tenant, conversation, since, up_to)
      cross join lateral (
        select ${messageColumns} from message where tenant_id = i.tenant and conversation_id = i.conversation and seq > i.since and seq <= i.up_to and rev = seq
        union all
        select ${messageColumns} from message where tenant_id = i.tenant and conversation_id = i.conversation and rev > i.since and rev <= i.up_to and rev <> seq
      ) m order by i.conversation, m.seq`,
  )
}

/** All messages of a stretch of one conversation’s log, in order, whoever may read them. */
export function readLogStretch(
  tx: Tx,
  { tenantId, conversation, first, last }: { tenantId: string; conversation: string; first: number; last: number },
): Promise<ReadableMessage[]> {
  return rows(
    tx,
    sql<ReadableMessage>`
      select conversation_id as conversation, ${messageColumns} from message
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq between ${first} and ${last} order by seq`,
  )
}
