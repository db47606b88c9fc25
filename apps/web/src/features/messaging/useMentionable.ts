import type { ChatState } from '@heyi/client'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useHeyi, useMyId } from '../../app/data'
import { calledIn } from './conversation'
import type { Nameable } from './rich-text'

export interface Mentionable {
  /** All whose names are known here, and “everybody”. */
  known: Nameable[]
  /** Everybody's ids as far as loaded; null while too many to know. */
  ids: ReadonlySet<string> | null
  /** Where the names hold. */
  conversation: string
}

const pageSize = 200
/** Beyond this many members, whoever a search finds is offered without checking that they are in the group. */
const mostLoaded = 1000

/** Who can be mentioned in a group: the first members at once, the others when the picker first opens. */
export function useMentionable(conversation: string, chat: ChatState, wanted: boolean): Mentionable {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const [loaded, setLoaded] = useState<string[] | null>(null)
  const count = chat.members?.count ?? 0
  const first = chat.members?.first
  useEffect(() => {
    if (!wanted || loaded || count > mostLoaded || count <= (first?.length ?? 0)) return
    let live = true
    const load = async () => {
      const ids: string[] = []
      let cursor: string | null = null
      do {
        const page: { items: { id: string }[]; next: string | null } = await client.call('messaging.listMembers', {
          conversation,
          cursor,
          limit: pageSize,
        })
        ids.push(...page.items.map(({ id }) => id))
        cursor = page.next
      } while (cursor && ids.length < mostLoaded)
      if (live) setLoaded(ids)
    }
    // Without the list the first members are offered still.
    load().catch(() => undefined)
    return () => {
      live = false
    }
  }, [client, conversation, wanted, loaded, count, first])
  const ids = loaded ?? first?.map(({ id }) => id) ?? []
  const names = useHeyi((held) => ids.map((id) => calledIn(held, conversation, id)).join('\n'))
  const all = t('composer.everybody')
  // biome-ignore lint/correctness/useExhaustiveDependencies: ids follow from loaded and first
  return useMemo(() => {
    const list = names.split('\n')
    const people = ids
      .map((principal, index) => ({ principal, name: list[index] ?? '' }))
      .filter(({ principal, name }) => principal !== me && name)
    return {
      known: [{ principal: 'all', name: all }, ...people],
      ids: loaded || count <= ids.length ? new Set(ids) : null,
      conversation,
    }
  }, [names, loaded, first, count, me, all, conversation])
}
