import { z } from 'zod'
import { ConversationId, DepartmentId, Name } from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'
import { Conversation } from './messaging-objects.js'

/** The group of a department, whose members are the department’s and change with it. */
export const DepartmentGroup = z.object({
  conversation: ConversationId,
  name: Name,
  below: z.boolean().describe('Whether people of the departments below are in it too.'),
  count: z.int(),
  joined: z.boolean().describe('Whether I am in it.'),
})
export type DepartmentGroup = z.infer<typeof DepartmentGroup>

const Answer = z.object({
  group: DepartmentGroup.nullable(),
  mayManage: z.boolean().describe('Owners and admins of the company, and whoever leads the department.'),
})

export const getDepartmentGroup = operation({
  name: 'messaging.getDepartmentGroup',
  kind: 'read',
  summary: 'The group of a department, where it has one.',
  scope: 'messaging:read',
  input: z.object({ department: DepartmentId }),
  output: Answer,
  errors: [],
})

export const setDepartmentGroup = operation({
  name: 'messaging.setDepartmentGroup',
  kind: 'write',
  summary:
    'Give a department a group that follows it, change whether those below belong to it, or make it an ordinary group. People come and go by themselves.',
  scope: 'messaging:write',
  input: z.object({ department: DepartmentId, on: z.boolean(), below: z.boolean() }),
  output: Answer,
  errors: ['too_many_members'],
})

export const setWelcome = operation({
  name: 'messaging.setWelcome',
  kind: 'write',
  summary:
    'What a group says to people who join it; an empty text says nothing. `{name}` stands for their names. Owner and admins.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, text: z.string().trim().max(limits.welcomeChars) }),
  output: Conversation,
  errors: ['conversation_closed'],
})
