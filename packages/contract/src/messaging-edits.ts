import { z } from 'zod'
import { ConversationId, Cursor, Empty, Instant, PrincipalId, pageOf, Seq } from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'
import { Emoji, Mention, TextBody } from './messaging-objects.js'

export const editMessage = operation({
  name: 'messaging.editMessage',
  kind: 'write',
  summary: 'Put a text of mine right. That it was edited is shown, and what it said before is kept.',
  scope: 'messaging:write',
  input: z.object({
    conversation: ConversationId,
    seq: Seq,
    text: z.string().min(1).max(limits.messageChars),
    mentions: z.array(Mention).max(limits.mentions).optional(),
  }),
  output: z.object({ editedAt: Instant }),
  errors: [
    'edit_too_late',
    'message_gone',
    'receipt_fixed',
    'too_many_edits',
    'conversation_closed',
    'muted',
    'silenced',
  ],
})

export const listEdits = operation({
  name: 'messaging.listEdits',
  kind: 'read',
  summary: 'What an edited message said before, the newest first.',
  scope: 'messaging:read',
  input: z.object({
    conversation: ConversationId,
    seq: Seq,
    cursor: Cursor.nullable(),
    limit: z.int().min(1).max(limits.pageSize),
  }),
  output: pageOf(z.object({ body: TextBody, until: Instant.describe('When it was replaced.') })),
  errors: [],
})

export const react = operation({
  name: 'messaging.react',
  kind: 'write',
  summary: 'Answer a message with an emoji, or take it back. Others see it within a second.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, seq: Seq, emoji: Emoji, on: z.boolean() }),
  output: Empty,
  errors: ['message_gone', 'too_many_reactions', 'conversation_closed', 'silenced'],
})

export const listReactions = operation({
  name: 'messaging.listReactions',
  kind: 'read',
  summary: 'Who answered a message with this emoji, the first first.',
  scope: 'messaging:read',
  input: z.object({
    conversation: ConversationId,
    seq: Seq,
    emoji: Emoji,
    cursor: Cursor.nullable(),
    limit: z.int().min(1).max(limits.pageSize),
  }),
  output: pageOf(z.object({ id: PrincipalId, at: Instant })),
  errors: [],
})
