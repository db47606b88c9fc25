import { z } from 'zod'
import { ConversationId, Cursor, Empty, pageOf, Rev, Seq } from './common.js'
import { feedObject, operation } from './define.js'
import { limits } from './limits.js'
import { Message, ThreadSummary } from './messaging-objects.js'

/** A thread that I follow; lives in my member feed. What I do not follow is in nobody’s. */
export const FollowedThread = z.object({
  conversation: ConversationId,
  root: Seq,
  readSeq: Seq.describe('Its replies up to this place are read.'),
})
export type FollowedThread = z.infer<typeof FollowedThread>

export const threadObject = feedObject({ kind: 'thread', feed: 'member', payload: FollowedThread })

/** A thread as a list shows it. */
export const Thread = z.object({
  conversation: ConversationId,
  root: Seq,
  message: Message.nullable().describe('The message it answers; null where that is not mine to see.'),
  summary: ThreadSummary,
  following: z.boolean(),
  unread: z.int().describe('Replies of others behind my place in it; 0 where I do not follow.'),
  mentions: z.int(),
  rev: Rev.describe('Of the conversation, when this was counted.'),
})
export type Thread = z.infer<typeof Thread>

const inThread = { conversation: ConversationId, root: Seq }

export const listReplies = operation({
  name: 'messaging.listReplies',
  kind: 'read',
  summary: 'The replies of a thread by place: the newest page under `before`, oldest first.',
  scope: 'messaging:read',
  input: z.object({ ...inThread, before: Seq.nullable(), limit: z.int().min(1).max(limits.pageSize) }),
  output: z.object({
    view: z.string(),
    rev: Rev.describe('Of the snapshot it was read in.'),
    messages: z.array(z.object({ rev: Rev, object: Message })),
    floor: Seq.describe('No reply of mine to see is missing above this place; 0 at the beginning.'),
  }),
  errors: [],
})

export const listThreads = operation({
  name: 'messaging.listThreads',
  kind: 'read',
  summary: 'The threads that I follow, the last answered first; those with something unread alone, if wanted.',
  scope: 'messaging:read',
  input: z.object({
    unread: z.boolean(),
    cursor: Cursor.nullable(),
    limit: z.int().min(1).max(limits.pageSize),
  }),
  output: pageOf(Thread),
  errors: [],
})

export const listTopics = operation({
  name: 'messaging.listTopics',
  kind: 'read',
  summary: 'The threads of one conversation, the last answered first.',
  scope: 'messaging:read',
  input: z.object({
    conversation: ConversationId,
    cursor: Cursor.nullable(),
    limit: z.int().min(1).max(limits.pageSize),
  }),
  output: pageOf(Thread),
  errors: [],
})

export const followThread = operation({
  name: 'messaging.followThread',
  kind: 'write',
  summary: 'Follow a thread, or no longer. Whoever writes in it, is named in it or wrote its first message follows.',
  scope: 'messaging:write',
  input: z.object({ ...inThread, follow: z.boolean() }),
  output: Empty,
  errors: ['root_not_found'],
})

export const markThreadRead = operation({
  name: 'messaging.markThreadRead',
  kind: 'write',
  summary: 'Move my place in a thread that I follow forward; a smaller place changes nothing.',
  scope: 'messaging:write',
  input: z.object({ ...inThread, seq: Seq }),
  output: Empty,
  errors: [],
  ownRetry: true,
})
