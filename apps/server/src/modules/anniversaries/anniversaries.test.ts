import * as ops from '@heyi/contract/anniversaries'
import * as directory from '@heyi/contract/directory'
import * as notifications from '@heyi/contract/notifications'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { sql } from '../../kernel/db.js'
import { daysKeptOn, todayIn, yearsSince } from './rules.js'

/** In Shanghai, eight hours ahead of UTC. */
const at = (date: string, time: string) => new Date(`${date}T${time}:00+08:00`).toISOString()

const both = { birthdays: true, joiningDays: true }

async function today(server: TestServer, by: TestMember) {
  const { items } = await server.as(by).call(ops.listAnniversaries, { cursor: null, limit: 50 })
  return items.map(({ member, kind, years }) => [member, kind, years])
}

test('the date is that of the company, a leap day is kept on the 28th in other years', () => {
  expect(todayIn('Asia/Shanghai', Date.parse('2024-01-07T16:30:00Z'))).toEqual({ date: '2024-01-08', isTold: false })
  expect(todayIn('Asia/Shanghai', Date.parse('2024-01-08T01:00:00Z'))).toEqual({ date: '2024-01-08', isTold: true })
  expect(todayIn('America/Los_Angeles', Date.parse('2024-01-08T01:00:00Z'))).toMatchObject({ date: '2024-01-07' })
  expect(daysKeptOn('2023-02-28')).toEqual([
    { month: 2, day: 28 },
    { month: 2, day: 29 },
  ])
  expect(daysKeptOn('2024-02-28')).toEqual([{ month: 2, day: 28 }])
  expect(daysKeptOn('2024-02-29')).toEqual([{ month: 2, day: 29 }])
  expect(yearsSince('2020-02-29', '2023-02-28')).toBe(3)
})

test('days are noted by admins and by oneself, told once the company wants it, from nine on, and hidden by who likes', async () => {
  await using server = await startTestServer({ now: at('2024-05-03', '08:59') })
  const boss = await server.member({ role: 'owner' })
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const set = (by: TestMember, member: TestMember, dates: object) =>
    server.as(by).call(ops.setAnniversaryDates, { member: member.id, ...dates })
  await set(boss, bo, { birthday: { month: 5, day: 3 }, joinedOn: '2021-05-03' })
  await set(boss, cy, { joinedOn: '2024-05-03' })
  await set(ann, ann, { birthday: { month: 5, day: 3 } })
  // One’s own joining day is the company’s to say, and nobody’s dates are a colleague’s business.
  await expect(set(ann, ann, { joinedOn: '2020-01-01' })).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(set(ann, bo, { birthday: null })).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(server.as(ann).call(ops.getAnniversaryDates, { member: bo.id })).rejects.toMatchObject({
    code: 'not_allowed',
  })
  await expect(set(ann, ann, { birthday: { month: 2, day: 30 } })).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(set(boss, ann, { joinedOn: '2023-02-29' })).rejects.toMatchObject({ code: 'invalid_input' })
  expect(await server.as(boss).call(ops.getAnniversaryDates, { member: bo.id })).toEqual({
    birthday: { month: 5, day: 3 },
    joinedOn: '2021-05-03',
    hidden: false,
  })

  server.clock.set(at('2024-05-03', '09:00'))
  expect(await today(server, ann)).toEqual([])
  await server.as(boss).call(ops.setAnniversaryPolicy, both)
  // Oneself first, birthdays before joining days; who came today has no year behind them.
  expect(await today(server, ann)).toEqual([
    [ann.id, 'birthday', null],
    [bo.id, 'birthday', null],
    [bo.id, 'joined', 3],
  ])
  server.clock.set(at('2024-05-03', '08:59'))
  expect(await today(server, ann)).toEqual([])
  server.clock.set(at('2024-05-03', '23:59'))
  await server.as(bo).call(ops.hideAnniversaries, { hidden: true })
  expect(await today(server, ann)).toEqual([[ann.id, 'birthday', null]])
  expect(await today(server, bo)).toEqual([
    [bo.id, 'birthday', null],
    [bo.id, 'joined', 3],
    [ann.id, 'birthday', null],
  ])
  await server.as(bo).call(ops.hideAnniversaries, { hidden: false })
  await server.as(boss).call(directory.disableMember, { member: bo.id })
  expect(await today(server, ann)).toEqual([[ann.id, 'birthday', null]])
  await server.as(boss).call(ops.setAnniversaryPolicy, { birthdays: false, joiningDays: true })
  expect(await today(server, ann)).toEqual([])
  await server.as(boss).call(ops.setAnniversaryPolicy, both)
  server.clock.set(at('2024-05-04', '12:00'))
  expect(await today(server, ann)).toEqual([])

  // In pages.
  for (let n = 0; n < 7; n++) await set(boss, await server.member(), { birthday: { month: 5, day: 4 } })
  const seen: string[] = []
  for (let cursor: string | null = null; ; ) {
    const page: { items: { member: string }[]; next: string | null } = await server
      .as(ann)
      .call(ops.listAnniversaries, { cursor, limit: 3 })
    seen.push(...page.items.map(({ member }) => member))
    cursor = page.next
    if (cursor === null) break
  }
  expect(new Set(seen).size).toBe(7)
  expect(seen).toHaveLength(7)
})

test('whose day it is is greeted once, whatever copies look and however often; not before nine, not the disabled', async () => {
  await using server = await startTestServer({ now: at('2024-05-03', '06:00') })
  const boss = await server.member({ role: 'owner' })
  const [ann, bo] = [await server.member(), await server.member()]
  await server.as(boss).call(ops.setAnniversaryPolicy, both)
  const { db } = server.app.kernel
  for (const member of [ann, bo]) {
    await server
      .as(boss)
      .call(ops.setAnniversaryDates, { member: member.id, birthday: { month: 5, day: 3 }, joinedOn: '2022-05-03' })
    await sql`
      insert into push_device (tenant_id, id, member_id, session_id, name, endpoint, p256dh, auth, created_at, level)
      values (${member.tenantId}, ${`psh_${member.id.slice(4)}`}, ${member.id}, ${member.sessionId}, 'test', ${`https://push.invalid/${member.id}`}, '', '', now(), 'all')`.execute(
      db,
    )
  }
  await server.as(boss).call(directory.disableMember, { member: bo.id })
  await using other = await startTestServer({ now: at('2024-05-03', '06:00'), beside: server })
  const greeted = async (by: TestMember) =>
    (await server.as(by).call(notifications.listLedger, { cursor: null, limit: 50 })).items.filter(
      ({ reason }) => reason === 'greeting',
    ).length
  const look = async (time: string, date = '2024-05-03') => {
    server.clock.set(at(date, time))
    for (let turn = 0; turn < 3; turn++)
      await Promise.all([server.app.kernel.jobs.runDue(), other.app.kernel.jobs.runDue()])
    return greeted(ann)
  }
  expect(await look('08:45')).toBe(0)
  expect(await look('09:00')).toBe(2)
  expect(await look('09:15')).toBe(2)
  expect(await look('18:00')).toBe(2)
  expect(await look('09:00', '2024-05-04')).toBe(2)
  const all = await sql<{
    member: string
  }>`select member_id as member from notification where reason = 'greeting'`.execute(db)
  expect(new Set(all.rows.map(({ member }) => member))).toEqual(new Set([ann.id]))
})

test('an import brings them, a year of birth is not kept; who leaves takes them along', async () => {
  await using server = await startTestServer({ now: at('2024-05-03', '10:00') })
  const boss = await server.member({ role: 'owner' })
  const csv = (line: string) => `姓名,账号,生日,入职日期\n${line}`
  const bring = (line: string) => server.as(boss).call(directory.importMembers, { csv: csv(line), dryRun: false })
  const { members } = await bring('林知夏,lin.zhixia,1990年5月3日,2020/3/1')
  const id = members[0]?.id ?? ''
  expect(await server.as(boss).call(ops.getAnniversaryDates, { member: id })).toEqual({
    birthday: { month: 5, day: 3 },
    joinedOn: '2020-03-01',
    hidden: false,
  })
  await bring('陈屿,chen.yu,2-29,')
  for (const wrong of ['某人,some.one,1990-02-30,', '某人,some.one,,3/1', '某人,some.one,昨天,'])
    await expect(bring(wrong)).rejects.toMatchObject({ code: 'csv_invalid', data: { reason: 'date_invalid' } })
  await server.as(boss).call(directory.removeMember, { member: id })
  await server.app.kernel.jobs.runDue()
  const left = await sql`select 1 from anniversary where member_id = ${id}`.execute(server.app.kernel.db)
  expect(left.rows).toEqual([])
})
