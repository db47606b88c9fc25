import { limits } from '@heyi/contract/limits'
import type { ConversationRole } from '@heyi/contract/messaging'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'
import { managesCompany } from '../identity/index.js'

/** What a gate needs to know of a conversation and of the caller’s place in it, read in one statement with its epoch. */
export interface Place {
  id: string
  kind: 'direct' | 'group'
  owner: string | null
  muteAll: boolean
  dissolved: boolean
  historyVisible: boolean
  memberLinks: boolean
  department: string | null
  /** What lets them do things here: their seat, or the owner’s where they stand in for one (docs/decisions/0020). */
  role: ConversationRole
  /** What they are in it by name. */
  seat: ConversationRole
  /** When the mute of this one ends, in milliseconds: Infinity until it is lifted, null without one. */
  silencedUntil: number | null
  fromSeq: number
  readSeq: number
  version: number
  epoch: number
  rev: number
  lastSeq: number
}

/** Of a mute joined as `s`. */
export const silencedUntil = sql`case when s.member_id is not null then coalesce((extract(epoch from s.until) * 1000)::float8, 'infinity'::float8) end`

/** In the group of a department that nobody leads, who manages the company stands in for its owner. */
const placeColumns = (tenantId: string, memberId: string) => sql`
  c.id, c.kind, c.owner, c.mute_all as "muteAll", c.dissolved, c.history_visible as "historyVisible", c.member_links as "memberLinks", c.department_id as department, m.role as seat,
  case when c.department_id is not null and c.owner is null and ${managesCompany(tenantId, memberId)} then 'owner' else m.role end as role, m.from_seq as "fromSeq",
  m.read_seq as "readSeq", m.version, f.epoch, f.rev, f.last_seq as "lastSeq", ${silencedUntil} as "silencedUntil"`

/** The conversation as this member stands in it; undefined for whoever is not, or no longer, in it. */
export function findPlace(
  on: Queryable,
  tenantId: string,
  memberId: string,
  conversation: string,
): Promise<Place | undefined> {
  return row(
    on,
    sql<Place>`
      select ${placeColumns(tenantId, memberId)} from membership m
      join conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
      join feed f on f.tenant_id = m.tenant_id and f.id = m.conversation_id
      left join group_silence s on s.tenant_id = m.tenant_id and s.conversation_id = m.conversation_id and s.member_id = m.member_id
      where m.tenant_id = ${tenantId} and m.conversation_id = ${conversation} and m.member_id = ${memberId} and m.left_rev is null`,
  )
}

/** A group as it stands for somebody who is not in it yet. */
export interface GroupFacts {
  id: string
  name: string
  dissolved: boolean
  historyVisible: boolean
  memberLinks: boolean
  epoch: number
}

export function findGroup(on: Queryable, tenantId: string, conversation: string): Promise<GroupFacts | undefined> {
  return row(
    on,
    sql<GroupFacts>`
      select c.id, c.name, c.dissolved, c.history_visible as "historyVisible", c.member_links as "memberLinks", f.epoch
      from conversation c join feed f on f.tenant_id = c.tenant_id and f.id = c.id
      where c.tenant_id = ${tenantId} and c.id = ${conversation} and c.kind = 'group'`,
  )
}

export function rolesOf(
  on: Queryable,
  tenantId: string,
  conversation: string,
  members: string[],
): Promise<{ id: string; role: ConversationRole }[]> {
  return rows(
    on,
    sql<{ id: string; role: ConversationRole }>`
      select member_id as id, role from membership
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and member_id = any(${members}) and left_rev is null`,
  )
}

export async function countMembers(on: Queryable, tenantId: string, conversation: string): Promise<number> {
  const found = await row(
    on,
    sql<{
      count: number
    }>`select count(*) as count from membership where tenant_id = ${tenantId} and conversation_id = ${conversation} and left_rev is null`,
  )
  return found?.count ?? 0
}

// Writes. The caller holds the conversation’s feed.

export async function insertConversation(
  tx: Tx,
  tenantId: string,
  c: {
    id: string
    kind: 'direct' | 'group'
    name: string
    owner: string | null
    directKey: string | null
    historyVisible: boolean
    external: boolean
    createdAt: string
  },
): Promise<boolean> {
  const made = await changed(
    tx,
    sql`insert into conversation (tenant_id, id, kind, name, owner, direct_key, history_visible, external, created_at)
      values (${tenantId}, ${c.id}, ${c.kind}, ${c.name}, ${c.owner}, ${c.directKey}, ${c.historyVisible}, ${c.external}, ${c.createdAt})
      on conflict (tenant_id, direct_key) do nothing`,
  )
  return made > 0
}

export async function findDirect(on: Queryable, tenantId: string, directKey: string): Promise<string | undefined> {
  return (
    await row(
      on,
      sql<{ id: string }>`select id from conversation where tenant_id = ${tenantId} and direct_key = ${directKey}`,
    )
  )?.id
}

export interface Joining {
  member: string
  role: ConversationRole
  view: number
  fromSeq: number
  readSeq: number
}

/**
 * Puts members in; one who left before begins anew, with a version above the one their devices know. What they had
 * hidden stays hidden: their devices still hold that. A slot is theirs for good: receipts name them by it.
 */
export async function insertMemberships(
  tx: Tx,
  tenantId: string,
  conversation: string,
  joining: Joining[],
  now: string,
): Promise<void> {
  await sql`
    insert into membership (tenant_id, conversation_id, member_id, view, from_seq, read_seq, role, joined_at, slot)
    select ${tenantId}, ${conversation}, i.member, i.view, i.from_seq, i.read_seq, i.role, ${now},
      (select coalesce(max(slot), -1) from membership where tenant_id = ${tenantId} and conversation_id = ${conversation}) + i.n
    from unnest(${joining.map((j) => j.member)}::text[], ${joining.map((j) => j.view)}::bigint[], ${joining.map((j) => j.fromSeq)}::bigint[],
      ${joining.map((j) => j.readSeq)}::bigint[], ${joining.map((j) => j.role)}::text[]) with ordinality as i(member, view, from_seq, read_seq, role, n)
    on conflict (tenant_id, conversation_id, member_id) do update set view = excluded.view, from_seq = excluded.from_seq, read_seq = excluded.read_seq,
      role = excluded.role, joined_at = excluded.joined_at, left_rev = null, muted = false, pinned = false, version = membership.version + 1`.execute(
    tx,
  )
}

export async function endMemberships(
  tx: Tx,
  tenantId: string,
  conversation: string,
  leaving: { member: string; rev: number }[],
): Promise<void> {
  await sql`
    update membership m set left_rev = i.rev, version = m.version + 1
    from unnest(${leaving.map((l) => l.member)}::text[], ${leaving.map((l) => l.rev)}::bigint[]) as i(member, rev)
    where m.tenant_id = ${tenantId} and m.conversation_id = ${conversation} and m.member_id = i.member and m.left_rev is null`.execute(
    tx,
  )
  await sql`delete from draft where tenant_id = ${tenantId} and conversation_id = ${conversation} and member_id = any(${leaving.map((l) => l.member)})`.execute(
    tx,
  )
}

export async function setRoles(
  tx: Tx,
  tenantId: string,
  conversation: string,
  roles: { member: string; role: ConversationRole }[],
): Promise<void> {
  await sql`
    update membership m set role = i.role, version = m.version + 1
    from unnest(${roles.map((r) => r.member)}::text[], ${roles.map((r) => r.role)}::text[]) as i(member, role)
    where m.tenant_id = ${tenantId} and m.conversation_id = ${conversation} and m.member_id = i.member`.execute(tx)
}

export async function updateConversation(
  tx: Tx,
  tenantId: string,
  id: string,
  set: {
    name?: string | undefined
    owner?: string
    muteAll?: boolean | undefined
    historyVisible?: boolean | undefined
    memberLinks?: boolean | undefined
    dissolved?: boolean
  },
): Promise<void> {
  await sql`
    update conversation set name = coalesce(${set.name ?? null}, name), owner = coalesce(${set.owner ?? null}, owner), mute_all = coalesce(${set.muteAll ?? null}, mute_all),
      history_visible = coalesce(${set.historyVisible ?? null}, history_visible),
      member_links = coalesce(${set.memberLinks ?? null}, member_links), dissolved = coalesce(${set.dissolved ?? null}, dissolved)
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx)
}

export async function setNickname(
  tx: Tx,
  tenantId: string,
  conversation: string,
  member: string,
  to: { nickname: string | null; rev: number },
): Promise<void> {
  await sql`
    update membership set nickname = ${to.nickname}, nickname_rev = ${to.rev}, version = version + 1
    where tenant_id = ${tenantId} and conversation_id = ${conversation} and member_id = ${member}`.execute(tx)
}

/** The nicknames of some, and the newest change of one among all; of one moment. */
export async function listNicknames(
  on: Queryable,
  tenantId: string,
  conversation: string,
  members: string[],
): Promise<{ rev: number; items: { id: string; nickname: string }[] }> {
  const found = await rows(
    on,
    sql<{ rev: number; id: string | null; nickname: string }>`
      select n.rev, m.member_id as id, m.nickname
      from (select coalesce(max(nickname_rev), 0) as rev from membership where tenant_id = ${tenantId} and conversation_id = ${conversation} and nickname_rev is not null) n
      left join membership m on m.tenant_id = ${tenantId} and m.conversation_id = ${conversation} and m.member_id = any(${members}) and m.nickname is not null`,
  )
  const items = found.flatMap(({ id, nickname }) => (id === null ? [] : [{ id, nickname }]))
  return { rev: found[0]?.rev ?? 0, items }
}

/** Moves a read cursor forward; false when it stood there or further. */
export async function advanceRead(
  tx: Tx,
  tenantId: string,
  memberId: string,
  conversation: string,
  seq: number,
): Promise<boolean> {
  const moved = await changed(
    tx,
    sql`update membership set read_seq = ${seq}, version = version + 1
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and member_id = ${memberId} and left_rev is null and read_seq < ${seq}`,
  )
  return moved > 0
}

export async function updateMembership(
  tx: Tx,
  tenantId: string,
  memberId: string,
  conversation: string,
  set: { readSeq?: number; muted?: boolean | undefined; pinned?: boolean | undefined },
): Promise<void> {
  await sql`
    update membership set read_seq = coalesce(${set.readSeq ?? null}, read_seq), muted = coalesce(${set.muted ?? null}, muted), pinned = coalesce(${set.pinned ?? null}, pinned), version = version + 1
    where tenant_id = ${tenantId} and conversation_id = ${conversation} and member_id = ${memberId} and left_rev is null`.execute(
    tx,
  )
}

export async function saveDraft(
  tx: Tx,
  tenantId: string,
  memberId: string,
  draft: { conversation: string; text: string; quote: number | null; savedAt: string },
): Promise<void> {
  await sql`
    insert into draft (tenant_id, member_id, conversation_id, text, quote, saved_at) values (${tenantId}, ${memberId}, ${draft.conversation}, ${draft.text}, ${draft.quote}, ${draft.savedAt})
    on conflict (tenant_id, member_id, conversation_id) do update set text = excluded.text, quote = excluded.quote, saved_at = excluded.saved_at`.execute(
    tx,
  )
}

export async function deleteDraft(tx: Tx, tenantId: string, memberId: string, conversation: string): Promise<boolean> {
  return (
    (await changed(
      tx,
      sql`delete from draft where tenant_id = ${tenantId} and member_id = ${memberId} and conversation_id = ${conversation}`,
    )) > 0
  )
}

export function conversationsOf(
  on: Queryable,
  tenantId: string,
  memberId: string,
): Promise<{ id: string; kind: 'direct' | 'group'; role: ConversationRole }[]> {
  return rows(
    on,
    sql<{ id: string; kind: 'direct' | 'group'; role: ConversationRole }>`
      select c.id, c.kind, m.role from membership m join conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
      where m.tenant_id = ${tenantId} and m.member_id = ${memberId} and m.left_rev is null order by c.id`,
  )
}

/** Who takes a group over when its owner is gone: the admin, else the member, who has been there longest. */
export function nextOwner(
  on: Queryable,
  tenantId: string,
  conversation: string,
  leaving: string,
): Promise<{ id: string } | undefined> {
  return row(
    on,
    sql<{ id: string }>`
      select member_id as id from membership where tenant_id = ${tenantId} and conversation_id = ${conversation} and left_rev is null and member_id <> ${leaving}
      order by role = 'admin' desc, joined_at, member_id limit 1`,
  )
}

// Reads of lists.

export interface ListedMember {
  id: string
  role: ConversationRole
  nickname: string | null
  joinedAt: string
  rank: number
  silencedUntil: number | null
}

/** Groups in which both of these members are, the newest first; `before` is the last of the page before. */
export function listSharedGroups(
  on: Queryable,
  tenantId: string,
  [one, other]: [string, string],
  before: string | null,
  limit: number,
): Promise<{ id: string; name: string }[]> {
  return rows(
    on,
    sql<{ id: string; name: string }>`
      select c.id, c.name from membership m
      join membership o on o.tenant_id = m.tenant_id and o.conversation_id = m.conversation_id and o.member_id = ${other} and o.left_rev is null
      join conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id and c.kind = 'group' and not c.dissolved
      where m.tenant_id = ${tenantId} and m.member_id = ${one} and m.left_rev is null and ${before === null ? sql`true` : sql`m.conversation_id < ${before}`}
      order by m.conversation_id desc limit ${limit}`,
  )
}

export function listMembers(
  on: Queryable,
  tenantId: string,
  conversation: string,
  after: { rank: number; joinedAt: string; id: string } | null,
  limit: number,
  only: { among: string[]; nickname: string } | null,
): Promise<ListedMember[]> {
  const named = only?.nickname
    ? sql`or (nickname_rev is not null and position(lower(${only.nickname}) in lower(nickname)) > 0)`
    : sql``
  const chosen = only ? sql`and (member_id = any(${only.among}) ${named})` : sql``
  return rows(
    on,
    sql<ListedMember>`
      select m.*, ${silencedUntil} as "silencedUntil" from (
        select member_id as id, role, nickname, joined_at as "joinedAt", array_position(array['owner', 'admin', 'member'], role) as rank from membership
        where tenant_id = ${tenantId} and conversation_id = ${conversation} and left_rev is null ${chosen}
      ) m left join group_silence s on s.tenant_id = ${tenantId} and s.conversation_id = ${conversation} and s.member_id = m.id
      where ${after ? sql`(rank, "joinedAt", id) > (${after.rank}, ${after.joinedAt}::timestamptz, ${after.id})` : sql`true`}
      order by rank, "joinedAt", m.id limit ${limit}`,
  )
}

/** What a conversation is called, and the first who are in it. */
export function findConversationName(
  on: Queryable,
  tenantId: string,
  conversation: string,
): Promise<{ kind: 'direct' | 'group'; name: string; members: string[] } | undefined> {
  return row(
    on,
    sql<{ kind: 'direct' | 'group'; name: string; members: string[] }>`
      select kind, name, array(select member_id from membership m where m.tenant_id = c.tenant_id and m.conversation_id = c.id order by joined_at, member_id limit 2) as members
      from conversation c where tenant_id = ${tenantId} and id = ${conversation}`,
  )
}

/** Notes a voice as listened to; false where it was. Only the newest so many are kept. */
export async function addPlayed(
  tx: Tx,
  tenantId: string,
  memberId: string,
  conversation: string,
  seq: number,
): Promise<boolean> {
  const added = await changed(
    tx,
    sql`
      insert into played (tenant_id, member_id, conversation_id, seqs) values (${tenantId}, ${memberId}, ${conversation}, array[${seq}::bigint])
      on conflict (tenant_id, member_id, conversation_id) do update
        set seqs = (select array_agg(s order by s desc) from (select s from unnest(played.seqs || excluded.seqs) s order by s desc limit ${limits.playedKept}) newest)
        where not played.seqs @> excluded.seqs`,
  )
  return added > 0
}
