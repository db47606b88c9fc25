import { useState } from 'react'
import { useMyId } from '../../app/data'

/** Which notices were closed on this device: of each conversation the time of the last one. The oldest are forgotten. */
const most = 500
const place = (me: string) => `heyi.closedNotices.${me}`

function read(me: string): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(place(me)) ?? '{}') as Record<string, string>
  } catch {
    return {}
  }
}

/** Whether this notice was closed here, and how to close it. */
export function useClosedNotice(conversation: string, at: string): [closed: boolean, close: () => void] {
  const me = useMyId()
  const [closedAt, setClosedAt] = useState(() => read(me)[conversation])
  const close = () => {
    const { [conversation]: _before, ...others } = read(me)
    const kept = Object.entries(others).slice(1 - most)
    localStorage.setItem(place(me), JSON.stringify({ ...Object.fromEntries(kept), [conversation]: at }))
    setClosedAt(at)
  }
  return [closedAt !== undefined && closedAt >= at, close]
}
