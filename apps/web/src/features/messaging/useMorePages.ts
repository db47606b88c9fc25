import type { ChatState } from '@heyi/client'
import { type RefObject, useEffect, useState } from 'react'
import { useClient, useHeyi } from '../../app/data'

/** Begin to load when this close to the end of what is held, in pixels. */
const loadAhead = 800

/** `waiting` for a connection: there is nothing to press, and it goes on by itself. */
type Loading = 'loading' | 'failed' | 'waiting' | null

const mayLoad = (state: Loading) => state === null

/** Loads older messages as the top comes near and, where the list does not go on to the newest, newer ones at its end. */
export function useMorePages(id: string, chat: ChatState, scroller: RefObject<HTMLDivElement | null>, rows: number) {
  const client = useClient()
  const [older, setOlder] = useState<Loading>(null)
  const [newer, setNewer] = useState<Loading>(null)
  const online = useHeyi((held) => held.connection === 'online')
  /** Loads, and says how that ended. A try that was made or lost without a connection is no failure. */
  const load = async (page: Promise<void>, setState: (state: Loading) => void) => {
    const isUp = () => client.connection === 'online'
    const wasUp = isUp()
    setState('loading')
    try {
      await page
      setState(null)
    } catch {
      setState(isUp() ? (wasUp ? 'failed' : null) : 'waiting')
    }
  }
  const loadOlder = () => {
    if (older === 'loading' || chat.floor <= 0) return
    void load(client.loadOlder(id), setOlder)
  }
  const loadNewer = () => {
    if (newer === 'loading' || chat.ceiling === null) return
    void load(client.loadNewer(id), setNewer)
  }
  const look = () => {
    const box = scroller.current
    if (!box) return
    const left = box.scrollHeight - box.clientHeight - box.scrollTop
    if (box.scrollTop < loadAhead && mayLoad(older)) loadOlder()
    if (left < loadAhead && mayLoad(newer)) loadNewer()
  }
  useEffect(() => {
    if (!online) return
    setOlder((was) => (was === 'waiting' ? null : was))
    setNewer((was) => (was === 'waiting' ? null : was))
  }, [online])
  // A page too short to scroll is never scrolled: ask for more at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at after each change of the rows
  useEffect(() => {
    const box = scroller.current
    if (box && box.scrollHeight - box.clientHeight < loadAhead) look()
  }, [rows, chat.floor, chat.ceiling, older, newer])
  return { older, newer, loadOlder, loadNewer, look }
}
