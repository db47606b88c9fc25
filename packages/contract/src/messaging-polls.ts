import { z } from 'zod'
import { ConversationId, Cursor, Empty, Instant, PrincipalId, pageOf, Seq } from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'
import { RelayLine } from './messaging-cards.js'
import { Emoji } from './messaging-objects.js'

// Answering polls and relay lists. They are made by sending a message of their kind.

export const vote = operation({
  name: 'messaging.vote',
  kind: 'write',
  summary: 'Choose options of a poll, instead of those chosen before; none takes my vote back. Whoever is muted may.',
  scope: 'messaging:write',
  input: z.object({
    conversation: ConversationId,
    seq: Seq,
    options: z
      .array(
        z
          .int()
          .min(0)
          .max(limits.pollOptions - 1),
      )
      .max(limits.pollOptions)
      .describe('Their places, the first is 0.'),
  }),
  output: Empty,
  errors: ['message_gone', 'poll_ended', 'conversation_closed'],
})

export const writeRelayLine = operation({
  name: 'messaging.writeRelayLine',
  kind: 'write',
  summary: 'My line in a relay list, instead of the one before and in its place; null takes it out.',
  scope: 'messaging:write',
  input: z.object({
    conversation: ConversationId,
    seq: Seq,
    text: z.string().trim().min(1).max(limits.relayLineChars).nullable(),
  }),
  output: Empty,
  errors: ['message_gone', 'poll_ended', 'conversation_closed', 'muted', 'silenced'],
})

export const endPoll = operation({
  name: 'messaging.endPoll',
  kind: 'write',
  summary: 'End a poll or a relay list before its time: who made it, and in groups their owner and admins.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, seq: Seq }),
  output: Empty,
  errors: ['message_gone', 'conversation_closed'],
})

/** What I answered. */
export const MyAnswer = z.object({
  seq: Seq,
  options: z.array(z.int()).max(limits.pollOptions),
  line: z.string().nullable(),
  emojis: z.array(Emoji).max(limits.reactionsPerMessage).describe('With which I reacted to it.'),
})
export type MyAnswer = z.infer<typeof MyAnswer>

export const listMyAnswers = operation({
  name: 'messaging.listMyAnswers',
  kind: 'read',
  summary: 'What I answered to these polls and relay lists, and with which emojis to these messages.',
  scope: 'messaging:read',
  input: z.object({ conversation: ConversationId, seqs: z.array(Seq).min(1).max(limits.messagesPerCall) }),
  output: z.object({ items: z.array(MyAnswer) }),
  errors: [],
})

export const listVoters = operation({
  name: 'messaging.listVoters',
  kind: 'read',
  summary: 'Who chose an option of a poll that is not anonymous, the first first.',
  scope: 'messaging:read',
  input: z.object({
    conversation: ConversationId,
    seq: Seq,
    option: z
      .int()
      .min(0)
      .max(limits.pollOptions - 1),
    cursor: Cursor.nullable(),
    limit: z.int().min(1).max(limits.pageSize),
  }),
  output: pageOf(z.object({ id: PrincipalId, at: Instant })),
  errors: ['poll_anonymous'],
})

export const listRelayLines = operation({
  name: 'messaging.listRelayLines',
  kind: 'read',
  summary: 'The lines of a relay list in the order in which people joined.',
  scope: 'messaging:read',
  input: z.object({
    conversation: ConversationId,
    seq: Seq,
    cursor: Cursor.nullable(),
    limit: z.int().min(1).max(limits.pageSize),
  }),
  output: pageOf(RelayLine),
  errors: [],
})
