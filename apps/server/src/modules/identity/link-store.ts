import { type Queryable, row, sql, type Tx } from '../../kernel/db.js'

export interface LinkRecord {
  id: string
  personId: string
  tenantId: string | null
  passwordHash: string | null
}

const linkSql = (tokenHash: Buffer, now: string) => sql<LinkRecord>`
  select k.id, k.person_id as "personId", k.tenant_id as "tenantId", p.password_hash as "passwordHash"
  from password_link k join person p on p.id = k.person_id
  where k.token_hash = ${tokenHash} and k.used_at is null and k.expires_at > ${now}`

/** A link that still works. */
export function findLink(on: Queryable, tokenHash: Buffer, now: string): Promise<LinkRecord | undefined> {
  return row(on, linkSql(tokenHash, now))
}

/** The same, and nobody else can use it until the transaction ends. */
export function lockLink(tx: Tx, tokenHash: Buffer, now: string): Promise<LinkRecord | undefined> {
  return row(tx, sql<LinkRecord>`${linkSql(tokenHash, now)} for update of k`)
}

/** Makes every open link of these people useless. */
export async function spendLinks(tx: Tx, personIds: string[], now: string): Promise<void> {
  await sql`update password_link set used_at = ${now} where person_id = any(${personIds}) and used_at is null`.execute(
    tx,
  )
}

export interface NewLink {
  id: string
  tokenHash: Buffer
  personId: string
}

export async function insertLinks(
  tx: Tx,
  links: NewLink[],
  at: { tenantId: string | null; now: string; expiresAt: string },
): Promise<void> {
  await sql`
    insert into password_link (id, token_hash, person_id, tenant_id, expires_at, created_at)
    select i.id, decode(i.hash, 'hex'), i.person_id, ${at.tenantId}, ${at.expiresAt}, ${at.now}
    from unnest(${links.map((l) => l.id)}::text[], ${links.map((l) => l.tokenHash.toString('hex'))}::text[], ${links.map((l) => l.personId)}::text[]) as i(id, hash, person_id)`.execute(
    tx,
  )
}

export async function deleteOldLinks(tx: Tx, before: string): Promise<void> {
  await sql`delete from password_link where expires_at < ${before}`.execute(tx)
}
