import type { TenantEntry } from '@heyi/contract/operator'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

const entrySql = sql`
  select t.id, t.name, t.state, t.created_at as "createdAt",
    (select count(*) from member m where m.tenant_id = t.id and m.state <> 'removed') as members
  from tenant t`

export function listTenants(on: Queryable, after: string | null, limit: number): Promise<TenantEntry[]> {
  return rows(
    on,
    sql<TenantEntry>`${entrySql} where ${after}::text is null or t.id > ${after} order by t.id limit ${limit}`,
  )
}

/** The tenant as the operator sees it, locked until the transaction ends. */
export async function lockEntry(tx: Tx, tenantId: string): Promise<TenantEntry | undefined> {
  await sql`select 1 from tenant where id = ${tenantId} for no key update`.execute(tx)
  return row(tx, sql<TenantEntry>`${entrySql} where t.id = ${tenantId}`)
}

export async function setState(tx: Tx, tenantId: string, state: TenantEntry['state']): Promise<void> {
  await sql`update tenant set state = ${state} where id = ${tenantId}`.execute(tx)
}

/** Rows that one transaction of a deletion takes away. */
const batch = 2_000

/** Feeds carry what every module has there; they go when all modules are done. */
const simple = ['feed_entry', 'feed', 'audit', 'contact'] as const

/** Deletes up to a batch from each table of this module; whether something may be left. */
export async function deleteBatch(tx: Tx, tenantId: string): Promise<boolean> {
  let more = false
  for (const table of simple) more = (await deleteSome(tx, table, tenantId)) || more
  if (more) return true
  await sql`delete from password_link where tenant_id = ${tenantId}`.execute(tx)
  await sql`delete from session where tenant_id = ${tenantId}`.execute(tx)
  return false
}

async function deleteSome(tx: Tx, table: (typeof simple)[number], tenantId: string): Promise<boolean> {
  const count = await changed(
    tx,
    sql`delete from ${sql.table(table)} where ctid = any(array(select ctid from ${sql.table(table)} where tenant_id = ${tenantId} limit ${batch}))`,
  )
  return count === batch
}

/** Deletes up to a batch of members; the people they were. */
export async function deleteMembers(tx: Tx, tenantId: string): Promise<string[]> {
  const gone = await rows(
    tx,
    sql<{ id: string; personId: string }>`
      delete from member where ctid = any(array(select ctid from member where tenant_id = ${tenantId} limit ${batch})) returning id, person_id as "personId"`,
  )
  await sql`delete from principal where tenant_id = ${tenantId} and id = any(${gone.map((g) => g.id)})`.execute(tx)
  return gone.map((g) => g.personId)
}

/** Deletes those of these people who are in no tenant at all, with what they sign in with. */
export async function deleteLonely(tx: Tx, personIds: string[]): Promise<void> {
  const lonely = await rows(
    tx,
    sql<{ id: string }>`
      select p.id from person p where p.id = any(${personIds})
        and not exists (select 1 from member m where m.person_id = p.id) and not exists (select 1 from contact c where c.person_id = p.id) for update`,
  )
  const ids = lonely.map((l) => l.id)
  for (const table of ['login', 'session', 'password_link'])
    await sql`delete from ${sql.table(table)} where person_id = any(${ids})`.execute(tx)
  await sql`delete from person where id = any(${ids})`.execute(tx)
}

export async function deleteTenant(tx: Tx, tenantId: string): Promise<void> {
  await sql`delete from principal where tenant_id = ${tenantId}`.execute(tx)
  await sql`delete from tenant where id = ${tenantId}`.execute(tx)
}
