import type { ChatState } from '@heyi/client'
import { type RefObject, useEffect, useState } from 'react'
import { useClient } from '../../app/data'

/** Begin to load when this close to the end of what is held, in pixels. */
const loadAhead = 800

type Loading = 'loading' | 'failed' | null

/** Loads older messages as the top comes near and, where the list does not go on to the newest, newer ones at its end. */
export function useMorePages(id: string, chat: ChatState, scroller: RefObject<HTMLDivElement | null>, rows: number) {
  const client = useClient()
  const [older, setOlder] = useState<Loading>(null)
  const [newer, setNewer] = useState<Loading>(null)
  const loadOlder = () => {
    if (older === 'loading' || chat.floor <= 0) return
    setOlder('loading')
    client.loadOlder(id).then(
      () => setOlder(null),
      () => setOlder('failed'),
    )
  }
  const loadNewer = () => {
    if (newer === 'loading' || chat.ceiling === null) return
    setNewer('loading')
    client.loadNewer(id).then(
      () => setNewer(null),
      () => setNewer('failed'),
    )
  }
  const look = () => {
    const box = scroller.current
    if (!box) return
    if (box.scrollTop < loadAhead && older !== 'failed') loadOlder()
    if (box.scrollHeight - box.clientHeight - box.scrollTop < loadAhead && newer !== 'failed') loadNewer()
  }
  // A page too short to scroll is never scrolled: ask for more at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at after each change of the rows
  useEffect(() => {
    const box = scroller.current
    if (box && box.scrollHeight - box.clientHeight < loadAhead) look()
  }, [rows, chat.floor, chat.ceiling])
  return { older, newer, loadOlder, loadNewer, look }
}
