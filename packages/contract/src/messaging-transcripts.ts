import { z } from 'zod'
import { ConversationId, Seq } from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'

export const getTranscript = operation({
  name: 'messaging.getTranscript',
  kind: 'read',
  summary:
    'What a voice says, written down by the engine that the operator has named. It is heard once for everybody who may read the message, and forgotten with it.',
  scope: 'messaging:read',
  input: z.object({ conversation: ConversationId, seq: Seq }),
  output: z.object({
    state: z.enum(['ready', 'pending']).describe('`pending`: ask again in some seconds.'),
    text: z.string().max(limits.transcriptChars).nullable().describe('Empty where nothing was made out.'),
  }),
  errors: ['transcript_off', 'transcript_failed'],
})
