import type { Preferences } from '@heyi/contract/directory'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

/** What somebody’s entry says beside who they are, which identity keeps. */
export interface ProfileRow {
  memberId: string
  alias: string
  position: string
  phone: string
  email: string
  avatar: string | null
  fields: Record<string, string>
  departments: string[]
  /** Name of the main department. */
  department: string
  preferences: Partial<Preferences>
  removed: boolean
  version: number
}

const profileSql = sql`
  select p.member_id as "memberId", p.alias, p.position, p.phone, p.email, p.avatar, p.fields, p.departments, coalesce(d.name, '') as department,
    p.preferences, p.removed, p.version
  from profile p left join department d on d.tenant_id = p.tenant_id and d.id = p.departments[1]`

export function listProfiles(on: Queryable, tenantId: string, memberIds: string[]): Promise<ProfileRow[]> {
  return rows(on, sql<ProfileRow>`${profileSql} where p.tenant_id = ${tenantId} and p.member_id = any(${memberIds})`)
}

export function findProfile(on: Queryable, tenantId: string, memberId: string): Promise<ProfileRow | undefined> {
  return row(on, sql<ProfileRow>`${profileSql} where p.tenant_id = ${tenantId} and p.member_id = ${memberId}`)
}

/** What these members chose for themselves; the others follow the company. */
export async function listChosen(
  on: Queryable,
  tenantId: string,
  memberIds: string[],
  preference: 'timeZone' | 'locale',
): Promise<Map<string, string>> {
  const found = await rows(
    on,
    sql<{ member: string; value: string }>`
      select member_id as member, preferences ->> ${preference} as value from profile
      where tenant_id = ${tenantId} and member_id = any(${memberIds}) and preferences ->> ${preference} is not null`,
  )
  return new Map(found.map(({ member, value }) => [member, value]))
}

export interface Locked {
  memberId: string
  departments: string[]
  version: number
}

/** Entries that live in several feeds, held until the transaction ends; in order of id. */
export function lockProfiles(tx: Tx, tenantId: string, memberIds: string[]): Promise<Locked[]> {
  return rows(
    tx,
    sql<Locked>`
      select member_id as "memberId", departments, version from profile
      where tenant_id = ${tenantId} and member_id = any(${memberIds}) order by member_id for no key update`,
  )
}

export interface NewProfile {
  memberId: string
  alias: string
  position: string
  phone: string
  email: string
  fields: Record<string, string>
  departments: string[]
  sortKey: string
}

export async function insertProfiles(tx: Tx, tenantId: string, profiles: NewProfile[]): Promise<void> {
  const all = <K extends 'memberId' | 'alias' | 'position' | 'phone' | 'email' | 'sortKey'>(key: K) =>
    profiles.map((p) => p[key])
  // An array of arrays of different lengths is none to PostgreSQL, so that departments travel as JSON.
  await sql`
    insert into profile (tenant_id, member_id, alias, position, phone, email, sort_key, fields, departments)
    select ${tenantId}, i.id, i.alias, i.position, i.phone, i.email, i.sort_key, i.fields::jsonb,
      array(select jsonb_array_elements_text(i.departments::jsonb))
    from unnest(${all('memberId')}::text[], ${all('alias')}::text[], ${all('position')}::text[], ${all('phone')}::text[], ${all('email')}::text[],
      ${all('sortKey')}::text[], ${profiles.map((p) => JSON.stringify(p.fields))}::text[], ${profiles.map((p) => JSON.stringify(p.departments))}::text[])
      as i(id, alias, position, phone, email, sort_key, fields, departments)`.execute(tx)
}

export interface ProfilePatch {
  alias?: string | undefined
  position?: string | undefined
  phone?: string | undefined
  email?: string | undefined
  avatar?: string | null | undefined
  fields?: Record<string, string> | undefined
  departments?: string[] | undefined
  preferences?: { [K in keyof Preferences]?: Preferences[K] | undefined } | undefined
}

/** Changes what is given; the version grows by one. */
export async function updateProfile(tx: Tx, tenantId: string, memberId: string, patch: ProfilePatch): Promise<void> {
  const json = (value: object | undefined) => (value === undefined ? null : JSON.stringify(value))
  await sql`
    update profile set alias = coalesce(${patch.alias ?? null}, alias), position = coalesce(${patch.position ?? null}, position),
      phone = coalesce(${patch.phone ?? null}, phone), email = coalesce(${patch.email ?? null}, email),
      avatar = case when ${patch.avatar === undefined} then avatar else ${patch.avatar ?? null} end,
      fields = coalesce(${json(patch.fields)}::jsonb, fields), departments = coalesce(${patch.departments ?? null}::text[], departments),
      preferences = preferences || coalesce(${json(patch.preferences)}::jsonb, '{}'),
      version = version + 1
    where tenant_id = ${tenantId} and member_id = ${memberId}`.execute(tx)
}

export async function setSortKey(tx: Tx, tenantId: string, memberId: string, sortKey: string): Promise<void> {
  await sql`update profile set sort_key = ${sortKey} where tenant_id = ${tenantId} and member_id = ${memberId}`.execute(
    tx,
  )
}

/** Leaves every department and list; what remains is the name on what they wrote. */
export async function markRemoved(tx: Tx, tenantId: string, memberId: string): Promise<void> {
  await sql`update profile set removed = true, departments = '{}', version = version + 1 where tenant_id = ${tenantId} and member_id = ${memberId}`.execute(
    tx,
  )
  await sql`delete from department_member where tenant_id = ${tenantId} and member_id = ${memberId}`.execute(tx)
  await sql`update department set leaders = array_remove(leaders, ${memberId}) where tenant_id = ${tenantId} and ${memberId} = any(leaders)`.execute(
    tx,
  )
}

export async function setLeaders(tx: Tx, tenantId: string, leaders: ReadonlyMap<string, string[]>): Promise<void> {
  for (const [department, members] of leaders)
    await sql`update department set leaders = ${members} where tenant_id = ${tenantId} and id = ${department}`.execute(
      tx,
    )
}

/** Puts people into the departments that their profiles name, and nowhere else; the first is the main one. */
export async function writePlaces(tx: Tx, tenantId: string, memberIds: string[]): Promise<void> {
  await sql`
    delete from department_member m using profile p
    where m.tenant_id = ${tenantId} and m.member_id = any(${memberIds}) and p.tenant_id = m.tenant_id and p.member_id = m.member_id
      and not m.department_id = any(p.departments)`.execute(tx)
  await sql`
    insert into department_member (tenant_id, department_id, member_id, main, sort_key)
    select p.tenant_id, d.id, p.member_id, d.place = 1, p.sort_key from profile p, unnest(p.departments) with ordinality as d(id, place)
    where p.tenant_id = ${tenantId} and p.member_id = any(${memberIds})
    on conflict (tenant_id, department_id, member_id) do update set main = excluded.main, sort_key = excluded.sort_key`.execute(
    tx,
  )
}

/** A page of those in no department. `after` is the last member of the page before. */
export async function listWithoutDepartment(
  on: Queryable,
  tenantId: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const found = await rows(
    on,
    sql<{ id: string }>`
      select member_id as id from profile p where tenant_id = ${tenantId} and departments = '{}' and not removed and ${behind(sql`p.sort_key, p.member_id`, tenantId, after)}
      order by sort_key, member_id limit ${limit}`,
  )
  return found.map((f) => f.id)
}

/** A page of those directly in a department, by name, without those named. */
export async function listInDepartment(
  on: Queryable,
  tenantId: string,
  department: string,
  page: { without: string[]; after: string | null; limit: number },
): Promise<string[]> {
  const found = await rows(
    on,
    sql<{ id: string }>`
      select member_id as id from department_member m
      where tenant_id = ${tenantId} and department_id = ${department} and not member_id = any(${page.without})
        and ${behind(sql`m.sort_key, m.member_id`, tenantId, page.after)}
      order by sort_key, member_id limit ${page.limit}`,
  )
  return found.map((f) => f.id)
}

const behind = (columns: ReturnType<typeof sql>, tenantId: string, after: string | null) =>
  after === null
    ? sql`true`
    : sql`(${columns}) > (select l.sort_key, l.member_id from profile l where l.tenant_id = ${tenantId} and l.member_id = ${after})`

/** Of these members, those who are directly in the department. */
export async function placedIn(
  on: Queryable,
  tenantId: string,
  department: string,
  memberIds: string[],
): Promise<Set<string>> {
  const found = await rows(
    on,
    sql<{ id: string }>`
      select member_id as id from department_member
      where tenant_id = ${tenantId} and department_id = ${department} and member_id = any(${memberIds})`,
  )
  return new Set(found.map((f) => f.id))
}

/** Members in order of id: all, or those whose main department this is. */
export async function nextMembers(
  on: Queryable,
  tenantId: string,
  from: { department: string | null; after: string; limit: number },
): Promise<string[]> {
  const query =
    from.department === null
      ? sql<{
          id: string
        }>`select member_id as id from profile where tenant_id = ${tenantId} and not removed and member_id > ${from.after} order by member_id limit ${from.limit}`
      : sql<{ id: string }>`
          select member_id as id from department_member
          where tenant_id = ${tenantId} and department_id = ${from.department} and main and member_id > ${from.after} order by member_id limit ${from.limit}`
  return (await rows(on, query)).map((found) => found.id)
}

export async function avatarExists(on: Queryable, tenantId: string, file: string): Promise<boolean> {
  return (
    (await row(on, sql`select 1 from profile where tenant_id = ${tenantId} and avatar = ${file} limit 1`)) !== undefined
  )
}

const batch = 5_000

/** Up to a batch of rows of a deleted tenant from each table; whether something may be left. */
export async function deleteTenantRows(tx: Tx, tenantId: string): Promise<boolean> {
  let more = false
  for (const table of ['directory_word', 'department_member', 'profile', 'invitation']) {
    const name = sql.table(table)
    const count = await changed(
      tx,
      sql`delete from ${name} where ctid = any(array(select ctid from ${name} where tenant_id = ${tenantId} limit ${batch}))`,
    )
    more ||= count === batch
  }
  if (!more) await sql`delete from department where tenant_id = ${tenantId}`.execute(tx)
  return more
}
