import { newKey } from './environment.js'

/**
 * Which of a browser's tabs writes the replica.
 *
 * Every tab has its own socket and its own replica in memory, read from the store when it opened; that costs a socket,
 * and saves every protocol between tabs. One tab leads: it alone writes feeds and objects, since a store written by two
 * would hold revs whose objects are another's. When it goes, the next one puts its whole replica in the place of what
 * is stored. Sends and drafts are written by each tab under its own name at once, and the leader adopts the sends of
 * tabs that are gone; their keys make it harmless should it err.
 *
 * Being mistaken about who leads is harmless too: the store refuses all but the tab that claimed it last.
 */
export interface Leadership {
  /** The name of this tab. */
  readonly tab: string
  leads(): boolean
  /** Whether this tab leads now; if not, `onLater` is called when it does. */
  lead(onLater: () => void): Promise<boolean>
  goneAmong(tabs: string[]): Promise<string[]>
  release(): void
}

/** For a program of its own: it leads, and whoever else wrote here is gone. */
export const createSoleLeadership = (): Leadership => ({
  tab: newKey(),
  leads: () => true,
  lead: async () => true,
  goneAmong: async (tabs) => tabs,
  release: () => undefined,
})

/** Web Locks where the page has them (HTTPS, localhost), else a lease in `localStorage`. */
export const createTabLeadership = (name: string): Leadership =>
  'locks' in navigator && navigator.locks
    ? createLockLeadership(name, navigator.locks)
    : createLeaseLeadership(name, localStorage)

function createLockLeadership(name: string, locks: LockManager): Leadership {
  const tab = newKey()
  const lockOf = (of: string) => `heyi-tab-${name}-${of}`
  const ends: (() => void)[] = []
  const abort = new AbortController()
  const hold = () => new Promise<void>((resolve) => ends.push(resolve))
  let leading = false
  // The browser lets go of it when the tab goes, however that happens.
  void locks.request(lockOf(tab), hold)
  const wait = (onLater: () => void) =>
    locks
      .request(`heyi-lead-${name}`, { signal: abort.signal }, () => {
        leading = true
        onLater()
        return hold()
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) throw error
      })
  return {
    tab,
    leads: () => leading,
    lead: (onLater) =>
      new Promise((resolve) => {
        void locks.request(`heyi-lead-${name}`, { ifAvailable: true }, (lock) => {
          leading = lock !== null
          resolve(leading)
          if (leading) return hold()
          void wait(onLater)
          return undefined
        })
      }),
    goneAmong: async (tabs) => {
      const held = new Set((await locks.query()).held?.map((lock) => lock.name))
      return tabs.filter((other) => !held.has(lockOf(other)))
    },
    release: () => {
      leading = false
      abort.abort()
      for (const end of ends) end()
    },
  }
}

const beatMs = 5_000
/** Hidden tabs may run a timer only once a minute. */
const leaseMs = 150_000

/** The part of `localStorage` that is needed. */
type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Exported for its test. */
export function createLeaseLeadership(name: string, shelf: Shelf, now: () => number = Date.now): Leadership {
  const tab = newKey()
  const leadKey = `heyi-lead-${name}`
  const tabKey = (of: string) => `heyi-tab-${name}-${of}`
  let timer: ReturnType<typeof setInterval> | null = null
  let leading = false
  let later: (() => void) | null = null

  const isFresh = (at: string | undefined | null) => now() - Number(at ?? 0) < leaseMs
  const beat = () => {
    shelf.setItem(tabKey(tab), String(now()))
    const [holder, at] = (shelf.getItem(leadKey) ?? '').split(' ')
    const mine = holder === tab || !holder || !isFresh(at)
    if (mine) shelf.setItem(leadKey, `${tab} ${now()}`)
    const begins = mine && !leading
    leading = mine
    if (begins) later?.()
  }
  const leave = () => {
    if (shelf.getItem(leadKey)?.startsWith(tab)) shelf.removeItem(leadKey)
    shelf.removeItem(tabKey(tab))
  }
  return {
    tab,
    leads: () => leading,
    lead: async (onLater) => {
      beat()
      later = onLater
      timer = setInterval(beat, beatMs)
      globalThis.addEventListener?.('pagehide', leave)
      return leading
    },
    goneAmong: async (tabs) => tabs.filter((other) => !isFresh(shelf.getItem(tabKey(other)))),
    release: () => {
      leading = false
      if (timer !== null) clearInterval(timer)
      globalThis.removeEventListener?.('pagehide', leave)
      leave()
    },
  }
}
