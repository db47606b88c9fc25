import { useMemo } from 'react'
import { useHeyi, useMyId } from '../../app/data'
import { otherOf } from './conversation'

/** Colleagues I last talked with one to one, the newest first. */
export function useRecentPeople(): string[] {
  const me = useMyId()
  const inbox = useHeyi((held) => held.inbox())
  return useMemo(
    () =>
      inbox
        .filter(({ lastAt }) => lastAt !== null)
        .sort((a, b) => ((a.lastAt ?? '') < (b.lastAt ?? '') ? 1 : -1))
        .flatMap(({ conversation, members }) => otherOf(conversation, members, me) ?? [])
        .filter((id) => id !== me),
    [inbox, me],
  )
}
