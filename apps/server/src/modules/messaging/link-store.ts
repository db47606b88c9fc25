import type { GroupJoinRequest } from '@heyi/contract/messaging'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

/** A link with the place its maker has in the group now; null where they are no longer in it. */
export interface LinkRow {
  id: string
  conversation: string
  token: string
  approval: boolean
  createdBy: string
  createdAt: string
  expiresAt: string
  revokedAt: string | null
  makerRole: 'owner' | 'admin' | 'member' | null
}

const linkSql = sql`
  select l.id, l.conversation_id as conversation, l.token, l.approval, l.created_by as "createdBy", l.created_at as "createdAt",
    l.expires_at as "expiresAt", l.revoked_at as "revokedAt", m.role as "makerRole"
  from group_link l left join membership m
    on m.tenant_id = l.tenant_id and m.conversation_id = l.conversation_id and m.member_id = l.created_by and m.left_rev is null`

export function findLink(on: Queryable, tenantId: string, tokenHash: Buffer): Promise<LinkRow | undefined> {
  return row(on, sql<LinkRow>`${linkSql} where l.tenant_id = ${tenantId} and l.token_hash = ${tokenHash}`)
}

/** Those that are open, newest first. */
export function listOpenLinks(
  on: Queryable,
  tenantId: string,
  conversation: string,
  now: string,
  limit: number,
): Promise<LinkRow[]> {
  return rows(
    on,
    sql<LinkRow>`${linkSql} where l.tenant_id = ${tenantId} and l.conversation_id = ${conversation} and l.revoked_at is null and l.expires_at > ${now}
      order by l.id desc limit ${limit}`,
  )
}

export async function insertLink(
  tx: Tx,
  tenantId: string,
  link: Omit<LinkRow, 'revokedAt' | 'makerRole'>,
  tokenHash: Buffer,
): Promise<void> {
  await sql`
    insert into group_link (tenant_id, id, conversation_id, token_hash, token, approval, created_by, created_at, expires_at)
    values (${tenantId}, ${link.id}, ${link.conversation}, ${tokenHash}, ${link.token}, ${link.approval}, ${link.createdBy}, ${link.createdAt}, ${link.expiresAt})`.execute(
    tx,
  )
}

/** Ends a link, of this maker or of anybody; false if there is none. Ended twice, it keeps its first end. */
export async function revokeLink(
  tx: Tx,
  tenantId: string,
  link: { conversation: string; id: string; by: string | null },
  now: string,
): Promise<boolean> {
  const count = await changed(
    tx,
    sql`update group_link set revoked_at = coalesce(revoked_at, ${now}) where tenant_id = ${tenantId} and conversation_id = ${link.conversation}
      and id = ${link.id} and (${link.by}::text is null or created_by = ${link.by})`,
  )
  return count > 0
}

export function listRequests(
  on: Queryable,
  tenantId: string,
  conversation: string,
  limit: number,
): Promise<GroupJoinRequest[]> {
  return rows(
    on,
    sql<GroupJoinRequest>`
      select id, member_id as member, invited_by as "invitedBy", created_at as "createdAt" from group_join_request
      where tenant_id = ${tenantId} and conversation_id = ${conversation} order by id limit ${limit}`,
  )
}

export function findRequest(
  on: Queryable,
  tenantId: string,
  conversation: string,
  of: { id: string } | { member: string },
): Promise<GroupJoinRequest | undefined> {
  const which = 'id' in of ? sql`id = ${of.id}` : sql`member_id = ${of.member}`
  return row(
    on,
    sql<GroupJoinRequest>`
      select id, member_id as member, invited_by as "invitedBy", created_at as "createdAt" from group_join_request
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and ${which}`,
  )
}

export async function insertRequest(
  tx: Tx,
  tenantId: string,
  conversation: string,
  request: GroupJoinRequest,
): Promise<void> {
  await sql`
    insert into group_join_request (tenant_id, id, conversation_id, member_id, invited_by, created_at)
    values (${tenantId}, ${request.id}, ${conversation}, ${request.member}, ${request.invitedBy}, ${request.createdAt})`.execute(
    tx,
  )
}

/** These people ask no longer, or nobody does; whether anybody did. */
export async function deleteRequests(
  tx: Tx,
  tenantId: string,
  conversation: string,
  members: string[] | null,
): Promise<boolean> {
  const count = await changed(
    tx,
    sql`delete from group_join_request where tenant_id = ${tenantId} and conversation_id = ${conversation}
      and (${members}::text[] is null or member_id = any(${members}::text[]))`,
  )
  return count > 0
}

/** Where somebody asks to be let in. */
export async function requestedBy(on: Queryable, tenantId: string, member: string): Promise<string[]> {
  const found = await rows(
    on,
    sql<{
      id: string
    }>`select conversation_id as id from group_join_request where tenant_id = ${tenantId} and member_id = ${member}`,
  )
  return found.map(({ id }) => id)
}
