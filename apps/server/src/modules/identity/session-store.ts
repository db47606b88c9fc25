import type { Scope } from '@heyi/contract/define'
import type { DeviceEntry, Role } from '@heyi/contract/identity'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

export interface SessionRecord {
  id: string
  personId: string
  tenantId: string
  memberId: string
  role: Role
  scopes: Scope[] | null
  lastSeenAt: string
}

/** The session of this token, if it is neither ended nor over and its holder may come in. */
export function findLiveSession(on: Queryable, tokenHash: Buffer, now: string): Promise<SessionRecord | undefined> {
  return row(
    on,
    sql<SessionRecord>`
      select s.id, s.person_id as "personId", s.tenant_id as "tenantId", s.member_id as "memberId", m.role, s.scopes, s.last_seen_at as "lastSeenAt"
      from session s
      join member m on m.tenant_id = s.tenant_id and m.id = s.member_id and m.state = 'active'
      join tenant t on t.id = s.tenant_id and t.state = 'active'
      where s.token_hash = ${tokenHash} and s.ended_at is null and s.expires_at > ${now}`,
  )
}

export async function touchSession(
  on: Queryable,
  id: string,
  at: { now: string; before: string; address: string },
): Promise<void> {
  await sql`update session set last_seen_at = ${at.now}, address = ${at.address} where id = ${id} and last_seen_at < ${at.before}`.execute(
    on,
  )
}

export interface NewSession {
  id: string
  tokenHash: Buffer
  personId: string
  tenantId: string
  memberId: string
  device: string
  address: string
  now: string
  expiresAt: string
}

export async function insertSession(tx: Tx, s: NewSession): Promise<void> {
  await sql`
    insert into session (id, token_hash, person_id, tenant_id, member_id, device, address, created_at, last_seen_at, expires_at)
    values (${s.id}, ${s.tokenHash}, ${s.personId}, ${s.tenantId}, ${s.memberId}, ${s.device}, ${s.address}, ${s.now}, ${s.now}, ${s.expiresAt})`.execute(
    tx,
  )
}

export async function moveSession(
  tx: Tx,
  id: string,
  to: { tenantId: string; memberId: string; now: string },
): Promise<boolean> {
  const count = await changed(
    tx,
    sql`update session set tenant_id = ${to.tenantId}, member_id = ${to.memberId}, last_seen_at = ${to.now} where id = ${id} and ended_at is null`,
  )
  return count === 1
}

/** The devices somebody is signed in on, last used first. */
export function listDevices(
  on: Queryable,
  personId: string,
  current: string,
  now: string,
  limit: number,
): Promise<DeviceEntry[]> {
  return rows(
    on,
    sql<DeviceEntry>`
      select id as session, device, address, created_at as "createdAt", last_seen_at as "lastSeenAt", id = ${current} as current
      from session where person_id = ${personId} and ended_at is null and expires_at > ${now} order by last_seen_at desc, id desc limit ${limit}`,
  )
}

type Which =
  | { session: string; person: string }
  | { person: string; except?: string | null }
  | { personOldest: string; keep: number }
  | { member: string; tenant: string }
  | { tenant: string }

/** Ends the sessions and tells which they were. */
export async function endSessions(tx: Tx, which: Which, now: string): Promise<string[]> {
  const found = await rows(
    tx,
    sql<{
      id: string
    }>`update session set ended_at = ${now} where ended_at is null and ${condition(which)} returning id`,
  )
  return found.map((f) => f.id)
}

function condition(which: Which) {
  if ('session' in which) return sql`id = ${which.session} and person_id = ${which.person}`
  if ('personOldest' in which)
    return sql`id in (select id from session where person_id = ${which.personOldest} and ended_at is null order by last_seen_at desc, id desc offset ${which.keep})`
  if ('member' in which) return sql`tenant_id = ${which.tenant} and member_id = ${which.member}`
  if ('person' in which) return sql`person_id = ${which.person} and id is distinct from ${which.except ?? null}`
  return sql`tenant_id = ${which.tenant}`
}

export async function deleteOldSessions(tx: Tx, before: string): Promise<void> {
  await sql`delete from session where expires_at < ${before} or ended_at < ${before}`.execute(tx)
}
