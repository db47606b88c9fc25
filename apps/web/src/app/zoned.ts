/** A moment as a clock and a calendar show it; months from 1. */
export interface WallTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
}

/** What the clock in this time zone shows at an instant. */
export function wallTime(zone: string, at: Date): WallTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const of = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') }
}

const asUtc = ({ year, month, day, hour, minute }: WallTime) => Date.UTC(year, month - 1, day, hour, minute)

/**
 * The instant at which the clock in this time zone shows that; days and months beyond their ends count on. An hour that
 * the change of clocks leaves out is the one after it; of an hour that comes twice it is one of both.
 */
export function instantOf(zone: string, wall: WallTime): Date {
  const wanted = asUtc(wall)
  let at = wanted
  // The offset at a guess is nearly always that at the answer; around a change of clocks it takes another look.
  for (let look = 0; look < 3; look++) {
    const off = asUtc(wallTime(zone, new Date(at))) - wanted
    if (off === 0) break
    at -= off
  }
  return new Date(at)
}

/** The day of the week of a wall date, Sunday 0. */
export const weekdayOf = (wall: WallTime): number => new Date(asUtc(wall)).getUTCDay()

/** What a field for date and time holds, as an instant; null where it is empty. */
export function instantAt(zone: string, field: string): string | null {
  const [year, month, day, hour, minute] = field.split(/\D/).map(Number)
  if (field === '' || year === undefined || month === undefined || day === undefined) return null
  return instantOf(zone, { year, month, day, hour: hour ?? 0, minute: minute ?? 0 }).toISOString()
}
