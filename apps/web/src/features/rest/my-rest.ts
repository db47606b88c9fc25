import type { MyRest } from '@heyi/contract/rest'
import { useEffect, useSyncExternalStore } from 'react'
import { useClient, useHeyi } from '../../app/data'

const started = 'heyi.rest'
/** Until when a rest was to last, as it was last known; it holds badges back before the server has answered anew. */
const restingTill = 'heyi.resting'
const openEnd = 'open'
/** Clocks differ a little; the server is asked when its answer is surely another. */
const afterMs = 500
const againMs = 60_000
const farMs = 2 ** 31 - 1

let mine: MyRest | null = null
let over: { since: string } | null = null
let believed = keptRest()
const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const tell = () => {
  for (const listener of listeners) listener()
}

/** My own rest as the server says; null until it has. */
export const useMyRest = (): MyRest | null => useSyncExternalStore(subscribe, () => mine)
/** By the last answer, also one from before the page was opened. */
export const useIsResting = (): boolean => useSyncExternalStore(subscribe, () => mine?.state.resting ?? believed)
/** A rest that has ended and whose summary was not put away. */
export const useRestOver = (): { since: string } | null => useSyncExternalStore(subscribe, () => over)

export function putSummaryAway(): void {
  over = null
  localStorage.removeItem(started)
  tell()
}

/** Takes an answer of the server; remembers, over starts of the page too, when a rest began. */
export function takeMyRest(next: MyRest): void {
  mine = next
  const since = localStorage.getItem(started)
  if (next.state.resting) {
    localStorage.setItem(restingTill, next.state.changesAt ?? openEnd)
    over = null
    if (since === null) localStorage.setItem(started, new Date().toISOString())
  } else {
    localStorage.removeItem(restingTill)
    if (since !== null) over = { since }
  }
  tell()
}

function keptRest(): boolean {
  const till = localStorage.getItem(restingTill)
  return till !== null && (till === openEnd || Date.parse(till) > Date.now())
}

function forget(): void {
  mine = null
  over = null
  believed = false
  localStorage.removeItem(restingTill)
  tell()
}

/** Keeps my rest true while somebody is signed in: after each change on any device, and when a schedule changes it. */
export function useFollowRest(): void {
  const client = useClient()
  const chosen = useHeyi((held) => held.rest())
  const online = useHeyi((held) => held.connection === 'online')
  // biome-ignore lint/correctness/useExhaustiveDependencies: another object of the feed is a reason to ask
  useEffect(() => {
    if (!online) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let live = true
    const ask = async () => {
      let wait = againMs
      try {
        const next = await client.call('rest.getRest', {})
        if (!live) return
        takeMyRest(next)
        const { changesAt } = next.state
        wait = changesAt === null ? farMs : Math.max(0, Date.parse(changesAt) - Date.now()) + afterMs
      } catch {
        // Asked again in a while; what is known stays.
      }
      if (live) timer = setTimeout(() => void ask(), Math.min(wait, farMs))
    }
    void ask()
    return () => {
      live = false
      clearTimeout(timer)
    }
  }, [client, chosen, online])
  useEffect(() => forget, [])
}
