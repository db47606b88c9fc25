import type { ConversationRole } from '@heyi/contract/messaging'
import { type ConversationAction, conversationActions } from '@heyi/contract/permissions'

/**
 * Whether somebody’s place in a conversation lets them do this there. Pure: the facts are loaded by the gate of the
 * object, and whoever has no place gets `not_found` from that gate.
 */
export function may(role: ConversationRole, action: ConversationAction): boolean {
  const allowed: readonly ConversationRole[] = conversationActions[action]
  return allowed.includes(role)
}
