import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { newDatabase } from '../../test/databases.js'
import { databaseOf } from '../../test/global-setup.js'
import { type Migration, readMigrations } from '../kernel/migrate.js'
import { readSettings } from '../kernel/settings.js'
import { migrationsRoot } from '../paths.js'
import { backUpGround } from './backup.js'
import { openGround, startRuntime } from './runtime.js'
import { addressFile, serve } from './serve.js'
import { writeStamp } from './version.js'

function folder(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'heyi-runtime-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** An empty database of the test server, under an address as DATABASE_URL takes it. */
async function outsideDatabase(): Promise<{ url: string } & AsyncDisposable> {
  const name = `heyi_test_runtime_${randomBytes(4).toString('hex')}`
  const config = inject('postgres')
  const admin = new pg.Client(config)
  await admin.connect()
  await newDatabase(admin, name, null)
  const own = databaseOf(config, name)
  const url =
    own.connectionString ??
    `postgres://${own.user}:${encodeURIComponent(String(own.password))}@/${name}?host=${encodeURIComponent(own.host ?? '')}&port=${own.port}`
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      await admin.query(`drop database "${name}" with (force)`)
      await admin.end()
    },
  }
}

test('a second copy on one database needs NATS, and says so', { timeout: 60_000 }, async () => {
  using one = folder()
  using two = folder()
  await using database = await outsideDatabase()
  const settings = (path: string) => readSettings({ HEYI_DATA: path, HEYI_LOG: 'silent', DATABASE_URL: database.url })
  await using first = await openGround(settings(one.path))
  await using second = await openGround(settings(two.path))
  const running = await startRuntime(first)
  await expect(startRuntime(second)).rejects.toThrow(
    'Another copy of Heyi already works on this database; several copies need NATS_URL on each, so that they hear each other.',
  )
  await running[Symbol.asyncDispose]()
  const next = await startRuntime(second)
  await next[Symbol.asyncDispose]()
})

test('a data folder of a newer program, or one in use, is refused with a sentence', { timeout: 60_000 }, async () => {
  using data = folder()
  await using database = await outsideDatabase()
  const settings = readSettings({ HEYI_DATA: data.path, HEYI_LOG: 'silent', DATABASE_URL: database.url })
  {
    await using _ground = await openGround(settings)
    await expect(openGround(settings)).rejects.toThrow(/^Another Heyi \(process \d+\) is already using the data folder/)
  }
  writeStamp(data.path, { version: '99.0.0' })
  await expect(openGround(settings)).rejects.toThrow(/was written by Heyi 99\.0\.0 and this is Heyi/)
})

test('an upgrade backs up what was there before it changes anything', { timeout: 60_000 }, async () => {
  using data = folder()
  await using database = await outsideDatabase()
  const settings = readSettings({ HEYI_DATA: data.path, HEYI_LOG: 'silent', DATABASE_URL: database.url })
  const folderOfBackups = join(data.path, 'backups')
  const started = async (migrations: Migration[]) => {
    await using ground = await openGround(settings)
    await using _running = await startRuntime(ground, { beforeUpgrade: backUpGround, migrations })
  }
  const now = await readMigrations(migrationsRoot)
  await started(now)
  await started(now)
  expect(existsSync(folderOfBackups), 'an empty database and a mere restart need none').toBe(false)
  await started([...now, { name: '299901010000-later.sql', sql: 'create table later (id text primary key)' }])
  expect(readdirSync(folderOfBackups)).toEqual([expect.stringMatching(/\.heyi$/)])
  // The older program does not touch what the newer one made.
  await expect(started(now)).rejects.toThrow(/made by a newer Heyi/)
})

test('a wrong setting stops the start with one sentence that names it', () => {
  expect(() => readSettings({ HEYI_PORT: 'seven' })).toThrow(
    'The setting HEYI_PORT must be a whole number from 0 to 65535, not “seven”.',
  )
  expect(() => readSettings({ HEYI_PROT: '7300' })).toThrow(/There is no setting HEYI_PROT/)
  expect(() => readSettings({ DATABASE_URL: 'mysql://secret@host/db' })).toThrow(
    /^The setting DATABASE_URL must be an address/,
  )
  expect(() => readSettings({ DATABASE_URL: 'mysql://secret@host/db' })).not.toThrow(/secret/)
  expect(() => readSettings({ HEYI_TLS_CERT: 'a.pem' })).toThrow(/HEYI_TLS_CERT and HEYI_TLS_KEY belong together/)
})

test('the program answers for its health and numbers, prints a set-up link while empty, and ends leaving nothing behind', {
  timeout: 60_000,
}, async () => {
  using data = folder()
  await using database = await outsideDatabase()
  const settings = readSettings({
    HEYI_DATA: data.path,
    HEYI_PORT: '0',
    HEYI_LOG: 'silent',
    DATABASE_URL: database.url,
  })
  const served = await serve(settings)
  const get = (path: string) => fetch(`${served.url}${path}`)
  try {
    expect(served.setupUrl).toMatch(/\/setup\?token=\S{40,}$/)
    expect((await get('/healthz')).status).toBe(200)
    expect(await (await get('/readyz')).json()).toEqual({ ready: true })
    const answer = await fetch(`${served.url}/api/identity.getInstallation`, {
      method: 'POST',
      headers: { 'request-id': 'seen-in-the-log' },
    })
    expect(answer.headers.get('request-id')).toBe('seen-in-the-log')
    const numbers = await (await get('/metrics')).text()
    expect(numbers).toMatch(/heyi_operation_seconds_count\{operation="identity.getInstallation",code="ok"\} 1/)
    expect(numbers).toMatch(/^heyi_sockets 0$/m)
    expect(existsSync(addressFile(data.path))).toBe(true)
  } finally {
    await served[Symbol.asyncDispose]()
  }
  expect(existsSync(addressFile(data.path))).toBe(false)
  await expect(get('/healthz')).rejects.toThrow()
})
