import * as messaging from '@heyi/contract/messaging'
import pg from 'pg'
import { expect, test } from 'vitest'
import { outboxSettled } from '../../test/outbox.js'
import { startTestServer, type TestMember, type TestServer } from '../../test/server.js'
import { until } from '../../test/until.js'
import { type Db, row, rows, sql } from './db.js'
import { readBacklog } from './outbox-backlog.js'
import { OutboxReaders, type Span } from './outbox-readers.js'

/** What a reader wrote down in its transactions. */
interface Noted {
  feed: string
  prev: number
  rev: number
}

async function withNotes(server: TestServer): Promise<Db> {
  const { db } = server.app.kernel
  await sql`create table noted (reader text, feed text collate "C", prev bigint, rev bigint, at bigint generated always as identity)`.execute(
    db,
  )
  return db
}

/** Readers as another copy of the program has them; each notes its spans in the transaction it is handed. */
function readersOf(
  server: TestServer,
  name: string,
  more: { fail?: () => boolean; yields?: () => boolean; everyMs?: number } = {},
) {
  const { db, clock, log } = server.app.kernel
  const readers = new OutboxReaders({ db, clock, log, everyMs: more.everyMs ?? 5 })
  const told = { missed: 0, reads: 0 }
  readers.add({
    name,
    ...(more.yields && { yields: more.yields }),
    read: async (tx, spans: Span[]) => {
      told.reads++
      for (const { feed, prev, rev } of spans)
        await sql`insert into noted (reader, feed, prev, rev) values (${name}, ${feed}, ${prev}, ${rev})`.execute(tx)
      if (more.fail?.()) throw new Error('not today')
    },
    missed: async () => {
      told.missed++
    },
  })
  return { readers, told }
}

const notes = (db: Db, reader: string): Promise<Noted[]> =>
  rows(db, sql<Noted>`select feed, prev, rev from noted where reader = ${reader} order by at`)

/** Each span begins where the one before ended, and the last reaches the head of its feed: nothing twice, nothing left out. */
async function expectWhole(db: Db, reader: string, from: ReadonlyMap<string, number>): Promise<void> {
  const heads = await rows(db, sql<{ id: string; rev: number }>`select id, rev from feed where id like 'con_%'`)
  const reached = new Map(from)
  for (const { feed, prev, rev } of (await notes(db, reader)).filter((one) => one.feed.startsWith('con_'))) {
    expect([feed, prev]).toEqual([feed, reached.get(feed) ?? 0])
    reached.set(feed, rev)
  }
  expect(Object.fromEntries(reached)).toEqual(Object.fromEntries(heads.map(({ id, rev }) => [id, rev])))
}

/** Looks until nothing is left: transactions of others on this PostgreSQL may be open at the moment of a look. */
const readOut = (db: Db, readers: OutboxReaders, name: string) =>
  until(async () => {
    await readers.readAll()
    return (await readBacklog(db, name, '')) === 0
  })

async function group(server: TestServer, owner: TestMember): Promise<string> {
  return (await server.as(owner).call(messaging.createGroup, { name: '群', members: [] })).conversation.id
}

let keys = 0
const say = (server: TestServer, who: TestMember, conversation: string) =>
  server.as(who).call(messaging.sendMessage, {
    conversation,
    key: `outbox-reader-${++keys}`,
    message: { kind: 'text', text: '一句话' },
  })

test('a reader is handed every change once, over failures and a restart, and says first that it knows nothing', async () => {
  await using server = await startTestServer()
  const db = await withNotes(server)
  const ann = await server.member()
  const before = await group(server, ann)
  const start = new Map([
    [before, (await row(db, sql<{ rev: number }>`select rev from feed where id = ${before}`))?.rev ?? 0],
  ])
  let failing = false
  const first = readersOf(server, 'test.one', { fail: () => failing })
  await outboxSettled(db)
  await first.readers.readAll()
  expect([first.told.missed, await notes(db, 'test.one')]).toEqual([1, []])

  const conversations = [before, await group(server, ann), await group(server, ann)]
  for (let i = 0; i < 30; i++) await say(server, ann, conversations[i % 3] ?? '')
  expect(await readBacklog(db, 'test.one', 'con_')).toBeGreaterThanOrEqual(30)
  failing = true
  await expect(readOut(db, first.readers, 'test.one')).rejects.toThrow('not today')
  expect(await notes(db, 'test.one')).toEqual([])
  failing = false
  await readOut(db, first.readers, 'test.one')
  await expectWhole(db, 'test.one', start)
  expect(await readBacklog(db, 'test.one', 'con_')).toBe(0)

  for (const conversation of conversations) await say(server, ann, conversation)
  const again = readersOf(server, 'test.one')
  await readOut(db, again.readers, 'test.one')
  expect(again.told.missed).toBe(0)
  await expectWhole(db, 'test.one', start)
})

test('of two copies one at a time reads, and together they read everything once', async () => {
  await using server = await startTestServer()
  const db = await withNotes(server)
  const ann = await server.member()
  const copies = [readersOf(server, 'test.two'), readersOf(server, 'test.two')]
  await copies[0]?.readers.readAll()
  for (const { readers } of copies) readers.start()
  const conversations = [await group(server, ann), await group(server, ann), await group(server, ann)]
  await Promise.all(
    conversations.map(async (one) => {
      for (let i = 0; i < 60; i++) await say(server, ann, one)
    }),
  )
  await until(async () => (await readBacklog(db, 'test.two', 'con_')) === 0)
  for (const { readers } of copies) await readers.stop()
  await expectWhole(db, 'test.two', new Map())
})

test('what is more than one look takes is read in several, each transaction whole', async () => {
  await using server = await startTestServer()
  const db = await withNotes(server)
  const { readers, told } = readersOf(server, 'test.many')
  await readers.readAll()
  for (let i = 1; i <= 1_203; i++)
    await sql`insert into outbox (heads) values (${JSON.stringify([['ten_x', `con_${i % 7}`, Math.floor((i - 1) / 7), Math.floor((i - 1) / 7) + 1]])}::jsonb)`.execute(
      db,
    )
  await readOut(db, readers, 'test.many')
  expect(told.reads).toBeGreaterThan(2)
  const sum = (await notes(db, 'test.many')).reduce((all, { prev, rev }) => all + rev - prev, 0)
  expect(sum).toBe(1_203)
})

test('an open older transaction is waited for, so that what it commits late is read too', async () => {
  await using server = await startTestServer()
  const db = await withNotes(server)
  const ann = await server.member()
  const { readers } = readersOf(server, 'test.late')
  await readers.readAll()
  const slow = new pg.Client(server.connection)
  await slow.connect()
  try {
    await slow.query('begin')
    await slow.query(`insert into outbox (heads) values ('[["ten_x", "con_late", 0, 1]]')`)
    const conversation = await group(server, ann)
    await readers.readAll()
    // Newer ones wait behind it: nothing may be read past a transaction that is still open.
    expect(await notes(db, 'test.late')).toEqual([])
    await slow.query('commit')
    await readOut(db, readers, 'test.late')
    const feeds = (await notes(db, 'test.late')).map(({ feed }) => feed)
    expect(feeds).toContain('con_late')
    expect(feeds).toContain(conversation)
  } finally {
    await slow.end()
  }
})

test('who sleeps between two looks is woken by what changes, and by the end', async () => {
  await using server = await startTestServer()
  const db = await withNotes(server)
  const ann = await server.member()
  const { readers, told } = readersOf(server, 'test.asleep', { everyMs: 24 * 60 * 60_000 })
  readers.start()
  await until(async () => told.missed === 1)
  const conversation = await group(server, ann)
  await until(async () => {
    readers.stir()
    return (await notes(db, 'test.asleep')).some(({ feed }) => feed === conversation)
  })
  await readers.stop()
})

test('who slept longer than the outbox is kept, or wakes on another database, finds out by itself', async () => {
  await using server = await startTestServer({ now: '2030-01-01T00:00:00.000Z' })
  const db = await withNotes(server)
  const ann = await server.member()
  const { readers, told } = readersOf(server, 'test.slept')
  await readers.readAll()
  await say(server, ann, await group(server, ann))
  server.clock.pass(40 * 60)
  await readOut(db, readers, 'test.slept')
  expect(told.missed).toBe(1)
  const reads = told.reads
  expect(reads).toBeGreaterThan(0)
  server.clock.pass(51 * 60)
  await say(server, ann, await group(server, ann))
  await readers.readAll()
  expect([told.missed, told.reads]).toEqual([2, reads])
  await sql`update generation set id = 'restored'`.execute(db)
  await readers.readAll()
  expect(told.missed).toBe(3)
  const before = told.reads
  await say(server, ann, await group(server, ann))
  await readOut(db, readers, 'test.slept')
  expect(told.missed).toBe(3)
  expect(told.reads).toBeGreaterThan(before)
})

test('a reader that yields waits, and goes on from where it was', async () => {
  await using server = await startTestServer()
  const db = await withNotes(server)
  const ann = await server.member()
  let busy = false
  const { readers } = readersOf(server, 'test.yields', { yields: () => busy })
  await readers.readAll()
  busy = true
  readers.start()
  const conversation = await group(server, ann)
  await say(server, ann, conversation)
  const other = readersOf(server, 'test.other')
  await other.readers.readAll()
  expect(await notes(db, 'test.yields')).toEqual([])
  busy = false
  await until(async () => (await notes(db, 'test.yields')).length > 0)
  await until(async () => (await readBacklog(db, 'test.yields', 'con_')) === 0)
  await readers.stop()
  await expectWhole(db, 'test.yields', new Map())
})
