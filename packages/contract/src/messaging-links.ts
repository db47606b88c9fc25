import { z } from 'zod'
import { ConversationId, Empty, Instant, JoinRequestId, LinkId, MemberId, Name } from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'

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
  errors: ['group_automatic', 'conversation_closed', 'too_many_links'],
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
  errors: ['link_invalid', 'conversation_closed', 'banned'],
})

export const joinByLink = operation({
  name: 'messaging.joinByLink',
  kind: 'write',
  summary: 'Join the group a link leads to, or ask to. Whoever is in it already, or asks already, is told so.',
  scope: 'messaging:write',
  input: z.object({ token: LinkToken }),
  output: z.object({ conversation: ConversationId, waiting: z.boolean() }),
  errors: ['link_invalid', 'conversation_closed', 'banned', 'too_many_members', 'too_many_join_requests'],
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
