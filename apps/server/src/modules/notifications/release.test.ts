import * as messaging from '@heyi/contract/messaging'
import * as ops from '@heyi/contract/notifications'
import * as rest from '@heyi/contract/rest'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outboxSettled } from '../../../test/outbox.js'
import { type PushService, startPushService } from '../../../test/push-service.js'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'
import { type RawBuilder, rows, sql } from '../../kernel/db.js'

/** Two copies on one database; whoever acts, and whatever ends, may be on either. */
let server: TestServer
let beside: TestServer
let push: PushService

beforeAll(async () => {
  push = await startPushService()
  // In the past: the outbox is kept for an hour by this clock, and written by the database's own.
  const options = { now: '2024-01-08T02:00:00.000Z', env: { HEYI_CALL_INSIDE: 'on' } }
  server = await startTestServer(options)
  beside = await startTestServer({ ...options, beside: server })
  await server.app.kernel.outbox.readAll()
})
afterAll(async () => {
  await beside.stop()
  await server.stop()
  await push[Symbol.asyncDispose]()
})

type Act = 'send' | 'rest' | 'long rest' | 'end' | 'wait' | 'read' | 'jobs' | 'crash'
const acts = fc.array(
  fc.tuple(
    fc.constantFrom<Act>('send', 'send', 'send', 'rest', 'long rest', 'end', 'wait', 'read', 'jobs', 'crash'),
    fc.boolean(),
  ),
  { minLength: 10, maxLength: 40 },
)

/** Again until the copy has its connections back; a send under its key and a write are safe to repeat. */
async function again<T>(deed: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await deed()
    } catch (error) {
      if (tries === 20) throw error
    }
  }
}

async function run(script: [Act, boolean][]): Promise<void> {
  const [ann, bo] = [await again(() => server.member()), await again(() => server.member())]
  await again(() => server.as(bo).call(ops.subscribePush, push.browser(bo.id).subscription))
  const conversation = await again(
    async () => (await server.as(ann).call(messaging.openDirect, { with: bo.id })).conversation.id,
  )
  const sent: number[] = []
  const background: Promise<unknown>[] = []
  for (const [act, other] of script) {
    const copy = other ? beside : server
    const done = perform(act, copy, { ann, bo, conversation, sent })
    // Some acts run beside those that follow.
    if (act === 'read' || act === 'jobs' || act === 'crash') background.push(done.catch(() => undefined))
    else await done
  }
  await Promise.all(background)
  await again(() => server.as(bo).call(rest.setRest, { until: null }))
  await settled(bo)
  await check(bo, sent)
}

async function perform(
  act: Act,
  copy: TestServer,
  { ann, bo, conversation, sent }: { ann: TestMember; bo: TestMember; conversation: string; sent: number[] },
): Promise<void> {
  if (act === 'send') {
    const key = `release-${sent.length}-${ann.id.slice(-8)}`
    const message = { kind: 'text' as const, text: `第 ${sent.length} 条` }
    const { seq } = await again(() => copy.as(ann).call(messaging.sendMessage, { conversation, key, message }))
    sent.push(seq)
  } else if (act === 'rest' || act === 'long rest') {
    const ms = server.clock.ms() + (act === 'rest' ? 30_000 : 3_600_000)
    await again(() => copy.as(bo).call(rest.setRest, { until: new Date(ms).toISOString() }))
  } else if (act === 'end') await again(() => copy.as(bo).call(rest.setRest, { until: null }))
  else if (act === 'wait') server.clock.pass(20)
  else if (act === 'read') await copy.app.kernel.outbox.readAll()
  else if (act === 'jobs') await copy.app.kernel.jobs.runDue()
  else
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`.execute(
      copy.app.kernel.db,
    )
}

const entriesOf = (bo: TestMember) =>
  rows(
    server.app.kernel.db,
    sql<{ id: string; reason: string; state: string; seq: number | null; count: number; releasedBy: string | null }>`
      select id, reason, state, seq, count, released_by as "releasedBy" from notification where member_id = ${bo.id}`,
  )

/** Everything was decided about, nothing is held, and no job of a release waits. */
async function settled(bo: TestMember): Promise<void> {
  await until(async () => {
    server.clock.pass(5)
    await again(() => server.app.kernel.outbox.readAll())
    await again(() => server.app.kernel.jobs.runDue())
    const held = (await entriesOf(bo)).filter(({ state }) => state === 'held')
    const unread = await rows(
      server.app.kernel.db,
      sql`select 1 from outbox o where o.xid >= (select mark from outbox_reader where name = 'notifications') limit 1`,
    )
    return held.length === 0 && unread.length === 0
  }, 20_000)
}

/** Each message was told at once or is in exactly one summary; the summaries count exactly these. */
async function check(bo: TestMember, sent: number[]): Promise<void> {
  const entries = await entriesOf(bo)
  const told = entries.filter(({ reason }) => reason === 'direct').map(({ seq }) => seq)
  const released = entries.filter(({ reason }) => reason === 'resting')
  expect([...told, ...released.map(({ seq }) => seq)].sort()).toEqual([...sent].sort())
  const summaries = entries.filter(({ reason }) => reason === 'summary')
  const counted = new Map<string | null, number>()
  for (const { releasedBy, state } of released) {
    expect(state).toBe('released')
    counted.set(releasedBy, (counted.get(releasedBy) ?? 0) + 1)
  }
  expect(Object.fromEntries(summaries.map(({ id, count }) => [id, count]))).toEqual(Object.fromEntries(counted))
}

/**
 * Sends, and stops the reader when it has written what it makes of that and before it commits; what happens meanwhile
 * sees nothing of it.
 */
async function whileReaderWaits(send: () => Promise<void>, meanwhile: () => Promise<void>): Promise<void> {
  const { db } = server.app.kernel
  await db.transaction().execute(async (tx) => {
    await db.transaction().execute(async (alone) => {
      // No reader is under way while the message comes: one that is could be the one that stops, with nothing of it.
      await sql`select pg_advisory_xact_lock(hashtext('outbox ' || name)) from outbox_reader`.execute(alone)
      await send()
      // Nor one that does not see it yet.
      await outboxSettled(db)
      // A lock that takes no number of a transaction: the reader waits for numbers older than what it reads.
      await sql`lock table outbox_reader in share mode`.execute(tx)
    })
    await until(readerWaits)
    await meanwhile()
  })
}

/** Whether the reader of notifications, among all that read the outbox, waits with what it has written. */
const readerWaits = () =>
  found(sql`
    select 1 from pg_stat_activity a join pg_locks l on l.pid = a.pid and l.locktype = 'advisory' and l.granted
    where a.datname = current_database() and a.wait_event_type = 'Lock'
      and ((l.classid::bigint << 32) | l.objid::bigint) = hashtext('outbox notifications')::bigint`)
/** Whether somebody waits for what another transaction has written, as whoever wants the reader’s lock on a member does. */
const otherWaits = () =>
  found(sql`
    select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and wait_event in ('transactionid', 'tuple')`)
const found = async (query: RawBuilder<unknown>) => (await rows(server.app.kernel.db, query)).length > 0

async function restingPair(seconds: number) {
  const [ann, bo] = [await server.member(), await server.member()]
  await server.as(bo).call(ops.subscribePush, push.browser(bo.id).subscription)
  const { conversation } = await server.as(ann).call(messaging.openDirect, { with: bo.id })
  const until = new Date(server.clock.ms() + seconds * 1000).toISOString()
  await server.as(bo).call(rest.setRest, { until })
  const send = async (n: number) => {
    const message = { kind: 'text' as const, text: `第 ${n} 条` }
    const key = `race-${n}-${ann.id.slice(-8)}`
    return (await server.as(ann).call(messaging.sendMessage, { conversation: conversation.id, key, message })).seq
  }
  return { bo, send }
}

test('whoever ends a rest while a message is being put aside gets it now, not at the end that was planned', async () => {
  const { bo, send } = await restingPair(3_600)
  const sent: number[] = []
  let ending: Promise<unknown> = Promise.resolve()
  const sendOne = async () => void sent.push(await send(1))
  await whileReaderWaits(sendOne, async () => {
    ending = server.as(bo).call(rest.setRest, { until: null })
    await until(otherWaits)
  })
  await ending
  await until(async () => (await entriesOf(bo)).some(({ reason }) => reason === 'summary'))
  await check(bo, sent)
})

test('a message put aside while the rest ends is released too', async () => {
  const { bo, send } = await restingPair(60)
  const sent = [await send(1)]
  await until(async () => (await entriesOf(bo)).some(({ state }) => state === 'held'))
  const sendAnother = async () => void sent.push(await send(2))
  await whileReaderWaits(sendAnother, async () => {
    server.clock.pass(61)
    await until(otherWaits)
  })
  await until(async () => {
    const released = (await entriesOf(bo)).filter(({ state, reason }) => state === 'released' && reason === 'resting')
    return released.length === 2
  })
  await check(bo, sent)
})

// Last: it leaves broken connections behind.
test('the end of a rest drops and doubles nothing, whatever happens at once and whatever ends in between', async () => {
  await fc.assert(fc.asyncProperty(acts, run), { numRuns: 15, endOnFailure: true })
}, 120_000)
