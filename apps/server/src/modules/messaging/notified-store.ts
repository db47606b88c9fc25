import { type Queryable, rows, sql } from '../../kernel/db.js'
import { type Place, silencedUntil } from './store.js'

// What whoever tells people of messages must know of them.

/** A message that came into being, as far as it decides who is told. */
export interface NewsRow {
  conversation: string
  seq: number
  sender: string
  kind: string
  state: 'sent' | 'recalled'
  /** What was written, or the name of the file; nothing where opening it counts as reading. */
  text: string
  /** Who is named; `all` is everybody. */
  mentions: string[]
  sentAt: string
  /** The thread it stands in; null for what stands in the conversation itself. */
  root: number | null
  conversationKind: 'direct' | 'group'
  conversationName: string
  /** The sender is the group’s owner or one of its admins. */
  byHead: boolean
}

const newsColumns = sql`
  x.conversation_id as conversation, x.seq, x.sender, x.kind, x.state, case when x.receipt = 'open' or x.kind in ('voice', 'record') then '' else coalesce(x.body ->> 'text', x.body ->> 'name', x.body ->> 'question', x.body ->> 'title', x.body ->> 'label', '') end as text,
  coalesce((select array_agg(n ->> 'principal') from jsonb_array_elements(x.body -> 'mentions') n), '{}') as mentions,
  x.sent_at as "sentAt", x.root, c.kind as "conversationKind", c.name as "conversationName",
  exists (select from membership s where s.tenant_id = x.tenant_id and s.conversation_id = x.conversation_id and s.member_id = x.sender
    and s.left_rev is null and s.role in ('owner', 'admin')) as "byHead"`

/** What people wrote in these conversations with a place in (prev, rev], as it is now. */
export function newsIn(
  on: Queryable,
  tenantId: string,
  spans: { feed: string; prev: number; rev: number }[],
): Promise<NewsRow[]> {
  return rows(
    on,
    sql<NewsRow>`
      select ${newsColumns}
      from unnest(${spans.map((s) => s.feed)}::text[] collate "C", ${spans.map((s) => s.prev)}::bigint[], ${spans.map((s) => s.rev)}::bigint[]) as i(feed, prev, rev)
      join conversation c on c.tenant_id = ${tenantId} and c.id = i.feed
      join message x on x.tenant_id = ${tenantId} and x.conversation_id = i.feed and x.seq > i.prev and x.seq <= i.rev
      where x.kind <> 'system' and x.state = 'sent' order by x.conversation_id, x.seq`,
  )
}

/** Single messages by their places, those of the system and recalled ones too. */
export function newsAt(
  on: Queryable,
  tenantId: string,
  places: { conversation: string; seq: number }[],
): Promise<NewsRow[]> {
  return rows(
    on,
    sql<NewsRow>`
      select ${newsColumns}
      from (select distinct * from unnest(${places.map((p) => p.conversation)}::text[] collate "C", ${places.map((p) => p.seq)}::bigint[]) as u(conversation, seq)) i
      join conversation c on c.tenant_id = ${tenantId} and c.id = i.conversation
      join message x on x.tenant_id = ${tenantId} and x.conversation_id = i.conversation and x.seq = i.seq`,
  )
}

/** Somebody’s place in a conversation, as far as it decides whether they are told. */
export interface ListenerRow {
  conversation: string
  member: string
  readSeq: number
  fromSeq: number
  muted: boolean
}

/** Those who are in these conversations now; of `among` only, where that is given. */
export function listenersOf(
  on: Queryable,
  tenantId: string,
  conversations: string[],
  among: string[] | null,
): Promise<ListenerRow[]> {
  return rows(
    on,
    sql<ListenerRow>`
      select conversation_id as conversation, member_id as member, read_seq as "readSeq", from_seq as "fromSeq", muted from membership
      where tenant_id = ${tenantId} and conversation_id = any(${conversations}) and left_rev is null
        and (${among}::text[] is null or member_id = any(${among}::text[]))`,
  )
}

/** Of these messages for these members, those that are still unread, by `member conversation seq`. */
export async function stillUnread(
  on: Queryable,
  tenantId: string,
  all: { member: string; conversation: string; seq: number }[],
): Promise<Set<string>> {
  const found = await rows(
    on,
    sql<{ member: string; conversation: string; seq: number }>`
      select i.member, i.conversation, i.seq
      from unnest(${all.map((a) => a.member)}::text[] collate "C", ${all.map((a) => a.conversation)}::text[] collate "C", ${all.map((a) => a.seq)}::bigint[]) as i(member, conversation, seq)
      join membership m on m.tenant_id = ${tenantId} and m.conversation_id = i.conversation and m.member_id = i.member and m.left_rev is null
        and m.from_seq < i.seq
      join message x on x.tenant_id = ${tenantId} and x.conversation_id = i.conversation and x.seq = i.seq and x.state = 'sent'
      left join thread_follow f on f.tenant_id = ${tenantId} and f.member_id = i.member and f.conversation_id = i.conversation and f.root = x.root and f.following
      where coalesce(f.read_seq, m.read_seq) < i.seq and not exists (select from hidden_message h where h.tenant_id = ${tenantId} and h.member_id = i.member and h.conversation_id = i.conversation and h.seq = i.seq)`,
  )
  return new Set(found.map(({ member, conversation, seq }) => `${member} ${conversation} ${seq}`))
}

interface SayingPlace extends Pick<Place, 'dissolved' | 'muteAll' | 'seat' | 'silencedUntil'> {
  member: string
  conversation: string
}

/** The places of these members in these conversations, as far as they decide who may say something. */
export function sayingPlaces(
  on: Queryable,
  tenantId: string,
  all: { member: string; conversation: string }[],
): Promise<SayingPlace[]> {
  return rows(
    on,
    sql<SayingPlace>`
      select m.member_id as member, m.conversation_id as conversation, c.dissolved, c.mute_all as "muteAll", m.role as seat, ${silencedUntil} as "silencedUntil"
      from (select distinct * from unnest(${all.map((a) => a.member)}::text[] collate "C", ${all.map((a) => a.conversation)}::text[] collate "C") as u(member, conversation)) i
      join membership m on m.tenant_id = ${tenantId} and m.conversation_id = i.conversation and m.member_id = i.member and m.left_rev is null
      join conversation c on c.tenant_id = ${tenantId} and c.id = i.conversation
      left join group_silence s on s.tenant_id = m.tenant_id and s.conversation_id = m.conversation_id and s.member_id = m.member_id`,
  )
}

/** How much each of these members has not read of what was said after a moment of theirs and before one of all, where they did not mute. */
export async function unreadBetween(
  on: Queryable,
  tenantId: string,
  members: { member: string; after: string }[],
  before: string,
  most: number,
): Promise<Map<string, { messages: number; conversations: number }>> {
  const found = await rows(
    on,
    sql<{ member: string; messages: number; conversations: number }>`
      select m.member_id as member, sum(u.n)::int as messages, count(*)::int as conversations
      from unnest(${members.map(({ member }) => member)}::text[] collate "C", ${members.map(({ after }) => after)}::timestamptz[]) as i(member, after)
      join membership m on m.tenant_id = ${tenantId} and m.member_id = i.member and m.left_rev is null and not m.muted
      join feed f on f.tenant_id = m.tenant_id and f.id = m.conversation_id and f.last_seq > greatest(m.read_seq, m.from_seq)
      cross join lateral (
        select count(*) as n from (
          select 1 from message x where x.tenant_id = ${tenantId} and x.conversation_id = m.conversation_id and x.seq > greatest(m.read_seq, m.from_seq)
            and x.root is null and x.sender <> m.member_id and x.state = 'sent' and x.kind <> 'system' and x.sent_at > i.after and x.sent_at <= ${before} limit ${most}
        ) counted
      ) u
      where u.n > 0
      group by m.member_id`,
  )
  return new Map(found.map(({ member, ...unread }) => [member, unread]))
}

/** Whether a member has hidden a message from themselves. */
export async function isHidden(
  on: Queryable,
  tenantId: string,
  member: string,
  conversation: string,
  seq: number,
): Promise<boolean> {
  const found = await rows(
    on,
    sql`select 1 from hidden_message where tenant_id = ${tenantId} and member_id = ${member} and conversation_id = ${conversation} and seq = ${seq}`,
  )
  return found.length > 0
}
