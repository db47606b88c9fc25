import { z } from 'zod'
import { ConversationId, Cursor, Instant, PrincipalId, pageOf, Seq } from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'
import { AttachmentBody } from './messaging-objects.js'

/** Pictures; sound and films; everything else. */
export const FileGroup = z.enum(['all', 'images', 'media', 'documents'])
export type FileGroup = z.infer<typeof FileGroup>

/** A file as the message that carries it tells of it. */
export const SentFile = z.object({
  seq: Seq,
  sender: PrincipalId,
  sentAt: Instant,
  kind: z.enum(['image', 'file']),
  body: AttachmentBody,
})
export type SentFile = z.infer<typeof SentFile>

export const listFiles = operation({
  name: 'messaging.listFiles',
  kind: 'read',
  summary: 'What was sent as files and pictures in a conversation, newest first, as far as I may read the messages.',
  scope: 'messaging:read',
  input: z.object({
    conversation: ConversationId,
    group: FileGroup,
    text: z.string().trim().max(limits.searchChars).describe('A part of the name; empty for all.'),
    cursor: Cursor.nullable(),
    limit: z.int().min(1).max(limits.pageSize),
  }),
  output: pageOf(SentFile),
  errors: [],
})
