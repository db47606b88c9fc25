import type { FileInfo } from '@heyi/contract/files'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'
import type { Usage } from './rules.js'

export type RefKind = 'message' | 'avatar' | 'notice' | 'sticker' | 'scheduled'

export interface FileRow extends FileInfo {
  owner: string
  digest: string
  thumbnail: string | null
}

const columns = sql`id, owner, name, mime, size_bytes as "sizeBytes", width, height, digest, thumbnail, created_at as "createdAt"`

export function findFile(on: Queryable, tenantId: string, id: string): Promise<FileRow | undefined> {
  return row(on, sql<FileRow>`select ${columns} from file where tenant_id = ${tenantId} and id = ${id}`)
}

/** These files, and of each whether it is somebody’s avatar or one of the company’s stickers. */
export function listFiles(
  on: Queryable,
  tenantId: string,
  ids: string[],
): Promise<(FileRow & { isAvatar: boolean; isSticker: boolean })[]> {
  return rows(
    on,
    sql<FileRow & { isAvatar: boolean; isSticker: boolean }>`
      select ${columns}, exists (
          select from file_ref r where r.tenant_id = file.tenant_id and r.file_id = file.id and r.kind = 'avatar') as "isAvatar",
        exists (
          select from file_ref r where r.tenant_id = file.tenant_id and r.file_id = file.id and r.kind = 'sticker') as "isSticker"
      from file where tenant_id = ${tenantId} and id = any(${ids})`,
  )
}

/** A file of this owner, locked until the transaction ends. */
export function lockOwnFile(tx: Tx, tenantId: string, id: string, owner: string): Promise<FileRow | undefined> {
  return row(
    tx,
    sql<FileRow>`select ${columns} from file where tenant_id = ${tenantId} and id = ${id} and owner = ${owner} for update`,
  )
}

export async function insertFile(tx: Tx, tenantId: string, file: FileRow): Promise<void> {
  const { id, owner, name, mime, sizeBytes, width, height, digest, thumbnail, createdAt } = file
  await sql`
    insert into file (tenant_id, id, owner, name, mime, size_bytes, width, height, digest, thumbnail, created_at, unreferenced_at)
    values (${tenantId}, ${id}, ${owner}, ${name}, ${mime}, ${sizeBytes}, ${width}, ${height}, ${digest}, ${thumbnail}, ${createdAt}, ${createdAt})`.execute(
    tx,
  )
  await sql`update file_usage set used_bytes = used_bytes + ${sizeBytes}, files = files + 1 where tenant_id = ${tenantId}`.execute(
    tx,
  )
}

/** Adds a reference to a file that the caller has locked. */
export async function addRef(
  tx: Tx,
  tenantId: string,
  fileId: string,
  to: { kind: RefKind; object: string },
): Promise<void> {
  await sql`
    insert into file_ref (tenant_id, file_id, kind, object) values (${tenantId}, ${fileId}, ${to.kind}, ${to.object})
    on conflict do nothing`.execute(tx)
  await sql`update file set unreferenced_at = null where tenant_id = ${tenantId} and id = ${fileId} and unreferenced_at is not null`.execute(
    tx,
  )
}

/** Adds references of messages beside those that others have; how many. In the order of files, as locks are. */
export function copyRefs(
  tx: Tx,
  tenantId: string,
  kind: RefKind,
  refs: { file: string; from: string; to: string }[],
): Promise<number> {
  return changed(
    tx,
    sql`
      insert into file_ref (tenant_id, file_id, kind, object)
      select r.tenant_id, r.file_id, 'message', i.target
      from unnest(${refs.map((r) => r.file)}::text[], ${refs.map((r) => r.from)}::text[], ${refs.map((r) => r.to)}::text[]) as i(file_id, source, target)
      join file_ref r on r.tenant_id = ${tenantId} and r.file_id = i.file_id and r.kind = ${kind} and r.object = i.source
      order by r.file_id`,
  )
}

/** The files that an object carries, locked until the transaction ends. */
export async function lockCarried(tx: Tx, tenantId: string, kind: RefKind, object: string): Promise<string[]> {
  const held = await rows(
    tx,
    sql<{ id: string }>`
      select id from file where tenant_id = ${tenantId} and id in (
        select file_id from file_ref where tenant_id = ${tenantId} and kind = ${kind} and object = ${object})
      order by id for update`,
  )
  return held.map(({ id }) => id)
}

/** Takes away what these objects carry, or of that one file only. Who carries nothing more is marked with `now`. */
export async function removeRefs(
  tx: Tx,
  tenantId: string,
  from: { kind: RefKind; objects: string[] },
  now: string,
  only: string | null,
): Promise<void> {
  const { kind, objects } = from
  const held = await rows(
    tx,
    sql<{ id: string }>`
      select id from file where tenant_id = ${tenantId} and id in (
        select file_id from file_ref where tenant_id = ${tenantId} and kind = ${kind} and object = any(${objects}) and (${only}::text is null or file_id = ${only}))
      order by id for update`,
  )
  const ids = held.map(({ id }) => id)
  if (ids.length === 0) return
  await sql`delete from file_ref where tenant_id = ${tenantId} and kind = ${kind} and object = any(${objects}) and file_id = any(${ids})`.execute(
    tx,
  )
  await sql`
    update file set unreferenced_at = ${now}, transcript = null where tenant_id = ${tenantId} and id = any(${ids})
      and not exists (select from file_ref r where r.tenant_id = file.tenant_id and r.file_id = file.id)`.execute(tx)
}

/** What is said in a voice; undefined until that was written down. */
export async function findTranscript(on: Queryable, tenantId: string, id: string): Promise<string | undefined> {
  const found = await row(
    on,
    sql<{ transcript: string | null }>`select transcript from file where tenant_id = ${tenantId} and id = ${id}`,
  )
  return found?.transcript ?? undefined
}

/** Whether the caller may have it written down now. */
export async function claimTranscript(
  on: Queryable,
  tenantId: string,
  id: string,
  now: string,
  until: string,
): Promise<boolean> {
  const claimed = await changed(
    on,
    sql`
      update file set transcript_claimed_until = ${until} where tenant_id = ${tenantId} and id = ${id} and transcript is null
        and (transcript_claimed_until is null or transcript_claimed_until <= ${now})`,
  )
  return claimed > 0
}

/** Keeps it, unless nothing carries the file any more; null only ends the claim. */
export async function keepTranscript(on: Queryable, tenantId: string, id: string, text: string | null): Promise<void> {
  await sql`
    update file set transcript = case when unreferenced_at is null then ${text}::text end, transcript_claimed_until = null
    where tenant_id = ${tenantId} and id = ${id}`.execute(on)
}

/** What carries a file, newest first. */
export function listRefs(
  on: Queryable,
  tenantId: string,
  fileId: string,
  limit: number,
): Promise<{ kind: RefKind; object: string }[]> {
  return rows(
    on,
    sql<{ kind: RefKind; object: string }>`
      select kind, object from file_ref where tenant_id = ${tenantId} and file_id = ${fileId} order by kind, object desc limit ${limit}`,
  )
}

interface Freed {
  tenantId: string
  sizeBytes: number
  digest: string
  thumbnail: string | null
}

/** Deletes files that nothing has carried since then. A file that is being attached is left alone. */
export async function deleteUnreferenced(tx: Tx, before: string, limit: number): Promise<string[]> {
  const due = await rows(
    tx,
    sql<{ tenantId: string; id: string }>`
      select tenant_id as "tenantId", id from file where unreferenced_at < ${before} order by unreferenced_at limit ${limit} for update skip locked`,
  )
  return deleteFiles(tx, due)
}

/** Deletes a file unless something carries it; the digests that it used. The caller has locked it. */
export const deleteIfUnreferenced = (tx: Tx, tenantId: string, id: string): Promise<string[]> =>
  deleteFiles(tx, [{ tenantId, id }])

/** Deletes some of a tenant’s files, whatever carries them. */
export async function deleteTenantFiles(tx: Tx, tenantId: string, limit: number): Promise<string[]> {
  const due = await rows(
    tx,
    sql<{ tenantId: string; id: string }>`
      select tenant_id as "tenantId", id from file where tenant_id = ${tenantId} order by id limit ${limit} for update`,
  )
  await sql`delete from file_ref where tenant_id = ${tenantId} and file_id = any(${due.map(({ id }) => id)})`.execute(
    tx,
  )
  return deleteFiles(tx, due)
}

async function deleteFiles(tx: Tx, due: { tenantId: string; id: string }[]): Promise<string[]> {
  const freed = await rows(
    tx,
    sql<Freed>`
      delete from file using unnest(${due.map((one) => one.tenantId)}::text[], ${due.map((one) => one.id)}::text[]) as due (tenant_id, id)
      where file.tenant_id = due.tenant_id and file.id = due.id
        and not exists (select from file_ref r where r.tenant_id = file.tenant_id and r.file_id = file.id)
      returning file.tenant_id as "tenantId", size_bytes as "sizeBytes", digest, thumbnail`,
  )
  // In the order of their ids, so that two sweeps never wait for each other.
  for (const tenantId of [...new Set(freed.map((one) => one.tenantId))].sort()) {
    const sizes = freed.filter((one) => one.tenantId === tenantId).map((one) => one.sizeBytes)
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    await sql`update file_usage set used_bytes = used_bytes - ${bytes}, files = files - ${sizes.length} where tenant_id = ${tenantId}`.execute(
      tx,
    )
  }
  return [...new Set(freed.flatMap(({ digest, thumbnail }) => (thumbnail ? [digest, thumbnail] : [digest])))]
}

/** Makes or finds the row of a blob and locks it, so that nobody removes its bytes before the transaction ends. */
export async function holdBlob(tx: Tx, digest: string, sizeBytes: number, now: string): Promise<void> {
  await sql`
    insert into blob (digest, size_bytes, created_at) values (${digest}, ${sizeBytes}, ${now})
    on conflict (digest) do update set size_bytes = excluded.size_bytes`.execute(tx)
}

/**
 * Deletes the rows of those blobs that no file uses, and holds their digests: whoever stores the same bytes waits
 * until the transaction ends.
 */
export async function deleteUnusedBlobs(tx: Tx, digests: string[]): Promise<string[]> {
  // Two statements: the second one sees what was committed while the first waited for a lock.
  await sql`select from blob where digest = any(${digests}) order by digest for update`.execute(tx)
  const gone = await rows(
    tx,
    sql<{ digest: string }>`
      delete from blob where digest = any(${digests})
        and not exists (select from file where file.digest = blob.digest)
        and not exists (select from file where file.thumbnail = blob.digest)
      returning digest`,
  )
  return gone.map(({ digest }) => digest)
}

const usageColumns = sql`used_bytes as "usedBytes", files, quota_bytes as "quotaBytes", file_limit_bytes as "fileLimitBytes"`

export function findUsage(on: Queryable, tenantId: string): Promise<Usage | undefined> {
  return row(on, sql<Usage>`select ${usageColumns} from file_usage where tenant_id = ${tenantId}`)
}

/** The same, locked: what a tenant stores changes one after the other. */
export function lockUsage(tx: Tx, tenantId: string): Promise<Usage | undefined> {
  return row(tx, sql<Usage>`select ${usageColumns} from file_usage where tenant_id = ${tenantId} for update`)
}

export async function insertUsage(
  tx: Tx,
  tenantId: string,
  limits: { quotaBytes: number | null; fileLimitBytes: number },
): Promise<void> {
  await sql`insert into file_usage (tenant_id, quota_bytes, file_limit_bytes) values (${tenantId}, ${limits.quotaBytes}, ${limits.fileLimitBytes})`.execute(
    tx,
  )
}

export async function setLimits(
  tx: Tx,
  tenantId: string,
  limits: { quotaBytes: number | null; fileLimitBytes: number },
): Promise<boolean> {
  const query = sql`update file_usage set quota_bytes = ${limits.quotaBytes}, file_limit_bytes = ${limits.fileLimitBytes} where tenant_id = ${tenantId}`
  return (await changed(tx, query)) > 0
}

export async function deleteUsage(tx: Tx, tenantId: string): Promise<void> {
  await sql`delete from file_usage where tenant_id = ${tenantId}`.execute(tx)
}

/** The key that signs addresses: `candidate` becomes it if there was none. */
export async function keepSecret(on: Queryable, candidate: string): Promise<string> {
  await sql`insert into file_secret (key) values (${candidate}) on conflict do nothing`.execute(on)
  const kept = await row(on, sql<{ key: string }>`select key from file_secret`)
  if (!kept) throw new Error('The key of download addresses is missing.')
  return kept.key
}
