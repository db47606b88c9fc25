import type { Profile } from '@heyi/contract/directory'
import type { FoundConversation, FoundMessage, FoundNotice, FoundTodo, SearchGroup } from '@heyi/contract/search'

export type Result =
  | { key: string; kind: 'person'; profile: Profile }
  | { key: string; kind: 'conversation'; found: FoundConversation }
  | { key: string; kind: 'message'; message: FoundMessage }
  | { key: string; kind: 'notice'; notice: FoundNotice }
  | { key: string; kind: 'todo'; todo: FoundTodo }

export interface Section {
  group: Exclude<SearchGroup, 'all'>
  items: Result[]
  /** As many as were asked for, so there may be more. */
  full: boolean
}

const few = 5

/** What was found, group by group: who and where first, for these lists are short, then what was said. */
export function sectionsOf(found: {
  people: readonly Profile[]
  conversations: readonly FoundConversation[]
  messages: readonly FoundMessage[]
  files: readonly FoundMessage[]
  notices: readonly FoundNotice[]
  todos: readonly FoundTodo[]
}): Section[] {
  const messagesOf = (messages: readonly FoundMessage[]) =>
    messages.map((message): Result => {
      return { key: `${message.conversation} ${message.seq}`, kind: 'message', message }
    })
  const sections: Omit<Section, 'full'>[] = [
    { group: 'people', items: found.people.map((profile) => ({ key: profile.id, kind: 'person', profile })) },
    {
      group: 'conversations',
      items: found.conversations.map((one) => ({ key: one.conversation, kind: 'conversation', found: one })),
    },
    { group: 'messages', items: messagesOf(found.messages) },
    { group: 'files', items: messagesOf(found.files) },
    { group: 'notices', items: found.notices.map((notice) => ({ key: notice.id, kind: 'notice', notice })) },
    { group: 'todos', items: found.todos.map((todo) => ({ key: todo.id, kind: 'todo', todo })) },
  ]
  return sections
    .filter(({ items }) => items.length > 0)
    .map((section) => ({ ...section, full: section.items.length >= few }))
}
