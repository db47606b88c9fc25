import { limits } from '@heyi/contract/limits'
import type { FollowedThread, ThreadSummary } from '@heyi/contract/messaging'
import type { MemberActor } from '../../kernel/actor.js'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'
import type { ObjectRef } from '../../kernel/feeds/kinds.js'
import { messageColumns, type StoredMessage } from './message-store.js'

// Threads. Their rows are guarded by the conversation’s feed; a member’s place by the member’s.

export const threadExists = async (
  on: Queryable,
  tenantId: string,
  conversation: string,
  root: number,
): Promise<boolean> =>
  (await row(
    on,
    sql`select 1 from thread where tenant_id = ${tenantId} and conversation_id = ${conversation} and root = ${root}`,
  )) !== undefined

/** The root of a reply; null for what is none. It never changes. */
export async function rootOf(
  on: Queryable,
  tenantId: string,
  conversation: string,
  seq: number,
): Promise<number | null> {
  const found = await row(
    on,
    sql<{
      root: number | null
    }>`select root from message where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`,
  )
  return found?.root ?? null
}

/** One reply more, of somebody. */
export async function addReply(
  tx: Tx,
  tenantId: string,
  conversation: string,
  root: number,
  reply: { seq: number; sentAt: string; sender: string },
): Promise<void> {
  await sql`
    insert into thread as t (tenant_id, conversation_id, root, replies, last_seq, last_at, members)
    values (${tenantId}, ${conversation}, ${root}, 1, ${reply.seq}, ${reply.sentAt}, array[${reply.sender}::text])
    on conflict (tenant_id, conversation_id, root) do update set replies = t.replies + 1, last_seq = excluded.last_seq, last_at = excluded.last_at,
      members = (excluded.members || array_remove(t.members, ${reply.sender}))[:${sql.lit(limits.threadFaces)}]`.execute(
    tx,
  )
}

/** Counts a thread anew from the log: one of its replies was taken back. */
export async function recount(tx: Tx, tenantId: string, conversation: string, root: number): Promise<void> {
  await sql`
    update thread t set replies = c.replies, last_seq = coalesce(c.last_seq, t.last_seq), last_at = coalesce(c.last_at, t.last_at), members = c.members
    from (
      select count(*) as replies, max(seq) as last_seq, max(sent_at) as last_at,
        coalesce((select array_agg(sender order by latest desc) from (
          select sender, max(seq) as latest from message where tenant_id = ${tenantId} and conversation_id = ${conversation} and root = ${root} and state = 'sent'
          group by sender order by latest desc limit ${limits.threadFaces}) f), '{}') as members
      from message where tenant_id = ${tenantId} and conversation_id = ${conversation} and root = ${root} and state = 'sent'
    ) c where t.tenant_id = ${tenantId} and t.conversation_id = ${conversation} and t.root = ${root}`.execute(tx)
}

export interface Follower {
  member: string
  /** Null for whoever never had a place in it. */
  following: boolean | null
}

/** Those of these members who are in the conversation, with their place in the thread. */
export function followersAmong(
  on: Queryable,
  tenantId: string,
  conversation: string,
  root: number,
  members: string[],
): Promise<Follower[]> {
  return rows(
    on,
    sql<Follower>`
      select m.member_id as member, f.following from membership m
      left join thread_follow f on f.tenant_id = m.tenant_id and f.member_id = m.member_id and f.conversation_id = m.conversation_id and f.root = ${root}
      where m.tenant_id = ${tenantId} and m.conversation_id = ${conversation} and m.member_id = any(${members}) and m.left_rev is null`,
  )
}

/** They follow it from now on; a place that was further stays. */
export async function follow(
  tx: Tx,
  tenantId: string,
  conversation: string,
  root: number,
  members: { member: string; readSeq: number }[],
): Promise<void> {
  await sql`
    insert into thread_follow as f (tenant_id, member_id, conversation_id, root, following, read_seq)
    select ${tenantId}, i.member, ${conversation}, ${root}, true, i.read_seq
    from unnest(${members.map(({ member }) => member)}::text[], ${members.map(({ readSeq }) => readSeq)}::bigint[]) as i(member, read_seq)
    on conflict (tenant_id, member_id, conversation_id, root) do update set following = true, read_seq = greatest(f.read_seq, excluded.read_seq)`.execute(
    tx,
  )
}

export async function unfollow(
  tx: Tx,
  tenantId: string,
  memberId: string,
  conversation: string,
  root: number,
): Promise<void> {
  await sql`
    insert into thread_follow (tenant_id, member_id, conversation_id, root, following, read_seq)
    values (${tenantId}, ${memberId}, ${conversation}, ${root}, false, 0)
    on conflict (tenant_id, member_id, conversation_id, root) do update set following = false`.execute(tx)
}

/** Moves a place forward; false where it stood there or further, or nobody follows. */
export async function advance(
  tx: Tx,
  tenantId: string,
  memberId: string,
  conversation: string,
  root: number,
  seq: number,
): Promise<boolean> {
  const moved = await changed(
    tx,
    sql`update thread_follow set read_seq = ${seq}
      where tenant_id = ${tenantId} and member_id = ${memberId} and conversation_id = ${conversation} and root = ${root} and following and read_seq < ${seq}`,
  )
  return moved > 0
}

export async function loadFollowed(
  on: Queryable,
  tenantId: string,
  refs: ObjectRef[],
): Promise<Map<string, FollowedThread>> {
  const found = await rows(
    on,
    sql<FollowedThread & { member: string }>`
      select f.member_id as member, f.conversation_id as conversation, f.root, f.read_seq as "readSeq"
      from unnest(${refs.map((r) => r.feed)}::text[] collate "C", ${refs.map((r) => r.id.split(':')[0] ?? '')}::text[] collate "C",
        ${refs.map((r) => Number(r.id.split(':')[1]))}::bigint[]) as i(member, conversation, root)
      join thread_follow f on f.tenant_id = ${tenantId} and f.member_id = i.member and f.conversation_id = i.conversation and f.root = i.root and f.following`,
  )
  return new Map(
    found.map(({ member, ...thread }) => [`${member} ${thread.conversation}:${thread.root}`, thread] as const),
  )
}

export interface ThreadRow extends ThreadSummary {
  conversation: string
  root: number
  following: boolean
  unread: number
  mentions: number
  rev: number
}

const threadColumns = sql`
  t.conversation_id as conversation, t.root, t.replies, t.last_seq as "lastSeq", t.last_at as "lastAt", t.members, coalesce(f.following, false) as following,
  coalesce(u.unread, 0) as unread, coalesce(u.mentions, 0) as mentions, e.rev`

/** What is unread for a member in a thread that they follow: `m` their membership, `f` their place, `t` the thread. */
const unreadOf = (memberId: string) => sql`
  left join lateral (
    select count(*) as unread, count(*) filter (where body -> 'mentions' @> ${JSON.stringify([{ principal: memberId }])}::jsonb or body -> 'mentions' @> '[{"principal":"all"}]') as mentions
    from (
      select body from message x where x.tenant_id = t.tenant_id and x.conversation_id = t.conversation_id and x.root = t.root
        and x.seq > greatest(f.read_seq, m.from_seq) and x.sender <> m.member_id and x.state = 'sent' and x.kind <> 'system'
        and not exists (select from hidden_message h where h.tenant_id = x.tenant_id and h.member_id = m.member_id and h.conversation_id = x.conversation_id and h.seq = x.seq)
      order by x.seq desc limit ${limits.unreadMax}
    ) counted
  ) u on f.following`

/** The last answered first; `before` is the last of the page before. */
export function listFollowed(
  on: Queryable,
  { tenantId, memberId }: MemberActor,
  unreadOnly: boolean,
  before: { at: string; conversation: string; root: number } | null,
  limit: number,
): Promise<ThreadRow[]> {
  const after =
    before === null
      ? sql`true`
      : sql`(t.last_at, t.conversation_id, t.root) < (${before.at}::timestamptz, ${before.conversation}, ${before.root})`
  return rows(
    on,
    sql<ThreadRow>`
      select ${threadColumns} from thread_follow f
      join membership m on m.tenant_id = f.tenant_id and m.conversation_id = f.conversation_id and m.member_id = f.member_id and m.left_rev is null
      join thread t on t.tenant_id = f.tenant_id and t.conversation_id = f.conversation_id and t.root = f.root and t.replies > 0 and t.last_seq > m.from_seq
      join feed e on e.tenant_id = t.tenant_id and e.id = t.conversation_id
      ${unreadOf(memberId)}
      where f.tenant_id = ${tenantId} and f.member_id = ${memberId} and f.following and ${after}
        and ${unreadOnly ? sql`t.last_seq > f.read_seq and u.unread > 0` : sql`true`}
      order by t.last_at desc, t.conversation_id desc, t.root desc limit ${limit}`,
  )
}

export function listTopics(
  on: Queryable,
  { tenantId, memberId }: MemberActor,
  conversation: string,
  before: number | null,
  limit: number,
): Promise<ThreadRow[]> {
  return rows(
    on,
    sql<ThreadRow>`
      select ${threadColumns} from thread t
      join membership m on m.tenant_id = t.tenant_id and m.conversation_id = t.conversation_id and m.member_id = ${memberId} and m.left_rev is null
      join feed e on e.tenant_id = t.tenant_id and e.id = t.conversation_id
      left join thread_follow f on f.tenant_id = t.tenant_id and f.member_id = m.member_id and f.conversation_id = t.conversation_id and f.root = t.root
      ${unreadOf(memberId)}
      where t.tenant_id = ${tenantId} and t.conversation_id = ${conversation} and t.replies > 0 and t.last_seq > m.from_seq
        and ${before === null ? sql`true` : sql`t.last_seq < ${before}`}
      order by t.last_seq desc limit ${limit}`,
  )
}

/** The roots of threads, those that their reader may see. */
export function rootMessages(
  on: Queryable,
  { tenantId, memberId }: MemberActor,
  places: { conversation: string; seq: number }[],
): Promise<(StoredMessage & { conversation: string })[]> {
  return rows(
    on,
    sql<StoredMessage & { conversation: string }>`
      select x.conversation_id as conversation, ${messageColumns}
      from unnest(${places.map((p) => p.conversation)}::text[] collate "C", ${places.map((p) => p.seq)}::bigint[]) as i(conversation, at)
      join membership m on m.tenant_id = ${tenantId} and m.conversation_id = i.conversation and m.member_id = ${memberId} and m.left_rev is null and i.at > m.from_seq
      join message x on x.tenant_id = m.tenant_id and x.conversation_id = i.conversation and x.seq = i.at
      where not exists (select from hidden_message h where h.tenant_id = x.tenant_id and h.member_id = m.member_id and h.conversation_id = x.conversation_id and h.seq = x.seq)`,
  )
}

export function listReplies(
  on: Queryable,
  tenantId: string,
  conversation: string,
  root: number,
  range: { above: number; before: number | null },
  limit: number,
): Promise<StoredMessage[]> {
  return rows(
    on,
    sql<StoredMessage>`
      select ${messageColumns} from message where tenant_id = ${tenantId} and conversation_id = ${conversation} and root = ${root}
        and seq > ${range.above} and ${range.before === null ? sql`true` : sql`seq < ${range.before}`} order by seq desc limit ${limit}`,
  )
}

/** Who follows these threads, and up to where each has read. */
export function placesInThreads(
  on: Queryable,
  tenantId: string,
  threads: { conversation: string; root: number }[],
): Promise<{ conversation: string; root: number; member: string; readSeq: number }[]> {
  return rows(
    on,
    sql<{ conversation: string; root: number; member: string; readSeq: number }>`
      select f.conversation_id as conversation, f.root, f.member_id as member, f.read_seq as "readSeq"
      from (select distinct * from unnest(${threads.map((t) => t.conversation)}::text[] collate "C", ${threads.map((t) => t.root)}::bigint[]) as u(conversation, root)) i
      join thread_follow f on f.tenant_id = ${tenantId} and f.conversation_id = i.conversation and f.root = i.root and f.following`,
  )
}
