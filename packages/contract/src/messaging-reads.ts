import { z } from 'zod'
import { ConversationId, Empty, Seq } from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'

/** Whether senders see who has read: hidden until an admin of the company decides otherwise. */
export const ReadPolicy = z.object({ visible: z.boolean() })
export type ReadPolicy = z.infer<typeof ReadPolicy>

export const getReadPolicy = operation({
  name: 'messaging.getReadPolicy',
  kind: 'read',
  summary: 'Whether senders see how many have read their messages. No, until an admin turns it on.',
  scope: 'messaging:read',
  input: Empty,
  output: ReadPolicy,
  errors: [],
})

export const setReadPolicy = operation({
  name: 'messaging.setReadPolicy',
  kind: 'write',
  summary: 'Let senders see how many have read their messages, or not.',
  scope: 'directory:admin',
  input: ReadPolicy,
  output: ReadPolicy,
  errors: [],
})

export const listReads = operation({
  name: 'messaging.listReads',
  kind: 'read',
  summary:
    'How many of those who could have read these messages of mine, by how far each has read. Nothing where the company hides it; messages of others are left out.',
  scope: 'messaging:read',
  input: z.object({ conversation: ConversationId, seqs: z.array(Seq).min(1).max(limits.receiptsPerCall) }),
  output: z.object({
    items: z.array(z.object({ seq: Seq, read: z.int(), total: z.int().describe('Everybody else who is in it now.') })),
  }),
  errors: [],
})
