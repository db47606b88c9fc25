import * as directory from '@heyi/contract/directory'
import * as ops from '@heyi/contract/rest'
import { expect, test } from 'vitest'
import { startTestServer } from '../../../test/server.js'

// A Monday, 10:00 in Shanghai.
const now = '2030-01-07T02:00:00.000Z'
const office = [1, 2, 3, 4, 5, 6, 7].map((day) => (day < 6 ? { from: '09:00', to: '18:30' } : null))

test('a rest by hand is seen by colleagues until it ends, on all devices of its owner', async () => {
  await using server = await startTestServer({ now })
  const [ann, bo, eve] = [
    await server.member(),
    await server.member(),
    await server.member({ tenant: await server.tenant('别家') }),
  ]
  const members = [ann.id, bo.id]
  const seen = () => server.as(bo).call(ops.listResting, { members })
  expect(await seen()).toEqual({ items: [], changesAt: null })
  using device = await server.as(ann).socket()
  await device.call((await import('@heyi/contract/sync')).heads, { mark: null })

  const until = '2030-01-07T03:00:00.000Z'
  await server.as(ann).call(ops.updateRest, { note: '开会去了' })
  const mine = await server.as(ann).call(ops.setRest, { until })
  expect(mine.state).toEqual({ resting: true, until, by: 'hand', changesAt: until })
  expect(mine.presets).toEqual({ tomorrow: '2030-01-08T01:00:00.000Z', monday: '2030-01-14T01:00:00.000Z' })
  expect(await seen()).toEqual({
    items: [{ member: ann.id, until, note: '开会去了', suggestLater: true }],
    changesAt: until,
  })
  const frame = await device.frame(
    ({ changes }) =>
      changes?.some(({ kind, object }) => kind === 'rest' && (object as { until: string }).until === until) ?? false,
  )
  expect(frame.feed).toBe(ann.id)
  // Another company learns nothing, even by the id.
  expect((await server.as(eve).call(ops.listResting, { members })).items).toEqual([])

  // It ends by itself, without anything being written.
  server.clock.set(until)
  expect((await seen()).items).toEqual([])
  expect((await server.as(ann).call(ops.getRest, {})).state.resting).toBe(false)
  await expect(server.as(ann).call(ops.setRest, { until: now })).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(server.as(ann).call(ops.setRest, { until: '2031-01-07T03:00:00.000Z' })).rejects.toMatchObject({
    code: 'invalid_input',
  })
})

test('the hours of the company hold for all who do not turn them off, each in their own time zone', async () => {
  await using server = await startTestServer({ now })
  const [boss, ann, bo] = [await server.member({ role: 'owner' }), await server.member(), await server.member()]
  const policy = { week: office, urgent: 'duty' as const }
  await expect(server.as(ann).call(ops.setRestPolicy, policy)).rejects.toMatchObject({ code: 'not_allowed' })
  await server.as(boss).call(ops.setRestPolicy, policy)
  await server.as(bo).call(directory.updateMe, { preferences: { timeZone: 'Europe/Berlin' } })
  // 10:00 in Shanghai is 3:00 in Berlin.
  const resting = async () =>
    (await server.as(boss).call(ops.listResting, { members: [ann.id, bo.id] })).items.map(({ member }) => member)
  expect(await resting()).toEqual([bo.id])
  server.clock.set('2030-01-07T11:00:00.000Z')
  expect(await resting()).toEqual([ann.id])

  // Ended by hand, it stays ended until work begins; turned off, it does not come at all.
  expect((await server.as(ann).call(ops.setRest, { until: null })).state.resting).toBe(false)
  expect(await resting()).toEqual([])
  server.clock.set('2030-01-08T10:31:00.000Z')
  expect(await resting()).toEqual([ann.id])
  await server.as(ann).call(ops.updateRest, { followSchedule: false })
  expect(await resting()).toEqual([])
  // Hours of one's own.
  const week = office.map((_, day) => (day === 1 ? { from: '20:00', to: '23:00' } : null))
  await server.as(ann).call(ops.updateRest, { followSchedule: true, week })
  expect(await resting()).toEqual([ann.id])
  server.clock.set('2030-01-08T12:30:00.000Z')
  expect(await resting()).not.toContain(ann.id)
})

test('an admin imports days off and make-up workdays; a wrong line changes nothing', async () => {
  await using server = await startTestServer({ now })
  const [boss, ann] = [await server.member({ role: 'admin' }), await server.member()]
  await server.as(boss).call(ops.setRestPolicy, { week: office, urgent: 'duty' })
  const text = 'from,to,kind,name\n2030-01-07,2030-01-08,holiday,样例节\n2030-01-12,,workday,样例节补班'
  const list = async (year: number) => (await server.as(ann).call(ops.listHolidays, { year })).items
  await expect(server.as(ann).call(ops.importHolidays, { text, dryRun: false })).rejects.toMatchObject({
    code: 'not_allowed',
  })
  expect((await server.as(boss).call(ops.importHolidays, { text, dryRun: true })).items).toHaveLength(3)
  expect(await list(2030)).toEqual([])
  await expect(
    server.as(boss).call(ops.importHolidays, { text: `${text}\n2030-13-01,,holiday,x`, dryRun: false }),
  ).rejects.toMatchObject({ code: 'holidays_invalid', data: { line: 4 } })
  expect(await list(2030)).toEqual([])
  await server.as(boss).call(ops.importHolidays, { text, dryRun: false })
  expect(await list(2030)).toHaveLength(3)
  const state = async () => (await server.as(ann).call(ops.getRest, {})).state
  expect(await state()).toMatchObject({ resting: true, until: '2030-01-09T01:00:00.000Z' })
  server.clock.set('2030-01-12T02:00:00.000Z')
  expect((await state()).resting).toBe(false)
  expect(await server.as(boss).call(ops.deleteHolidays, { from: '2030-01-01', to: '2030-01-10' })).toEqual({
    deleted: 2,
  })
  expect(await list(2030)).toEqual([{ on: '2030-01-12', kind: 'workday', name: '样例节补班' }])
})

test('an admin says who is on duty; strangers cannot be', async () => {
  await using server = await startTestServer({ now })
  const [boss, ann] = [await server.member({ role: 'owner' }), await server.member()]
  const stranger = await server.member({ tenant: await server.tenant('别家') })
  const duty = { member: ann.id, from: now, until: '2030-01-08T02:00:00.000Z' }
  await expect(server.as(ann).call(ops.setDuty, { items: [duty] })).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(server.as(boss).call(ops.setDuty, { items: [{ ...duty, member: stranger.id }] })).rejects.toMatchObject({
    code: 'not_found',
  })
  expect((await server.as(boss).call(ops.setDuty, { items: [duty] })).items).toEqual([duty])
  expect((await server.as(ann).call(ops.getRest, {})).onDuty).toBe(true)
  server.clock.set(duty.until)
  expect((await server.as(ann).call(ops.getRest, {})).onDuty).toBe(false)
  expect((await server.as(boss).call(ops.listDuty, {})).items).toEqual([])
})
