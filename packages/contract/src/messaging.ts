import { z } from 'zod'
import { LadderSteps } from './channels.js'
import { ConversationId, Cursor, Empty, Instant, MemberId, Name, PrincipalId, pageOf, Rev, Seq } from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'
import { NewContact, NewLocation, NewPoll, NewRelay, NewSticker } from './messaging-cards.js'
import {
  Conversation,
  ConversationRole,
  Members,
  Membership,
  Mention,
  Message,
  NewFile,
  NewImage,
  NewVoice,
  ReceiptMode,
  RecordBody,
  RecordItem,
  Silence,
} from './messaging-objects.js'
import { Below } from './sync.js'

export * from './messaging-cards.js'
export * from './messaging-departments.js'
export * from './messaging-edits.js'
export * from './messaging-export.js'
export * from './messaging-files.js'
export * from './messaging-kept.js'
export * from './messaging-links.js'
export * from './messaging-moderation.js'
export * from './messaging-objects.js'
export * from './messaging-polls.js'
export * from './messaging-purge.js'
export * from './messaging-reads.js'
export * from './messaging-receipts.js'
export * from './messaging-scheduled.js'
export * from './messaging-stickers.js'
export * from './messaging-thanks.js'
export * from './messaging-threads.js'
export * from './messaging-transcripts.js'

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
  NewImage,
  NewFile,
  NewVoice,
  NewPoll,
  NewRelay,
  NewContact,
  NewLocation,
  NewSticker,
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
    root: Seq.optional().describe('Say it in the thread below this message.'),
    receipt: ReceiptMode.optional(),
    ladder: LadderSteps.optional().describe('How whoever does not confirm is reminded; only with a receipt.'),
  }),
  output: z.object({ seq: Seq, rev: Rev, sentAt: Instant }),
  errors: [
    'muted',
    'silenced',
    'conversation_closed',
    'quote_not_found',
    'root_not_found',
    'time_not_allowed',
    'sticker_gone',
  ],
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

export const markPlayed = operation({
  name: 'messaging.markPlayed',
  kind: 'write',
  summary: 'I have listened to this voice; my other devices show it.',
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
    z.object({
      id: PrincipalId,
      role: ConversationRole,
      nickname: z.string().nullable(),
      joinedAt: Instant,
      silenced: Silence.nullable().describe('Only owner and admins learn of it.'),
    }),
  ),
  errors: [],
})

export const listSharedGroups = operation({
  name: 'messaging.listSharedGroups',
  kind: 'read',
  summary: 'The groups that a colleague and I are both in and that were not dissolved, the newest first.',
  scope: 'messaging:read',
  input: z.object({ with: MemberId, cursor: Cursor.nullable(), limit: z.int().min(1).max(limits.pageSize) }),
  output: pageOf(z.object({ id: ConversationId, name: Name })),
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
  errors: ['conversation_closed', 'silenced'],
})

export const addMembers = operation({
  name: 'messaging.addMembers',
  kind: 'write',
  summary:
    'Bring colleagues into a group. Those already in it stay as they are. Who is banned comes back only by its owner or an admin, which lifts the ban.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, members: z.array(MemberId).min(1).max(limits.membersPerCall) }),
  output: Members,
  errors: ['group_automatic', 'too_many_members', 'conversation_closed', 'member_banned'],
})

export const removeMembers = operation({
  name: 'messaging.removeMembers',
  kind: 'write',
  summary: 'Take people out of a group: the owner anybody, an admin those who are neither.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, members: z.array(PrincipalId).min(1).max(limits.membersPerCall) }),
  output: Members,
  errors: ['group_automatic', 'conversation_closed'],
})

export const leaveConversation = operation({
  name: 'messaging.leaveConversation',
  kind: 'write',
  summary: 'Leave a group.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId }),
  output: Empty,
  errors: ['group_automatic', 'owner_must_transfer'],
})

export const transferOwnership = operation({
  name: 'messaging.transferOwnership',
  kind: 'write',
  summary: 'Hand a group over to another of its members.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, to: PrincipalId }),
  output: Conversation,
  errors: ['group_automatic', 'conversation_closed'],
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
  summary:
    'End a group for everybody: nobody writes any more. Its members keep the history, or it goes when the company’s policy says.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId }),
  output: Empty,
  errors: ['group_automatic'],
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
    merged: z.boolean().optional().describe('As one record that opens to be read, instead of one by one.'),
    comment: z.string().trim().min(1).max(limits.messageChars).optional().describe('Said in each after them.'),
  }),
  output: Empty,
  errors: ['message_gone', 'conversation_closed', 'muted', 'silenced', 'record_too_large'],
})

export const getRecord = operation({
  name: 'messaging.getRecord',
  kind: 'read',
  summary: 'The messages that a record holds; `path` leads into records within it.',
  scope: 'messaging:read',
  input: z.object({
    conversation: ConversationId,
    seq: Seq,
    path: z.array(z.int().min(0).max(limits.forwardMessages)).max(limits.recordDepth),
  }),
  output: z.object({ of: RecordBody.shape.of, items: z.array(RecordItem) }),
  errors: [],
})

export const setGroupNotice = operation({
  name: 'messaging.setGroupNotice',
  kind: 'write',
  summary: 'What everybody in a group should know; an empty text takes it down.',
  scope: 'messaging:write',
  input: z.object({
    conversation: ConversationId,
    text: z.string().trim().max(limits.groupNoticeChars),
    confirm: z
      .boolean()
      .optional()
      .describe('Every member is asked to say “received”; receipts are those of its line.'),
  }),
  output: Conversation,
  errors: ['conversation_closed'],
})

export const listGroupNotices = operation({
  name: 'messaging.listGroupNotices',
  kind: 'read',
  summary: 'The notices that a group has had since I may read it, the newest first.',
  scope: 'messaging:read',
  input: z.object({
    conversation: ConversationId,
    cursor: Cursor.nullable(),
    limit: z.int().min(1).max(limits.pageSize),
  }),
  output: pageOf(z.object({ seq: Seq, text: z.string(), by: PrincipalId, at: Instant, confirm: z.boolean() })),
  errors: [],
})

export const setNickname = operation({
  name: 'messaging.setNickname',
  kind: 'write',
  summary: 'What I am called in this group; an empty one gives me my name back.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, nickname: z.string().trim().max(limits.nicknameChars) }),
  output: Membership,
  errors: ['conversation_closed', 'silenced'],
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
