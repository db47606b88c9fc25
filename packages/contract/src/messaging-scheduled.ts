import { z } from 'zod'
import { LadderSteps } from './channels.js'
import { ConversationId, Empty, Instant, ScheduledId, Seq } from './common.js'
import { feedObject, operation } from './define.js'
import { limits } from './limits.js'
import {
  ContactBody,
  LocationBody,
  NewContact,
  NewLocation,
  NewPoll,
  NewRelay,
  NewSticker,
  PollBody,
  RelayBody,
  StickerBody,
} from './messaging-cards.js'
import { AttachmentBody, NewFile, NewImage, NewVoice, ReceiptMode, TextBody, VoiceBody } from './messaging-objects.js'

/** What waits besides a text: each becomes a message of its own, after the text and in this order. */
export const ScheduledPart = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('image'), body: AttachmentBody }),
  z.object({ kind: z.literal('file'), body: AttachmentBody }),
  z.object({ kind: z.literal('voice'), body: VoiceBody }),
  z.object({ kind: z.literal('poll'), body: PollBody }),
  z.object({ kind: z.literal('relay'), body: RelayBody }),
  z.object({ kind: z.literal('contact'), body: ContactBody }),
  z.object({ kind: z.literal('location'), body: LocationBody }),
  z.object({ kind: z.literal('sticker'), body: StickerBody }),
])
export type ScheduledPart = z.infer<typeof ScheduledPart>

const NewPart = z.discriminatedUnion('kind', [
  NewImage,
  NewFile,
  NewVoice,
  NewPoll,
  NewRelay,
  NewContact,
  NewLocation,
  NewSticker,
])

/** What of mine waits for its time; lives in my member feed until it is sent. */
export const Scheduled = z.object({
  id: ScheduledId,
  conversation: ConversationId,
  body: TextBody.nullable().describe('Null where it takes along files or cards and no words.'),
  parts: z.array(ScheduledPart).max(limits.scheduledParts).optional(),
  quote: Seq.nullable().describe('Of the first message that it becomes; so are the receipt and its ladder.'),
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
  summary: 'Have a text, files or cards sent later, whether I am here then or not. Files are kept until then.',
  scope: 'messaging:write',
  input: z.object({
    conversation: ConversationId,
    body: TextBody.nullable(),
    parts: z.array(NewPart).max(limits.scheduledParts).optional(),
    quote: Seq.nullable(),
    receipt: ReceiptMode.nullable(),
    ladder: LadderSteps.nullable(),
    sendAt: Instant.describe(`In the future, at most ${limits.scheduleDays} days ahead.`),
  }),
  output: Scheduled,
  errors: ['time_not_allowed', 'too_many_scheduled', 'conversation_closed', 'muted', 'silenced', 'sticker_gone'],
})

export const updateScheduled = operation({
  name: 'messaging.updateScheduled',
  kind: 'write',
  summary: 'Another text or another time for what waits to be sent, or without some of its files and cards.',
  scope: 'messaging:write',
  input: z.object({
    id: ScheduledId,
    version: z.int(),
    body: TextBody.nullable().optional(),
    without: z
      .array(z.int().min(0))
      .max(limits.scheduledParts)
      .optional()
      .describe('The places of parts that go, the first is 0. Something has to be left.'),
    sendAt: Instant.optional(),
  }),
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
  output: z.object({ seq: Seq.describe('Of the first message.') }),
  errors: [
    'version_conflict',
    'conversation_closed',
    'muted',
    'silenced',
    'file_gone',
    'sticker_gone',
    'time_not_allowed',
  ],
})
