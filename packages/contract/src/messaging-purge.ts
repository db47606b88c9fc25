import { z } from 'zod'
import { Empty } from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'

/** What becomes of the history of a group that is dissolved: kept, or gone so many days later. */
export const DissolvePolicy = z.object({
  purgeAfterDays: z
    .int()
    .min(0)
    .max(limits.purgeDays)
    .nullable()
    .describe('Null: it is kept, to be read by its members. 0: gone at once.'),
})
export type DissolvePolicy = z.infer<typeof DissolvePolicy>

export const getDissolvePolicy = operation({
  name: 'messaging.getDissolvePolicy',
  kind: 'read',
  summary:
    'What becomes of the history of a group that is dissolved today. It is kept until an admin decides otherwise.',
  scope: 'messaging:read',
  input: Empty,
  output: DissolvePolicy,
  errors: [],
})

export const setDissolvePolicy = operation({
  name: 'messaging.setDissolvePolicy',
  kind: 'write',
  summary:
    'Say what becomes of the history of groups that are dissolved from now on; of those dissolved before, what their members were told.',
  scope: 'directory:admin',
  input: DissolvePolicy,
  output: DissolvePolicy,
  errors: [],
})
