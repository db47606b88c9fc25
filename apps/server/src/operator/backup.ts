import { createHash } from 'node:crypto'
import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import pg from 'pg'
import { systemClock } from '../kernel/clock.js'
import { type Blobs, openBlobs } from '../modules/files/index.js'
import { ArchiveWriter } from './backup-archive.js'
import { copyOut, prepareCopy } from './backup-copy.js'
import { blobName, format, headerName, type Manifest, manifestName, type Progress, partName } from './backup-format.js'
import { copyFromTable, readCounters, readLedger, readTables, type Table } from './backup-tables.js'
import type { Ground } from './runtime.js'
import { version } from './version.js'

const compress = promisify(gzip)
/** Rows of a table travel in pieces of about this size, each compressed by itself. */
const partBytes = 4 * 1024 * 1024
const keptBackups = 5
/** What must stay free on the disk beside the backup. */
const reserveBytes = 64 * 1024 * 1024

export interface BackupSource {
  connection: pg.ClientConfig
  dataDir: string
}

export interface BackupMade {
  file: string
  bytes: number
  tables: number
  rows: number
  blobs: number
  /** Digests of files whose bytes are missing or damaged on this disk: the backup cannot have them either. */
  lost: string[]
}

/**
 * Writes everything that a company has into one file, as it was at one moment, while the program may go on working.
 *
 * @param file its name is taken only when all of it is on disk
 * @throws Error one sentence, e.g. if there is too little room
 */
export async function makeBackup(
  source: BackupSource,
  file: string,
  progress: Progress = () => undefined,
): Promise<BackupMade> {
  const client = new pg.Client(source.connection)
  // A connection that breaks fails the query that runs on it.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await prepareCopy(client)
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await client.query('begin isolation level repeatable read, read only')
    await requireRoom(client, dirname(file))
    const archive = await ArchiveWriter.create(file)
    try {
      const manifest = await writeAll(client, archive, openBlobs(source.dataDir), progress)
      const bytes = await archive.finish()
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
      return { file, bytes, tables: manifest.tables.length, rows, blobs: manifest.blobs.count, lost: manifest.lost }
    } catch (error) {
      await archive.discard()
      throw error
    }
  } finally {
    await client.end()
  }
}

async function writeAll(
  client: pg.Client,
  archive: ArchiveWriter,
  blobs: Blobs,
  progress: Progress,
): Promise<Manifest> {
  const tables = await readTables(client)
  const postgres = await client.query<{ server_version: string }>('show server_version')
  const madeAt = await client.query<{ now: string }>(
    `select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`,
  )
  const header = {
    format,
    version,
    madeAt: madeAt.rows[0]?.now ?? '',
    postgres: postgres.rows[0]?.server_version ?? '',
    migrations: await readLedger(client),
  }
  await archive.add(headerName, json(header))
  const manifest: Manifest = {
    tables: [],
    counters: await readCounters(client),
    blobs: { count: 0, bytes: 0 },
    lost: [],
  }
  for (const [i, table] of tables.entries()) {
    progress(`table ${table.name}`, i / tables.length)
    manifest.tables.push(await writeTable(client, archive, table))
  }
  await writeBlobs(client, archive, blobs, manifest, progress)
  await client.query('commit')
  await archive.add(manifestName, json(manifest))
  return manifest
}

const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 1)}\n`)

async function writeTable(
  client: pg.Client,
  archive: ArchiveWriter,
  table: Table,
): Promise<Manifest['tables'][number]> {
  const hash = createHash('sha256')
  let count = 0
  const parts = new Parts(async (bytes) => {
    hash.update(bytes)
    await archive.add(partName(table.name, ++count), await compress(bytes, { level: 1 }))
  })
  const rows = await copyOut(client, copyFromTable(table), (row) => parts.add(row))
  await parts.end()
  return { name: table.name, columns: table.columns, rows, sha256: hash.digest('hex') }
}

/** Gathers rows into pieces and writes these one after the other. */
class Parts {
  #buffer = Buffer.allocUnsafe(partBytes)
  #used = 0
  #written: Promise<void> = Promise.resolve()

  constructor(private readonly write: (bytes: Buffer) => Promise<void>) {}

  /** A promise where a piece is being written: more should wait for it. */
  add(row: Buffer): Promise<void> | undefined {
    const full = this.#used > 0 && this.#used + row.length > this.#buffer.length
    const busy = full ? this.#flush(row.length) : undefined
    if (row.length > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(row.length)
    this.#used += row.copy(this.#buffer, this.#used)
    return busy
  }

  async end(): Promise<void> {
    if (this.#used > 0) await this.#flush(0)
    await this.#written
  }

  #flush(atLeast: number): Promise<void> {
    const piece = this.#buffer.subarray(0, this.#used)
    this.#buffer = Buffer.allocUnsafe(Math.max(partBytes, atLeast))
    this.#used = 0
    this.#written = this.#written.then(() => this.write(piece))
    return this.#written
  }
}

const blobsPerQuery = 5_000

/**
 * The files' module keeps bytes for hours after their last file went, so what this snapshot names is still there.
 */
async function writeBlobs(
  client: pg.Client,
  archive: ArchiveWriter,
  blobs: Blobs,
  manifest: Manifest,
  progress: Progress,
): Promise<void> {
  const { rows: sums } = await client.query<{ bytes: string }>(
    'select coalesce(sum(size_bytes), 0)::text as bytes from blob',
  )
  const total = Number(sums[0]?.bytes ?? 0)
  for (let after = ''; ; ) {
    const page = await client.query<{ digest: string; bytes: string }>(
      'select digest, size_bytes::text as bytes from blob where digest > $1 order by digest limit $2',
      [after, blobsPerQuery],
    )
    for (const { digest, bytes } of page.rows) {
      progress('files', manifest.blobs.bytes / Math.max(total, 1))
      if (await writeBlob(archive, blobs, digest, Number(bytes))) {
        manifest.blobs.count++
        manifest.blobs.bytes += Number(bytes)
      } else manifest.lost.push(digest)
    }
    after = page.rows.at(-1)?.digest ?? ''
    if (page.rows.length < blobsPerQuery) return
  }
}

/** False if the bytes are not there, or not those that were stored. */
async function writeBlob(archive: ArchiveWriter, blobs: Blobs, digest: string, size: number): Promise<boolean> {
  if ((await digestOfBlob(blobs, digest)) !== digest) return false
  await archive.addStream(blobName(digest), size, blobs.readBlob(digest))
  return true
}

/** What the bytes of a blob really hash to; null if there are none. */
export async function digestOfBlob(blobs: Blobs, digest: string): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of blobs.readBlob(digest)) hash.update(chunk)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  return hash.digest('hex')
}

/** The tables' text is compressed and has no indexes, so half the database is more than it takes. */
async function requireRoom(client: pg.Client, folder: string): Promise<void> {
  const found = await client.query<{ bytes: string }>(
    `select (pg_database_size(current_database()) / 2 + (select coalesce(sum(size_bytes), 0) from blob))::bigint::text as bytes`,
  )
  const needed = Number(found.rows[0]?.bytes ?? 0) + reserveBytes
  const free = await freeBytes(folder)
  if (free < needed)
    throw new Error(
      `The backup may need ${megabytes(needed)} and ${folder} has ${megabytes(free)} free: make room, or set HEYI_BACKUP_FOLDER to a folder on another disk.`,
    )
}

export const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1024 ** 2).toLocaleString('en-US')} MB`

export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** The automatic backup of a ground before its database is brought forward. */
export async function backUpGround({ settings, dataDir, connection, log }: Ground): Promise<void> {
  const folder = settings.HEYI_BACKUP_FOLDER ?? join(dataDir, 'backups')
  log.info({ folder }, 'backing up before the upgrade')
  const { file, bytes } = await backUpBeforeUpgrade({ connection, dataDir }, folder, systemClock.now())
  log.info({ file, bytes }, 'backed up before the upgrade')
}

/**
 * `before-<version>-<time>.heyi`, made by the version that is about to change the data; the last five are kept.
 * @param now ISO 8601 in UTC
 */
export async function backUpBeforeUpgrade(source: BackupSource, folder: string, now: string): Promise<BackupMade> {
  const time = now.replace(/[:.]/g, '')
  const made = await makeBackup(source, join(folder, `before-${version}-${time}.heyi`))
  await forgetOldBackups(folder)
  return made
}

async function forgetOldBackups(folder: string): Promise<void> {
  const all = await readdir(folder)
  const names = all.filter((name) => /^before-.*\.heyi$/.test(name))
  // What a program that was killed had begun.
  for (const name of all) if (/^before-.*\.part$/.test(name)) await rm(join(folder, name), { force: true })
  const aged = await Promise.all(
    names.map(async (name) => ({ name, madeMs: (await stat(join(folder, name))).mtimeMs })),
  )
  const old = aged.sort((a, b) => b.madeMs - a.madeMs).slice(keptBackups)
  for (const { name } of old) await rm(join(folder, name), { force: true })
}
