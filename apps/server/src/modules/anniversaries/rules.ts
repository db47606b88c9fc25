import type { AnniversaryPolicy } from '@heyi/contract/anniversaries'
import { Temporal } from 'temporal-polyfill'

/** From when on a day is told, where the company is. */
const fromHour = 9

/** The date where the company is, and whether it is told of already. */
export function todayIn(timeZone: string, ms: number): { date: string; isTold: boolean } {
  const now = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
  return { date: now.toPlainDate().toString(), isTold: now.hour >= fromHour }
}

/** The days of a year that are kept on this date: on 28 February also the 29th, where there is none. */
export function daysKeptOn(date: string): { month: number; day: number }[] {
  const { month, day, inLeapYear } = Temporal.PlainDate.from(date)
  const kept = [{ month, day }]
  return month === 2 && day === 28 && !inLeapYear ? [...kept, { month: 2, day: 29 }] : kept
}

/** How many whole years lie between two dates of which the days are the same. */
export const yearsSince = (joinedOn: string, date: string): number =>
  Number(date.slice(0, 4)) - Number(joinedOn.slice(0, 4))

/** Whether anything is told at all. */
export const tells = ({ birthdays, joiningDays }: AnniversaryPolicy): boolean => birthdays || joiningDays
