import { z } from 'zod'
import { ConversationId, Cursor, Instant, PrincipalId, pageOf, Seq } from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'

/** What of a receipt a caller may know: recipients their own answer, the sender how far it has come. */
export const Receipt = z.object({
  seq: Seq,
  confirmedAt: Instant.nullable().describe('When I confirmed; null for the sender and for whoever has not.'),
  asked: z.boolean().describe('Whether I am among those who were asked: in the conversation when it was sent.'),
  progress: z
    .object({ confirmed: z.int(), total: z.int() })
    .nullable()
    .describe('How many of those who were asked and are still there; for the sender alone.'),
})
export type Receipt = z.infer<typeof Receipt>

export const confirmReceipt = operation({
  name: 'messaging.confirmReceipt',
  kind: 'write',
  summary: 'Say “received” to a message whose sender asked for it. The first time counts.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, seq: Seq }),
  output: z.object({ confirmedAt: Instant }),
  errors: ['receipt_not_asked'],
  ownRetry: true,
})

export const listReceipts = operation({
  name: 'messaging.listReceipts',
  kind: 'read',
  summary: 'How the receipts of these messages stand for me; messages without one are left out.',
  scope: 'messaging:read',
  input: z.object({ conversation: ConversationId, seqs: z.array(Seq).min(1).max(limits.receiptsPerCall) }),
  output: z.object({ items: z.array(Receipt) }),
  errors: [],
})

export const listReceiptMembers = operation({
  name: 'messaging.listReceiptMembers',
  kind: 'read',
  summary: 'Who confirmed a message of mine, in order of time, or who has not yet.',
  scope: 'messaging:read',
  input: z.object({
    conversation: ConversationId,
    seq: Seq,
    confirmed: z.boolean(),
    cursor: Cursor.nullable(),
    limit: z.int().min(1).max(limits.pageSize),
  }),
  output: pageOf(z.object({ id: PrincipalId, at: Instant.nullable() })),
  errors: [],
})

export const remindReceipt = operation({
  name: 'messaging.remindReceipt',
  kind: 'write',
  summary: 'Remind those who have not confirmed a message of mine, once in a while. Whoever rests is left in peace.',
  scope: 'messaging:write',
  input: z.object({ conversation: ConversationId, seq: Seq }),
  output: z.object({ reminded: z.int(), resting: z.int() }),
  errors: ['reminded_lately'],
})
