import { z } from 'zod'
import { ConversationId, Cursor, Empty, Instant, pageOf, ReminderId, Seq } from './common.js'
import { feedObject, operation } from './define.js'
import { limits } from './limits.js'

/** A message that I want to be reminded of; it lives in my member feed alone until I am done with it. */
export const Reminder = z.object({
  id: ReminderId,
  conversation: ConversationId,
  seq: Seq,
  remindAt: Instant,
  remindedAt: Instant.nullable(),
})
export type Reminder = z.infer<typeof Reminder>

export const reminderObject = feedObject({ kind: 'reminder', feed: 'member', payload: Reminder })

export const addReminder = operation({
  name: 'reminders.addReminder',
  kind: 'write',
  summary:
    'Remind me of a message at a time; nobody else learns of it. Another time takes the place of the one before.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, seq: Seq, remindAt: Instant }),
  output: Reminder,
  errors: ['time_not_allowed', 'too_many_reminders'],
})

export const cancelReminder = operation({
  name: 'reminders.cancelReminder',
  kind: 'write',
  summary: 'I need not be reminded of it, or have been.',
  scope: 'messaging:write',
  input: z.object({ id: ReminderId }),
  output: Empty,
  errors: [],
})

export const listReminders = operation({
  name: 'reminders.listReminders',
  kind: 'read',
  summary: 'What I am, or was, reminded of, the first time first.',
  scope: 'messaging:read',
  input: z.object({ cursor: Cursor.nullable(), limit: z.int().min(1).max(limits.pageSize) }),
  output: pageOf(Reminder),
  errors: [],
})
