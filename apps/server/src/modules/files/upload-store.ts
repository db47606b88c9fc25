import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

/** An upload under way; it becomes the file of the same id. */
export interface UploadRow {
  tenantId: string
  id: string
  owner: string
  name: string
  sizeBytes: number
  createdAt: string
}

const columns = sql`tenant_id as "tenantId", id, owner, name, size_bytes as "sizeBytes", created_at as "createdAt"`

export async function insertUpload(tx: Tx, upload: UploadRow): Promise<void> {
  const { tenantId, id, owner, name, sizeBytes, createdAt } = upload
  await sql`
    insert into upload (tenant_id, id, owner, name, size_bytes, created_at, touched_at)
    values (${tenantId}, ${id}, ${owner}, ${name}, ${sizeBytes}, ${createdAt}, ${createdAt})`.execute(tx)
}

export function findUpload(on: Queryable, tenantId: string, id: string, owner: string): Promise<UploadRow | undefined> {
  return row(
    on,
    sql<UploadRow>`select ${columns} from upload where tenant_id = ${tenantId} and id = ${id} and owner = ${owner}`,
  )
}

export async function touchUpload(on: Queryable, tenantId: string, id: string, now: string): Promise<void> {
  await sql`update upload set touched_at = ${now} where tenant_id = ${tenantId} and id = ${id}`.execute(on)
}

/** True if it was there: of several that finish one upload, one gets it. */
export async function takeUpload(on: Queryable, tenantId: string, id: string): Promise<boolean> {
  return (await changed(on, sql`delete from upload where tenant_id = ${tenantId} and id = ${id}`)) > 0
}

/** Bytes announced by the tenant’s uploads under way, and how many of those are this member’s. */
export async function sumPending(
  on: Queryable,
  tenantId: string,
  owner: string,
): Promise<{ bytes: number; mine: number }> {
  const sum = await row(
    on,
    sql<{ bytes: string; mine: number }>`
      select coalesce(sum(size_bytes), 0) as bytes, count(*) filter (where owner = ${owner}) as mine from upload where tenant_id = ${tenantId}`,
  )
  return { bytes: Number(sum?.bytes ?? 0), mine: sum?.mine ?? 0 }
}

/** Deletes uploads that nobody has gone on with since then; their ids. */
export async function deleteAbandoned(tx: Tx, before: string, limit: number): Promise<string[]> {
  const gone = await rows(
    tx,
    sql<{ id: string }>`
      delete from upload where (tenant_id, id) in (
        select tenant_id, id from upload where touched_at < ${before} limit ${limit} for update skip locked)
      returning id`,
  )
  return gone.map(({ id }) => id)
}

export async function deleteTenantUploads(tx: Tx, tenantId: string): Promise<void> {
  await sql`delete from upload where tenant_id = ${tenantId}`.execute(tx)
}

/** The ids of all uploads under way. */
export async function listUploadIds(on: Queryable): Promise<string[]> {
  return (await rows(on, sql<{ id: string }>`select id from upload`)).map(({ id }) => id)
}
