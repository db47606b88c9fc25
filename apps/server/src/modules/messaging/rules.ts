import type { ConversationRole, Message } from '@heyi/contract/messaging'
import { fail } from '../../kernel/errors.js'
import { may } from '../../kernel/may.js'

/**
 * Whether a message may be taken back: by its sender within the window, by owner and admins of a group at any time.
 *
 * @throws AppError `not_allowed` to others, `recall_too_late` to its sender after the window
 */
export function mayRecall(facts: {
  place: { kind: 'direct' | 'group'; role: ConversationRole }
  message: { sender: string; sentAt: string }
  memberId: string
  nowMs: number
  windowSeconds: number
}): void {
  const { place, message, memberId, nowMs, windowSeconds } = facts
  if (place.kind === 'group' && may(place.role, 'recallOthers')) return
  if (message.sender !== memberId) throw fail('not_allowed')
  if (nowMs - Date.parse(message.sentAt) > windowSeconds * 1000)
    throw fail('recall_too_late', { seconds: windowSeconds })
}

/** Whether a link to join by may be made by somebody in this place. */
export const mayMakeLink = (role: ConversationRole, group: { memberLinks: boolean }): boolean =>
  may(role, 'keepLinks') || (group.memberLinks && may(role, 'makeLink'))

/** Whether a link still opens: in its time, not revoked, and of somebody who could make it today. */
export const isOpenLink = (
  link: { expiresAt: string; revokedAt: string | null; makerRole: ConversationRole | null },
  group: { memberLinks: boolean },
  now: string,
): boolean =>
  link.revokedAt === null && link.expiresAt > now && link.makerRole !== null && mayMakeLink(link.makerRole, group)

/**
 * What of a message goes on to another conversation: its words or its file. Who was named stays behind: there it would
 * call people who were not meant.
 */
export function forwardedBody(message: Pick<Message, 'kind'> & { body: unknown }): unknown {
  if (message.kind !== 'text') return message.body
  return { text: (message.body as { text: string }).text }
}
