import type { Operations } from '@heyi/contract'
import type { Profile } from '@heyi/contract/directory'
import { limits } from '@heyi/contract/limits'
import type { FoundConversation, FoundMessage, FoundNotice, FoundTodo } from '@heyi/contract/search'
import { useCallback, useMemo } from 'react'
import { useCall, useClient, usePages } from '../../app/data'
import { type Asked, filtersOf, isFiltered } from './rules'

type Input = Operations['search.search']['input']

/** Of each group among all, and in a page of one group. */
const few = 5
const page = 30

export interface Found {
  people: Profile[]
  conversations: FoundConversation[]
  messages: FoundMessage[]
  files: FoundMessage[]
  notices: FoundNotice[]
  todos: FoundTodo[]
  loading: boolean
  error: unknown
  /** Null where there is no more of this group. */
  more: (() => void) | null
  reload: () => void
  /** False while nothing is looked for. */
  asked: boolean
}

const nothing: never[] = []

/** What the server finds; of one group page by page. */
export function useFound(asked: Asked): Found {
  const client = useClient()
  const key = JSON.stringify({ ...asked, day: new Date().toDateString() })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for all of it
  const input = useMemo((): Input | null => {
    if (asked.text.trim() === '' && !isFiltered(asked)) return null
    const text = asked.text.trim().slice(0, limits.searchChars)
    return { text, group: asked.group, filters: filtersOf(asked, Date.now()), limit: few }
  }, [key])
  const { group } = asked
  const paged = group === 'messages' || group === 'files' ? group : null
  const whole = useCall(
    'search.search',
    paged || !input ? null : { ...input, limit: group === 'all' ? few : limits.searchResults },
  )
  const load = useCallback(
    async (cursor: string | null) => {
      if (!paged || !input) return { items: [], next: null }
      return (await client.call('search.search', { ...input, cursor, limit: page }))[paged]
    },
    [client, input, paged],
  )
  const pages = usePages<FoundMessage>(load)
  if (paged)
    return {
      people: nothing,
      conversations: nothing,
      notices: nothing,
      todos: nothing,
      messages: paged === 'messages' ? pages.items : nothing,
      files: paged === 'files' ? pages.items : nothing,
      loading: pages.loading,
      error: pages.error,
      more: pages.done || pages.items.length === 0 ? null : pages.more,
      reload: pages.reload,
      asked: input !== null,
    }
  const { data } = whole
  return {
    people: data?.people ?? nothing,
    conversations: data?.conversations ?? nothing,
    messages: data?.messages.items ?? nothing,
    files: data?.files.items ?? nothing,
    notices: data?.notices ?? nothing,
    todos: data?.todos ?? nothing,
    loading: whole.loading,
    error: whole.error,
    more: null,
    reload: whole.reload,
    asked: input !== null,
  }
}
