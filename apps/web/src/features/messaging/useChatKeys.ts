import type { InboxEntry } from '@heyi/client'
import { useNavigate } from 'react-router'
import { useShortcut } from '../../app/keyboard'
import { neighbour, nextUnread } from './neighbour'

/** The chat of the address, which is ahead of the screen while a key is held down. */
function shown(): { id: string | null; panel: boolean } {
  const [, , id, panel] = window.location.pathname.split('/')
  return { id: id || null, panel: panel === 'info' }
}

/** The shortcuts of the screen of chats: to the chats around the open one, and its panel. */
export function useChatKeys(list: readonly InboxEntry[]): void {
  const navigate = useNavigate()
  const go = (id: string | null) => {
    if (id) void navigate(`/chat/${id}`)
  }
  useShortcut('previousChat', () => go(neighbour(list, shown().id, -1)))
  useShortcut('nextChat', () => go(neighbour(list, shown().id, 1)))
  useShortcut('previousUnread', () => go(nextUnread(list, shown().id, -1)))
  useShortcut('nextUnread', () => go(nextUnread(list, shown().id, 1)))
  useShortcut('panel', () => {
    const { id, panel } = shown()
    if (!id) return false
    return navigate(panel ? `/chat/${id}` : `/chat/${id}/info`)
  })
}
