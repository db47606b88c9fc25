import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantOf, wallTime, weekdayOf } from './zoned'

const zones = ['Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC']

test('an instant is found again by what its clock shows, but for the hours around a change of clocks', () => {
  const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(fc.constantFrom(...zones), instants, (zone, at) => {
      const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000)
      const found = instantOf(zone, wallTime(zone, minute))
      expect(Math.abs(found.getTime() - minute.getTime())).toBeLessThanOrEqual(3600_000)
      expect(wallTime(zone, found)).toEqual(wallTime(zone, minute))
    }),
  )
})

test('days beyond the end of a month count on, and an hour that is left out is the one after it', () => {
  const nine = { hour: 9, minute: 0 }
  expect(instantOf('Asia/Shanghai', { year: 2030, month: 1, day: 32, ...nine }).toISOString()).toBe(
    '2030-02-01T01:00:00.000Z',
  )
  const gone = instantOf('Europe/Berlin', { year: 2026, month: 3, day: 29, hour: 2, minute: 30 })
  expect(wallTime('Europe/Berlin', gone)).toMatchObject({ day: 29, minute: 30 })
  expect(weekdayOf({ year: 2026, month: 11, day: 23, ...nine })).toBe(1)
})
