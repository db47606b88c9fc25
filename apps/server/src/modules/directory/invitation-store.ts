import type { JoinRequest } from '@heyi/contract/directory'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

export interface InvitationRow {
  tenantId: string
  id: string
  token: string
  department: string | null
  approval: boolean
  maxUses: number
  uses: number
  expiresAt: string
  revokedAt: string | null
  createdBy: string
  createdAt: string
}

const invitationSql = sql`
  select tenant_id as "tenantId", id, token, department_id as department, approval, max_uses as "maxUses", uses, expires_at as "expiresAt",
    revoked_at as "revokedAt", created_by as "createdBy", created_at as "createdAt"
  from invitation`

export function findInvitation(on: Queryable, tokenHash: Buffer): Promise<InvitationRow | undefined> {
  return row(on, sql<InvitationRow>`${invitationSql} where token_hash = ${tokenHash}`)
}

/** The same, held until the transaction ends, so that its uses are counted one by one. */
export function lockInvitation(tx: Tx, tokenHash: Buffer): Promise<InvitationRow | undefined> {
  return row(tx, sql<InvitationRow>`${invitationSql} where token_hash = ${tokenHash} for update`)
}

export function listInvitations(
  on: Queryable,
  tenantId: string,
  before: string | null,
  limit: number,
): Promise<InvitationRow[]> {
  return rows(
    on,
    sql<InvitationRow>`${invitationSql} where tenant_id = ${tenantId} and (${before}::text is null or id < ${before}) order by id desc limit ${limit}`,
  )
}

export async function insertInvitation(tx: Tx, invitation: InvitationRow, tokenHash: Buffer): Promise<void> {
  const i = invitation
  await sql`
    insert into invitation (tenant_id, id, token_hash, token, department_id, approval, max_uses, expires_at, created_by, created_at)
    values (${i.tenantId}, ${i.id}, ${tokenHash}, ${i.token}, ${i.department}, ${i.approval}, ${i.maxUses}, ${i.expiresAt}, ${i.createdBy}, ${i.createdAt})`.execute(
    tx,
  )
}

export async function countUse(tx: Tx, tenantId: string, id: string): Promise<void> {
  await sql`update invitation set uses = uses + 1 where tenant_id = ${tenantId} and id = ${id}`.execute(tx)
}

export async function revokeInvitation(tx: Tx, tenantId: string, id: string, now: string): Promise<boolean> {
  const count = await changed(
    tx,
    sql`update invitation set revoked_at = coalesce(revoked_at, ${now}) where tenant_id = ${tenantId} and id = ${id}`,
  )
  return count === 1
}

export interface NewRequest {
  tenantId: string
  id: string
  personId: string
  name: string
  login: string
  department: string | null
  invitation: string
  createdAt: string
}

/** False if that person waits already. */
export async function insertRequest(tx: Tx, r: NewRequest): Promise<boolean> {
  const count = await changed(
    tx,
    sql`
      insert into join_request (tenant_id, id, person_id, name, login, department_id, invitation_id, created_at)
      values (${r.tenantId}, ${r.id}, ${r.personId}, ${r.name}, ${r.login}, ${r.department}, ${r.invitation}, ${r.createdAt})
      on conflict (tenant_id, person_id) do nothing`,
  )
  return count === 1
}

export function listRequests(
  on: Queryable,
  tenantId: string,
  after: string | null,
  limit: number,
): Promise<JoinRequest[]> {
  return rows(
    on,
    sql<JoinRequest>`
      select id, name, login, department_id as department, created_at as "createdAt" from join_request
      where tenant_id = ${tenantId} and (${after}::text is null or id > ${after}) order by id limit ${limit}`,
  )
}

export interface TakenRequest {
  personId: string
  name: string
  department: string | null
}

/** The request, taken away: whoever decides has decided. */
export function takeRequest(tx: Tx, tenantId: string, id: string): Promise<TakenRequest | undefined> {
  return row(
    tx,
    sql<TakenRequest>`
      delete from join_request where tenant_id = ${tenantId} and id = ${id}
      returning person_id as "personId", name, department_id as department`,
  )
}

/** Of these people, those who wait somewhere. */
export async function personsWaiting(on: Queryable, personIds: string[]): Promise<string[]> {
  const found = await rows(
    on,
    sql<{ id: string }>`select distinct person_id as id from join_request where person_id = any(${personIds})`,
  )
  return found.map((f) => f.id)
}

/** Of a tenant that is being deleted; the people who waited. */
export async function deleteRequests(tx: Tx, tenantId: string): Promise<string[]> {
  const found = await rows(
    tx,
    sql<{ id: string }>`delete from join_request where tenant_id = ${tenantId} returning person_id as id`,
  )
  return found.map((f) => f.id)
}
