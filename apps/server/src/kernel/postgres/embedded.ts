import { realpathSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Cluster, openCluster, superuser } from './cluster.js'
import { endLeftovers, type Log, launch, type Postmaster } from './postmaster.js'
import { codeOf, postgresProcesses } from './processes.js'
import { type Address, clearSocket, prepareAddress, releaseAddress } from './socket.js'

export interface EmbeddedPostgresOptions {
  /** An existing folder that the caller has locked with `lockDataFolder`. */
  dataDir: string
  log: Log
  /** The server has died and is being started again; connections to it are lost. */
  onDown?: (reason: string) => void
  /** It takes connections again, at the same address. */
  onUp?: () => void
}

/** A PostgreSQL of our own that runs until `stop`. */
export interface EmbeddedPostgres extends AsyncDisposable {
  /** For node-postgres and libpq, e.g. `postgres://heyi:…@/heyi?host=%2Fdata%2Frun&port=5432`. */
  url(database?: string): string
  /** For `new pg.Pool({ ...connection, database })`; `host` is the folder of a unix socket, or 127.0.0.1 on Windows. */
  readonly connection: { host: string; port: number; user: string; password: string }
  readonly majorVersion: number
  /** The present postmaster, the last one while a new one is being started. */
  readonly postmasterPid: number
  /** Postmaster and children that run now; on Windows the postmaster alone. */
  pids(): number[]
  /** Idempotent. Close your pools before: it ends all sessions. */
  stop(): Promise<void>
}

const firstRetryMs = 100
const longestRetryMs = 5_000
/** A server that served this long has not died of its start. */
const healthyMs = 1_000
const slowStartMs = 10_000

/**
 * Starts the PostgreSQL of the data folder, making cluster and database `heyi` if they are missing, and keeps it
 * running: whenever it dies it is started again. Run by root it becomes the user `postgres` or `nobody`.
 *
 * Writes `postgres/`, `postgres.password` and `run` in the data folder, and `postgres-bin/` where the npm package
 * cannot be used in place (see `binaries.ts`).
 *
 * @throws Error one sentence for people that says why there can be no database here
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log } = options
  const dataDir = realpathSync(options.dataDir)
  const cluster = await openCluster(dataDir)
  await endLeftovers(cluster, log)
  const address = await prepareAddress(dataDir, cluster.owner)
  const connection = { ...address, user: superuser, password: cluster.password }
  const supervised = await supervise(cluster, address, options).catch((error: unknown) => {
    releaseAddress(dataDir, address)
    throw error
  })
  const stop = once(async () => {
    await supervised.stop()
    releaseAddress(dataDir, address)
  })
  try {
    await requireDatabase(connection)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    url: (database = 'heyi') => urlOf(connection, database),
    connection,
    majorVersion: cluster.binaries.majorVersion,
    get postmasterPid() {
      return supervised.pid()
    },
    pids: () => (process.platform === 'win32' ? [supervised.pid()] : postgresProcesses(cluster.name)),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** Runs the server until `stop`; resolves when it first takes connections, and rejects if it never does. */
async function supervise(cluster: Cluster, address: Address, { log, onDown, onUp }: EmbeddedPostgresOptions) {
  const stopping = new AbortController()
  let current: Postmaster
  const start = async () => {
    clearSocket(address)
    current = launch(cluster, address, log)
    const slow = setTimeout(
      () => log('warn', 'PostgreSQL is still starting; after a crash it replays its log first.'),
      slowStartMs,
    )
    await current.ready.finally(() => clearTimeout(slow))
    return current
  }
  // A Heyi that ends in a hurry still lets the database close its files; the next start would else have to recover.
  const interruptAtExit = () => current.interrupt()

  const restart = async (firstDelayMs: number) => {
    for (let delayMs = firstDelayMs; ; delayMs = Math.min(delayMs * 2, longestRetryMs)) {
      await sleep(delayMs, undefined, { signal: stopping.signal })
      try {
        await endLeftovers(cluster, log)
        stopping.signal.throwIfAborted()
        await start()
        return delayMs
      } catch (error) {
        stopping.signal.throwIfAborted()
        log('error', 'PostgreSQL cannot be started again yet.', { error })
      }
    }
  }
  const keepRunning = async () => {
    for (let delayMs = firstRetryMs; ; ) {
      const since = Date.now()
      const { reason, lines } = await current.ended
      if (stopping.signal.aborted) return
      log('error', 'PostgreSQL has died and is being started again.', { reason, lines })
      onDown?.(reason)
      delayMs = Date.now() - since > healthyMs ? firstRetryMs : delayMs
      delayMs = Math.min(2 * (await restart(delayMs)), longestRetryMs)
      log('info', 'PostgreSQL runs again.', { pid: current.pid })
      onUp?.()
    }
  }

  current = await start()
  process.once('exit', interruptAtExit)
  const running = keepRunning().catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error
  })
  const stop = async () => {
    stopping.abort()
    process.off('exit', interruptAtExit)
    await current.stop()
    await running
  }
  return { pid: () => current.pid, stop }
}

/** Makes the database `heyi` if it is not there, and proves that what it acknowledges is on disk. */
async function requireDatabase(connection: EmbeddedPostgres['connection']): Promise<void> {
  try {
    await withClient({ ...connection, database: 'heyi' }, async (client) => {
      const { rows } = await client.query<{ fsync: string }>('show fsync')
      if (rows[0]?.fsync !== 'on') throw new Error('The database runs without fsync, so a power loss could destroy it.')
    })
  } catch (error) {
    const code = codeOf(error)
    if (code === '28P01')
      throw new Error(
        'The database refuses the password in the file postgres.password: restore both from one backup.',
        { cause: error },
      )
    if (code !== '3D000') throw error
    await withClient({ ...connection, database: 'postgres' }, (client) =>
      client.query('create database heyi template template0'),
    )
    await requireDatabase(connection)
  }
}

async function withClient(config: pg.ClientConfig, use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(config)
  // A query under way rejects by itself; between queries a lost connection would else be an uncaught event.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await use(client)
  } finally {
    await client.end()
  }
}

function urlOf({ host, port, user, password }: EmbeddedPostgres['connection'], database: string): string {
  const name = encodeURIComponent(database)
  if (!host.startsWith('/')) return `postgres://${user}:${password}@${host}:${port}/${name}`
  return `postgres://${user}:${password}@/${name}?host=${encodeURIComponent(host)}&port=${port}`
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= act())
}
