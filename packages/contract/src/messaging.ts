import { z } from 'zod'
import {
  ConversationId,
  Cursor,
  Empty,
  FileId,
  Instant,
  JoinRequestId,
  LinkId,
  MemberId,
  Name,
  PrincipalId,
  pageOf,
  Rev,
  Seq,
} from './common.js'
import { feedObject, operation } from './define.js'
import { limits } from './limits.js'
import { Below } from './sync.js'

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

/** A conversation as its maker gets it at once, before any feed brings it. */
const Opened = z.object({ conversation: Conversation, membership: Membership, rev: Rev })

export const openDirect = operation({
  name: 'messaging.openDirect',
  kind: 'write',
  summary: 'The direct conversation with a colleague, made on first use.',
  scope: 'messaging:write',
  input: z.object({ with: PrincipalId }),
  output: Opened,
  errors: [],
})

export const createGroup = operation({
  name: 'messaging.createGroup',
  kind: 'write',
  summary: 'A new group with me as its owner.',
  scope: 'messaging:write',
  input: z.object({
    name: Name,
    members: z.array(MemberId).max(limits.membersPerCall),
    historyVisible: z.boolean().optional(),
  }),
  output: Opened,
  errors: ['too_many_members'],
})

const SendBody = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    text: z.string().min(1).max(limits.messageChars),
    mentions: z.array(Mention).max(limits.mentions).optional(),
  }),
  z.object({ kind: z.literal('image'), file: FileId }),
  z.object({ kind: z.literal('file'), file: FileId }),
])

export const sendMessage = operation({
  name: 'messaging.sendMessage',
  kind: 'write',
  summary: 'Send; answered only when it is durable. The key makes a retry return the first answer.',
  scope: 'messaging:write',
  input: z.object({
    conversation: ConversationId,
    key: z
      .string()
      .min(8)
      .max(40)
      .regex(/^[\w-]+$/)
      .describe('Made once by the client for this message.'),
    message: SendBody,
    quote: Seq.optional(),
  }),
  output: z.object({ seq: Seq, rev: Rev, sentAt: Instant }),
  errors: ['muted', 'conversation_closed', 'quote_not_found'],
  ownRetry: true,
})

export const listMessages = operation({
  name: 'messaging.listMessages',
  kind: 'read',
  summary: 'Older messages by place: the page under `before`, oldest first.',
  scope: 'messaging:read',
  input: z.object({ conversation: ConversationId, before: Seq, limit: z.int().min(1).max(limits.pageSize) }),
  output: z.object({
    view: z.string(),
    rev: Rev.describe('Of the snapshot it was read in.'),
    messages: z.array(z.object({ rev: Rev, object: Message })),
    floor: Seq.describe('Nothing of mine is missing above this place; 0 at the beginning.'),
    below: Below,
  }),
  errors: [],
})

export const getMessages = operation({
  name: 'messaging.getMessages',
  kind: 'read',
  summary: 'Single messages by place, as an answer quotes them; places that I may not read are left out.',
  scope: 'messaging:read',
  input: z.object({ conversation: ConversationId, seqs: z.array(Seq).min(1).max(limits.messagesPerCall) }),
  output: z.object({ view: z.string(), messages: z.array(z.object({ rev: Rev, object: Message })) }),
  errors: [],
})

export const recallMessage = operation({
  name: 'messaging.recallMessage',
  kind: 'write',
  summary: 'Take a message back: its sender within the time allowed, owners and admins of a group at any time.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, seq: Seq }),
  output: Empty,
  errors: ['recall_too_late'],
})

export const hideMessages = operation({
  name: 'messaging.hideMessages',
  kind: 'write',
  summary: 'Delete messages for me only.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, seqs: z.array(Seq).min(1).max(100) }),
  output: Empty,
  errors: [],
})

export const markRead = operation({
  name: 'messaging.markRead',
  kind: 'write',
  summary: 'Move my read cursor forward; a smaller place changes nothing.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, seq: Seq }),
  output: Empty,
  errors: [],
  ownRetry: true,
})

export const markUnread = operation({
  name: 'messaging.markUnread',
  kind: 'write',
  summary: 'Put my cursor back under a message, so that it counts as unread.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, seq: Seq, version: z.int() }),
  output: Membership,
  errors: ['version_conflict'],
})

export const updateMembership = operation({
  name: 'messaging.updateMembership',
  kind: 'write',
  summary: 'Pin or mute a conversation for me.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, muted: z.boolean().optional(), pinned: z.boolean().optional() }),
  output: Membership,
  errors: [],
})

export const saveDraft = operation({
  name: 'messaging.saveDraft',
  kind: 'write',
  summary: 'Keep what I am writing on all my devices; an empty text removes it.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, text: z.string().max(limits.draftChars), quote: Seq.nullable() }),
  output: Empty,
  errors: [],
})

export const getConversation = operation({
  name: 'messaging.getConversation',
  kind: 'read',
  summary: 'A conversation I am in.',
  scope: 'messaging:read',
  input: z.object({ conversation: ConversationId }),
  output: z.object({ conversation: Conversation, members: Members, membership: Membership }),
  errors: [],
})

export const listMembers = operation({
  name: 'messaging.listMembers',
  kind: 'read',
  summary: 'Who is in a conversation: owner, admins, then by time of joining.',
  scope: 'messaging:read',
  input: z.object({
    conversation: ConversationId,
    cursor: Cursor.nullable(),
    limit: z.int().min(1).max(limits.pageSize),
    only: z
      .object({ among: z.array(PrincipalId).max(limits.searchResults), nickname: z.string().max(limits.nicknameChars) })
      .optional()
      .describe('Those of these people who are in it, and those whose nickname has this in it.'),
  }),
  output: pageOf(
    z.object({ id: PrincipalId, role: ConversationRole, nickname: z.string().nullable(), joinedAt: Instant }),
  ),
  errors: [],
})

export const updateGroup = operation({
  name: 'messaging.updateGroup',
  kind: 'write',
  summary: 'Rename a group, mute all, show history to new members or not, let every member make links or not.',
  scope: 'messaging:write',
  input: z.object({
    conversation: ConversationId,
    name: Name.optional(),
    muteAll: z.boolean().optional(),
    historyVisible: z.boolean().optional(),
    memberLinks: z.boolean().optional(),
  }),
  output: Conversation,
  errors: ['conversation_closed'],
})

export const addMembers = operation({
  name: 'messaging.addMembers',
  kind: 'write',
  summary: 'Bring colleagues into a group. Those already in it stay as they are.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, members: z.array(MemberId).min(1).max(limits.membersPerCall) }),
  output: Members,
  errors: ['too_many_members', 'conversation_closed'],
})

export const removeMembers = operation({
  name: 'messaging.removeMembers',
  kind: 'write',
  summary: 'Take people out of a group: the owner anybody, an admin those who are neither.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, members: z.array(PrincipalId).min(1).max(limits.membersPerCall) }),
  output: Members,
  errors: ['conversation_closed'],
})

export const leaveConversation = operation({
  name: 'messaging.leaveConversation',
  kind: 'write',
  summary: 'Leave a group.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId }),
  output: Empty,
  errors: ['owner_must_transfer'],
})

export const transferOwnership = operation({
  name: 'messaging.transferOwnership',
  kind: 'write',
  summary: 'Hand a group over to another of its members.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, to: PrincipalId }),
  output: Conversation,
  errors: ['conversation_closed'],
})

export const setAdmin = operation({
  name: 'messaging.setAdmin',
  kind: 'write',
  summary: 'Make a member of the group its admin, or no longer.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, member: PrincipalId, admin: z.boolean() }),
  output: Members,
  errors: ['conversation_closed'],
})

export const dissolveGroup = operation({
  name: 'messaging.dissolveGroup',
  kind: 'write',
  summary: 'End a group for everybody; its members keep the history and nobody writes any more.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId }),
  output: Empty,
  errors: [],
})

export const forwardMessages = operation({
  name: 'messaging.forwardMessages',
  kind: 'write',
  summary:
    'Send messages of one conversation on to others, one by one and all or none: who is mentioned and quoted stays behind, files become readable there.',
  scope: 'messaging:write',
  input: z.object({
    from: ConversationId,
    seqs: z.array(Seq).min(1).max(limits.forwardMessages),
    to: z.array(ConversationId).min(1).max(limits.forwardTargets),
    comment: z.string().trim().min(1).max(limits.messageChars).optional().describe('Said in each after them.'),
  }),
  output: Empty,
  errors: ['message_gone', 'conversation_closed', 'muted'],
})

export const setGroupNotice = operation({
  name: 'messaging.setGroupNotice',
  kind: 'write',
  summary: 'What everybody in a group should know; an empty text takes it down.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, text: z.string().trim().max(limits.groupNoticeChars) }),
  output: Conversation,
  errors: ['conversation_closed'],
})

export const setNickname = operation({
  name: 'messaging.setNickname',
  kind: 'write',
  summary: 'What I am called in this group; an empty one gives me my name back.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, nickname: z.string().trim().max(limits.nicknameChars) }),
  output: Membership,
  errors: ['conversation_closed'],
})

export const listNicknames = operation({
  name: 'messaging.listNicknames',
  kind: 'read',
  summary: 'The nicknames of these people in a group, of those who left too; whoever has none is left out.',
  scope: 'messaging:read',
  input: z.object({ conversation: ConversationId, members: z.array(PrincipalId).min(1).max(limits.profilesPerCall) }),
  output: z.object({
    rev: Rev.describe('Of the newest change of a nickname in this group.'),
    items: z.array(z.object({ id: PrincipalId, nickname: z.string() })),
  }),
  errors: [],
})

/** A link by which colleagues join a group. */
export const GroupLink = z.object({
  id: LinkId,
  url: z.string(),
  approval: z.boolean().describe('Whether the owner or an admin lets each in.'),
  createdBy: MemberId,
  createdAt: Instant,
  expiresAt: Instant,
})
export type GroupLink = z.infer<typeof GroupLink>
const LinkToken = z
  .string()
  .min(20)
  .max(60)
  .regex(/^[\w-]+$/)

export const createGroupLink = operation({
  name: 'messaging.createGroupLink',
  kind: 'write',
  summary: 'A link by which colleagues join a group.',
  scope: 'messaging:write',
  input: z.object({
    conversation: ConversationId,
    approval: z.boolean(),
    expiresInHours: z.int().min(1).max(limits.groupLinkHours),
  }),
  output: GroupLink,
  errors: ['conversation_closed', 'too_many_links'],
})

export const listGroupLinks = operation({
  name: 'messaging.listGroupLinks',
  kind: 'read',
  summary: 'The open links of a group, newest first: all of them to owner and admins, to others their own.',
  scope: 'messaging:read',
  input: z.object({ conversation: ConversationId }),
  output: z.object({ items: z.array(GroupLink).max(limits.groupLinks) }),
  errors: [],
})

export const revokeGroupLink = operation({
  name: 'messaging.revokeGroupLink',
  kind: 'write',
  summary: 'End a link before its time: whoever made it, owner and admins.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, link: LinkId }),
  output: Empty,
  errors: [],
})

export const getGroupLink = operation({
  name: 'messaging.getGroupLink',
  kind: 'read',
  summary: 'Where a link leads, for colleagues only.',
  scope: 'messaging:read',
  input: z.object({ token: LinkToken }),
  output: z.object({
    conversation: ConversationId,
    name: Name,
    count: z.int(),
    invitedBy: MemberId,
    approval: z.boolean(),
    expiresAt: Instant,
    state: z.enum(['open', 'waiting', 'joined']).describe('Whether I may join, ask already, or am in it.'),
  }),
  errors: ['link_invalid', 'conversation_closed'],
})

export const joinByLink = operation({
  name: 'messaging.joinByLink',
  kind: 'write',
  summary: 'Join the group a link leads to, or ask to. Whoever is in it already, or asks already, is told so.',
  scope: 'messaging:write',
  input: z.object({ token: LinkToken }),
  output: z.object({ conversation: ConversationId, waiting: z.boolean() }),
  errors: ['link_invalid', 'conversation_closed', 'too_many_members', 'too_many_join_requests'],
})

export const GroupJoinRequest = z.object({
  id: JoinRequestId,
  member: MemberId,
  invitedBy: MemberId,
  createdAt: Instant,
})
export type GroupJoinRequest = z.infer<typeof GroupJoinRequest>

export const listGroupJoinRequests = operation({
  name: 'messaging.listGroupJoinRequests',
  kind: 'read',
  summary: 'Who asks to be let into a group, the longest waiting first.',
  scope: 'messaging:read',
  input: z.object({ conversation: ConversationId }),
  output: z.object({ items: z.array(GroupJoinRequest).max(limits.groupJoinRequests) }),
  errors: [],
})

export const decideGroupJoinRequest = operation({
  name: 'messaging.decideGroupJoinRequest',
  kind: 'write',
  summary: 'Let somebody into a group who asks, or not.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, request: JoinRequestId, accept: z.boolean() }),
  output: Empty,
  errors: ['conversation_closed', 'too_many_members'],
})
