import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { advisoryLocks } from './locks.js'
import type { Log } from './log.js'

export interface Migration {
  name: string
  sql: string
}

/**
 * Every `migrations/*.sql` below `root`, by file name, which begins with its time.
 * @throws if two files bear the same name
 */
export async function readMigrations(root: string): Promise<Migration[]> {
  const files = (await readdir(root, { recursive: true })).filter((path) =>
    /(^|[\\/])[0-9]{12}-[a-z0-9-]+\.sql$/.test(path),
  )
  const named = files
    .map((path) => ({ path, name: path.split(/[\\/]/).at(-1) ?? path }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const twice = named.find((file, i) => named[i - 1]?.name === file.name)
  if (twice) throw new Error(`Two migrations are named ${twice.name}.`)
  return Promise.all(named.map(async ({ path, name }) => ({ name, sql: await readFile(join(root, path), 'utf8') })))
}

/**
 * Brings the database forward: each file in its own transaction, recorded in the ledger, one process at a time.
 * A file that begins with `-- concurrently` runs outside a transaction, for indexes on big tables.
 *
 * @param beforeFirst called before the first change to a database that already holds data, e.g. to back it up
 * @returns the names that were applied
 * @throws if the ledger names a migration that this program does not have: the database is newer than the program
 */
export async function migrate(
  client: pg.ClientBase,
  migrations: Migration[],
  beforeFirst?: () => Promise<void>,
): Promise<string[]> {
  await client.query('select pg_advisory_lock($1)', [advisoryLocks.migration])
  try {
    await client.query(
      `create table if not exists migration (name text collate "C" primary key, applied_at timestamptz not null default now())`,
    )
    const ledger = new Set((await client.query<{ name: string }>('select name from migration')).rows.map((r) => r.name))
    const known = new Set(migrations.map((m) => m.name))
    const newer = [...ledger].filter((name) => !known.has(name)).sort()
    if (newer.length > 0)
      throw new Error(
        `This database was made by a newer Heyi (it has ${newer[0]}); start that version, or restore a backup.`,
      )
    const due = migrations.filter((m) => !ledger.has(m.name))
    if (due.length > 0 && ledger.size > 0) await beforeFirst?.()
    for (const migration of due) await apply(client, migration)
    return due.map((m) => m.name)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [advisoryLocks.migration])
  }
}

async function apply(client: pg.ClientBase, { name, sql }: Migration): Promise<void> {
  const record = () => client.query('insert into migration (name) values ($1)', [name])
  try {
    if (sql.startsWith('-- concurrently')) {
      await client.query(sql)
      await record()
      return
    }
    await client.query('begin')
    await client.query(sql)
    await record()
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new Error(`The migration ${name} failed; the database is as it was before it.`, { cause })
  }
}

/** The same on a connection of its own. */
export async function migrateDatabase(options: {
  connection: pg.ClientConfig
  migrations: Migration[]
  beforeMigration?: () => Promise<void>
  log: Log
}): Promise<void> {
  const client = new pg.Client(options.connection)
  await client.connect()
  try {
    const applied = await migrate(client, options.migrations, options.beforeMigration)
    if (applied.length > 0) options.log.info({ applied: applied.length }, 'the database was brought forward')
  } finally {
    await client.end()
  }
}
