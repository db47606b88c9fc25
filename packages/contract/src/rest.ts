import { z } from 'zod'
import { Empty, Instant, MemberId } from './common.js'
import { feedObject, operation } from './define.js'
import { limits } from './limits.js'

/** A time of day on the wall, e.g. 09:00. */
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const Day = z.object({
  from: Clock,
  to: Clock.describe('At or before `from`: of the next day.'),
})
/** When somebody works, Monday first; outside of it they rest. Null is a day without work. */
export const Week = z.array(Day.nullable()).length(7)
export type Week = z.infer<typeof Week>

export const LocalDate = z.iso.date().describe('A date on the wall, e.g. 2030-01-01.')

/** Whether somebody rests, and until when. */
export const RestState = z.object({
  resting: z.boolean(),
  until: Instant.nullable().describe('When the rest ends; null while awake, or where no end is in sight.'),
  by: z.enum(['hand', 'schedule']).nullable(),
  changesAt: Instant.nullable().describe('When this state is over by itself: asking before is of no use.'),
})
export type RestState = z.infer<typeof RestState>

/** What a member has chosen; lives in the member’s own feed. */
export const RestChoices = z.object({
  until: Instant.nullable().describe('Resting by hand until then.'),
  awakeUntil: Instant.nullable().describe('The rest of the schedule was ended by hand; it begins again then.'),
  note: z.string().max(limits.restNoteChars).describe('What colleagues read beside “at rest”.'),
  passUrgent: z.boolean().describe('What is urgent may reach me, as far as the company lets it.'),
  passChosen: z.boolean(),
  chosen: z.array(MemberId).max(limits.restChosen).describe('Who may reach me while `passChosen`.'),
  suggestLater: z.boolean().describe('Colleagues are offered to send when I am back.'),
  followSchedule: z.boolean().describe('Rest outside of the working hours.'),
  week: Week.nullable().describe('My working hours; null are those of the company.'),
})
export type RestChoices = z.infer<typeof RestChoices>

export const restObject = feedObject({ kind: 'rest', feed: 'member', payload: RestChoices })

export const RestPolicy = z.object({
  week: Week.nullable().describe('Working hours of the company; null: nobody rests by schedule unless they choose to.'),
  urgent: z
    .enum(['everybody', 'duty', 'nobody'])
    .describe('Whom urgent messages may reach at rest: everybody who lets them, those on duty, nobody.'),
})
export type RestPolicy = z.infer<typeof RestPolicy>

export const MyRest = z.object({
  state: RestState,
  choices: RestChoices,
  policy: RestPolicy,
  onDuty: z.boolean(),
  timeZone: z.string(),
  presets: z.object({ tomorrow: Instant, monday: Instant }).describe('9:00 of tomorrow and of next Monday, for me.'),
})
export type MyRest = z.infer<typeof MyRest>

export const getRest = operation({
  name: 'rest.getRest',
  kind: 'read',
  summary: 'Whether I rest, until when, and what I have chosen.',
  scope: 'rest:read',
  input: Empty,
  output: MyRest,
  errors: [],
})

export const setRest = operation({
  name: 'rest.setRest',
  kind: 'write',
  summary: 'Rest until an instant, or end the rest now, the one by schedule too.',
  scope: 'rest:write',
  input: z.object({ until: z.iso.datetime().nullable() }),
  output: MyRest,
  errors: [],
})

export const updateRest = operation({
  name: 'rest.updateRest',
  kind: 'write',
  summary: 'Change what I have chosen about resting; what is left out stays.',
  scope: 'rest:write',
  input: RestChoices.omit({ until: true, awakeUntil: true }).partial(),
  output: MyRest,
  errors: [],
})

/** How colleagues see somebody who rests. */
export const RestingMember = z.object({
  member: MemberId,
  until: Instant.nullable(),
  note: z.string(),
  suggestLater: z.boolean(),
})
export type RestingMember = z.infer<typeof RestingMember>

export const listResting = operation({
  name: 'rest.listResting',
  kind: 'read',
  summary: 'Of these colleagues, those who rest at present.',
  scope: 'rest:read',
  input: z.object({ members: z.array(MemberId).min(1).max(limits.profilesPerCall) }),
  output: z.object({
    items: z.array(RestingMember),
    changesAt: Instant.nullable().describe('The first moment at which a schedule changes the answer.'),
  }),
  errors: [],
})

export const getRestPolicy = operation({
  name: 'rest.getPolicy',
  kind: 'read',
  summary: 'The working hours of the company and what may pass a rest.',
  scope: 'rest:read',
  input: Empty,
  output: RestPolicy,
  errors: [],
})

export const setRestPolicy = operation({
  name: 'rest.setPolicy',
  kind: 'write',
  summary: 'Set the working hours of the company and what may pass a rest.',
  scope: 'directory:admin',
  input: RestPolicy,
  output: RestPolicy,
  errors: [],
})

export const Holiday = z.object({
  on: LocalDate,
  kind: z.enum(['holiday', 'workday']).describe('A day off, or a weekend’s day that is worked to make up for one.'),
  name: z.string().trim().min(1).max(limits.nameChars),
})
export type Holiday = z.infer<typeof Holiday>

export const listHolidays = operation({
  name: 'rest.listHolidays',
  kind: 'read',
  summary: 'Days off and make-up workdays of the company in one year.',
  scope: 'rest:read',
  input: z.object({ year: z.int().min(2000).max(2200) }),
  output: z.object({ items: z.array(Holiday) }),
  errors: [],
})

export const importHolidays = operation({
  name: 'rest.importHolidays',
  kind: 'write',
  summary: 'Take in days off and make-up workdays, as JSON or CSV; a day that is there already is replaced.',
  scope: 'directory:admin',
  input: z.object({ text: z.string().max(limits.holidayChars), dryRun: z.boolean() }),
  output: z.object({ items: z.array(Holiday) }),
  errors: ['holidays_invalid'],
})

export const deleteHolidays = operation({
  name: 'rest.deleteHolidays',
  kind: 'write',
  summary: 'Forget the days off and make-up workdays from one date to another.',
  scope: 'directory:admin',
  input: z.object({ from: LocalDate, to: LocalDate }),
  output: z.object({ deleted: z.int() }),
  errors: [],
})

/** Somebody whom urgent messages may reach at rest for a time. */
export const Duty = z.object({ member: MemberId, from: Instant, until: Instant })
export type Duty = z.infer<typeof Duty>

export const listDuty = operation({
  name: 'rest.listDuty',
  kind: 'read',
  summary: 'Who is on duty now or later.',
  scope: 'rest:read',
  input: Empty,
  output: z.object({ items: z.array(Duty) }),
  errors: [],
})

export const setDuty = operation({
  name: 'rest.setDuty',
  kind: 'write',
  summary: 'Replace the list of who is on duty; what is over is left out.',
  scope: 'directory:admin',
  input: z.object({
    items: z
      .array(z.object({ member: MemberId, from: z.iso.datetime(), until: z.iso.datetime() }))
      .max(limits.dutyEntries),
  }),
  output: z.object({ items: z.array(Duty) }),
  errors: [],
})
