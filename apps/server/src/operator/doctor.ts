import { createPrivateKey, X509Certificate } from 'node:crypto'
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { readMigrations } from '../kernel/migrate.js'
import { checkServer } from '../kernel/postgres/check.js'
import type { Settings } from '../kernel/settings.js'
import { migrationsRoot } from '../paths.js'
import { freeBytes, megabytes } from './backup.js'
import { readLedger } from './backup-tables.js'
import type { Outcome } from './commands.js'
import { type Address, findRunning, type Installation, reach } from './reach.js'
import { readStamp, requireFolderNotNewer, version } from './version.js'

export interface Check {
  name: string
  state: 'ok' | 'warn' | 'fail'
  /** What was found. */
  found: string
  /** What to do about it. */
  advice?: string
}

const ok = (name: string, found: string): Check => ({ name, state: 'ok', found })
const warn = (name: string, found: string, advice: string): Check => ({ name, state: 'warn', found, advice })
const failed = (name: string, found: string, advice: string): Check => ({ name, state: 'fail', found, advice })

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Looks at everything Heyi stands on and changes nothing; a database that does not run is started meanwhile. */
export async function doctor(settings: Settings): Promise<Outcome> {
  const dataDir = resolve(settings.HEYI_DATA)
  const running = await findRunning(dataDir)
  const checks = [
    node(),
    await folder(dataDir),
    stamp(dataDir),
    await port(settings, running),
    ...(await database(settings, dataDir)),
    ...certificates(settings, dataDir),
    ...(await outside(settings)),
  ]
  const bad = checks.some(({ state }) => state === 'fail')
  return { value: { version, checks }, text: checks.map(say).join('\n'), ...(bad && { failed: true as const }) }
}

const say = ({ name, state, found, advice }: Check): string =>
  `${state.padEnd(4)}  ${name}: ${found}${advice ? `\n      → ${advice}` : ''}`

function node(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const found = `Node ${process.versions.node} on ${process.platform}-${process.arch}`
  return major > 20 || (major === 20 && minor >= 19)
    ? ok('program', `Heyi ${version}, ${found}`)
    : failed('program', found, 'Install Node 20.19 or later; 22 or 24 is recommended.')
}

const scarceBytes = 1024 ** 3
const tooLittleBytes = 100 * 1024 ** 2

async function folder(dataDir: string): Promise<Check> {
  const there = existsSync(dataDir)
  // A folder that the first start will make needs one above it that may be written to.
  let at = dataDir
  while (!existsSync(at)) at = dirname(at)
  try {
    accessSync(at, constants.W_OK)
  } catch (error) {
    return failed(
      'data folder',
      `${at} cannot be written to (${reasonOf(error)})`,
      'Give it to the user Heyi runs as, or set HEYI_DATA to another folder.',
    )
  }
  const free = await freeBytes(at)
  const found = `${dataDir}${there ? '' : ' (the first start makes it)'}, ${megabytes(free)} free`
  if (free < tooLittleBytes) return failed('data folder', found, 'Make room on this disk: soon nothing can be saved.')
  if (free < scarceBytes)
    return warn('data folder', found, 'Make room on this disk, or move the folder to a larger one.')
  if (there && process.platform !== 'win32' && (statSync(dataDir).mode & 0o077) !== 0)
    return warn('data folder', `${found}, and others may look into it`, `chmod 700 ${dataDir}`)
  return ok('data folder', found)
}

function stamp(dataDir: string): Check {
  try {
    const found = readStamp(dataDir)
    requireFolderNotNewer(dataDir, found)
    return ok(
      'data version',
      found ? `written by Heyi ${found.version}${found.demo ? ', a demo' : ''}` : 'nothing is there yet',
    )
  } catch (error) {
    return failed('data version', reasonOf(error), 'Start the version that wrote it, or restore a backup.')
  }
}

async function port({ HEYI_HOST: host, HEYI_PORT: number }: Settings, running: Address | null): Promise<Check> {
  if (running) return ok('port', `Heyi runs at ${running.publicUrl} (process ${running.pid})`)
  try {
    await tryListening(host, number)
    return ok('port', `${host}:${number} is free`)
  } catch (error) {
    return failed(
      'port',
      `${host}:${number} cannot be used (${reasonOf(error)})`,
      'Stop what uses it, or set HEYI_PORT or HEYI_HOST.',
    )
  }
}

function tryListening(host: string, number: number): Promise<void> {
  return new Promise((done, refuse) => {
    const probe = createServer()
    probe.once('error', refuse)
    probe.listen(number, host, () => probe.close(() => done()))
  })
}

async function database(settings: Settings, dataDir: string): Promise<Check[]> {
  if (settings.DATABASE_URL === null && !existsSync(join(dataDir, 'postgres')))
    return [ok('database', 'the first start makes it')]
  try {
    await using on = await reach(settings)
    return await lookInto(on, settings.DATABASE_URL === null ? 'embedded' : 'outside')
  } catch (error) {
    return [failed('database', reasonOf(error), 'See that it runs and that DATABASE_URL, if set, is right.')]
  }
}

async function lookInto(on: Installation, kind: 'embedded' | 'outside'): Promise<Check[]> {
  const client = new pg.Client(on.connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    const warnings: string[] = []
    const { version: number } = await checkServer(
      (text) => client.query(text),
      kind,
      (text) => warnings.push(text),
    )
    const kinds = `PostgreSQL ${Math.floor(number / 10_000)}.${number % 10_000} (${kind}), UTF8, its locale knows all scripts`
    return [
      warnings.length === 0 ? ok('database', kinds) : warn('database', kinds, warnings.join(' ')),
      await migrations(client),
      await clock(client),
      ...(await deadJobs(client)),
    ]
  } finally {
    await client.end()
  }
}

async function migrations(client: pg.Client): Promise<Check> {
  const known = new Set((await readMigrations(migrationsRoot)).map(({ name }) => name))
  const applied = await readLedger(client)
  const newer = applied.filter((name) => !known.has(name))
  if (newer[0])
    return failed(
      'migrations',
      `the database has ${newer[0]}, which this program does not know`,
      'Start the newer Heyi that made it, or restore a backup.',
    )
  const due = known.size - applied.length
  return due === 0
    ? ok('migrations', `all ${known.size} applied`)
    : ok(
        'migrations',
        `${due} of ${known.size} will be applied at the next start${applied.length > 0 ? ', after a backup' : ''}`,
      )
}

async function clock(client: pg.Client): Promise<Check> {
  const before = Date.now()
  const answer = await client.query<{ ms: number }>(`select extract(epoch from clock_timestamp())::float8 * 1000 as ms`)
  const skewMs = Math.round((answer.rows[0]?.ms ?? before) - (before + Date.now()) / 2)
  const found = `${Math.abs(skewMs)} ms apart from the database`
  if (Math.abs(skewMs) < 2_000) return ok('clock', found)
  return (Math.abs(skewMs) < 60_000 ? warn : failed)(
    'clock',
    found,
    'Let both machines take the time from the network (NTP).',
  )
}

async function deadJobs(client: pg.Client): Promise<Check[]> {
  if ((await readLedger(client)).length === 0) return []
  const answer = await client.query<{ dead: number; kinds: string }>(
    `select count(*)::int as dead, string_agg(distinct kind, ', ') as kinds from job where state = 'dead'`,
  )
  const { dead = 0, kinds = '' } = answer.rows[0] ?? {}
  return [
    dead === 0
      ? ok('jobs', 'none has failed for good')
      : warn(
          'jobs',
          `${dead} failed for good (${kinds})`,
          '`npx heyi jobs list` says why; `npx heyi jobs retry JOB` tries one again.',
        ),
  ]
}

const dayMs = 86_400_000
const soonDays = 21

function certificates({ HEYI_TLS_CERT: cert, HEYI_TLS_KEY: key }: Settings, dataDir: string): Check[] {
  if (cert !== null && key !== null) return [certificate(cert, key)]
  const own = join(dataDir, 'tls')
  if (!existsSync(own)) return []
  return readdirSync(own)
    .filter((name) => /\.(pem|crt)$/.test(name) && readFileSync(join(own, name), 'utf8').includes('BEGIN CERTIFICATE'))
    .map((name) => certificate(join(own, name), null))
}

function certificate(path: string, keyPath: string | null): Check {
  try {
    const x509 = new X509Certificate(readFileSync(path))
    const days = Math.floor((Date.parse(x509.validTo) - Date.now()) / dayMs)
    const found = `${path} (${x509.subjectAltName ?? x509.subject}), valid for ${days} more days`
    if (keyPath !== null && !x509.checkPrivateKey(createPrivateKey(readFileSync(keyPath))))
      return failed(
        'certificate',
        `${keyPath} is not the key of ${path}`,
        'Set HEYI_TLS_CERT and HEYI_TLS_KEY to files of one pair.',
      )
    if (days < 0) return failed('certificate', found, 'Renew it: browsers refuse it now.')
    return days < soonDays ? warn('certificate', found, 'Renew it in time.') : ok('certificate', found)
  } catch (error) {
    return failed(
      'certificate',
      `${path} cannot be read (${reasonOf(error)})`,
      'Set HEYI_TLS_CERT and HEYI_TLS_KEY to PEM files this user may read.',
    )
  }
}

const connectMs = 3_000
const usualPorts: Record<string, number> = { 'smtp:': 587, 'smtps:': 465, 'nats:': 4222, 'tls:': 4222 }

async function outside({ SMTP_URL, NATS_URL }: Settings): Promise<Check[]> {
  const named = Object.entries({ mail: SMTP_URL, NATS: NATS_URL }).flatMap(([name, url]) =>
    url === null ? [] : [{ name, url: new URL(url) }],
  )
  return Promise.all(named.map(({ name, url }) => reachable(name, url)))
}

async function reachable(name: string, url: URL): Promise<Check> {
  const number = Number(url.port) || (usualPorts[url.protocol] ?? 0)
  try {
    await tryConnecting(url.hostname, number)
    return ok(name, `${url.hostname}:${number} takes connections`)
  } catch (error) {
    return failed(
      name,
      `${url.hostname}:${number} cannot be reached (${reasonOf(error)})`,
      'See that it runs, and that no firewall stands between.',
    )
  }
}

function tryConnecting(host: string, number: number): Promise<void> {
  return new Promise((done, refuse) => {
    const socket = connect({ host, port: number, timeout: connectMs })
    const end = (settle: () => void) => {
      socket.destroy()
      settle()
    }
    socket.once('connect', () => end(done))
    socket.once('timeout', () => end(() => refuse(new Error('no answer'))))
    socket.once('error', (error) => end(() => refuse(error)))
  })
}
