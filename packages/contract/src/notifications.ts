import { z } from 'zod'
import { Channel, LadderStep, LadderSteps } from './channels.js'
import { ConversationId, Cursor, Empty, Instant, MemberId, pageOf, Seq, SessionId } from './common.js'
import { feedObject, operation } from './define.js'
import { limits } from './limits.js'

export { Channel, LadderStep, LadderSteps }

/** Of what in a conversation one is told: every message, only what names one or has one of one’s words, nothing. */
export const Level = z.enum(['all', 'mentions', 'none'])
export type Level = z.infer<typeof Level>

/** Why somebody is, or is not, told of a message. */
export const Reason = z.enum([
  // told
  'direct',
  'mention',
  'everybody',
  'keyword',
  'message',
  // held
  'resting',
  // not told
  'own',
  'system',
  'recalled',
  'not_member',
  'before_joining',
  'already_read',
  'level_none',
  'level_mentions',
  'thread_not_followed',
  'no_channel',
  // not of one message
  'summary',
  'digest',
  'ladder',
  'todo',
  'notice',
  'reminder',
  'greeting',
  'test',
])
export type Reason = z.infer<typeof Reason>

/** What became of one notification. `held` waits for the end of a rest, `released` went out in its summary. */
export const LedgerState = z.enum([
  'held',
  'released',
  'queued',
  'sending',
  'accepted',
  'shown',
  'opened',
  'dropped',
  'failed',
])
export type LedgerState = z.infer<typeof LedgerState>

export const NotificationId = z.string().regex(/^ntf_[0-9a-z]{20}$/)
export const DeviceId = z.string().regex(/^psh_[0-9a-z]{20}$/)
export const OwnChannelId = z.string().regex(/^chn_[0-9a-z]{20}$/)

export const LedgerEntry = z.object({
  id: NotificationId,
  conversation: ConversationId.nullable(),
  seq: Seq.nullable(),
  reason: Reason,
  channel: Channel.nullable().describe('Null while it is held.'),
  target: z.string().describe('The device, address or number it went to, as its owner knows it.'),
  state: LedgerState,
  count: z.int().describe('Messages it tells of.'),
  createdAt: Instant,
  sentAt: Instant.nullable(),
  acceptedAt: Instant.nullable().describe('When the service that delivers it took it.'),
  shownAt: Instant.nullable(),
  openedAt: Instant.nullable(),
  failure: z.string().nullable(),
})
export type LedgerEntry = z.infer<typeof LedgerEntry>

export const PushDevice = z.object({
  id: DeviceId,
  session: SessionId,
  name: z.string(),
  level: Level,
  content: z.boolean().describe('Names and text are shown, not only that there is something.'),
  current: z.boolean(),
  createdAt: Instant,
  lastAcceptedAt: Instant.nullable(),
  lastShownAt: Instant.nullable(),
})
export type PushDevice = z.infer<typeof PushDevice>

export const OwnChannel = z.object({
  id: OwnChannelId,
  name: z.string(),
  host: z.string(),
  level: Level,
  content: z.boolean(),
  lastAcceptedAt: Instant.nullable(),
  lastFailure: z.string().nullable(),
})
export type OwnChannel = z.infer<typeof OwnChannel>

export const NotificationSettings = z.object({
  publicKey: z.string().describe('Of this installation, for subscribing a browser (VAPID, RFC 8292).'),
  keywords: z.array(z.string()),
  digest: z.boolean().describe('A mail, at most one a day, when I was long away and something is unread.'),
  devices: z.array(PushDevice),
  channels: z.array(OwnChannel),
  mail: z.string().nullable().describe('Where a digest would go; null where no mail can be sent to me.'),
})
export type NotificationSettings = z.infer<typeof NotificationSettings>

export const getNotificationSettings = operation({
  name: 'notifications.getSettings',
  kind: 'read',
  summary: 'How I am told of messages while the app is closed.',
  scope: 'notifications:read',
  input: Empty,
  output: NotificationSettings,
  errors: [],
})

export const updateNotificationSettings = operation({
  name: 'notifications.updateSettings',
  kind: 'write',
  summary: 'Set the words that I am told of, and whether a digest is mailed.',
  scope: 'notifications:write',
  input: z.object({
    keywords: z.array(z.string().trim().min(1).max(limits.keywordChars)).max(limits.keywords).optional(),
    digest: z.boolean().optional(),
  }),
  output: NotificationSettings,
  errors: [],
})

/** My level of a conversation where it is `none`; lives in my member feed. The others follow from `muted`. */
export const SilentConversation = z.object({ conversation: ConversationId })
export const silentObject = feedObject({ kind: 'silent', feed: 'member', payload: SilentConversation })

export const setLevel = operation({
  name: 'notifications.setLevel',
  kind: 'write',
  summary: 'Of what in a conversation I am told. A muted conversation tells of mentions only, or of nothing.',
  scope: 'notifications:write',
  input: z.object({ conversation: ConversationId, level: Level }),
  output: z.object({ level: Level }),
  errors: [],
})

const base64 = (max: number) =>
  z
    .string()
    .min(16)
    .max(max)
    .regex(/^[\w-]+=*$/)

export const subscribePush = operation({
  name: 'notifications.subscribePush',
  kind: 'write',
  summary: 'Tell this browser by web push (RFC 8030); the address of before is replaced.',
  scope: 'notifications:write',
  input: z.object({
    endpoint: z.url().max(limits.channelUrlChars),
    p256dh: base64(120),
    auth: base64(60),
    name: z.string().trim().min(1).max(80),
  }),
  output: NotificationSettings,
  errors: ['channel_invalid'],
})

export const updateDevice = operation({
  name: 'notifications.updateDevice',
  kind: 'write',
  summary: 'Of what one of my devices is told, and whether it shows the text.',
  scope: 'notifications:write',
  input: z.object({ device: DeviceId, level: Level.optional(), content: z.boolean().optional() }),
  output: NotificationSettings,
  errors: [],
})

export const removeDevice = operation({
  name: 'notifications.removeDevice',
  kind: 'write',
  summary: 'No longer tell one of my devices by push.',
  scope: 'notifications:write',
  input: z.object({ device: DeviceId }),
  output: NotificationSettings,
  errors: [],
})

export const testDevice = operation({
  name: 'notifications.testDevice',
  kind: 'write',
  summary: 'Send a test to one of my devices.',
  scope: 'notifications:write',
  input: z.object({ device: DeviceId }),
  output: z.object({ id: NotificationId }),
  errors: [],
})

export const addChannel = operation({
  name: 'notifications.addChannel',
  kind: 'write',
  summary: 'Be told at an address of my own (Bark, ntfy, Gotify, a robot of WeCom or DingTalk).',
  scope: 'notifications:write',
  input: z.object({
    name: z.string().trim().min(1).max(limits.nameChars),
    url: z
      .url({ protocol: /^https?$/ })
      .max(limits.channelUrlChars)
      .describe('May hold {title}, {text} and {url}.'),
    body: z
      .string()
      .max(limits.channelBodyChars)
      .describe('JSON or text with {title}, {text}, {url}; empty asks by GET. In JSON they are escaped.'),
    level: Level,
    content: z.boolean(),
  }),
  output: NotificationSettings,
  errors: ['channel_invalid', 'too_many_channels'],
})

export const removeChannel = operation({
  name: 'notifications.removeChannel',
  kind: 'write',
  summary: 'No longer tell me at this address of mine.',
  scope: 'notifications:write',
  input: z.object({ channel: OwnChannelId }),
  output: NotificationSettings,
  errors: [],
})

export const testChannel = operation({
  name: 'notifications.testChannel',
  kind: 'write',
  summary: 'Send a test to an address of mine.',
  scope: 'notifications:write',
  input: z.object({ channel: OwnChannelId }),
  output: z.object({ id: NotificationId }),
  errors: [],
})

export const reportNotification = operation({
  name: 'notifications.report',
  kind: 'write',
  summary: 'A device of mine has shown a notification, or I have opened it.',
  scope: 'notifications:write',
  input: z.object({ id: NotificationId, what: z.enum(['shown', 'opened']) }),
  output: Empty,
  errors: [],
  ownRetry: true,
})

export const listLedger = operation({
  name: 'notifications.listLedger',
  kind: 'read',
  summary: 'What I was told, by which way and what became of it, newest first.',
  scope: 'notifications:read',
  input: z.object({ cursor: Cursor.nullable(), limit: z.int().min(1).max(limits.pageSize) }),
  output: pageOf(LedgerEntry),
  errors: [],
})

export const explainNotification = operation({
  name: 'notifications.explain',
  kind: 'read',
  summary: 'Why I was, or was not, told of a message, and why it counts as unread.',
  scope: 'notifications:read',
  input: z.object({ conversation: ConversationId, seq: Seq }),
  output: z.object({
    outcome: z.enum(['tell', 'hold', 'skip']).describe('What would be decided now.'),
    reason: Reason,
    level: Level,
    devices: z.int().describe('Devices and addresses of mine that could be told.'),
    resting: z.boolean(),
    entries: z.array(LedgerEntry).max(limits.pageSize).describe('What was done then; empty where nothing was.'),
    unread: z.boolean(),
    unreadBecause: z
      .enum(['new', 'own', 'system', 'recalled', 'read', 'before_joining', 'hidden', 'thread'])
      .describe('`new` is what makes it unread; the others why it does not count.'),
  }),
  errors: [],
})

export const NotificationPolicy = z.object({
  everybody: z
    .enum(['everyone', 'heads', 'nobody'])
    .describe('Whose “@all” calls people who hear of mentions only: everyone’s, of owner and admins, nobody’s.'),
  digestHours: z.int().min(1).max(168).describe('Away for so long with something unread: a digest is mailed.'),
  dailyCap: z
    .int()
    .min(0)
    .max(100)
    .describe('Times a day that ladders may reach one person by ways that cost or leave the app.'),
})
export type NotificationPolicy = z.infer<typeof NotificationPolicy>

export const getNotificationPolicy = operation({
  name: 'notifications.getPolicy',
  kind: 'read',
  summary: 'What the company decided about being told.',
  scope: 'notifications:read',
  input: Empty,
  output: NotificationPolicy,
  errors: [],
})

export const setNotificationPolicy = operation({
  name: 'notifications.setPolicy',
  kind: 'write',
  summary: 'Decide about @all, digests and the cap of ladders.',
  scope: 'directory:admin',
  input: NotificationPolicy,
  output: NotificationPolicy,
  errors: [],
})

const ChannelCost = z.object({
  channel: Channel,
  sent: z.int(),
  costMicros: z.int().describe('In millionths of the operator’s currency.'),
})

export const listCosts = operation({
  name: 'notifications.listCosts',
  kind: 'read',
  summary: 'What notifications cost my company, by channel, since a date.',
  scope: 'directory:admin',
  input: z.object({ since: z.iso.datetime() }),
  output: z.object({ currency: z.string(), items: z.array(ChannelCost) }),
  errors: [],
})

export const previewLadder = operation({
  name: 'notifications.previewLadder',
  kind: 'read',
  summary: 'Whom each step would reach at most in a conversation, and what that would cost; nothing is sent.',
  scope: 'notifications:read',
  input: z.object({ conversation: ConversationId, steps: LadderSteps }),
  output: z.object({
    currency: z.string(),
    steps: z.array(
      z.object({
        afterMinutes: z.int(),
        channel: Channel,
        configured: z.boolean(),
        people: z.int(),
        costMicros: z.int(),
      }),
    ),
    dailyCap: z.int(),
  }),
  errors: [],
})

export const getLadder = operation({
  name: 'notifications.getLadder',
  kind: 'read',
  summary: 'How far the ladder of a message of mine has come.',
  scope: 'notifications:read',
  input: z.object({ conversation: ConversationId, seq: Seq }),
  output: z.object({
    state: z.enum(['running', 'done', 'stopped']),
    steps: z.array(
      LadderStep.extend({
        firedAt: Instant.nullable(),
        told: z.array(MemberId).max(limits.pageSize),
        toldCount: z.int(),
        skipped: z.object({ resting: z.int(), capped: z.int(), unreachable: z.int() }),
      }),
    ),
    currency: z.string(),
    costMicros: z.int(),
  }),
  errors: [],
})
