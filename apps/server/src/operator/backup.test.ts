import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as messaging from '@heyi/contract/messaging'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { newDatabase, templateName } from '../../test/databases.js'
import { databaseOf } from '../../test/global-setup.js'
import { startTestServer, type TestMember, type TestServer } from '../../test/server.js'
import { readMigrations } from '../kernel/migrate.js'
import { startEmbeddedPostgres } from '../kernel/postgres/embedded.js'
import { writeTransaction } from '../kernel/write.js'
import { openBlobs } from '../modules/files/index.js'
import { migrationsRoot } from '../paths.js'
import { type BackupSource, backUpBeforeUpgrade, makeBackup } from './backup.js'
import { logicalDigest } from './digest.js'
import { restoreBackup } from './restore.js'

interface Place extends BackupSource, AsyncDisposable {
  query<R extends pg.QueryResultRow>(text: string): Promise<R[]>
}

/** An empty database and data folder, as before the first start, or migrated as after it. */
async function newPlace(template: string | null = null): Promise<Place> {
  const config = inject('postgres')
  const name = `heyi_test_${process.pid}_restore_${randomBytes(4).toString('hex')}`
  const asAdmin = async (work: (admin: pg.Client) => Promise<unknown>) => withClient(config, work)
  await asAdmin((admin) => newDatabase(admin, name, template))
  const dataDir = mkdtempSync(join(tmpdir(), 'heyi-restore-'))
  const connection = databaseOf(config, name)
  return {
    connection,
    dataDir,
    query: (text) => withClient(connection, async (client) => (await client.query(text)).rows),
    [Symbol.asyncDispose]: async () => {
      await asAdmin((admin) => admin.query(`drop database "${name}" with (force)`))
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function withClient<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const sourceOf = (server: TestServer): BackupSource => ({ connection: server.connection, dataDir: server.dataDir })

/** A direct conversation with a text and a file in it. */
async function someTalk(server: TestServer): Promise<{ ann: TestMember; conversation: string; file: string }> {
  const [ann, bo] = [await server.member({ name: '安\\N\t"安"' }), await server.member()]
  const opened = await server.as(ann).call(messaging.openDirect, { with: bo.id })
  const conversation = opened.conversation.id
  await server.as(ann).call(messaging.sendMessage, {
    conversation,
    key: 'key-text-1',
    message: { kind: 'text', text: '你好\n\\. “tab”\t\u{1f600}' },
  })
  const bytes = randomBytes(300_000)
  const file = await writeTransaction(server.app.kernel, (db) =>
    server.app.files.store(db, ann.tenantId, ann.id, { name: '样张.bin', bytes }),
  )
  await server.as(ann).call(messaging.sendMessage, { conversation, key: 'key-file-1', message: { kind: 'file', file } })
  return { ann, conversation, file }
}

test('what is restored is what was backed up: every row, every byte, under another generation', async () => {
  await using server = await startTestServer()
  await someTalk(server)
  await using place = await newPlace()
  const before = await logicalDigest(sourceOf(server))
  const file = join(place.dataDir, 'one.heyi')
  const made = await makeBackup(sourceOf(server), file)
  expect(made).toMatchObject({ blobs: 1, lost: [] })
  const restored = await restoreBackup(place, file)
  expect(restored).toMatchObject({ rows: made.rows, blobs: 1, migrated: 0 })
  expect(await logicalDigest(place)).toEqual(before)
  expect(before.tables.message?.rows).toBe(2)
  const [was] = await withClient(
    server.connection,
    async (client) => (await client.query('select id from generation')).rows,
  )
  const is = await place.query('select id from generation')
  expect(is).toHaveLength(1)
  expect(is[0]?.id).not.toBe(was.id)
  // The outbox is of the other database, but its numbers go on: who heard of one must not take a later one for it.
  const [next] = await place.query<{ id: number }>(`insert into outbox (heads) values ('[]') returning id`)
  const [last] = await withClient(
    server.connection,
    async (client) => (await client.query('select max(id) as id from outbox')).rows,
  )
  expect(next?.id).toBe(last.id + 1)
  const [dirty] = await place.query<{ dirty: number }>(
    `select count(*)::int as dirty from feed where xid < (select min(xid) from feed)`,
  )
  expect(dirty?.dirty).toBe(0)
})

test('a company moves from the database of the tests to an embedded one and back', { timeout: 60_000 }, async () => {
  await using server = await startTestServer()
  await someTalk(server)
  const before = await logicalDigest(sourceOf(server))
  const dataDir = mkdtempSync(join(tmpdir(), 'heyi-move-'))
  const embedded = await startEmbeddedPostgres({ dataDir, log: () => undefined })
  try {
    const there = { dataDir, connection: { ...embedded.connection, database: 'heyi' } }
    const file = join(dataDir, 'there.heyi')
    await makeBackup(sourceOf(server), file)
    await restoreBackup(there, file)
    expect(await logicalDigest(there)).toEqual(before)
    await using place = await newPlace()
    const back = join(place.dataDir, 'back.heyi')
    await makeBackup(there, back)
    await restoreBackup(place, back)
    expect(await logicalDigest(place)).toEqual(before)
  } finally {
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

test('a backup under load is one moment: every conversation in it is whole', async () => {
  await using server = await startTestServer()
  const { ann, conversation } = await someTalk(server)
  const fill = Array.from({ length: 1_200 }, (_, n) => send(n))
  await Promise.all(fill.slice(0, 600))
  await using place = await newPlace()
  const file = join(place.dataDir, 'load.heyi')
  let stopped = false
  const load = (async () => {
    for (let n = 1_200; !stopped; n += 20) await Promise.all(Array.from({ length: 20 }, (_, i) => send(n + i)))
  })()
  await makeBackup(sourceOf(server), file)
  stopped = true
  await Promise.all([load, ...fill])
  await restoreBackup(place, file)
  const [feed] = await place.query<{ rev: number; last: number; count: number; max: number; gaps: number }>(`
    select f.rev::int, f.last_seq::int as last, m.count, m.max, m.gaps from feed f, (
      select count(*)::int as count, max(seq)::int as max, (max(seq) - min(seq) + 1 - count(*))::int as gaps from message where conversation_id = '${conversation}') m
    where f.id = '${conversation}'`)
  expect(feed).toMatchObject({ rev: feed?.max, last: feed?.max, gaps: 0 })
  expect(feed?.count).toBeGreaterThanOrEqual(602)

  function send(n: number): Promise<unknown> {
    return server.as(ann).call(messaging.sendMessage, {
      conversation,
      key: `key-${n}-load`,
      message: { kind: 'text', text: `第 ${n} 条` },
    })
  }
})

test('a damaged, cut or newer backup is refused and changes nothing; so is a database that is in use', async () => {
  await using server = await startTestServer()
  await someTalk(server)
  await using place = await newPlace()
  const file = join(place.dataDir, 'good.heyi')
  const { bytes: size } = await makeBackup(sourceOf(server), file)
  const good = readFileSync(file)
  expect(good).toHaveLength(size)

  const bad = join(place.dataDir, 'bad.heyi')
  const places = [
    0,
    100,
    300,
    700,
    size >> 1,
    size - 2_049,
    size - 2_048,
    size - 1_500,
    size - 1,
    ...Array.from(randomBytes(20), (byte) => Math.floor((byte / 256) * size)),
  ]
  for (const at of places) {
    const flipped = Buffer.from(good)
    flipped[at] = (flipped[at] ?? 0) ^ 0x10
    writeFileSync(bad, flipped)
    await expect(restoreBackup(place, bad), `byte ${at}`).rejects.toThrow('damaged')
  }
  for (const length of [0, 1_000, 2_048, size - 512, size - 2_048]) {
    writeFileSync(bad, good.subarray(0, length))
    await expect(restoreBackup(place, bad), `${length} bytes`).rejects.toThrow('damaged')
  }
  await expect(restoreBackup(place, join(place.dataDir, 'none.heyi'))).rejects.toThrow('cannot be read (ENOENT)')
  const older = (await readMigrations(migrationsRoot)).slice(0, -1)
  await expect(restoreBackup(place, file, undefined, older)).rejects.toThrow('newer than this program')
  expect(await place.query(`select 1 from pg_class where relnamespace = 'public'::regnamespace`)).toEqual([])
  expect(existsSync(join(place.dataDir, 'blobs'))).toBe(false)

  const digest = await logicalDigest(sourceOf(server))
  await expect(restoreBackup(sourceOf(server), file)).rejects.toThrow('there is a company in it')
  expect(await logicalDigest(sourceOf(server))).toEqual(digest)
  await place.query('create table somebody_elses (id int)')
  await expect(restoreBackup(place, file)).rejects.toThrow('somebody_elses')
})

test('an older backup is brought forward; where that fails the database is as empty as before', async () => {
  await using server = await startTestServer()
  await someTalk(server)
  // As after a first start: migrated, schedules planned, nobody there.
  await using place = await newPlace(templateName)
  const file = join(place.dataDir, 'old.heyi')
  await makeBackup(sourceOf(server), file)
  const known = await readMigrations(migrationsRoot)
  const step = (sql: string) => [...known, { name: '209912312359-next.sql', sql }]

  await expect(
    restoreBackup(place, file, undefined, step('alter table tenant add column motto text; select 1 / 0')),
  ).rejects.toThrow('division by zero')
  expect(await place.query('select id from tenant')).toEqual([])
  const left = []
  for await (const blob of openBlobs(place.dataDir).listBlobs()) left.push(blob)
  expect(left).toEqual([])

  const restored = await restoreBackup(
    place,
    file,
    undefined,
    step(`-- concurrently\ncreate index concurrently message_later on message (sent_at)`),
  )
  expect(restored.migrated).toBe(1)
  expect(await place.query(`select 1 from pg_indexes where indexname = 'message_later'`)).toHaveLength(1)
  expect((await logicalDigest(place)).digest).toBe((await logicalDigest(sourceOf(server))).digest)
})

test('bytes that are gone are named, and the rest is saved', async () => {
  await using server = await startTestServer()
  await someTalk(server)
  const [blob] = await withClient(
    server.connection,
    async (client) => (await client.query<{ digest: string }>('select digest from blob')).rows,
  )
  await openBlobs(server.dataDir).remove(blob?.digest ?? '')
  await using place = await newPlace()
  const file = join(place.dataDir, 'lost.heyi')
  expect(await makeBackup(sourceOf(server), file)).toMatchObject({ blobs: 0, lost: [blob?.digest] })
  expect(await restoreBackup(place, file)).toMatchObject({ lost: [blob?.digest] })
  expect((await logicalDigest(place)).digest).toBe((await logicalDigest(sourceOf(server))).digest)
})

test('of the automatic backups the last five are kept', async () => {
  await using place = await newPlace(templateName)
  const folder = join(place.dataDir, 'backups')
  for (let day = 1; day <= 7; day++) await backUpBeforeUpgrade(place, folder, `2030-01-0${day}T00:00:00.000Z`)
  const kept = readdirSync(folder).sort()
  expect(kept).toHaveLength(5)
  expect(kept[0]).toMatch(/^before-\d+\.\d+\.\d+-2030-01-03T000000000Z\.heyi$/)
})

const fixtures = join(import.meta.dirname, '../../test/backups')
const saved = existsSync(fixtures) ? readdirSync(fixtures).filter((name) => name.endsWith('.heyi')) : []

test.each(saved)('the backup %s of an earlier version is still restored', async (name) => {
  await using place = await newPlace()
  const restored = await restoreBackup(place, join(fixtures, name))
  expect(restored.version).toBe(name.replace('.heyi', ''))
  const [found] = await place.query<{ people: number; messages: number }>(
    'select (select count(*)::int from member) as people, (select count(*)::int from message) as messages',
  )
  expect(found?.people).toBeGreaterThan(10)
  expect(found?.messages).toBeGreaterThan(100)
  expect((await logicalDigest(place)).blobs.damaged).toBe(0)
})
