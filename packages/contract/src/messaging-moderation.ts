import { z } from 'zod'
import { ConversationId, Cursor, Empty, Instant, MemberId, PrincipalId, pageOf } from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'

// What those who run a group do about one of its members, besides removing them. Only the one concerned hears of a mute:
// their membership says until when. Of a ban the group hears what it hears of a removal.

export const silenceMember = operation({
  name: 'messaging.silenceMember',
  kind: 'write',
  summary:
    'Mute one member of a group for a while, or until it is lifted; again to change the time. Owner and admins cannot be muted.',
  scope: 'messaging:write',
  input: z.object({
    conversation: ConversationId,
    member: PrincipalId,
    seconds: z.int().min(1).max(limits.silenceSeconds).nullable().describe('Null: until it is lifted.'),
  }),
  output: z.object({ until: Instant.nullable() }),
  errors: ['conversation_closed'],
})

export const endSilence = operation({
  name: 'messaging.endSilence',
  kind: 'write',
  summary: 'A muted member may write again; nothing changes for whoever is not muted.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, member: PrincipalId }),
  output: Empty,
  errors: ['conversation_closed'],
})

export const banMember = operation({
  name: 'messaging.banMember',
  kind: 'write',
  summary:
    'Take a colleague out of a group and keep them from coming back: no link lets them in and no member adds them. Whoever is not in it can be banned too.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, member: MemberId }),
  output: Empty,
  errors: ['group_automatic', 'conversation_closed'],
})

export const liftBan = operation({
  name: 'messaging.liftBan',
  kind: 'write',
  summary: 'Somebody may join a group again. They are not brought back by it.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, member: MemberId }),
  output: Empty,
  errors: ['conversation_closed'],
})

export const listBanned = operation({
  name: 'messaging.listBanned',
  kind: 'read',
  summary: 'Who is banned from a group, the last one first; for its owner and admins.',
  scope: 'messaging:read',
  input: z.object({
    conversation: ConversationId,
    cursor: Cursor.nullable(),
    limit: z.int().min(1).max(limits.pageSize),
  }),
  output: pageOf(z.object({ member: MemberId, by: PrincipalId, at: Instant })),
  errors: [],
})
