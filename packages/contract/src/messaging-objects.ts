import { z } from 'zod'
import { ConversationId, FileId, Instant, PrincipalId, Rev, Seq } from './common.js'
import { feedObject } from './define.js'
import { limits } from './limits.js'

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
  ]),
  principals: z.array(PrincipalId).max(10).optional(),
  count: z.int().optional(),
  name: z.string().optional(),
})
export type SystemBody = z.infer<typeof SystemBody>

const base = {
  seq: Seq,
  sender: PrincipalId,
  quote: Seq.nullable().describe('The place of the quoted message.'),
  state: z.enum(['sent', 'recalled']).describe('A recalled message keeps its place and loses its body.'),
  sentAt: Instant,
}
export const Message = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('text'), body: TextBody.nullable() }),
  z.object({ ...base, kind: z.literal('image'), body: AttachmentBody.nullable() }),
  z.object({ ...base, kind: z.literal('file'), body: AttachmentBody.nullable() }),
  z.object({ ...base, kind: z.literal('system'), body: SystemBody.nullable() }),
])
export type Message = z.infer<typeof Message>

/** What everybody in a group should know, as its owner or an admin wrote it. */
export const GroupNotice = z.object({ text: z.string(), by: PrincipalId, at: Instant })
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
  notice: GroupNotice.nullable(),
  memberLinks: z.boolean().describe('Whether every member may make links to join by, or only owner and admins.'),
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

export const messageObject = feedObject({ kind: 'message', feed: 'conversation', payload: Message })
export const conversationObject = feedObject({ kind: 'conversation', feed: 'conversation', payload: Conversation })
export const membersObject = feedObject({ kind: 'members', feed: 'conversation', payload: Members })
export const membershipObject = feedObject({ kind: 'membership', feed: 'member', payload: Membership })
export const draftObject = feedObject({ kind: 'draft', feed: 'member', payload: Draft })
export const hiddenObject = feedObject({ kind: 'hidden', feed: 'member', payload: Hidden })
