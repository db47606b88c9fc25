import { chmodSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import pg from 'pg'
import { type App, type AppOptions, startApp } from '../app.js'
import type { Bus } from '../kernel/bus.js'
import { systemClock } from '../kernel/clock.js'
import { advisoryLocks } from '../kernel/locks.js'
import { createLog, type Log } from '../kernel/log.js'
import { type Migration, readMigrations } from '../kernel/migrate.js'
import { NatsBus } from '../kernel/nats-bus.js'
import { checkServer } from '../kernel/postgres/check.js'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../kernel/postgres/embedded.js'
import { type DataFolderLock, lockDataFolder } from '../kernel/postgres/lock.js'
import type { Settings } from '../kernel/settings.js'
import type { Tls } from '../kernel/tls/tls.js'
import { migrationsRoot } from '../paths.js'
import { readStamp, requireFolderNotNewer, version, writeStamp } from './version.js'

/** A data folder that is ours, with its database running and checked; before any module is started. */
export interface Ground extends AsyncDisposable {
  settings: Settings
  dataDir: string
  log: Log
  connection: pg.ClientConfig
  /** Null with DATABASE_URL. */
  embedded: EmbeddedPostgres | null
}

/**
 * Takes the data folder, starts or finds the database, checks both.
 * @throws Error with one sentence that says what to do
 */
export async function openGround(settings: Settings): Promise<Ground> {
  const dataDir = resolve(settings.HEYI_DATA)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const log = createLog(settings.HEYI_LOG)
  const lock = lockDataFolder(dataDir)
  try {
    requireFolderNotNewer(dataDir, readStamp(dataDir))
    const embedded =
      settings.DATABASE_URL === null
        ? await startEmbeddedPostgres({ dataDir, log: (level, text, data) => log[level](data ?? {}, text) })
        : null
    const connection: pg.ClientConfig = embedded
      ? { ...embedded.connection, database: 'heyi' }
      : { connectionString: settings.DATABASE_URL ?? '' }
    const close = () => closeGround(embedded, lock)
    try {
      await check(connection, embedded !== null, log)
    } catch (error) {
      await close()
      throw error
    }
    return { settings, dataDir, log, connection, embedded, [Symbol.asyncDispose]: close }
  } catch (error) {
    lock[Symbol.dispose]()
    throw error
  }
}

async function closeGround(embedded: EmbeddedPostgres | null, lock: DataFolderLock): Promise<void> {
  await embedded?.stop()
  lock[Symbol.dispose]()
}

async function check(connection: pg.ClientConfig, embedded: boolean, log: Log): Promise<void> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(
      embedded
        ? `The embedded database does not answer: ${reason}`
        : `The database of DATABASE_URL cannot be reached: ${reason}`,
      { cause },
    )
  }
  try {
    await checkServer(
      (text) => client.query(text),
      embedded ? 'embedded' : 'outside',
      (text) => log.warn(text),
    )
  } finally {
    await client.end()
  }
}

/** The whole program on its ground; `app.listen` is the caller’s. */
export interface Runtime extends AsyncDisposable {
  app: App
  ground: Ground
}

export async function startRuntime(
  ground: Ground,
  options: {
    tls?: Tls | null
    beforeUpgrade?: (ground: Ground) => Promise<void>
    /** Others than this program’s own, for a test of what a later version does. */
    migrations?: Migration[]
  } = {},
): Promise<Runtime> {
  const { settings, connection, log, dataDir } = ground
  const alone = await holdCopiesLock(ground)
  let bus: Bus | undefined
  try {
    bus =
      settings.NATS_URL === null
        ? undefined
        : await NatsBus.open(settings.NATS_URL, await installationOf(connection), log)
    const appOptions: AppOptions = {
      settings,
      clock: systemClock,
      log,
      version,
      connection,
      migrations: options.migrations ?? (await readMigrations(migrationsRoot)),
      tls: options.tls ?? null,
      ...(bus && { bus }),
      ...(options.beforeUpgrade && { beforeMigration: () => options.beforeUpgrade?.(ground) ?? Promise.resolve() }),
    }
    const app = await startApp(appOptions)
    const stamp = readStamp(dataDir)
    writeStamp(dataDir, { ...stamp, version })
    chmodSync(dataDir, 0o700)
    return {
      app,
      ground,
      [Symbol.asyncDispose]: async () => {
        await app.stop()
        await alone.release()
      },
    }
  } catch (error) {
    await bus?.close()
    await alone.release()
    throw error
  }
}

/** A name under which copies on one database find each other, the same for all of them and for nobody else. */
async function installationOf(connection: pg.ClientConfig): Promise<string> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    const found = await client.query<{ name: string }>(
      `select (select system_identifier from pg_control_system()) || '-' || (select oid from pg_database where datname = current_database()) as name`,
    )
    return found.rows[0]?.name ?? 'heyi'
  } finally {
    await client.end()
  }
}

/** @throws Error with one sentence if another copy is on this database and they could not hear each other */
export async function holdCopiesLock({ settings, connection, log }: Ground): Promise<{ release(): Promise<void> }> {
  const shared = settings.NATS_URL !== null
  const client = new pg.Client(connection)
  client.on('error', (error) => log.warn({ err: error }, 'the lock among copies was lost with its connection'))
  await client.connect()
  const taken = await client.query<{ held: boolean }>(
    `select ${shared ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock'}($1) as held`,
    [advisoryLocks.copies],
  )
  if (taken.rows[0]?.held) return { release: () => client.end().catch(() => undefined) }
  await client.end()
  throw new Error(
    shared
      ? 'Another copy of Heyi works on this database without NATS_URL; stop it or set NATS_URL there too, else its people would not hear of what is written here.'
      : 'Another copy of Heyi already works on this database; several copies need NATS_URL on each, so that they hear each other.',
  )
}
