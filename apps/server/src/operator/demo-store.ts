import { type Queryable, row, rows, sql, type Tx } from '../kernel/db.js'

/** The one SQL of the sample company: whole logs at once, which no operation writes. */

export interface SampleTenant {
  id: string
  name: string
}

/** The oldest sample company. */
export function findSampleTenant(on: Queryable): Promise<SampleTenant | undefined> {
  return row(on, sql<SampleTenant>`select id, name from tenant where sample and state = 'active' order by id limit 1`)
}

export async function tenantExists(on: Queryable): Promise<boolean> {
  return (await row(on, sql`select 1 as one from tenant limit 1`)) !== undefined
}

/** A company that was just made is a sample, and its owner may come in without having chosen a password. */
export async function adoptTenant(tx: Tx, tenantId: string): Promise<void> {
  await markSample(tx, tenantId)
  await sql`update member set state = 'active' where tenant_id = ${tenantId} and state = 'invited'`.execute(tx)
}

export async function markSample(tx: Tx, tenantId: string): Promise<void> {
  await sql`update tenant set sample = true where id = ${tenantId}`.execute(tx)
}

export interface TenantMember {
  id: string
  personId: string
  account: string | null
  name: string
  position: string
  role: 'owner' | 'admin' | 'member'
}

export function listMembers(on: Queryable, tenantId: string): Promise<TenantMember[]> {
  return rows(
    on,
    sql<TenantMember>`
      select m.id, m.person_id as "personId", l.value as account, m.name, coalesce(p.position, '') as position, m.role from member m
      left join login l on l.person_id = m.person_id and l.kind = 'account' left join profile p on p.tenant_id = m.tenant_id and p.member_id = m.id
      where m.tenant_id = ${tenantId} and m.state <> 'removed' order by m.id`,
  )
}

/** Goes alone in this tenant until the transaction ends. */
export async function lockTenant(tx: Tx, tenantId: string): Promise<void> {
  await sql`select 1 from tenant where id = ${tenantId} for update`.execute(tx)
}

export interface ConversationRow {
  id: string
  kind: 'direct' | 'group'
  name: string
  directKey: string | null
}

export function listConversations(on: Queryable, tenantId: string): Promise<ConversationRow[]> {
  return rows(
    on,
    sql<ConversationRow>`select id, kind, name, direct_key as "directKey" from conversation where tenant_id = ${tenantId} and not dissolved order by id`,
  )
}

export async function setPassword(tx: Tx, tenantId: string, memberId: string, hash: string): Promise<void> {
  await sql`update person set password_hash = ${hash} where id = (select person_id from member where tenant_id = ${tenantId} and id = ${memberId})`.execute(
    tx,
  )
}

export async function setAvatars(tx: Tx, tenantId: string, avatars: { member: string; file: string }[]): Promise<void> {
  await sql`
    update profile p set avatar = i.file from unnest(${avatars.map((a) => a.member)}::text[], ${avatars.map((a) => a.file)}::text[]) as i(member, file)
    where p.tenant_id = ${tenantId} and p.member_id = i.member`.execute(tx)
}

export async function setLocale(tx: Tx, tenantId: string, members: string[], locale: string): Promise<void> {
  await sql`update profile set preferences = preferences || jsonb_build_object('locale', ${locale}::text) where tenant_id = ${tenantId} and member_id = any(${members})`.execute(
    tx,
  )
}

export interface NewConversation {
  id: string
  kind: 'direct' | 'group'
  name: string
  owner: string | null
  directKey: string | null
  createdAt: string
  /** Where its log and its feed end. */
  rev: number
  lastSeq: number
  lastAt: string
}

/** The conversation with its feed as it is after all of its log: `conversation` is entry 1, `members` entry 2. */
export async function insertConversation(tx: Tx, tenantId: string, c: NewConversation): Promise<void> {
  await sql`
    insert into conversation (tenant_id, id, kind, name, owner, direct_key, history_visible, created_at)
    values (${tenantId}, ${c.id}, ${c.kind}, ${c.name}, ${c.owner}, ${c.directKey}, true, ${c.createdAt})`.execute(tx)
  await sql`insert into feed (tenant_id, id, rev, epoch, last_seq, last_at) values (${tenantId}, ${c.id}, ${c.rev}, ${membersRev}, ${c.lastSeq}, ${c.lastAt})`.execute(
    tx,
  )
  await sql`
    insert into feed_entry (tenant_id, feed, kind, object, rev) values (${tenantId}, ${c.id}, 'conversation', ${c.id}, 1), (${tenantId}, ${c.id}, 'members', ${c.id}, ${membersRev})`.execute(
    tx,
  )
}

/** The rev at which the first members came; a membership’s view and the conversation’s epoch. */
export const membersRev = 2

export interface NewMembership {
  member: string
  role: 'owner' | 'admin' | 'member'
  readSeq: number
  pinned: boolean
  muted: boolean
}

export async function insertMemberships(
  tx: Tx,
  tenantId: string,
  conversation: string,
  members: NewMembership[],
  joinedAt: string,
): Promise<void> {
  await sql`
    insert into membership (tenant_id, conversation_id, member_id, view, from_seq, read_seq, role, pinned, muted, joined_at, slot)
    select ${tenantId}, ${conversation}, i.member, ${membersRev}, 0, i.read_seq, i.role, i.pinned, i.muted, ${joinedAt}, i.n - 1
    from unnest(${members.map((m) => m.member)}::text[], ${members.map((m) => m.readSeq)}::bigint[], ${members.map((m) => m.role)}::text[],
      ${members.map((m) => m.pinned)}::boolean[], ${members.map((m) => m.muted)}::boolean[]) with ordinality as i(member, read_seq, role, pinned, muted, n)`.execute(
    tx,
  )
}

export interface NewMessage {
  seq: number
  /** Its place, or a later rev for one that was taken back. */
  rev: number
  sender: string
  kind: 'text' | 'image' | 'file' | 'system'
  /** Null for one that was taken back. */
  body: unknown
  quote: number | null
  state: 'sent' | 'recalled'
  sentAt: string
}

const messagesAtOnce = 1_000

export async function insertMessages(tx: Tx, tenantId: string, conversation: string, all: NewMessage[]): Promise<void> {
  for (let from = 0; from < all.length; from += messagesAtOnce) {
    const some = all.slice(from, from + messagesAtOnce)
    await sql`
      insert into message (tenant_id, conversation_id, seq, rev, sender, key, kind, body, quote, state, sent_at)
      select ${tenantId}, ${conversation}, i.seq, i.rev, i.sender, 'sample-' || i.seq, i.kind, i.body::jsonb, i.quote, i.state, i.sent_at
      from unnest(${some.map((m) => m.seq)}::bigint[], ${some.map((m) => m.rev)}::bigint[], ${some.map((m) => m.sender)}::text[], ${some.map((m) => m.kind)}::text[],
        ${some.map((m) => (m.body === null ? null : JSON.stringify(m.body)))}::text[], ${some.map((m) => m.quote)}::bigint[], ${some.map((m) => m.state)}::text[],
        ${some.map((m) => m.sentAt)}::timestamptz[]) as i(seq, rev, sender, kind, body, quote, state, sent_at)`.execute(
      tx,
    )
  }
}

/** Whoever works there has done so for a while. */
export async function setJoined(tx: Tx, tenantId: string, members: string[], at: string): Promise<void> {
  await sql`update member set created_at = ${at} where tenant_id = ${tenantId} and id = any(${members})`.execute(tx)
}

/** A notice for everybody, with who has read and confirmed it. */
export async function insertNotice(
  tx: Tx,
  tenantId: string,
  notice: { id: string; author: string; title: string; text: string; mustRead: boolean; at: string },
  reads: { member: string; confirmed: boolean; at: string }[],
): Promise<void> {
  await sql`
    insert into notice (tenant_id, id, author, title, text, audience, must_read, comments_on, state, publish_at, created_at)
    values (${tenantId}, ${notice.id}, ${notice.author}, ${notice.title}, ${notice.text}, '{all}', ${notice.mustRead}, true, 'published', ${notice.at}, ${notice.at})`.execute(
    tx,
  )
  await sql`
    insert into notice_read (tenant_id, notice_id, member_id, read_at, confirmed_at)
    select ${tenantId}, ${notice.id}, i.member, i.at, case when i.confirmed then i.at end
    from unnest(${reads.map((r) => r.member)}::text[], ${reads.map((r) => r.confirmed)}::boolean[], ${reads.map((r) => r.at)}::timestamptz[]) as i(member, confirmed, at)`.execute(
    tx,
  )
}
