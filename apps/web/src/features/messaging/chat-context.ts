import { createContext, use } from 'react'

/** What a message can make the chat around it do; stable for the life of the chat. */
export interface ChatActions {
  reply: (seq: number) => void
  /** Puts a recalled text back into the composer. */
  edit: (text: string) => void
  /** Puts a text of mine into the composer to be put right. */
  correct: (seq: number) => void
  jump: (seq: number) => void
  view: (seq: number) => void
  /** Asks where to, and sends the messages on. */
  forward: (seqs: readonly number[]) => void
  /** Begins to select messages, with this one; null where none are selected. */
  select: ((seq: number) => void) | null
  /** Opens the thread below a message; null inside of one. */
  thread: ((seq: number) => void) | null
  /** Makes a to-do of a message. */
  todo: (seq: number) => void
  /** Leads to somebody's profile. */
  profile: (id: string) => void
}

export const ChatContext = createContext<ChatActions | null>(null)

export function useChatActions(): ChatActions {
  const actions = use(ChatContext)
  if (!actions) throw new Error('used outside a chat')
  return actions
}

/** The messages selected, while somebody selects; null otherwise. */
export const SelectionContext = createContext<{ seqs: ReadonlySet<number>; toggle: (seq: number) => void } | null>(null)
