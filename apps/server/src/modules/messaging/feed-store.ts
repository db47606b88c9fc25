import { limits } from '@heyi/contract/limits'
import type { Conversation, Members, Membership, Played } from '@heyi/contract/messaging'
import type { Head } from '@heyi/contract/sync'
import type { MemberActor } from '../../kernel/actor.js'
import { type Queryable, row, rows, sql } from '../../kernel/db.js'
import type { Access, LogRow, ObjectRef } from '../../kernel/feeds/kinds.js'
import { messageColumns, type StoredMessage, toMessage } from './message-store.js'
import { silencedUntil } from './store.js'

// What feeds carry.

export async function loadConversations(
  on: Queryable,
  tenantId: string,
  refs: ObjectRef[],
): Promise<Map<string, Conversation>> {
  const found = await rows(
    on,
    sql<
      Omit<Conversation, 'notice'> & {
        noticeText: string | null
        noticeBy: string
        noticeAt: string
        noticeSeq: number | null
      }
    >`
      select id, kind, name, owner, external, mute_all as "muteAll", history_visible as "historyVisible", dissolved, member_links as "memberLinks", department_id as department, welcome,
        purge_at as "purgeAt", purge_seq is not null as purged, created_at as "createdAt", notice_text as "noticeText", notice_by as "noticeBy", notice_at as "noticeAt", notice_seq as "noticeSeq"
      from conversation where tenant_id = ${tenantId} and id = any(${refs.map((r) => r.id)})`,
  )
  return new Map(
    found.map(({ noticeText: text, noticeBy: by, noticeAt: at, noticeSeq: seq, ...c }) => [
      `${c.id} ${c.id}`,
      { ...c, notice: text === null ? null : { text, by, at, seq } },
    ]),
  )
}

export async function loadMembers(on: Queryable, tenantId: string, refs: ObjectRef[]): Promise<Map<string, Members>> {
  const found = await rows(
    on,
    sql<{
      id: string
      count: number
      waiting: number
      first: Members['first'] | null
      nicknames: Members['nicknames'] | null
    }>`
      select i.id, (select count(*) from group_join_request r where r.tenant_id = ${tenantId} and r.conversation_id = i.id) as waiting,
        (select jsonb_agg(jsonb_build_object('id', member_id, 'nickname', nickname, 'rev', nickname_rev)) from (
          select member_id, nickname, nickname_rev from membership m
          where m.tenant_id = ${tenantId} and m.conversation_id = i.id and nickname_rev is not null order by nickname_rev desc limit ${limits.recentNicknames}) n) as nicknames,
        (select count(*) from membership m where m.tenant_id = ${tenantId} and m.conversation_id = i.id and m.left_rev is null) as count,
        (select jsonb_agg(jsonb_build_object('id', member_id, 'role', role)) from (
          select member_id, role from membership m where m.tenant_id = ${tenantId} and m.conversation_id = i.id and m.left_rev is null
          order by array_position(array['owner', 'admin', 'member'], role), joined_at, member_id limit 20) f) as first
      from unnest(${refs.map((r) => r.feed)}::text[] collate "C") as i(id)`,
  )
  return new Map(
    found.map(({ id, first, nicknames, ...counts }) => [
      `${id} ${id}`,
      { ...counts, first: first ?? [], nicknames: nicknames ?? [] },
    ]),
  )
}

export interface MembershipRow extends Omit<Membership, 'view' | 'silenced'> {
  view: number
  silencedUntil: number | null
  member: string
  historyEpoch: number
}

export function membershipRows(
  on: Queryable,
  tenantId: string,
  of: { member: string; conversation: string }[],
): Promise<MembershipRow[]> {
  return rows(
    on,
    sql<MembershipRow>`
      select m.member_id as member, m.conversation_id as conversation, m.view, m.from_seq as "fromSeq", m.read_seq as "readSeq", m.muted, m.pinned, m.role, m.nickname, m.version, ${silencedUntil} as "silencedUntil"
      from unnest(${of.map((o) => o.member)}::text[] collate "C", ${of.map((o) => o.conversation)}::text[] collate "C") as i(member, conversation)
      join membership m on m.tenant_id = ${tenantId} and m.conversation_id = i.conversation and m.member_id = i.member and m.left_rev is null
      left join group_silence s on s.tenant_id = m.tenant_id and s.conversation_id = m.conversation_id and s.member_id = m.member_id`,
  )
}

export async function loadDrafts(on: Queryable, tenantId: string, refs: ObjectRef[]): Promise<Map<string, unknown>> {
  const found = await rows(
    on,
    sql<{ member: string; conversation: string; text: string; quote: number | null; savedAt: string }>`
      select d.member_id as member, d.conversation_id as conversation, d.text, d.quote, d.saved_at as "savedAt"
      from unnest(${refs.map((r) => r.feed)}::text[] collate "C", ${refs.map((r) => r.id)}::text[] collate "C") as i(member, conversation)
      join draft d on d.tenant_id = ${tenantId} and d.member_id = i.member and d.conversation_id = i.conversation`,
  )
  return new Map(found.map(({ member, ...draft }) => [`${member} ${draft.conversation}`, draft]))
}

export async function loadPlayed(on: Queryable, tenantId: string, refs: ObjectRef[]): Promise<Map<string, Played>> {
  const found = await rows(
    on,
    sql<Played & { member: string }>`
      select p.member_id as member, p.conversation_id as conversation, p.seqs::float8[] as seqs
      from unnest(${refs.map((r) => r.feed)}::text[] collate "C", ${refs.map((r) => r.id)}::text[] collate "C") as i(member, conversation)
      join played p on p.tenant_id = ${tenantId} and p.member_id = i.member and p.conversation_id = i.conversation`,
  )
  return new Map(found.map(({ member, ...played }) => [`${member} ${played.conversation}`, played]))
}

/** Who may read which conversations: the membership’s own view and start. */
export async function readAccess(
  on: Queryable,
  actor: MemberActor,
  conversations: string[],
): Promise<Map<string, Access>> {
  const found = await rows(
    on,
    sql<{ id: string; view: number; fromSeq: number }>`
      select conversation_id as id, view, from_seq as "fromSeq" from membership
      where tenant_id = ${actor.tenantId} and member_id = ${actor.memberId} and conversation_id = any(${conversations}) and left_rev is null`,
  )
  return new Map(found.map(({ id, view, fromSeq }) => [id, { view: viewOf(view, fromSeq), fromSeq }]))
}

/** The membership’s part of the view: joining again or seeing more history makes another one. */
export const viewOf = (view: number, fromSeq: number): string => `${view}.${fromSeq}`

export function readConversationHeads(on: Queryable, actor: MemberActor, sinceXid: string | null): Promise<Head[]> {
  return rows(
    on,
    sql<{ id: string; rev: number; last_seq: number; last_at: string | null }>`
      select f.id, f.rev, f.last_seq, f.last_at from membership m
      join feed f on f.tenant_id = m.tenant_id and f.id = m.conversation_id
      where m.tenant_id = ${actor.tenantId} and m.member_id = ${actor.memberId} and m.left_rev is null and ${sinceXid === null ? sql`true` : sql`f.xid >= ${sinceXid}::xid8`}`,
  ).then((found) => found.map((f): Head => [f.id, f.rev, f.last_seq, f.last_at]))
}

export interface AudienceRow {
  epoch: number
  muteAll: boolean
  dissolved: boolean
  members: string[]
  starts: number[]
  heads: string[]
  silenced: string[]
  silencedUntil: number[]
}

/** Everybody in it with their start, the owner and admins, and what the epoch guards besides. */
export function readAudience(on: Queryable, tenantId: string, conversation: string): Promise<AudienceRow | undefined> {
  return row(
    on,
    sql<AudienceRow>`
      select f.epoch, c.mute_all as "muteAll", c.dissolved, coalesce(m.members, '{}') as members, coalesce(m.starts, '{}')::float8[] as starts, coalesce(m.heads, '{}') as heads,
        coalesce(s.members, '{}') as silenced, coalesce(s.until, '{}') as "silencedUntil"
      from feed f join conversation c on c.tenant_id = f.tenant_id and c.id = f.id
      cross join lateral (
        select array_agg(member_id) as members, array_agg(from_seq) as starts, array_agg(member_id) filter (where role <> 'member') as heads
        from membership where tenant_id = ${tenantId} and conversation_id = ${conversation} and left_rev is null
      ) m
      cross join lateral (
        select array_agg(s.member_id) as members, array_agg(${silencedUntil}) as until
        from group_silence s where s.tenant_id = ${tenantId} and s.conversation_id = ${conversation}
      ) s where f.tenant_id = ${tenantId} and f.id = ${conversation}`,
  )
}

// The message log, for pulls and repairs.

type LoggedRow = StoredMessage & { feed: string }

const toLogRow = ({ feed, ...message }: LoggedRow): LogRow => ({
  feed,
  seq: message.seq,
  rev: message.rev,
  object: toMessage(message),
})

export async function readChangedMessages(
  on: Queryable,
  tenantId: string,
  feeds: { feed: string; since: number }[],
  limit: number,
): Promise<LogRow[]> {
  const found = await rows(
    on,
    sql<LoggedRow>`
      select i.feed, m.* from unnest(${feeds.map((f) => f.feed)}::text[] collate "C", ${feeds.map((f) => f.since)}::bigint[]) as i(feed, since)
      cross join lateral (
        select * from (
          (select ${messageColumns} from message where tenant_id = ${tenantId} and conversation_id = i.feed and seq > i.since and rev = seq order by seq limit ${limit})
          union all
          (select ${messageColumns} from message where tenant_id = ${tenantId} and conversation_id = i.feed and rev > i.since and rev <> seq order by rev limit ${limit})
        ) both_kinds order by rev limit ${limit}
      ) m`,
  )
  return found.map(toLogRow)
}

/** The newest `take` of each feed, and the place under the oldest of them (0 where nothing older is the reader’s). */
export async function readNewestMessages(
  on: Queryable,
  tenantId: string,
  feeds: { feed: string; fromSeq: number; take: number }[],
): Promise<{ rows: LogRow[]; floors: Map<string, number> }> {
  const found = await rows(
    on,
    sql<LoggedRow>`
      select i.feed, m.* from unnest(${feeds.map((f) => f.feed)}::text[] collate "C", ${feeds.map((f) => f.fromSeq)}::bigint[], ${feeds.map((f) => f.take + 1)}::int[]) as i(feed, from_seq, take)
      cross join lateral (
        select ${messageColumns} from message where tenant_id = ${tenantId} and conversation_id = i.feed and seq > i.from_seq order by seq desc limit i.take
      ) m order by i.feed, m.seq desc`,
  )
  const kept: LogRow[] = []
  const floors = new Map<string, number>()
  const counts = new Map<string, number>()
  const take = new Map(feeds.map((f) => [f.feed, f.take]))
  for (const one of found) {
    const count = (counts.get(one.feed) ?? 0) + 1
    counts.set(one.feed, count)
    // One more than asked for was read: it is the newest that is left out, so the floor.
    if (count > (take.get(one.feed) ?? 0)) floors.set(one.feed, one.seq)
    else kept.push(toLogRow(one))
  }
  return { rows: kept, floors }
}

export async function readBelow(
  on: Queryable,
  actor: MemberActor,
  feeds: { feed: string; floor: number }[],
): Promise<Map<string, { unread: number; mentions: number; readSeq: number; hidden: number }>> {
  const found = await rows(
    on,
    sql<{ feed: string; unread: number; mentions: number; readSeq: number; hidden: number }>`
      select i.feed, m.read_seq as "readSeq", m.hidden, u.unread, u.mentions
      from unnest(${feeds.map((f) => f.feed)}::text[] collate "C", ${feeds.map((f) => f.floor)}::bigint[]) as i(feed, floor)
      join membership m on m.tenant_id = ${actor.tenantId} and m.conversation_id = i.feed and m.member_id = ${actor.memberId} and m.left_rev is null
      cross join lateral (
        select count(*) as unread, count(*) filter (where body -> 'mentions' @> ${JSON.stringify([{ principal: actor.memberId }])}::jsonb or body -> 'mentions' @> '[{"principal":"all"}]') as mentions
        from (
          select body from message x where x.tenant_id = ${actor.tenantId} and x.conversation_id = i.feed and x.seq > greatest(m.read_seq, m.from_seq) and x.seq <= i.floor
            and x.root is null and x.sender <> ${actor.memberId} and x.state = 'sent' and x.kind <> 'system'
            and not exists (select from hidden_message h where h.tenant_id = x.tenant_id and h.member_id = ${actor.memberId} and h.conversation_id = x.conversation_id and h.seq = x.seq)
          order by x.seq desc limit ${limits.unreadMax}
        ) counted
      ) u`,
  )
  return new Map(found.map(({ feed, ...below }) => [feed, below]))
}
