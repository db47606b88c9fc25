import type { Week } from '@heyi/contract/rest'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseHolidays } from './rules/holidays.js'
import { mayPass, presets, type RestFacts, restAt } from './rules.js'

const office: Week = [1, 2, 3, 4, 5, 6, 7].map((day) => (day < 6 ? { from: '09:00', to: '18:30' } : null))
const facts = (given: Partial<RestFacts> = {}): RestFacts => ({
  timeZone: 'Asia/Shanghai',
  untilMs: null,
  awakeUntilMs: null,
  week: office,
  days: new Map(),
  ...given,
})
const at = (local: string, zone = '+08:00') => Date.parse(`${local}${zone}`)
const rest = (local: string, given: Partial<RestFacts> = {}) => restAt(at(local), facts(given))

test('outside of the working hours one rests until they begin', () => {
  // Monday, 7 January 2030.
  expect(rest('2030-01-07T10:00')).toEqual({
    resting: false,
    until: null,
    by: null,
    changesAt: '2030-01-07T10:30:00.000Z',
  })
  expect(rest('2030-01-07T18:30')).toMatchObject({ resting: true, by: 'schedule', until: '2030-01-08T01:00:00.000Z' })
  expect(rest('2030-01-11T20:00')).toMatchObject({ resting: true, until: '2030-01-14T01:00:00.000Z' })
  expect(rest('2030-01-07T20:00', { week: null })).toMatchObject({ resting: false, changesAt: null })
})

test('a rest by hand goes over into the one by schedule; ending it lasts until work begins', () => {
  const hour = { untilMs: at('2030-01-07T19:00') }
  expect(rest('2030-01-07T18:00', hour)).toMatchObject({ by: 'hand', until: '2030-01-08T01:00:00.000Z' })
  expect(rest('2030-01-07T10:00', { untilMs: at('2030-01-07T11:00') })).toMatchObject({
    until: '2030-01-07T03:00:00.000Z',
  })
  const awake = { awakeUntilMs: at('2030-01-08T09:00') }
  expect(rest('2030-01-07T20:00', awake)).toMatchObject({ resting: false, changesAt: '2030-01-08T10:30:00.000Z' })
})

test('days off are not worked, make-up workdays are', () => {
  const days = new Map<string, 'holiday' | 'workday'>([
    ['2030-01-07', 'holiday'],
    ['2030-01-12', 'workday'],
  ])
  expect(rest('2030-01-07T10:00', { days })).toMatchObject({ resting: true, until: '2030-01-08T01:00:00.000Z' })
  // A Saturday with the hours of a Monday.
  expect(rest('2030-01-12T10:00', { days })).toMatchObject({ resting: false })
  expect(rest('2030-01-12T19:00', { days })).toMatchObject({ resting: true, until: '2030-01-14T01:00:00.000Z' })
})

test('a night shift lasts past midnight', () => {
  const week: Week = [null, null, { from: '22:00', to: '06:00' }, null, null, null, null]
  expect(rest('2030-01-10T05:59', { week })).toMatchObject({ resting: false, changesAt: '2030-01-09T22:00:00.000Z' })
  expect(rest('2030-01-10T06:00', { week })).toMatchObject({ resting: true, until: '2030-01-16T14:00:00.000Z' })
})

test('where the clock is put forward or back, the wall decides', () => {
  const timeZone = 'Europe/Berlin'
  const week: Week = [1, 2, 3, 4, 5, 6, 7].map(() => ({ from: '09:00', to: '17:00' }))
  // 31 March 2030: from 2:00 to 3:00. The evening before is at +01:00, the morning at +02:00.
  const before = restAt(at('2030-03-30T20:00', '+01:00'), facts({ timeZone, week }))
  expect(before.until).toBe('2030-03-31T07:00:00.000Z')
  // 27 October 2030: from 3:00 back to 2:00.
  const back = restAt(at('2030-10-26T20:00', '+02:00'), facts({ timeZone, week }))
  expect(back.until).toBe('2030-10-27T08:00:00.000Z')
  expect(presets(at('2030-03-30T12:00', '+01:00'), timeZone)).toEqual({
    tomorrow: '2030-03-31T07:00:00.000Z',
    monday: '2030-04-01T07:00:00.000Z',
  })
})

test('without a working day in sight the rest has no end', () => {
  const week: Week = [null, null, null, null, null, null, null]
  expect(rest('2030-01-07T10:00', { week })).toEqual({ resting: true, until: null, by: 'schedule', changesAt: null })
})

const zones = [
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Australia/Lord_Howe',
]
const minutes = fc.integer({ min: 0, max: 1439 })
const clock = minutes.map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`)
const day = fc.option(fc.record({ from: clock, to: clock }), { nil: null })
const start = Date.parse('2029-12-25T00:00:00Z')
const moment = fc.integer({ min: 0, max: 500 * 24 * 60 }).map((m) => start + m * 60_000)
const soon = (now: number) =>
  fc.option(
    fc.integer({ min: -600, max: 6_000 }).map((m) => now + m * 60_000),
    { nil: null },
  )
const someFacts = moment.chain((now) =>
  fc.record({
    now: fc.constant(now),
    timeZone: fc.constantFrom(...zones),
    week: fc.option(fc.array(day, { minLength: 7, maxLength: 7 }), { nil: null }),
    untilMs: soon(now),
    awakeUntilMs: soon(now),
    days: fc
      .array(fc.tuple(fc.integer({ min: -3, max: 12 }), fc.constantFrom('holiday' as const, 'workday' as const)), {
        maxLength: 8,
      })
      .map((all) => new Map(all.map(([d, k]) => [new Date(now + d * 86_400_000).toISOString().slice(0, 10), k]))),
  }),
)

test('the state lasts exactly until the moment it says, whatever the zone, the hours and the hands', () => {
  fc.assert(
    fc.property(someFacts, fc.double({ min: 0, max: 1, noNaN: true }), ({ now, ...given }, share) => {
      const state = restAt(now, given)
      expect(state.until).toBe(state.resting ? state.changesAt : null)
      if (state.changesAt === null) return
      const end = Date.parse(state.changesAt)
      expect(end).toBeGreaterThan(now)
      const between = Math.floor(now + (end - 1 - now) * share)
      for (const moment of [between, end - 1]) {
        const then = restAt(moment, given)
        expect([then.resting, then.changesAt]).toEqual([state.resting, state.changesAt])
      }
      expect(restAt(end, given).resting).toBe(!state.resting)
    }),
    { numRuns: 300 },
  )
})

test('whoever was chosen passes; what is urgent passes as the company says', () => {
  const base = {
    sender: 'mem_a',
    urgent: false,
    onDuty: false,
    choices: { passUrgent: true, passChosen: true, chosen: ['mem_a'] },
    policy: { urgent: 'duty' as const },
  }
  expect(mayPass(base)).toBe(true)
  expect(mayPass({ ...base, sender: 'mem_b' })).toBe(false)
  expect(mayPass({ ...base, choices: { ...base.choices, passChosen: false } })).toBe(false)
  const other = { ...base, sender: 'mem_b', urgent: true }
  expect(mayPass(other)).toBe(false)
  expect(mayPass({ ...other, onDuty: true })).toBe(true)
  expect(mayPass({ ...other, onDuty: true, policy: { urgent: 'nobody' } })).toBe(false)
  expect(mayPass({ ...other, policy: { urgent: 'everybody' } })).toBe(true)
  const unwilling = { ...other.choices, passUrgent: false }
  expect(mayPass({ ...other, policy: { urgent: 'everybody' }, choices: unwilling })).toBe(false)
})

test('a calendar is read from CSV and JSON; a wrong line is named', () => {
  const csv = '\uFEFFfrom,to,kind,name\n2031-02-01,2031-02-02,holiday,某节\r\n2031-02-08,,补班,某节补班\n\n'
  const days = [
    { on: '2031-02-01', kind: 'holiday', name: '某节' },
    { on: '2031-02-02', kind: 'holiday', name: '某节' },
    { on: '2031-02-08', kind: 'workday', name: '某节补班' },
  ]
  expect(parseHolidays(csv, 100)).toEqual(days)
  const json = JSON.stringify({
    days: [
      { from: '2031-02-01', to: '2031-02-02', kind: 'holiday', name: '某节' },
      { on: '2031-02-08', kind: 'workday', name: '某节补班' },
    ],
  })
  expect(parseHolidays(json, 100)).toEqual(days)
  const refused = (text: string) => {
    try {
      parseHolidays(text, 5)
    } catch (error) {
      return (error as { data?: { line: number } }).data?.line
    }
    return null
  }
  expect(refused('from,kind,name\n2031-02-01,holiday,某节\n2031-02-30,holiday,某节')).toBe(3)
  expect(refused('from,kind,name\n2031-02-01,party,某节')).toBe(2)
  expect(refused('from,to,kind,name\n2031-02-01,2031-02-09,holiday,某节')).toBe(2)
  expect(refused('from,to,kind,name\n2031-02-02,2031-02-01,holiday,某节')).toBe(2)
  expect(refused('[{"on":"2031-02-01","kind":"holiday"}]')).toBe(1)
  expect(refused('{"days":')).toBe(1)
  expect(refused('from,name\n')).toBe(1)
})
