import type { ChatState } from '@heyi/client'
import type { ConversationRole } from '@heyi/contract/messaging'
import { useIsAdmin } from '../../app/data'

/**
 * What I may in a conversation: who manages the company stands in for the owner of a department’s group that nobody leads.
 */
export function useStanding(chat: Pick<ChatState, 'conversation' | 'membership'>): ConversationRole | null {
  const manages = useIsAdmin()
  const { conversation, membership } = chat
  if (!membership) return null
  return manages && conversation?.department && conversation.owner === null ? 'owner' : membership.role
}
