import type { InboxEntry } from '@heyi/client'

/** The chat beside the open one, as the list shows them; from none the nearest end. Stops at the ends. */
export function neighbour(list: readonly InboxEntry[], current: string | null, step: 1 | -1): string | null {
  const now = list.findIndex(({ id }) => id === current)
  if (now < 0) return (step > 0 ? list[0] : list.at(-1))?.id ?? null
  return list[now + step]?.id ?? null
}

/** The next chat in that direction that waits for me, beginning again at the other end. */
export function nextUnread(list: readonly InboxEntry[], current: string | null, step: 1 | -1): string | null {
  const now = list.findIndex(({ id }) => id === current)
  const from = now < 0 && step < 0 ? 0 : now
  for (let i = 1; i <= list.length; i++) {
    const entry = list[(from + step * i + list.length * 2) % list.length]
    if (entry && entry.id !== current && waits(entry)) return entry.id
  }
  return null
}

const waits = ({ unread, mentioned, membership }: InboxEntry) => unread > 0 && (!membership.muted || mentioned)
