import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import pg from 'pg'
import { advisoryLocks } from '../kernel/locks.js'
import { type Migration, readMigrations } from '../kernel/migrate.js'
import { type Blobs, openBlobs } from '../modules/files/index.js'
import { migrationsRoot } from '../paths.js'
import { type BackupSource, freeBytes, megabytes } from './backup.js'
import { ArchiveReader, type Entry } from './backup-archive.js'
import { copyIn, prepareCopy } from './backup-copy.js'
import { blobName, format, Header, headerName, Manifest, manifestName, type Progress } from './backup-format.js'
import { copyToTable, readLedger, setCounter } from './backup-tables.js'

const expand = promisify(gunzip)

export interface Restored {
  file: string
  madeAt: string
  /** Of the program that made the backup. */
  version: string
  tables: number
  rows: number
  blobs: number
  /** Migrations that the backup did not have yet. */
  migrated: number
  lost: string[]
}

/**
 * Fills an empty database and data folder from a backup, all of it or nothing, and brings it forward to this program.
 * The database becomes another generation: devices drop what they hold and read anew.
 *
 * @param migrations of this program; tests give fewer
 * @throws Error one sentence, if the backup is damaged or newer than this program, or the database is not empty
 */
export async function restoreBackup(
  target: BackupSource,
  file: string,
  progress: Progress = () => undefined,
  migrations?: Migration[],
): Promise<Restored> {
  const known = migrations ?? (await readMigrations(migrationsRoot))
  await using archive = await openBackup(file, progress)
  const header = Header.parse(JSON.parse(String(await archive.read(archive.find(headerName)))))
  const manifest = Manifest.parse(JSON.parse(String(await archive.read(archive.find(manifestName)))))
  requireKnown(header, known, file)
  await requireRoom(target.dataDir, manifest)
  const client = new pg.Client(target.connection)
  client.on('error', () => undefined)
  await client.connect()
  const written = new WrittenBlobs(openBlobs(target.dataDir))
  try {
    await prepareCopy(client)
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [advisoryLocks.migration])
    await requireEmpty(client, known)
    const rows = await fill(client, archive, { header, manifest, known, progress })
    await written.write(archive, manifest, progress)
    await client.query('commit')
    await client.query('analyze')
    return {
      file,
      madeAt: header.madeAt,
      version: header.version,
      tables: manifest.tables.length,
      rows,
      blobs: manifest.blobs.count,
      migrated: known.length - header.migrations.length,
      lost: manifest.lost,
    }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    await written.takeBack()
    throw error
  } finally {
    await client.end()
  }
}

async function openBackup(file: string, progress: Progress): Promise<ArchiveReader> {
  try {
    return await ArchiveReader.open(file, (part) => progress('checking', part))
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new Error(`The backup ${file} cannot be read (${error.code}).`, { cause: error })
    throw error
  }
}

function requireKnown(header: Header, known: Migration[], file: string): void {
  const names = new Set(known.map(({ name }) => name))
  if (header.format > format || header.migrations.some((name) => !names.has(name)))
    throw new Error(
      `The backup ${file} was made by Heyi ${header.version}, which is newer than this program: restore it with that version.`,
    )
}

async function requireRoom(dataDir: string, { blobs, tables }: Manifest): Promise<void> {
  // Rows in the database take some 200 bytes each with their indexes; this only catches what cannot end well.
  const needed = blobs.bytes + tables.reduce((sum, table) => sum + table.rows * 200, 0)
  const free = await freeBytes(dataDir)
  if (free < needed)
    throw new Error(`The backup needs about ${megabytes(needed)} and ${dataDir} has ${megabytes(free)} free.`)
}

/** Nothing at all, or what a start has made that nobody has used yet. */
async function requireEmpty(client: pg.Client, known: Migration[]): Promise<void> {
  const ledger = await readLedger(client)
  const names = new Set(known.map(({ name }) => name))
  if (ledger.some((name) => !names.has(name))) throw notEmpty('it was made by a newer Heyi')
  const found = await client.query<{ name: string }>(
    `select relname::text as name from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') order by 1`,
  )
  const tables = new Set(found.rows.map(({ name }) => name))
  if (tables.size === 0) return
  if (!tables.has('migration') || !tables.has('tenant'))
    throw notEmpty(`it has tables that are not ours, such as ${[...tables][0]}`)
  const people = await client.query<{ there: boolean }>(
    'select exists (select from tenant) or exists (select from person) as there',
  )
  if (people.rows[0]?.there) throw notEmpty('there is a company in it')
}

const notEmpty = (why: string) =>
  new Error(
    `A backup goes into an empty database only, and this one is not: ${why}. Set HEYI_DATA to a new folder, or DATABASE_URL to a new database.`,
  )

interface Filling {
  header: Header
  manifest: Manifest
  known: Migration[]
  progress: Progress
}

/** Makes the schema that the backup was taken from, fills it, and only then brings it forward: so old rows are moved too. */
async function fill(
  client: pg.Client,
  archive: ArchiveReader,
  { header, manifest, known, progress }: Filling,
): Promise<number> {
  await dropAll(client)
  await client.query(
    `create table migration (name text collate "C" primary key, applied_at timestamptz not null default now())`,
  )
  const before = new Set(header.migrations)
  await apply(
    client,
    known.filter(({ name }) => before.has(name)),
  )
  const names = manifest.tables.map(({ name }) => pg.escapeIdentifier(name)).join(', ')
  await client.query(`truncate ${names}`)
  let rows = 0
  for (const [i, table] of manifest.tables.entries()) {
    progress(`table ${table.name}`, i / manifest.tables.length)
    rows += await fillTable(client, archive, table)
  }
  for (const counter of manifest.counters) await setCounter(client, counter)
  await apply(
    client,
    known.filter(({ name }) => !before.has(name)),
  )
  return rows
}

/** In the transaction of the restore, so also indexes that a start would build beside the work of others. */
async function apply(client: pg.Client, migrations: Migration[]): Promise<void> {
  for (const { name, sql } of migrations) {
    const inTransaction = sql.startsWith('-- concurrently') ? sql.replace(/\b(index)\s+concurrently\b/gi, '$1') : sql
    await client.query(inTransaction)
    await client.query('insert into migration (name) values ($1)', [name])
  }
}

/** Everything of ours in the schema; what an extension brought stays. */
async function dropAll(client: pg.Client): Promise<void> {
  const found = await client.query<{ drop: string }>(`
    select format('drop %s if exists %s cascade', case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end, c.oid::regclass) as drop
    from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('e', 'i'))
    union all select format('drop routine if exists %s cascade', p.oid::regprocedure) from pg_proc p where p.pronamespace = current_schema()::regnamespace
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all select format('drop type if exists %s cascade', t.oid::regtype) from pg_type t where t.typnamespace = current_schema()::regnamespace and t.typtype in ('e', 'd')
      and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e')`)
  for (const { drop } of found.rows) await client.query(drop)
}

async function fillTable(
  client: pg.Client,
  archive: ArchiveReader,
  table: Manifest['tables'][number],
): Promise<number> {
  const hash = createHash('sha256')
  const parts = archive.entries.filter(({ name }) => name.startsWith(`tables/${table.name}/`))
  const rows = await copyIn(
    client,
    copyToTable(table.name, table.columns),
    readParts(archive, parts, (bytes) => hash.update(bytes)),
  )
  if (rows !== table.rows || hash.digest('hex') !== table.sha256)
    throw new Error(`The backup does not hold what it says of the table ${table.name}; nothing was changed.`)
  return rows
}

async function* readParts(
  archive: ArchiveReader,
  parts: Entry[],
  see: (bytes: Buffer) => void,
): AsyncGenerator<Buffer> {
  for (const part of parts) {
    const bytes = await expand(await archive.read(part))
    see(bytes)
    yield bytes
  }
}

/** Blobs of a restore: on disk before the rows are committed, and taken away again if they are not. */
class WrittenBlobs {
  readonly #added: string[] = []

  constructor(private readonly blobs: Blobs) {}

  async write(archive: ArchiveReader, { blobs: { count } }: Manifest, progress: Progress): Promise<void> {
    const before = new Set<string>()
    for await (const { digest } of this.blobs.listBlobs()) before.add(digest)
    const entries = archive.entries.filter(({ name }) => name.startsWith(blobName('')))
    if (entries.length !== count)
      throw new Error(`The backup names ${count} files and holds ${entries.length}; nothing was changed.`)
    for (const [i, entry] of entries.entries()) {
      progress('files', i / entries.length)
      const { digest } = await this.blobs.writeBlob(archive.stream(entry))
      if (!before.has(digest)) this.#added.push(digest)
      if (blobName(digest) !== entry.name)
        throw new Error(`The backup holds other bytes than it says under ${entry.name}; nothing was changed.`)
    }
  }

  async takeBack(): Promise<void> {
    for (const digest of this.#added) await this.blobs.remove(digest)
  }
}
