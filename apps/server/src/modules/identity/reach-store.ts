import type { Role } from '@heyi/contract/identity'
import { type Queryable, type RawBuilder, row, rows, sql } from '../../kernel/db.js'
import type { LoginKind } from './rules.js'

// By which ways members can be reached from outside of the app.

/** What these members sign in with, of one kind; those without one, or who may not come in, are left out. */
export async function loginsOfMembers(
  on: Queryable,
  tenantId: string,
  members: string[],
  kind: LoginKind,
): Promise<Map<string, string>> {
  const found = await rows(
    on,
    sql<{ member: string; value: string }>`
      select distinct on (m.id) m.id as member, l.value from member m join login l on l.person_id = m.person_id and l.kind = ${kind}
      where m.tenant_id = ${tenantId} and m.id = any(${members}) and m.state = 'active' order by m.id, l.value`,
  )
  return new Map(found.map(({ member, value }) => [member, value]))
}

/** Of these sessions, those that go on in the tenant, of members who may come in. */
export async function liveSessions(
  on: Queryable,
  tenantId: string,
  sessions: string[],
  now: string,
): Promise<Set<string>> {
  const found = await rows(
    on,
    sql<{ id: string }>`
      select s.id from session s join member m on m.tenant_id = s.tenant_id and m.id = s.member_id and m.state = 'active'
      where s.id = any(${sessions}) and s.tenant_id = ${tenantId} and s.ended_at is null and s.expires_at > ${now}`,
  )
  return new Set(found.map(({ id }) => id))
}

/** Active members of a tenant who were not here since then, in order of id; a page after `after`. */
export async function listAbsent(
  on: Queryable,
  tenantId: string,
  since: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const found = await rows(
    on,
    sql<{ id: string }>`
      select m.id from member m where m.tenant_id = ${tenantId} and m.state = 'active' and m.id > ${after}
        and exists (select from login l where l.person_id = m.person_id and l.kind = 'email')
        and not exists (select from session s where s.person_id = m.person_id and s.member_id = m.id and s.last_seen_at > ${since})
      order by m.id limit ${limit}`,
  )
  return found.map(({ id }) => id)
}

/** Every tenant that is open. */
export async function listOpenTenants(on: Queryable): Promise<string[]> {
  const found = await rows(on, sql<{ id: string }>`select id from tenant where state = 'active' order by id`)
  return found.map(({ id }) => id)
}

/** Of these members (null: of all), those who may come in and were there by then; with roles, those who have one. */
export async function listActive(
  on: Queryable,
  tenantId: string,
  of: { among: string[] | null; roles: Role[] | null; joinedBy: string | null },
): Promise<string[]> {
  const found = await rows(
    on,
    sql<{ id: string }>`
      select id from member where tenant_id = ${tenantId} and state = 'active' and (${of.among}::text[] is null or id = any(${of.among}))
        and (${of.roles}::text[] is null or role = any(${of.roles})) and (${of.joinedBy}::timestamptz is null or created_at <= ${of.joinedBy}) order by id`,
  )
  return found.map(({ id }) => id)
}

/** Since when somebody is in the tenant. */
export async function findJoined(on: Queryable, tenantId: string, memberId: string): Promise<string | undefined> {
  return (
    await row(
      on,
      sql<{ at: string }>`select created_at as at from member where tenant_id = ${tenantId} and id = ${memberId}`,
    )
  )?.at
}

/** Whether this member manages the company at this moment, as a condition in a query of another module. */
export const managesCompany = (tenantId: string, memberId: string): RawBuilder<boolean> => sql<boolean>`
  exists (select from member own where own.tenant_id = ${tenantId} and own.id = ${memberId} and own.state = 'active' and own.role in ('owner', 'admin'))`
