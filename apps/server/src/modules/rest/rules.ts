import type { RestChoices, RestPolicy, RestState, Week } from '@heyi/contract/rest'
import { Temporal } from 'temporal-polyfill'

type Days = ReadonlyMap<string, 'holiday' | 'workday'>

/** All that decides whether somebody rests. */
export interface RestFacts {
  timeZone: string
  /** Resting by hand until then. */
  untilMs: number | null
  /** The rest of the schedule was ended by hand and begins again then. */
  awakeUntilMs: number | null
  /** Working hours, Monday first; null where nobody follows a schedule. */
  week: Week | null
  /** Days off and make-up workdays by their date. */
  days: Days
}

/** Further than the longest holidays; past it no end of a rest is in sight. */
const horizonDays = 60
/** More bounds than hands and schedules have in a row. */
const mostBounds = 2 * horizonDays

interface Span {
  from: number
  to: number
}

/** The working hours of one date; a make-up workday without hours of its own takes those of the first working day. */
function workOn(date: Temporal.PlainDate, { week, days, timeZone }: RestFacts): Span | null {
  const kind = days.get(date.toString())
  if (!week || kind === 'holiday') return null
  const day = week[date.dayOfWeek - 1] ?? (kind === 'workday' ? week.find((other) => other !== null) : null)
  if (!day) return null
  const at = (on: Temporal.PlainDate, time: string) =>
    on.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds
  const from = at(date, day.from)
  const to = at(day.to <= day.from ? date.add({ days: 1 }) : date, day.to)
  return to > from ? { from, to } : null
}

const dateAt = (ms: number, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate()

/** The end of the work that is going on, if any. Hours of the day before may last past midnight. */
function workEnd(ms: number, facts: RestFacts): number | null {
  const today = dateAt(ms, facts.timeZone)
  const spans = [workOn(today.subtract({ days: 1 }), facts), workOn(today, facts)]
  const ends = spans.flatMap((span) => (span && span.from <= ms && ms < span.to ? [span.to] : []))
  return ends.length > 0 ? Math.max(...ends) : null
}

/** When work begins next, after `ms`; null where it does not within the horizon. */
function nextWork(ms: number, facts: RestFacts): number | null {
  const today = dateAt(ms, facts.timeZone)
  for (let ahead = 0; ahead <= horizonDays; ahead++) {
    const span = workOn(today.add({ days: ahead }), facts)
    if (span && span.from > ms) return span.from
  }
  return null
}

/** Until when something keeps somebody awake, or at rest, from this moment on; null without an end in sight. */
function stretch(ms: number, facts: RestFacts): { by: RestState['by']; to: number | null } {
  if (facts.untilMs !== null && facts.untilMs > ms) return { by: 'hand', to: facts.untilMs }
  if (!facts.week) return { by: null, to: null }
  const awake = facts.awakeUntilMs !== null && facts.awakeUntilMs > ms ? facts.awakeUntilMs : null
  const end = workEnd(ms, facts)
  if (awake !== null || end !== null) return { by: null, to: Math.max(awake ?? 0, end ?? 0) }
  return { by: 'schedule', to: nextWork(ms, facts) }
}

/**
 * Whether somebody rests at this moment, and until when: by hand, or because it is outside of the working hours. A rest
 * by hand that ends outside of them goes on until work begins.
 */
export function restAt(nowMs: number, facts: RestFacts): RestState {
  const first = stretch(nowMs, facts)
  let { to } = first
  for (let bounds = 0; to !== null; bounds++) {
    const next = stretch(to, facts)
    if ((next.by === null) !== (first.by === null)) break
    to = bounds < mostBounds ? next.to : null
  }
  const at = to === null ? null : new Date(to).toISOString()
  return { resting: first.by !== null, until: first.by === null ? null : at, by: first.by, changesAt: at }
}

/** 9:00 of tomorrow and of next Monday, on the wall of this time zone. */
export function presets(nowMs: number, timeZone: string): { tomorrow: string; monday: string } {
  const today = dateAt(nowMs, timeZone)
  const nine = (date: Temporal.PlainDate) =>
    new Date(
      date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from('09:00') }).epochMilliseconds,
    ).toISOString()
  return { tomorrow: nine(today.add({ days: 1 })), monday: nine(today.add({ days: 8 - today.dayOfWeek })) }
}

/** Whether a message may reach somebody although they rest. */
export function mayPass(facts: {
  sender: string
  urgent: boolean
  onDuty: boolean
  choices: Pick<RestChoices, 'passUrgent' | 'passChosen' | 'chosen'>
  policy: Pick<RestPolicy, 'urgent'>
}): boolean {
  const { sender, urgent, onDuty, choices, policy } = facts
  if (choices.passChosen && choices.chosen.includes(sender)) return true
  if (!urgent || policy.urgent === 'nobody') return false
  return onDuty || (policy.urgent === 'everybody' && choices.passUrgent)
}
