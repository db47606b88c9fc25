import { z } from 'zod'
import { ConversationId, Instant, Seq } from './common.js'
import { operation } from './define.js'

/** Who may take the messages of a conversation out of here: nobody, those who run a group, everybody in it. */
export const ExportPolicy = z.object({ who: z.enum(['off', 'owners', 'members']) })
export type ExportPolicy = z.infer<typeof ExportPolicy>

export const getExportPolicy = operation({
  name: 'messaging.getExportPolicy',
  kind: 'read',
  summary: 'Who may export conversations in my company.',
  scope: 'messaging:read',
  input: z.object({}),
  output: ExportPolicy,
  errors: [],
})

export const setExportPolicy = operation({
  name: 'messaging.setExportPolicy',
  kind: 'write',
  summary: 'Say who may export conversations.',
  scope: 'directory:admin',
  input: ExportPolicy,
  output: ExportPolicy,
  errors: [],
})

export const startExport = operation({
  name: 'messaging.startExport',
  kind: 'write',
  summary:
    'Begin to export a conversation, which the audit log notes. Its messages are then read by messaging.listMessages, from `before` downwards.',
  scope: 'messaging:read',
  input: z.object({ conversation: ConversationId }),
  output: z.object({ startedAt: Instant, before: Seq.describe('Above the newest message of this moment.') }),
  errors: [],
})
