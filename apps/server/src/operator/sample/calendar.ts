/**
 * Working days in Shanghai, which keeps UTC+8 all year. Local time is handled as milliseconds shifted by eight hours and
 * read through the UTC fields of `Date`.
 */
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const offsetMs = 8 * 60 * minuteMs

/** A local calendar day, counted in days since 1970-01-01. */
export type Day = number

export const dayOf = (atMs: number): Day => Math.floor((atMs + offsetMs) / dayMs)
/** Minutes since local midnight. */
export const minuteOf = (atMs: number): number => ((atMs + offsetMs) % dayMs) / minuteMs
export const instantOf = (day: Day, minute: number): number => day * dayMs + minute * minuteMs - offsetMs

/** 0 is Sunday. Day 0 was a Thursday. */
export const weekdayOf = (day: Day): number => (((day + 4) % 7) + 7) % 7
export const isWorkday = (day: Day): boolean => weekdayOf(day) !== 0 && weekdayOf(day) !== 6

export function workdayBefore(day: Day): Day {
  let before = day - 1
  while (!isWorkday(before)) before--
  return before
}

/** The first working day at or after `day`. */
export function workdayFrom(day: Day): Day {
  let from = day
  while (!isWorkday(from)) from++
  return from
}

export const monthAndDate = (day: Day): { month: number; date: number } => {
  const local = new Date(day * dayMs)
  return { month: local.getUTCMonth() + 1, date: local.getUTCDate() }
}

// How busy people are with messages: local minutes from – to, and a weight per minute.
const rhythm: [from: number, to: number, weight: number][] = [
  [9 * 60, 10 * 60, 0.9],
  [10 * 60, 11 * 60 + 40, 1.4],
  [11 * 60 + 40, 13 * 60 + 20, 0.5],
  [13 * 60 + 20, 15 * 60, 1.1],
  [15 * 60, 17 * 60 + 30, 1.3],
  [17 * 60 + 30, 18 * 60 + 30, 0.8],
  [18 * 60 + 30, 20 * 60, 0.25],
]

const dayStart = 9 * 60

/** How much of a working day's activity lies before this local minute, in busy minutes. */
export function activityAt(minute: number): number {
  return rhythm.reduce((sum, [from, to, weight]) => sum + Math.max(0, Math.min(minute, to) - from) * weight, 0)
}

/** The inverse of {@link activityAt}. */
export function minuteAt(activity: number): number {
  let left = activity
  for (const [from, to, weight] of rhythm) {
    if (left <= (to - from) * weight) return from + left / weight
    left -= (to - from) * weight
  }
  return 20 * 60
}

/**
 * The moment the sample's story ends: `nowMs` itself while people are at work, else near the end of the last working day.
 */
export function storyEnd(nowMs: number): number {
  const day = dayOf(nowMs)
  const minute = minuteOf(nowMs)
  if (isWorkday(day) && minute >= dayStart + 75) return Math.min(nowMs - minuteMs, instantOf(day, 18 * 60 + 12))
  return instantOf(workdayBefore(day), 18 * 60 + 12)
}
