import type { AttachmentBody } from '@heyi/contract/messaging'
import type { Notice } from '@heyi/contract/notices'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

export interface NoticeRow {
  id: string
  author: string
  title: string
  text: string
  files: AttachmentBody[]
  audience: string[]
  mustRead: boolean
  commentsOn: boolean
  comments: number
  state: Notice['state']
  publishAt: string
  editedAt: string | null
  archivedAt: string | null
  reminded: string[]
  version: number
}
/** A notice as one member stands to it. */
export interface SeenRow extends NoticeRow {
  readAt: string | null
  confirmedAt: string | null
}

/** Who asks, and by which words notices mean them. */
export interface Reader {
  member: string
  words: string[]
}

const excerptChars = 200

const columns = (text: 'all' | 'begin') => sql`
  n.id, n.author, n.title, ${text === 'all' ? sql`n.text` : sql`left(n.text, ${excerptChars}) as text`}, n.files, n.audience, n.must_read as "mustRead", n.comments_on as "commentsOn", n.comments,
  n.state, n.publish_at as "publishAt", n.edited_at as "editedAt", n.archived_at as "archivedAt", n.version,
  array(select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from unnest(n.reminded) as u(at)) as reminded`

const readOf = (member: string) =>
  sql`left join notice_read r on r.tenant_id = n.tenant_id and r.notice_id = n.id and r.member_id = ${member}`

/** Whether it may be read by whoever these words mean. */
const isFor = (words: string[]) => sql`(n.state = 'published' and n.audience && ${words}::text[])`

export function findNotice(on: Queryable, tenantId: string, id: string, member: string): Promise<SeenRow | undefined> {
  return row(
    on,
    sql<SeenRow>`
      select ${columns('all')}, r.read_at as "readAt", r.confirmed_at as "confirmedAt" from notice n ${readOf(member)}
      where n.tenant_id = ${tenantId} and n.id = ${id}`,
  )
}

export async function lockNotice(tx: Tx, tenantId: string, id: string): Promise<NoticeRow | undefined> {
  return row(
    tx,
    sql<NoticeRow>`select ${columns('all')} from notice n where n.tenant_id = ${tenantId} and n.id = ${id} for update`,
  )
}

export async function saveNotice(tx: Tx, tenantId: string, n: NoticeRow, now: string): Promise<void> {
  await sql`
    insert into notice (tenant_id, id, author, title, text, files, audience, must_read, comments_on, state, publish_at, edited_at, archived_at, reminded, created_at, version)
    values (${tenantId}, ${n.id}, ${n.author}, ${n.title}, ${n.text}, ${JSON.stringify(n.files)}::jsonb, ${n.audience}, ${n.mustRead}, ${n.commentsOn}, ${n.state}, ${n.publishAt},
      ${n.editedAt}, ${n.archivedAt}, ${n.reminded}::timestamptz[], ${now}, ${n.version})
    on conflict (tenant_id, id) do update set title = excluded.title, text = excluded.text, files = excluded.files, audience = excluded.audience, must_read = excluded.must_read,
      comments_on = excluded.comments_on, state = excluded.state, publish_at = excluded.publish_at, edited_at = excluded.edited_at, archived_at = excluded.archived_at,
      reminded = excluded.reminded, version = excluded.version`.execute(tx)
}

export async function countScheduled(on: Queryable, tenantId: string): Promise<number> {
  const found = await row(
    on,
    sql<{ count: number }>`select count(*) as count from notice where tenant_id = ${tenantId} and state = 'scheduled'`,
  )
  return found?.count ?? 0
}

interface Page {
  after: { at: string; id: string } | null
  limit: number
}

const before = ({ after }: Page) =>
  after ? sql`(n.publish_at, n.id) < (${after.at}::timestamptz, ${after.id})` : sql`true`

export function listFor(
  on: Queryable,
  tenantId: string,
  { member, words }: Reader,
  archived: boolean,
  page: Page,
): Promise<SeenRow[]> {
  return rows(
    on,
    sql<SeenRow>`
      select ${columns('begin')}, r.read_at as "readAt", r.confirmed_at as "confirmedAt" from notice n ${readOf(member)}
      where n.tenant_id = ${tenantId} and ${isFor(words)} and (n.archived_at is not null) = ${archived} and ${before(page)}
      order by n.publish_at desc, n.id desc limit ${page.limit}`,
  )
}

/** Whole texts of what is for this member, the newest first. */
export function newestTexts(
  on: Queryable,
  tenantId: string,
  { words }: Reader,
  limit: number,
): Promise<{ id: string; title: string; text: string; publishAt: string }[]> {
  return rows(
    on,
    sql<{ id: string; title: string; text: string; publishAt: string }>`
      select n.id, n.title, n.text, n.publish_at as "publishAt" from notice n
      where n.tenant_id = ${tenantId} and ${isFor(words)} order by n.publish_at desc, n.id desc limit ${limit}`,
  )
}

/** Every notice of the company, or of one author. */
export function listManaged(
  on: Queryable,
  tenantId: string,
  member: string,
  author: string | null,
  page: Page,
): Promise<SeenRow[]> {
  return rows(
    on,
    sql<SeenRow>`
      select ${columns('begin')}, r.read_at as "readAt", r.confirmed_at as "confirmedAt" from notice n ${readOf(member)}
      where n.tenant_id = ${tenantId} and (${author}::text is null or n.author = ${author}) and ${before(page)}
      order by n.publish_at desc, n.id desc limit ${page.limit}`,
  )
}

/** How many of those that count for this member they have not opened, and not confirmed. */
export async function countWaiting(
  on: Queryable,
  tenantId: string,
  { member, words }: Reader,
  joinedAt: string,
  most: number,
): Promise<{ unread: number; toConfirm: number }> {
  const asked = sql`
    from notice n ${readOf(member)} where n.tenant_id = ${tenantId} and ${isFor(words)} and n.archived_at is null and n.author <> ${member} and n.publish_at >= ${joinedAt}`
  const found = await row(
    on,
    sql<{ unread: number; toConfirm: number }>`
      select (select count(*) from (select 1 ${asked} and r.read_at is null limit ${most}) as u) as unread,
        (select count(*) from (select 1 ${asked} and n.must_read and r.confirmed_at is null limit ${most}) as c) as "toConfirm"`,
  )
  return found ?? { unread: 0, toConfirm: 0 }
}

/** Writes down that a member opened it; what was there stays. */
export async function saveRead(
  on: Queryable,
  tenantId: string,
  id: string,
  member: string,
  at: string,
  confirm: boolean,
): Promise<{ readAt: string; confirmedAt: string | null } | undefined> {
  return row(
    on,
    sql<{ readAt: string; confirmedAt: string | null }>`
      insert into notice_read (tenant_id, notice_id, member_id, read_at, confirmed_at) values (${tenantId}, ${id}, ${member}, ${at}, ${confirm ? at : null})
      on conflict (tenant_id, notice_id, member_id) do update set confirmed_at = coalesce(notice_read.confirmed_at, excluded.confirmed_at)
      returning read_at as "readAt", confirmed_at as "confirmedAt"`,
  )
}

/** Of these members, those who opened it, the first first. */
export function listReads(
  on: Queryable,
  tenantId: string,
  id: string,
  members: string[],
): Promise<{ member: string; readAt: string; confirmedAt: string | null }[]> {
  return rows(
    on,
    sql<{ member: string; readAt: string; confirmedAt: string | null }>`
      select member_id as member, read_at as "readAt", confirmed_at as "confirmedAt" from notice_read
      where tenant_id = ${tenantId} and notice_id = ${id} and member_id = any(${members}) order by read_at, member_id`,
  )
}

/** Of these members and notices, those who were to hear of it and still do not know it. */
export async function listWaiting(
  on: Queryable,
  tenantId: string,
  about: { member: string; notice: string }[],
): Promise<Set<string>> {
  const found = await rows(
    on,
    sql<{ member: string; notice: string }>`
      select i.member, i.notice from unnest(${about.map((one) => one.member)}::text[] collate "C", ${about.map((one) => one.notice)}::text[] collate "C") as i(member, notice)
      join notice n on n.tenant_id = ${tenantId} and n.id = i.notice and n.state = 'published' and n.archived_at is null
      left join notice_read r on r.tenant_id = n.tenant_id and r.notice_id = n.id and r.member_id = i.member
      where case when n.must_read then r.confirmed_at is null else r.read_at is null end`,
  )
  return new Set(found.map(({ member, notice }) => `${member} ${notice}`))
}

/** Whether it carries this file and, unless `all`, may be read by whoever these words mean. */
export async function carriesFile(
  on: Queryable,
  tenantId: string,
  { id, file, words, member, all }: Reader & { id: string; file: string; all: boolean },
): Promise<boolean> {
  const found = await row(
    on,
    sql`
      select 1 from notice n where n.tenant_id = ${tenantId} and n.id = ${id} and n.files @> ${JSON.stringify([{ file }])}::jsonb
        and (${all} or n.author = ${member} or ${isFor(words)})`,
  )
  return found !== undefined
}

export interface CommentRow {
  id: string
  member: string
  text: string
  at: string
}

export async function countComments(on: Queryable, tenantId: string, id: string, member: string): Promise<number> {
  const found = await row(
    on,
    sql<{ count: number }>`
      select count(*) as count from notice_comment where tenant_id = ${tenantId} and notice_id = ${id} and member_id = ${member}`,
  )
  return found?.count ?? 0
}

/** The caller holds the notice. */
export async function insertComment(tx: Tx, tenantId: string, id: string, c: CommentRow): Promise<void> {
  await sql`insert into notice_comment (tenant_id, notice_id, id, member_id, text, at) values (${tenantId}, ${id}, ${c.id}, ${c.member}, ${c.text}, ${c.at})`.execute(
    tx,
  )
  await sql`update notice set comments = comments + 1 where tenant_id = ${tenantId} and id = ${id}`.execute(tx)
}

/** Of this member only, unless null; false where there is none. The caller holds the notice. */
export async function deleteComment(
  tx: Tx,
  tenantId: string,
  id: string,
  comment: string,
  member: string | null,
): Promise<boolean> {
  const gone = await changed(
    tx,
    sql`delete from notice_comment where tenant_id = ${tenantId} and notice_id = ${id} and id = ${comment} and (${member}::text is null or member_id = ${member})`,
  )
  if (gone > 0)
    await sql`update notice set comments = comments - 1 where tenant_id = ${tenantId} and id = ${id}`.execute(tx)
  return gone > 0
}

export function listComments(
  on: Queryable,
  tenantId: string,
  id: string,
  after: string,
  limit: number,
): Promise<CommentRow[]> {
  return rows(
    on,
    sql<CommentRow>`
      select id, member_id as member, text, at from notice_comment where tenant_id = ${tenantId} and notice_id = ${id} and id > ${after} order by id limit ${limit}`,
  )
}

export async function listPublishers(on: Queryable, tenantId: string): Promise<string[]> {
  const found = await rows(
    on,
    sql<{
      member: string
    }>`select member_id as member from notice_publisher where tenant_id = ${tenantId} order by member_id`,
  )
  return found.map(({ member }) => member)
}

export async function isPublisher(on: Queryable, tenantId: string, member: string): Promise<boolean> {
  return (
    (await row(on, sql`select 1 from notice_publisher where tenant_id = ${tenantId} and member_id = ${member}`)) !==
    undefined
  )
}

export async function setPublishers(tx: Tx, tenantId: string, members: string[]): Promise<void> {
  await sql`delete from notice_publisher where tenant_id = ${tenantId} and not (member_id = any(${members}))`.execute(
    tx,
  )
  await sql`insert into notice_publisher (tenant_id, member_id) select ${tenantId}, m from unnest(${members}::text[]) as i(m) on conflict do nothing`.execute(
    tx,
  )
}

export async function forgetPublisher(tx: Tx, tenantId: string, member: string): Promise<void> {
  await sql`delete from notice_publisher where tenant_id = ${tenantId} and member_id = ${member}`.execute(tx)
}

export async function deleteTenantRows(tx: Tx, tenantId: string): Promise<void> {
  for (const table of ['notice_comment', 'notice_read', 'notice_publisher', 'notice'])
    await sql`delete from ${sql.table(table)} where tenant_id = ${tenantId}`.execute(tx)
}
