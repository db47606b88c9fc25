import type { ConversationRole } from '@heyi/contract/messaging'
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
