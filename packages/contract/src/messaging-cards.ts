import { z } from 'zod'
import { FileId, Instant, MemberId, PrincipalId, StickerId } from './common.js'
import { limits } from './limits.js'

// Messages that are more than words and files: what they say, and what others have made of them.

/** How a poll stands. Counts are renewed at most once a second. */
export const PollTally = z.object({
  voters: z.int(),
  counts: z.array(z.int()).max(limits.pollOptions).describe('One for each option.'),
  endedAt: Instant.nullable().describe('When it was ended before its time.'),
})
export type PollTally = z.infer<typeof PollTally>

const pollFields = {
  question: z.string().trim().min(1).max(limits.pollQuestionChars),
  options: z.array(z.string().trim().min(1).max(limits.pollOptionChars)).min(2).max(limits.pollOptions),
  multiple: z.boolean().describe('Several options may be chosen.'),
  anonymous: z.boolean().describe('Nobody is told who chose what.'),
  endsAt: Instant.nullable(),
}
const frozen = 'How it stood when it was sent on or kept: to be read, not to be answered.'
export const PollBody = z.object({ ...pollFields, result: PollTally.optional().describe(frozen) })
export type PollBody = z.infer<typeof PollBody>
export const NewPoll = z.object({ kind: z.literal('poll'), ...pollFields })

export const RelayLine = z.object({ id: PrincipalId, text: z.string() })
export type RelayLine = z.infer<typeof RelayLine>
/** How a relay list stands: its first lines, in the order in which people joined. */
export const RelayTally = z.object({
  count: z.int(),
  lines: z.array(RelayLine).max(limits.relayLinesShown),
  endedAt: Instant.nullable().describe('When it was ended before its time.'),
})
export type RelayTally = z.infer<typeof RelayTally>

const relayFields = {
  title: z.string().trim().min(1).max(limits.pollQuestionChars),
  example: z.string().trim().max(limits.relayLineChars).describe('How a line looks; empty for none.'),
  endsAt: Instant.nullable(),
}
export const RelayBody = z.object({ ...relayFields, result: RelayTally.optional().describe(frozen) })
export type RelayBody = z.infer<typeof RelayBody>
export const NewRelay = z.object({ kind: z.literal('relay'), ...relayFields })

/** A colleague’s card. What it shows is what the reader may see of that colleague. */
export const ContactBody = z.object({ member: MemberId })
export type ContactBody = z.infer<typeof ContactBody>
export const NewContact = z.object({ kind: z.literal('contact'), member: MemberId })

/** A place without a map: its name, how to get there, and where it is on earth (WGS 84, in degrees). */
export const LocationBody = z.object({
  name: z.string().trim().min(1).max(limits.placeNameChars),
  address: z.string().trim().max(limits.placeAddressChars),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
})
export type LocationBody = z.infer<typeof LocationBody>
export const NewLocation = z.object({ kind: z.literal('location'), ...LocationBody.shape })

export const StickerBody = z.object({
  sticker: StickerId,
  picture: FileId,
  label: z.string().describe('What it says to those who do not see it.'),
  width: z.int(),
  height: z.int(),
})
export type StickerBody = z.infer<typeof StickerBody>
export const NewSticker = z.object({ kind: z.literal('sticker'), sticker: StickerId })
