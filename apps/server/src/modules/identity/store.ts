import type { Role, Tenant } from '@heyi/contract/identity'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'
import { advisoryLocks } from '../../kernel/locks.js'
import type { Login, Membership } from './rules.js'

/** Somebody inside a tenant, with the account they sign in with where they have one. */
export interface MemberRecord {
  tenantId: string
  id: string
  personId: string
  name: string
  role: Role
  state: 'invited' | 'active' | 'disabled' | 'removed'
  account: string | null
}

const memberSql = sql`
  select m.tenant_id as "tenantId", m.id, m.person_id as "personId", m.name, m.role, m.state, l.value as account
  from member m left join login l on l.person_id = m.person_id and l.kind = 'account'`

export function findMember(on: Queryable, tenantId: string, memberId: string): Promise<MemberRecord | undefined> {
  return row(on, sql<MemberRecord>`${memberSql} where m.tenant_id = ${tenantId} and m.id = ${memberId}`)
}

/** A member of whichever tenant. */
export function findMemberAnywhere(on: Queryable, memberId: string): Promise<MemberRecord | undefined> {
  return row(on, sql<MemberRecord>`${memberSql} where m.id = ${memberId}`)
}

export function listMembersByIds(on: Queryable, tenantId: string, ids: string[]): Promise<MemberRecord[]> {
  return rows(on, sql<MemberRecord>`${memberSql} where m.tenant_id = ${tenantId} and m.id = any(${ids})`)
}

/** Of these people, those who are in the tenant now. */
export function listMembersByPersons(on: Queryable, tenantId: string, personIds: string[]): Promise<MemberRecord[]> {
  return rows(
    on,
    sql<MemberRecord>`${memberSql} where m.tenant_id = ${tenantId} and m.person_id = any(${personIds}) and m.state <> 'removed'`,
  )
}

/** All memberships that are not over, in order of joining, with when each was last used. */
export function listMemberships(on: Queryable, personId: string): Promise<Membership[]> {
  return rows(
    on,
    sql<Membership>`
      select m.tenant_id as "tenantId", t.name as "tenantName", t.state as "tenantState", m.id as "memberId", m.state,
        (select max(s.last_seen_at) from session s where s.person_id = m.person_id and s.member_id = m.id) as "lastUsedAt"
      from member m join tenant t on t.id = m.tenant_id
      where m.person_id = ${personId} and m.state <> 'removed' order by m.created_at, m.id`,
  )
}

/** Of these people, those who also belong to a tenant other than this one. */
export async function personsElsewhere(on: Queryable, tenantId: string, personIds: string[]): Promise<Set<string>> {
  const found = await rows(
    on,
    sql<{ id: string }>`
      select distinct person_id as id from member
      where person_id = any(${personIds}) and tenant_id <> ${tenantId} and state <> 'removed'`,
  )
  return new Set(found.map((f) => f.id))
}

export async function insertPersons(
  tx: Tx,
  persons: { id: string; passwordHash: string | null }[],
  now: string,
): Promise<void> {
  await sql`
    insert into person (id, password_hash, created_at)
    select i.id, i.hash, ${now} from unnest(${persons.map((p) => p.id)}::text[], ${persons.map((p) => p.passwordHash)}::text[]) as i(id, hash)`.execute(
    tx,
  )
}

/** Gives people what they sign in with; the first value that somebody else has, undefined if all were free. */
export async function insertLogins(tx: Tx, logins: (Login & { personId: string })[]): Promise<string | undefined> {
  const added = await rows(
    tx,
    sql<{ value: string }>`
      insert into login (value, kind, person_id)
      select * from unnest(${logins.map((l) => l.value)}::text[], ${logins.map((l) => l.kind)}::text[], ${logins.map((l) => l.personId)}::text[])
      on conflict do nothing returning value`,
  )
  const free = new Set(added.map((a) => a.value))
  return logins.find((l) => !free.has(l.value))?.value
}

export async function deleteLogin(tx: Tx, personId: string, kind: Login['kind']): Promise<void> {
  await sql`delete from login where person_id = ${personId} and kind = ${kind}`.execute(tx)
}

/** Whom these logins belong to, by folded value. */
export async function findLogins(on: Queryable, values: string[]): Promise<Map<string, string>> {
  const found = await rows(
    on,
    sql<{
      value: string
      personId: string
    }>`select value, person_id as "personId" from login where value = any(${values})`,
  )
  return new Map(found.map((f) => [f.value, f.personId]))
}

export function listLogins(on: Queryable, personId: string): Promise<Login[]> {
  return rows(on, sql<Login>`select value, kind from login where person_id = ${personId} order by kind, value`)
}

export interface Credentials {
  personId: string
  passwordHash: string | null
}

export function findCredentials(on: Queryable, login: string): Promise<Credentials | undefined> {
  return row(
    on,
    sql<Credentials>`
      select p.id as "personId", p.password_hash as "passwordHash" from login l join person p on p.id = l.person_id where l.value = ${login}`,
  )
}

export async function findPasswordHash(on: Queryable, personId: string): Promise<string | null> {
  const found = await row(
    on,
    sql<{ hash: string | null }>`select password_hash as hash from person where id = ${personId}`,
  )
  return found?.hash ?? null
}

/** The password’s hash, which does not change until the transaction ends. */
export async function lockPasswordHash(tx: Tx, personId: string): Promise<string | null> {
  const found = await row(
    tx,
    sql<{ hash: string | null }>`select password_hash as hash from person where id = ${personId} for update`,
  )
  return found?.hash ?? null
}

export async function setPasswordHash(tx: Tx, personId: string, hash: string): Promise<void> {
  await sql`update person set password_hash = ${hash} where id = ${personId}`.execute(tx)
}

/** Of these people, those who have a password already. */
export async function personsWithPassword(on: Queryable, personIds: string[]): Promise<Set<string>> {
  const found = await rows(
    on,
    sql<{ id: string }>`select id from person where id = any(${personIds}) and password_hash is not null`,
  )
  return new Set(found.map((f) => f.id))
}

export interface NewMemberRow {
  id: string
  personId: string
  name: string
  role: Role
  state: 'invited' | 'active'
}

/** False if one of these people is in the tenant already. */
export async function insertMembers(tx: Tx, tenantId: string, members: NewMemberRow[], now: string): Promise<boolean> {
  await sql`
    insert into principal (tenant_id, id, kind) select ${tenantId}, id, 'member' from unnest(${members.map((m) => m.id)}::text[]) as i(id)`.execute(
    tx,
  )
  const count = await changed(
    tx,
    sql`
      insert into member (tenant_id, id, person_id, name, role, state, created_at)
      select ${tenantId}, i.id, i.person_id, i.name, i.role, i.state, ${now}
      from unnest(${members.map((m) => m.id)}::text[], ${members.map((m) => m.personId)}::text[], ${members.map((m) => m.name)}::text[],
        ${members.map((m) => m.role)}::text[], ${members.map((m) => m.state)}::text[]) as i(id, person_id, name, role, state)
      on conflict (tenant_id, person_id) where state <> 'removed' do nothing`,
  )
  return count === members.length
}

export async function updateMember(
  tx: Tx,
  tenantId: string,
  memberId: string,
  patch: Partial<Pick<MemberRecord, 'name' | 'role' | 'state'>>,
): Promise<void> {
  await sql`
    update member set name = coalesce(${patch.name ?? null}, name), role = coalesce(${patch.role ?? null}, role),
      state = coalesce(${patch.state ?? null}, state)
    where tenant_id = ${tenantId} and id = ${memberId}`.execute(tx)
}

/** Makes the person’s invited memberships active; which they were. */
export function activateInvited(tx: Tx, personId: string): Promise<{ tenantId: string; memberId: string }[]> {
  return rows(
    tx,
    sql<{ tenantId: string; memberId: string }>`
      update member set state = 'active' where person_id = ${personId} and state = 'invited' returning tenant_id as "tenantId", id as "memberId"`,
  )
}

export async function countOwners(on: Queryable, tenantId: string): Promise<number> {
  const found = await row(
    on,
    sql<{
      n: number
    }>`select count(*) as n from member where tenant_id = ${tenantId} and role = 'owner' and state = 'active'`,
  )
  return found?.n ?? 0
}

const tenantColumns = sql`t.id, t.name, t.locale, t.time_zone as "timeZone", t.sample`

export function findTenant(on: Queryable, tenantId: string): Promise<Tenant | undefined> {
  return row(on, sql<Tenant>`select ${tenantColumns} from tenant t where t.id = ${tenantId}`)
}

/** Up to two tenants that are not being deleted: enough to tell none, one and several apart. */
export function someTenants(on: Queryable): Promise<Tenant[]> {
  return rows(on, sql<Tenant>`select ${tenantColumns} from tenant t where t.state <> 'deleting' order by t.id limit 2`)
}

export async function tenantExists(on: Queryable): Promise<boolean> {
  return (await row(on, sql`select 1 from tenant limit 1`)) !== undefined
}

export async function tenantIsOpen(on: Queryable, tenantId: string): Promise<boolean> {
  return (await row(on, sql`select 1 from tenant where id = ${tenantId} and state = 'active'`)) !== undefined
}

/** Whoever makes the first tenant goes alone until the transaction ends. */
export async function lockInstallation(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${advisoryLocks.setUp})`.execute(tx)
}

/** The tenant’s row, held until the transaction ends; what needs a view of all owners or the whole tree goes alone. */
export async function lockTenant(tx: Tx, tenantId: string): Promise<boolean> {
  return (await row(tx, sql`select 1 from tenant where id = ${tenantId} for no key update`)) !== undefined
}

export async function insertTenant(tx: Tx, tenant: Tenant, now: string): Promise<void> {
  await sql`
    insert into tenant (id, name, locale, time_zone, sample, created_at)
    values (${tenant.id}, ${tenant.name}, ${tenant.locale}, ${tenant.timeZone}, ${tenant.sample}, ${now})`.execute(tx)
}

export type TenantPatch = Partial<Record<'name' | 'locale' | 'timeZone', string | undefined>>

export async function updateTenant(tx: Tx, tenantId: string, patch: TenantPatch): Promise<void> {
  await sql`
    update tenant set name = coalesce(${patch.name ?? null}, name), locale = coalesce(${patch.locale ?? null}, locale),
      time_zone = coalesce(${patch.timeZone ?? null}, time_zone)
    where id = ${tenantId}`.execute(tx)
}
