import type { InboxEntry } from '@heyi/client'
import { useMemo, useState } from 'react'
import { useHeyi } from '../../app/data'

const filters = {
  all: () => true,
  unread: (entry: InboxEntry) => entry.unread > 0,
  mentioned: (entry: InboxEntry) => entry.mentioned,
  direct: (entry: InboxEntry) => entry.conversation.kind === 'direct',
  group: (entry: InboxEntry) => entry.conversation.kind === 'group',
}
export type InboxFilter = keyof typeof filters
export const inboxFilters = Object.keys(filters) as InboxFilter[]

export interface ShownInbox {
  filter: InboxFilter
  setFilter: (filter: InboxFilter) => void
  shown: InboxEntry[]
  /** There are chats, shown or not. */
  some: boolean
  /** Chats with something unread. */
  unread: number
}

/** The inbox through the chosen filter: what the list shows and the keys for the next chat walk over. */
export function useShownInbox(): ShownInbox {
  const all = useHeyi((held) => held.inbox())
  const [filter, setFilter] = useState<InboxFilter>('all')
  const shown = useMemo(() => all.filter(filters[filter]), [all, filter])
  return { filter, setFilter, shown, some: all.length > 0, unread: all.filter(filters.unread).length }
}
