import type { InboxEntry } from '@heyi/client'
import { useNavigate } from 'react-router'
import { useShortcut } from '../../app/keyboard'
import { neighbour, nextUnread } from './neighbour'

/** The shortcuts of the screen of chats: to the chats around the open one, and its panel. */
export function useChatKeys(list: readonly InboxEntry[], selected: string | null, info: boolean): void {
  const navigate = useNavigate()
  const go = (id: string | null) => {
    if (id) void navigate(`/chat/${id}`)
  }
  useShortcut('previousChat', () => go(neighbour(list, selected, -1)))
  useShortcut('nextChat', () => go(neighbour(list, selected, 1)))
  useShortcut('previousUnread', () => go(nextUnread(list, selected, -1)))
  useShortcut('nextUnread', () => go(nextUnread(list, selected, 1)))
  useShortcut('panel', () => navigate(info ? `/chat/${selected}` : `/chat/${selected}/info`), selected !== null)
}
