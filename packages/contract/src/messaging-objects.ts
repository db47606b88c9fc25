import { z } from 'zod'
import { ConversationId, DepartmentId, FileId, Instant, PrincipalId, Rev, Seq } from './common.js'
import { feedObject } from './define.js'
import { limits } from './limits.js'
import {
  ContactBody,
  LocationBody,
  PollBody,
  PollTally,
  RelayBody,
  RelayTally,
  StickerBody,
} from './messaging-cards.js'
import { ThanksBody } from './messaging-thanks.js'

// What the feeds of conversations and members carry.

export const ConversationRole = z.enum(['owner', 'admin', 'member'])
export type ConversationRole = z.infer<typeof ConversationRole>

export const Mention = z.object({
  principal: z.union([PrincipalId, z.literal('all')]),
  start: z.int().min(0).describe('Where “@name” begins in the text, in UTF-16 units.'),
  length: z.int().min(1),
})
export type Mention = z.infer<typeof Mention>

export const TextBody = z.object({
  text: z.string().min(1).max(limits.messageChars),
  mentions: z.array(Mention).max(limits.mentions).optional(),
})
export const AttachmentBody = z.object({
  file: FileId,
  name: z.string(),
  sizeBytes: z.int(),
  mime: z.string(),
  width: z.int().nullable(),
  height: z.int().nullable(),
})
export type AttachmentBody = z.infer<typeof AttachmentBody>
/** How loud a voice is from its beginning to its end, in equal steps, for a small picture of it. */
export const Waveform = z.array(z.int().min(0).max(31)).max(limits.waveformSteps)
export const VoiceBody = AttachmentBody.extend({ durationMs: z.int(), waveform: Waveform })
export type VoiceBody = z.infer<typeof VoiceBody>
export const NewImage = z.object({ kind: z.literal('image'), file: FileId })
export const NewFile = z.object({ kind: z.literal('file'), file: FileId })
export const NewVoice = z.object({
  kind: z.literal('voice'),
  file: FileId,
  durationMs: z.int().min(1).max(limits.voiceMs),
  waveform: Waveform,
})

/** What several messages sent on as one look like from outside; `messaging.getRecord` has them. */
export const RecordBody = z.object({
  of: z.object({ kind: z.enum(['direct', 'group']), names: z.array(z.string()).max(2) }),
  count: z.int(),
  first: z
    .array(z.object({ name: z.string(), kind: z.string(), text: z.string().max(limits.recordLineChars) }))
    .max(3)
    .describe('`text` is what was said, or a file’s name.'),
  from: Instant,
  until: Instant,
})
export type RecordBody = z.infer<typeof RecordBody>

/** A line the system writes: what happened, who did it, to whom. */
export const SystemBody = z.object({
  event: z.enum([
    'created',
    'added',
    'removed',
    'left',
    'renamed',
    'transferred',
    'admin_set',
    'admin_unset',
    'muted_all',
    'unmuted_all',
    'dissolved',
    'notice_set',
    'notice_removed',
    'joined_by_link',
    'department_on',
    'department_off',
    'department_joined',
    'department_left',
    'welcome',
    'purged',
    'poll_ended',
    'relay_ended',
  ]),
  principals: z.array(PrincipalId).max(10).optional(),
  count: z.int().optional(),
  name: z.string().optional(),
  text: z
    .string()
    .optional()
    .describe('What a notice says that is to be confirmed, the group to who joined it, or what a poll asked.'),
  about: Seq.optional().describe('The poll or relay list that ended; `count` has its most votes, or its lines.'),
  leading: z
    .array(z.string())
    .max(limits.pollOptions)
    .optional()
    .describe('The options of a poll with the most votes; none where nobody voted.'),
  days: z.int().optional().describe('After so many the history of a dissolved group goes; without it stays.'),
})
export type SystemBody = z.infer<typeof SystemBody>

/** `tap`: recipients say “received”. `open`: opening it counts, and they are told before they do. */
export const ReceiptMode = z.enum(['tap', 'open'])
export type ReceiptMode = z.infer<typeof ReceiptMode>

/** One emoji, as keyboards and pickers make it. */
export const Emoji = z
  .string()
  .max(limits.emojiUnits)
  .regex(
    /^(?:\p{Extended_Pictographic}|\p{Emoji_Presentation}|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3)(?:\p{Emoji_Modifier}|\uFE0F|\u200D|\p{Extended_Pictographic}|[\u{E0020}-\u{E007F}])*$/u,
  )

/** How many answered with one emoji, and who of them did so first. */
export const Reaction = z.object({
  emoji: Emoji,
  count: z.int(),
  members: z.array(PrincipalId).max(limits.reactionMembers),
})
export type Reaction = z.infer<typeof Reaction>

/** What a message shows of the thread below it. */
export const ThreadSummary = z.object({
  replies: z.int().describe('Those that were taken back do not count.'),
  lastSeq: Seq,
  lastAt: Instant,
  members: z.array(PrincipalId).max(limits.threadFaces).describe('Who answered last, each once.'),
})
export type ThreadSummary = z.infer<typeof ThreadSummary>

const base = {
  seq: Seq,
  sender: PrincipalId,
  quote: Seq.nullable().describe('The place of the quoted message.'),
  root: Seq.optional().describe('It is a reply in the thread below this message.'),
  state: z.enum(['sent', 'recalled']).describe('A recalled message keeps its place and loses its body.'),
  sentAt: Instant,
  receipt: ReceiptMode.optional().describe('The sender asks everybody to confirm.'),
  editedAt: Instant.optional(),
  thread: ThreadSummary.optional().describe('Once somebody answered it in a thread. Renewed at most once a second.'),
  todo: z
    .object({ done: z.int(), total: z.int() })
    .optional()
    .describe('To-dos that were made from it: how many are done.'),
  reactions: z.array(Reaction).optional().describe('In the order in which the first of each came.'),
}
export const Message = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('text'), body: TextBody.nullable() }),
  z.object({ ...base, kind: z.literal('image'), body: AttachmentBody.nullable() }),
  z.object({ ...base, kind: z.literal('file'), body: AttachmentBody.nullable() }),
  z.object({ ...base, kind: z.literal('voice'), body: VoiceBody.nullable() }),
  z.object({ ...base, kind: z.literal('record'), body: RecordBody.nullable() }),
  z.object({
    ...base,
    kind: z.literal('poll'),
    body: PollBody.nullable(),
    poll: PollTally.optional().describe('Once somebody voted or it was ended.'),
  }),
  z.object({
    ...base,
    kind: z.literal('relay'),
    body: RelayBody.nullable(),
    relay: RelayTally.optional().describe('Once somebody joined or it was ended.'),
  }),
  z.object({ ...base, kind: z.literal('contact'), body: ContactBody.nullable() }),
  z.object({ ...base, kind: z.literal('location'), body: LocationBody.nullable() }),
  z.object({ ...base, kind: z.literal('sticker'), body: StickerBody.nullable() }),
  z.object({ ...base, kind: z.literal('thanks'), body: ThanksBody.nullable() }),
  z.object({ ...base, kind: z.literal('system'), body: SystemBody.nullable() }),
])
export type Message = z.infer<typeof Message>

const itemBase = { sender: PrincipalId, name: z.string().describe('As of then.'), sentAt: Instant }
/** One message as it was when it was sent on with others. */
export const RecordItem = z.discriminatedUnion('kind', [
  z.object({ ...itemBase, kind: z.literal('text'), body: TextBody }),
  z.object({ ...itemBase, kind: z.literal('image'), body: AttachmentBody }),
  z.object({ ...itemBase, kind: z.literal('file'), body: AttachmentBody }),
  z.object({ ...itemBase, kind: z.literal('voice'), body: VoiceBody }),
  z.object({ ...itemBase, kind: z.literal('record'), body: RecordBody }),
  z.object({ ...itemBase, kind: z.literal('poll'), body: PollBody }),
  z.object({ ...itemBase, kind: z.literal('relay'), body: RelayBody }),
  z.object({ ...itemBase, kind: z.literal('contact'), body: ContactBody }),
  z.object({ ...itemBase, kind: z.literal('location'), body: LocationBody }),
  z.object({ ...itemBase, kind: z.literal('sticker'), body: StickerBody }),
])
export type RecordItem = z.infer<typeof RecordItem>

/** What everybody in a group should know, as its owner or an admin wrote it. */
export const GroupNotice = z.object({
  text: z.string(),
  by: PrincipalId,
  at: Instant,
  seq: Seq.nullable().describe(
    'Where members are asked to confirm it: the line that says so, by which receipts are asked for.',
  ),
})
export type GroupNotice = z.infer<typeof GroupNotice>

/** A nickname as of the change of the feed that brought it; null where it was taken away. */
export const Nickname = z.object({ id: PrincipalId, nickname: z.string().nullable(), rev: Rev })
export type Nickname = z.infer<typeof Nickname>

export const Conversation = z.object({
  id: ConversationId,
  kind: z.enum(['direct', 'group']),
  name: z.string().describe('Empty for a direct conversation: it bears the other’s name.'),
  owner: PrincipalId.nullable(),
  external: z.boolean().describe('True while somebody from outside the company is in it.'),
  muteAll: z.boolean(),
  historyVisible: z.boolean().describe('Whether new members see what was said before.'),
  dissolved: z.boolean(),
  purgeAt: Instant.nullable().describe('When the history of a dissolved group goes; null where it is kept.'),
  purged: z.boolean().describe('Its history is gone.'),
  notice: GroupNotice.nullable(),
  memberLinks: z.boolean().describe('Whether every member may make links to join by, or only owner and admins.'),
  department: DepartmentId.nullable().describe('It is the group of this department: people come and go with it.'),
  welcome: z.string().nullable().describe('What it says to people who join.'),
  createdAt: Instant,
})
export type Conversation = z.infer<typeof Conversation>

/** Who is in it: the count, and the first members, owner and admins before others. */
export const Members = z.object({
  count: z.int(),
  first: z.array(z.object({ id: PrincipalId, role: ConversationRole })).max(20),
  waiting: z.int().describe('How many ask to be let in.'),
  nicknames: z
    .array(Nickname)
    .max(limits.recentNicknames)
    .describe('Those that changed last, newest first; fewer than the most are all there ever were.'),
})
export type Members = z.infer<typeof Members>

/** That one member may not write in a group, and until when; null: until it is lifted. It ends by itself. */
export const Silence = z.object({ until: Instant.nullable() })
export type Silence = z.infer<typeof Silence>

/** My place in a conversation; lives in my member feed. */
export const Membership = z.object({
  conversation: ConversationId,
  view: z.string().describe('The view under which the conversation may be kept; another one drops it.'),
  fromSeq: Seq.describe('Messages at or under this place are not mine to see.'),
  readSeq: Seq,
  muted: z.boolean(),
  pinned: z.boolean(),
  role: ConversationRole,
  nickname: z.string().nullable().describe('What I am called in this group, where not by my name.'),
  silenced: Silence.nullable().describe('I am muted here by those who run it; what has passed counts no longer.'),
  version: z.int(),
})
export type Membership = z.infer<typeof Membership>

export const Draft = z.object({
  conversation: ConversationId,
  text: z.string(),
  quote: Seq.nullable(),
  savedAt: Instant,
})
export type Draft = z.infer<typeof Draft>
export const Hidden = z.object({ conversation: ConversationId, seq: Seq })
export type Hidden = z.infer<typeof Hidden>

/** The voices of a conversation that I have listened to, the newest so many. */
export const Played = z.object({ conversation: ConversationId, seqs: z.array(Seq).max(limits.playedKept) })
export type Played = z.infer<typeof Played>

export const messageObject = feedObject({ kind: 'message', feed: 'conversation', payload: Message })
export const conversationObject = feedObject({ kind: 'conversation', feed: 'conversation', payload: Conversation })
export const membersObject = feedObject({ kind: 'members', feed: 'conversation', payload: Members })
export const membershipObject = feedObject({ kind: 'membership', feed: 'member', payload: Membership })
export const draftObject = feedObject({ kind: 'draft', feed: 'member', payload: Draft })
export const playedObject = feedObject({ kind: 'played', feed: 'member', payload: Played })
export const hiddenObject = feedObject({ kind: 'hidden', feed: 'member', payload: Hidden })
