import { z } from 'zod'
import { ConversationId, Cursor, Instant, MemberId, PrincipalId, pageOf, Rev, Seq } from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'

/** What a thank-you card looks like; clients draw it. */
export const ThanksDesign = z.enum(['bloom', 'sun', 'wave', 'star'])
export type ThanksDesign = z.infer<typeof ThanksDesign>

export const ThanksBody = z.object({
  to: z.array(PrincipalId).min(1).max(limits.thanksPeople),
  text: z.string().max(limits.thanksChars),
  design: ThanksDesign,
})
export type ThanksBody = z.infer<typeof ThanksBody>

export const sendThanks = operation({
  name: 'messaging.sendThanks',
  kind: 'write',
  summary: 'Thank others in this conversation with a card.',
  scope: 'messaging:write',
  input: z.object({
    conversation: ConversationId,
    to: z.array(MemberId).min(1).max(limits.thanksPeople),
    text: z.string().trim().min(1).max(limits.thanksChars),
    design: ThanksDesign,
  }),
  output: z.object({ seq: Seq, rev: Rev, sentAt: Instant }),
  errors: ['muted', 'conversation_closed', 'too_many_thanks'],
})

/** A card as whoever got or gave it keeps it, whether they are still in that conversation or not. */
export const Thanks = ThanksBody.extend({
  conversation: ConversationId,
  seq: Seq,
  sender: PrincipalId,
  sentAt: Instant,
})
export type Thanks = z.infer<typeof Thanks>

export const listThanks = operation({
  name: 'messaging.listThanks',
  kind: 'read',
  summary: 'Cards that I got or gave, the newest first.',
  scope: 'messaging:read',
  input: z.object({
    box: z.enum(['received', 'sent']),
    cursor: Cursor.nullable(),
    limit: z.int().min(1).max(limits.pageSize),
  }),
  output: pageOf(Thanks),
  errors: [],
})
