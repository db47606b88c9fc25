import { z } from 'zod'
import { Cursor, Empty, MemberId, pageOf } from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'

const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** A day of each year. Of which year somebody was born is never asked nor kept. */
export const YearDay = z
  .object({ month: z.int().min(1).max(12), day: z.int().min(1).max(31) })
  .refine(({ month, day }) => day <= (daysIn[month - 1] ?? 0), { message: 'no such day' })
export type YearDay = z.infer<typeof YearDay>

const PlainDate = z.iso
  .date()
  .refine((date) => date >= '1900-01-01' && date <= '2199-12-31', { message: 'too far off' })

/** What the company celebrates; nothing until an admin turns it on. */
export const AnniversaryPolicy = z.object({ birthdays: z.boolean(), joiningDays: z.boolean() })
export type AnniversaryPolicy = z.infer<typeof AnniversaryPolicy>

export const AnniversaryDates = z.object({
  birthday: YearDay.nullable(),
  joinedOn: PlainDate.nullable().describe('Since when they work here.'),
  hidden: z.boolean().describe('Colleagues are not told of their days.'),
})
export type AnniversaryDates = z.infer<typeof AnniversaryDates>

/** Whose day it is. `years` is how long they have been here; nobody is told how old somebody becomes. */
export const Anniversary = z.object({
  member: MemberId,
  kind: z.enum(['birthday', 'joined']),
  years: z.int().nullable(),
})
export type Anniversary = z.infer<typeof Anniversary>

export const getAnniversaryPolicy = operation({
  name: 'anniversaries.getPolicy',
  kind: 'read',
  summary: 'Whether birthdays and joining days are told here.',
  scope: 'directory:read',
  input: Empty,
  output: AnniversaryPolicy,
  errors: [],
})

export const setAnniversaryPolicy = operation({
  name: 'anniversaries.setPolicy',
  kind: 'write',
  summary: 'Tell of birthdays and joining days, or not.',
  scope: 'directory:admin',
  input: AnniversaryPolicy,
  output: AnniversaryPolicy,
  errors: [],
})

export const getAnniversaryDates = operation({
  name: 'anniversaries.getDates',
  kind: 'read',
  summary: 'The days of a colleague, for owners and admins, or one’s own.',
  scope: 'directory:read',
  input: z.object({ member: MemberId }),
  output: AnniversaryDates,
  errors: [],
})

export const setAnniversaryDates = operation({
  name: 'anniversaries.setDates',
  kind: 'write',
  summary: 'Note the days of a colleague; of oneself the birthday only. Null takes a day away.',
  scope: 'directory:write',
  input: z.object({
    member: MemberId,
    birthday: YearDay.nullable().optional(),
    joinedOn: PlainDate.nullable().optional(),
  }),
  output: AnniversaryDates,
  errors: [],
})

export const hideAnniversaries = operation({
  name: 'anniversaries.setHidden',
  kind: 'write',
  summary: 'Colleagues are not told of my days, or are again.',
  scope: 'directory:write',
  input: z.object({ hidden: z.boolean() }),
  output: AnniversaryDates,
  errors: [],
})

export const listAnniversaries = operation({
  name: 'anniversaries.listToday',
  kind: 'read',
  summary: 'Whose birthday or joining day it is today, from nine in the morning of the company on; oneself first.',
  scope: 'directory:read',
  input: z.object({ cursor: Cursor.nullable(), limit: z.int().min(1).max(limits.pageSize) }),
  output: pageOf(Anniversary),
  errors: [],
})
