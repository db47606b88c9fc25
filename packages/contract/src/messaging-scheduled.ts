import { z } from 'zod'
import { LadderSteps } from './channels.js'
import { ConversationId, Empty, Instant, ScheduledId, Seq } from './common.js'
import { feedObject, operation } from './define.js'
import { limits } from './limits.js'
import { ReceiptMode, TextBody } from './messaging-objects.js'

/** A text of mine that waits for its time; lives in my member feed until it is sent. */
export const Scheduled = z.object({
  id: ScheduledId,
  conversation: ConversationId,
  body: TextBody,
  quote: Seq.nullable(),
  receipt: ReceiptMode.nullable(),
  ladder: LadderSteps.nullable(),
  sendAt: Instant,
  failed: z.string().nullable().describe('The code of the error for which it could not be sent when its time came.'),
  version: z.int(),
})
export type Scheduled = z.infer<typeof Scheduled>

export const scheduledObject = feedObject({ kind: 'scheduled', feed: 'member', payload: Scheduled })

export const scheduleMessage = operation({
  name: 'messaging.scheduleMessage',
  kind: 'write',
  summary: 'Have a text sent later, whether I am here then or not.',
  scope: 'messaging:write',
  input: z.object({
    conversation: ConversationId,
    body: TextBody,
    quote: Seq.nullable(),
    receipt: ReceiptMode.nullable(),
    ladder: LadderSteps.nullable(),
    sendAt: Instant.describe(`In the future, at most ${limits.scheduleDays} days ahead.`),
  }),
  output: Scheduled,
  errors: ['time_not_allowed', 'too_many_scheduled', 'conversation_closed', 'muted', 'silenced'],
})

export const updateScheduled = operation({
  name: 'messaging.updateScheduled',
  kind: 'write',
  summary: 'Another text or another time for what waits to be sent.',
  scope: 'messaging:write',
  input: z.object({ id: ScheduledId, version: z.int(), body: TextBody.optional(), sendAt: Instant.optional() }),
  output: Scheduled,
  errors: ['version_conflict', 'time_not_allowed'],
})

export const cancelScheduled = operation({
  name: 'messaging.cancelScheduled',
  kind: 'write',
  summary: 'Do not send it after all.',
  scope: 'messaging:write',
  input: z.object({ id: ScheduledId }),
  output: Empty,
  errors: [],
})

export const sendScheduled = operation({
  name: 'messaging.sendScheduled',
  kind: 'write',
  summary: 'Send what waits now.',
  scope: 'messaging:write',
  input: z.object({ id: ScheduledId, version: z.int() }),
  output: z.object({ seq: Seq }),
  errors: ['version_conflict', 'conversation_closed', 'muted', 'silenced'],
})
