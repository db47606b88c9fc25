import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as messaging from '@heyi/contract/messaging'
import * as ops from '@heyi/contract/notifications'
import * as rest from '@heyi/contract/rest'
import { expect, test } from 'vitest'
import { startPushService } from '../../../test/push-service.js'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'
import { sql } from '../../kernel/db.js'

// A Monday, 10:00 in Shanghai; in the past, for the outbox is kept an hour by the clock of the test, and written by the
// database's own.
const now = '2024-01-08T02:00:00.000Z'
const smsFile = () => join(tmpdir(), `heyi-sms-${process.pid}-${Math.random().toString(36).slice(2)}.txt`)
const linesOf = async (file: string): Promise<{ phone: string; text: string }[]> => {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { phone: string; text: string })
}

async function withPhone(server: TestServer, member: TestMember, phone: string): Promise<void> {
  await sql`insert into login (value, kind, person_id) values (${phone}, 'phone', ${member.personId})`.execute(
    server.app.kernel.db,
  )
}

async function asked(server: TestServer, by: TestMember, members: TestMember[], steps: ops.LadderStep[]) {
  const ids = members.map(({ id }) => id)
  const { conversation } = await server.as(by).call(messaging.createGroup, { name: '要确认的事', members: ids })
  const key = `ladder-${Math.random().toString(36).slice(2)}`
  const message = { kind: 'text' as const, text: '请确认明天的班' }
  const { seq } = await server
    .as(by)
    .call(messaging.sendMessage, { conversation: conversation.id, key, message, receipt: 'tap' })
  const about = { conversation: conversation.id, seq }
  const { db } = server.app.kernel
  await db
    .transaction()
    .execute((tx) =>
      server.app.notifications.startLadder(tx, { tenantId: by.tenantId, ...about, sender: by.id, steps }),
    )
  return about
}

test('each step tells who has not confirmed, skips who rests unless on duty, and says what it cost', async () => {
  const file = smsFile()
  await using push = await startPushService()
  await using server = await startTestServer({
    now,
    env: { HEYI_CALL_INSIDE: 'on', HEYI_SMS_URL: `file://${file}`, HEYI_SMS_COST_MICROS: '50000' },
  })
  const boss = await server.member({ role: 'owner', name: '顾南乔' })
  const [ann, bo, cy, dan] = [
    await server.member(),
    await server.member(),
    await server.member(),
    await server.member(),
  ] as [TestMember, TestMember, TestMember, TestMember]
  for (const [at, member] of [ann, bo, cy, dan].entries()) await withPhone(server, member, `1380000000${at}`)
  await server.as(ann).call(ops.subscribePush, push.browser('ann').subscription)
  const resting = { until: '2024-01-09T01:00:00.000Z' }
  for (const member of [cy, dan]) await server.as(member).call(rest.setRest, resting)
  await server.as(boss).call(rest.setDuty, { items: [{ member: dan.id, from: now, until: resting.until }] })

  const steps: ops.LadderStep[] = [
    { afterMinutes: 30, channel: 'sms' },
    { afterMinutes: 10, channel: 'push' },
    { afterMinutes: 40, channel: 'mail' },
  ]
  const about = await asked(server, boss, [ann, bo, cy, dan], steps)
  const preview = await server.as(boss).call(ops.previewLadder, { conversation: about.conversation, steps })
  expect(preview).toMatchObject({
    currency: 'CNY',
    steps: [
      { channel: 'sms', configured: true, people: 4, costMicros: 200_000 },
      { channel: 'push', configured: true, people: 1, costMicros: 0 },
      { channel: 'mail', configured: false, people: 0 },
    ],
  })
  const ladder = () => server.as(boss).call(ops.getLadder, about)
  expect(await ladder()).toMatchObject({ state: 'running', steps: [{ channel: 'push', firedAt: null }, {}, {}] })
  await expect(server.as(ann).call(ops.getLadder, about)).rejects.toMatchObject({ code: 'not_found' })

  server.clock.pass(10 * 60)
  await until(() => push.pushed.some(({ payload }) => payload.title === '顾南乔 请你确认'))
  // Confirmed, for now, is read.
  await server.as(bo).call(messaging.confirmReceipt, about)
  server.clock.pass(20 * 60)
  await until(async () => (await linesOf(file)).length === 2)
  const phones = (await linesOf(file)).map(({ phone }) => phone).sort()
  expect(phones).toEqual(['13800000000', '13800000003'])
  server.clock.pass(10 * 60)
  await until(async () => (await ladder()).state === 'done')
  await until(async () => (await ladder()).costMicros === 100_000)
  expect(await ladder()).toMatchObject({
    steps: [
      { channel: 'push', toldCount: 1, told: [ann.id], skipped: { resting: 1, capped: 0, unreachable: 2 } },
      { channel: 'sms', toldCount: 2, skipped: { resting: 1, capped: 0, unreachable: 0 } },
      { channel: 'mail', toldCount: 0, skipped: { resting: 1, capped: 0, unreachable: 2 } },
    ],
  })
  const costs = await server.as(boss).call(ops.listCosts, { since: now })
  // The message itself may have been pushed as well.
  expect(costs.items.find(({ channel }) => channel === 'push')?.costMicros).toBe(0)
  expect(costs.items.find(({ channel }) => channel === 'sms')).toEqual({ channel: 'sms', sent: 2, costMicros: 100_000 })
  await expect(server.as(ann).call(ops.listCosts, { since: now })).rejects.toMatchObject({ code: 'not_allowed' })
})

test('nobody is reached more often a day than the company lets; a recalled message reminds nobody', async () => {
  const file = smsFile()
  await using server = await startTestServer({ now, env: { HEYI_SMS_URL: `file://${file}` } })
  const [boss, ann] = [await server.member({ role: 'owner' }), await server.member()]
  await withPhone(server, ann, '13900000001')
  await server.as(boss).call(ops.setNotificationPolicy, { everybody: 'everyone', digestHours: 24, dailyCap: 2 })
  const steps: ops.LadderStep[] = [1, 2, 3].map((afterMinutes) => ({ afterMinutes, channel: 'sms' }))
  const about = await asked(server, boss, [ann], steps)
  const ladder = () => server.as(boss).call(ops.getLadder, about)
  server.clock.pass(200)
  await until(async () => (await ladder()).state === 'done')
  expect((await ladder()).steps.map(({ toldCount, skipped }) => [toldCount, skipped.capped])).toEqual([
    [1, 0],
    [1, 0],
    [0, 1],
  ])
  await until(async () => (await linesOf(file)).length === 2)
  server.clock.pass(25 * 3600)
  const second = await asked(server, boss, [ann], steps)
  await server.as(boss).call(messaging.recallMessage, second)
  server.clock.pass(200)
  await until(async () => (await server.as(boss).call(ops.getLadder, second)).state === 'stopped')
  expect(await linesOf(file)).toHaveLength(2)
})

test('a reminder by hand reaches devices at once, not those at rest, and nobody twice within minutes', async () => {
  await using push = await startPushService()
  await using server = await startTestServer({ now, env: { HEYI_CALL_INSIDE: 'on' } })
  const boss = await server.member({ role: 'owner', name: '顾南乔' })
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const steps: ops.LadderStep[] = [{ afterMinutes: 60, channel: 'push' }]
  const about = await asked(server, boss, [ann, bo, cy], steps)
  for (const [name, member] of Object.entries({ ann, bo }))
    await server.as(member).call(ops.subscribePush, push.browser(name).subscription)
  await server.as(bo).call(rest.setRest, { until: '2024-01-09T01:00:00.000Z' })
  const { db } = server.app.kernel
  const remind = () =>
    db.transaction().execute((tx) =>
      server.app.notifications.remind(tx, {
        tenantId: boss.tenantId,
        ...about,
        sender: boss.id,
        members: [ann.id, bo.id, cy.id],
      }),
    )
  expect(await remind()).toEqual({ told: [ann.id], resting: [bo.id] })
  await remind()
  const titles = () => push.pushed.filter(({ payload }) => payload.title === '顾南乔 请你确认')
  await until(() => titles().length === 1)
  server.clock.pass(11 * 60)
  await remind()
  await until(() => titles().length === 2)
  expect(titles().map(({ browser }) => browser)).toEqual(['ann', 'ann'])
})

test('each step fires at most once, whatever ends in between and on however many copies', async () => {
  const file = smsFile()
  const env = { HEYI_SMS_URL: `file://${file}` }
  await using server = await startTestServer({ now, env })
  await using beside = await startTestServer({ now, env, beside: server })
  const boss = await server.member({ role: 'owner' })
  const people = await Promise.all(Array.from({ length: 5 }, () => server.member()))
  for (const [at, member] of people.entries()) await withPhone(server, member, `1370000000${at}`)
  await server.as(boss).call(ops.setNotificationPolicy, { everybody: 'everyone', digestHours: 24, dailyCap: 100 })
  const steps: ops.LadderStep[] = [1, 2, 3].map((afterMinutes) => ({ afterMinutes, channel: 'sms' }))
  const ladders = 6
  const abouts = await Promise.all(Array.from({ length: ladders }, () => asked(server, boss, people, steps)))
  const { db } = server.app.kernel
  // Every connection of both copies is cut, again and again, while the steps are due.
  const cut = () =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
      .execute(db)
      .catch(() => undefined)
  for (let round = 0; round < 12; round++) {
    server.clock.pass(20)
    await Promise.all([
      server.app.kernel.jobs.runDue().catch(() => undefined),
      beside.app.kernel.jobs.runDue().catch(() => undefined),
      cut(),
    ])
  }
  // What failed comes back within seconds.
  const states = async () =>
    Promise.all(
      abouts.map((about) =>
        server
          .as(boss)
          .call(ops.getLadder, about)
          .catch(() => null),
      ),
    )
  await until(async () => {
    server.clock.pass(30)
    return (await states()).every((ladder) => ladder?.state === 'done')
  }, 30_000)
  for (const ladder of await states())
    expect(ladder?.steps.map(({ toldCount }) => toldCount)).toEqual([people.length, people.length, people.length])
  await until(async () => {
    const left = await sql<{ n: number }>`select count(*)::int as n from notification where state = 'queued'`.execute(
      db,
    )
    return left.rows[0]?.n === 0
  })
  // At most one message for each person, ladder and step.
  const lines = await linesOf(file)
  expect(lines.length).toBeLessThanOrEqual(ladders * steps.length * people.length)
  for (const at of people.keys())
    expect(lines.filter(({ phone }) => phone === `1370000000${at}`).length).toBeLessThanOrEqual(ladders * steps.length)
}, 60_000)

test('a sender asks for a ladder with the message itself; who confirms is told no more, who rests is left in peace by a reminder', async () => {
  await using push = await startPushService()
  await using server = await startTestServer({ now, env: { HEYI_CALL_INSIDE: 'on' } })
  const [ann, bo, cy, dan] = [
    await server.member({ name: '林知夏' }),
    await server.member(),
    await server.member(),
    await server.member(),
  ] as [TestMember, TestMember, TestMember, TestMember]
  for (const [name, member] of Object.entries({ bo, cy, dan }))
    await server.as(member).call(ops.subscribePush, push.browser(name).subscription)
  const members = [bo.id, cy.id, dan.id]
  const { conversation } = await server.as(ann).call(messaging.createGroup, { name: '值班表', members })
  const ladder: ops.LadderStep[] = [{ afterMinutes: 10, channel: 'push' }]
  const message = { kind: 'text' as const, text: '请确认值班表' }
  const send = (key: string, extra: object) =>
    server.as(ann).call(messaging.sendMessage, { conversation: conversation.id, key, message, ...extra })
  await expect(send('ladder-without-receipt', { ladder })).rejects.toMatchObject({ code: 'invalid_input' })
  const { seq } = await send('ladder-with-receipt', { receipt: 'tap', ladder })
  // A repeat is the same message with the same ladder.
  expect((await send('ladder-with-receipt', { receipt: 'tap', ladder })).seq).toBe(seq)
  const about = { conversation: conversation.id, seq }
  await server.as(bo).call(messaging.confirmReceipt, about)
  await server.as(dan).call(rest.setRest, { until: '2024-01-09T01:00:00.000Z' })
  expect(await server.as(ann).call(messaging.remindReceipt, about)).toEqual({ reminded: 1, resting: 1 })
  server.clock.pass(11 * 60)
  await server.app.kernel.jobs.runDue()
  const { steps } = await server.as(ann).call(ops.getLadder, about)
  expect(steps).toMatchObject([{ channel: 'push', toldCount: 1, skipped: { resting: 1 } }])
  const told = async (member: TestMember) =>
    (await server.as(member).call(ops.listLedger, { cursor: null, limit: 50 })).items.filter(
      ({ reason }) => reason === 'ladder',
    ).length
  expect(await told(bo)).toBe(0)
  expect(await told(dan)).toBe(0)
  // Once by the sender’s hand, once by the ladder.
  expect(await told(cy)).toBe(2)
})
