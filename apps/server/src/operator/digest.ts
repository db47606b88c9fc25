import { createHash } from 'node:crypto'
import pg from 'pg'
import { type Blobs, openBlobs } from '../modules/files/index.js'
import { type BackupSource, digestOfBlob } from './backup.js'
import { copyOut, prepareCopy } from './backup-copy.js'
import type { Progress } from './backup-format.js'
import { listColumns, readTables, type Table } from './backup-tables.js'

export interface LogicalDigest {
  /** Equal for two installations that hold the same, whatever their PostgreSQL and whenever they were made. */
  digest: string
  tables: Record<string, { rows: number; sha256: string }>
  blobs: { count: number; damaged: number; sha256: string }
}

/** What comes and goes by itself while nobody changes anything: work under way, answers kept for a day, throttles. */
const passing = new Set(['job', 'request', 'sign_in_failure'])
const passingColumns: Record<string, string[]> = { session: ['last_seen_at'] }

/** A digest of everything that is kept, from one moment: rows in the order of their keys, and the bytes of files. */
export async function logicalDigest(
  source: BackupSource,
  progress: Progress = () => undefined,
): Promise<LogicalDigest> {
  const client = new pg.Client(source.connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    await prepareCopy(client)
    await client.query('begin isolation level repeatable read, read only')
    const tables = (await readTables(client))
      .filter(({ name }) => !passing.has(name))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    const found: LogicalDigest['tables'] = {}
    for (const [i, table] of tables.entries()) {
      progress(`table ${table.name}`, i / tables.length)
      found[table.name] = await digestTable(client, table)
    }
    const blobs = await digestBlobs(client, openBlobs(source.dataDir), progress)
    const whole = createHash('sha256')
    for (const [name, { rows, sha256 }] of Object.entries(found)) whole.update(`${name} ${rows} ${sha256}\n`)
    whole.update(`blobs ${blobs.sha256}\n`)
    return { digest: whole.digest('hex'), tables: found, blobs }
  } finally {
    await client.end()
  }
}

/** Columns by name: a table that was migrated has them in another order than one that was made anew. */
async function digestTable(
  client: pg.Client,
  { name, columns, key }: Table,
): Promise<{ rows: number; sha256: string }> {
  const passes = new Set(passingColumns[name])
  const kept = columns.filter((column) => !passes.has(column)).sort()
  const hash = createHash('sha256').update(`${kept.join(' ')}\n`)
  const query = `select ${listColumns(kept)} from ${pg.escapeIdentifier(name)} order by ${key.join(', ')}`
  const rows = await copyOut(client, `copy (${query}) to stdout`, (row) => void hash.update(row))
  return { rows, sha256: hash.digest('hex') }
}

/** What the files on disk really hold, not what they are called. */
async function digestBlobs(client: pg.Client, blobs: Blobs, progress: Progress): Promise<LogicalDigest['blobs']> {
  const { rows } = await client.query<{ digest: string }>('select digest from blob order by digest')
  const hash = createHash('sha256')
  let damaged = 0
  for (const [i, { digest }] of rows.entries()) {
    progress('files', i / rows.length)
    const real = await digestOfBlob(blobs, digest)
    if (real !== digest) damaged++
    hash.update(`${digest} ${real}\n`)
  }
  return { count: rows.length, damaged, sha256: hash.digest('hex') }
}
