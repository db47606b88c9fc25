import { type Client, createClient, wipeIdbStores } from '@heyi/client'
import type { Me } from '@heyi/contract/identity'
import { useSyncExternalStore } from 'react'
import { wipeUploads } from '../features/files/upload-store'
import { asRefusal } from './errors'
import { post } from './http'
import { askForNewVersion } from './program'

export type Session =
  | {
      state: 'starting' /** Opens what this device holds, where the server takes long to answer. */
      openCopy?: () => void
    }
  | { state: 'unreachable' }
  | { state: 'anonymous' /** Somebody was signed in here a moment ago. */; left: boolean }
  | { state: 'signedIn'; me: Me; client: Client }

/** Who was signed in here last, so that a start without a network can show what the device holds. */
const stored = 'heyi.me'

/** When the server has not answered for so long, what the device holds is offered. */
const slowMs = 3_000

let session: Session = { state: 'starting' }
const listeners = new Set<() => void>()

function set(next: Session) {
  session = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useSession = (): Session => useSyncExternalStore(subscribe, () => session)

/** The parts of a screen that exist only for a member. */
export function useSignedIn(): { me: Me; client: Client } {
  const now = useSession()
  if (now.state !== 'signedIn') throw new Error('used outside the signed-in part')
  return now
}

/**
 * Asks the server who the cookie stands for and opens the client. Nothing held is shown before the answer: this device
 * may have been signed out elsewhere. Only where no answer can be had, or somebody does not want to wait for it, does
 * the device open with what it holds; the first contact then decides.
 */
export async function startSession(): Promise<void> {
  const kept = rememberedMe()
  const slow = setTimeout(() => {
    if (kept && session.state === 'starting') set({ state: 'starting', openCopy: () => void open(kept, false) })
  }, slowMs)
  try {
    const me = await post('identity.getMe', {})
    if (session.state === 'signedIn') learn(me)
    else await open(me, true)
  } catch (error) {
    if (session.state === 'signedIn') return asRefusal(error) ? changedElsewhere(session.client) : undefined
    const refusal = asRefusal(error)
    if (refusal && refusal.code !== 'unavailable' && refusal.code !== 'busy') return forget(false)
    if (kept) await open(kept, false)
    else set({ state: 'unreachable' })
  } finally {
    clearTimeout(slow)
  }
}

/** @param fresh whether the server has just said who `me` is */
async function open(me: Me, fresh: boolean): Promise<void> {
  if (session.state === 'signedIn') await session.client.stop()
  localStorage.setItem(stored, JSON.stringify(me))
  const client = createClient({ base: '', member: me.member })
  set({ state: 'signedIn', me, client })
  let isFresh = fresh
  let connection = client.connection
  client.subscribe(() => {
    if (session.state !== 'signedIn' || session.client !== client) return
    // Ended, or gone on in another company by another tab.
    if (client.connection === 'signedOut' || (client.member !== null && client.member !== me.member))
      void changedElsewhere(client)
    if (connection === client.connection) return
    connection = client.connection
    if (connection !== 'online') return
    // The server may be a newer one by now, and may say something new of me.
    askForNewVersion()
    if (!isFresh) post('identity.getMe', {}).then(learn, () => undefined)
    isFresh = false
  })
  await client.start()
}

/** News of who I am. Another member, or none any more, is the client's to find out. */
function learn(me: Me): void {
  if (session.state !== 'signedIn' || session.me.member !== me.member) return
  const text = JSON.stringify(me)
  if (text === JSON.stringify(session.me)) return
  localStorage.setItem(stored, text)
  set({ ...session, me })
}

async function changedElsewhere(client: Client): Promise<void> {
  set({ state: 'starting' })
  try {
    const me = await post('identity.getMe', {})
    await client.stop()
    await open(me, true)
  } catch (error) {
    if (!asRefusal(error)) return set({ state: 'unreachable' })
    await client.wipe()
    await forget(true)
  }
}

/** Ends the session on the server and removes everything this device holds. */
export async function signOut(): Promise<void> {
  if (session.state !== 'signedIn') return
  const { client } = session
  await post('identity.signOut', {})
  set({ state: 'starting' })
  await client.wipe()
  await forget(true)
}

/** The network may be back, or the page was asleep: the client need not wait for its own time. */
export function watchWaking(): void {
  const wake = () => {
    if (document.visibilityState === 'visible' && session.state === 'signedIn') session.client.wake()
  }
  window.addEventListener('online', wake)
  window.addEventListener('focus', wake)
  document.addEventListener('visibilitychange', wake)
}

export async function switchTenant(tenant: string): Promise<void> {
  if (session.state !== 'signedIn') return
  const { client } = session
  const me = await client.call('identity.switchTenant', { tenant })
  await open(me, true)
}

/** The session is over, whoever ended it: what this device holds goes before the sign-in is shown. */
async function forget(left: boolean): Promise<void> {
  localStorage.removeItem(stored)
  // Where a browser keeps no databases, there is nothing to remove.
  for (const wiped of [wipeIdbStores(), wipeUploads()]) await wiped.catch((error: unknown) => console.error(error))
  set({ state: 'anonymous', left })
}

function rememberedMe(): Me | null {
  try {
    return JSON.parse(localStorage.getItem(stored) ?? 'null') as Me | null
  } catch {
    return null
  }
}
