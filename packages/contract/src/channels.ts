import { z } from 'zod'
import { limits } from './limits.js'

/** By which way a notification goes to somebody. */
export const Channel = z.enum(['push', 'mail', 'sms', 'own'])
export type Channel = z.infer<typeof Channel>

/** One rung: so long after the message, whoever has not confirmed is told by this way. */
export const LadderStep = z.object({ afterMinutes: z.int().min(1).max(limits.ladderMinutes), channel: Channel })
export type LadderStep = z.infer<typeof LadderStep>
export const LadderSteps = z.array(LadderStep).min(1).max(limits.ladderSteps)
