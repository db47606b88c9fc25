import { createIdbStore } from '@heyi/client/idb-store'
import { keepReply, type Replied, sendReplies } from '@heyi/client/told-replies'
import { wordsIn } from './worker-words'

/**
 * Shows what is pushed while the program is closed, sends what is answered there, and keeps the program itself on the device, so that it opens without a network: the page, and the files whose names carry
 * their digest. What people wrote is never in here: that is the client's, in IndexedDB, where it is emptied when a
 * session ends. Made into /service-worker.js by build/service-worker.ts, which puts the two constants in.
 */
declare const heyiVersion: string
declare const heyiFiles: readonly string[]

// The types of a worker and those of a page exclude each other, so what is used of them is said here.
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetching extends Lasting {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface Pushed extends Lasting {
  readonly data: { json(): unknown } | null
}
interface Clicked extends Lasting {
  readonly notification: Notification
  readonly action: string
  /** What was typed into the field of an action, where the platform shows one. */
  readonly reply?: string | null
}
interface Synced extends Lasting {
  readonly tag: string
}
interface Syncing {
  /** Background Sync: to be told once there is a connection again, the program closed. */
  readonly sync?: { register(tag: string): Promise<void> }
}
interface Window {
  readonly focused: boolean
  readonly visibilityState: DocumentVisibilityState
  focus(): Promise<unknown>
  postMessage(message: unknown): void
}
interface Worker {
  readonly location: Location
  readonly registration: ServiceWorkerRegistration & Syncing
  readonly clients: {
    claim(): Promise<void>
    matchAll(of: { type: 'window'; includeUncontrolled: boolean }): Promise<Window[]>
    openWindow(path: string): Promise<unknown>
  }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
  addEventListener(type: 'push', listener: (event: Pushed) => void): void
  addEventListener(type: 'notificationclick', listener: (event: Clicked) => void): void
  addEventListener(type: 'sync', listener: (event: Synced) => void): void
}
const worker = self as unknown as Worker

const prefix = 'heyi-program-'
const mine = prefix + heyiVersion
/** What the server alone answers: data, and pages that are not the program's. */
const servers = /^\/(api|files|upload|socket|trust|healthz|readyz|metrics)(\/|$)/
const asHeld = { ignoreVary: true, ignoreSearch: true }

worker.addEventListener('install', (event) => event.waitUntil(takeIn()))
worker.addEventListener('activate', (event) => event.waitUntil(clearOut().then(() => worker.clients.claim())))
worker.addEventListener('message', (event) => {
  // Only when somebody asked for the new version: it must not change under the hands.
  if (event.data === 'take over') void worker.skipWaiting()
})
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin || servers.test(pathname)) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(request))
  else if (heyiFiles.includes(pathname)) event.respondWith(held(request))
})

worker.addEventListener('push', (event) => event.waitUntil(show(event.data?.json() as Told | undefined)))
worker.addEventListener('notificationclick', (event) => {
  const { action, notification, reply } = event
  const text = action === 'reply' ? (reply?.trim() ?? '') : ''
  // A platform without the field shows a button: it opens the conversation, to be answered there.
  event.waitUntil(text === '' ? opened(notification) : answered(notification, text))
})
worker.addEventListener('sync', (event) => {
  const [what, member, lang] = event.tag.split(' ')
  if (what !== syncs || !member || !isLang(lang)) return
  event.waitUntil(
    deliver(member, lang, [0]).then((all) => {
      // The browser tries again, later.
      if (!all) throw new Error('an answer still waits')
    }),
  )
})

type Lang = keyof typeof wordsIn
const isLang = (lang: string | undefined): lang is Lang => lang !== undefined && lang in wordsIn

/** What the server sends, encrypted for this browser. */
interface Told {
  id: string
  title: string
  body: string
  tag: string
  path: string
  lang: Lang
  reply?: { conversation: string; root: number | null; member: string }
}
/** What a notification remembers. Of those that the server did not send nothing is reported. */
type Held = Pick<Told, 'path' | 'lang' | 'reply'> & { id?: string; stays?: true }

const windows = () => worker.clients.matchAll({ type: 'window', includeUncontrolled: true })

const marked = { icon: '/icons/icon-192.png', badge: '/icons/icon-192.png' }
/** Only where the browser gives the text to the worker; whether a field is shown is the platform’s. */
function takesReplies(): boolean {
  const { NotificationEvent: clicks } = self as { NotificationEvent?: { prototype: object } }
  const { maxActions = 0 } = Notification as { maxActions?: number }
  return clicks !== undefined && 'reply' in clicks.prototype && maxActions > 0
}

async function show(told: Told | undefined): Promise<void> {
  if (!told) return
  const { id, title, body, tag, path, lang, reply } = told
  // Somebody who looks at the program sees the message itself.
  const looked = (await windows()).some(({ focused, visibilityState }) => focused && visibilityState === 'visible')
  if (looked && tag.startsWith('con_')) return
  const { reply: action, placeholder } = wordsIn[lang]
  const answer = { action: 'reply', type: 'text', title: action, placeholder }
  const data: Held = { id, path, lang, ...(reply && { reply }) }
  const options = { body, tag, lang, ...marked, data, ...(reply && takesReplies() && { actions: [answer] }) }
  await worker.registration.showNotification(title, options)
  await report(id, 'shown')
}

async function opened(notification: Notification): Promise<void> {
  const { id, path, stays } = notification.data as Held
  if (!stays) notification.close()
  const [open] = await windows()
  if (open) {
    await open.focus()
    open.postMessage({ go: path })
  } else await worker.clients.openWindow(path)
  if (id) await report(id, 'opened')
}

const syncs = 'replies'
/** The pauses before each try, in milliseconds; a browser ends a worker that goes on much longer. */
const pausesMs = [0, 1_000, 4_000]

async function answered(notification: Notification, text: string): Promise<void> {
  const { id, lang, reply } = notification.data as Held
  notification.close()
  if (!reply) return
  const { conversation, root, member } = reply
  const store = createIdbStore(member)
  try {
    await keepReply(store, { conversation, root, text }, Date.now())
  } finally {
    await store.close()
  }
  const all = await deliver(member, lang, pausesMs)
  if (!all) await worker.registration.sync?.register(`${syncs} ${member} ${lang}`).catch(() => undefined)
  if (id) await report(id, 'opened')
}

/** Sends what a member typed into notifications and says what did not go; false while something still waits. */
function deliver(member: string, lang: Lang, pauses: readonly number[]): Promise<boolean> {
  // One after the other: they keep their order.
  return navigator.locks.request('heyi-replies', async () => {
    const store = createIdbStore(member)
    try {
      for (const ms of pauses) {
        await new Promise((resolve) => setTimeout(resolve, ms))
        const replies = await sendReplies({ base: '' }, store, member)
        for (const replied of replies) if (replied.state !== 'waiting') await tell(replied, lang)
        const waiting = replies.find(({ state }) => state === 'waiting')
        if (!waiting) return true
        if (ms === pauses.at(-1)) await tell(waiting, lang)
      }
      return false
    } finally {
      await store.close()
    }
  })
}

/** What went says so by its notification being gone; anything else is said. */
async function tell({ key, reply, state }: Replied, lang: Lang): Promise<void> {
  const words = wordsIn[lang]
  const { conversation, root, text } = reply
  const tag = `reply-${key}`
  if (state === 'sent') {
    for (const waiting of await worker.registration.getNotifications({ tag })) waiting.close()
    return
  }
  const path = `/chat/${conversation}${root === null ? '' : `/thread/${root}`}`
  const [title, held]: [string, Held] =
    state === 'waiting'
      ? [words.waiting, { path, lang }]
      : state === 'stranger'
        ? // Nothing of it is kept, so that it stays to be read.
          [words.stranger, { path, lang, stays: true }]
        : [words.refused, { path: `${path}?back=${key}`, lang }]
  await worker.registration.showNotification(title, { body: text, tag, lang, ...marked, data: held })
}

/** So that people can see what became of a notification; without a network nobody learns it. */
async function report(id: string, what: 'shown' | 'opened'): Promise<void> {
  const body = JSON.stringify({ id, what })
  const headers = { 'content-type': 'application/json' }
  await fetch('/api/notifications.report', { method: 'POST', headers, body }).catch(() => undefined)
}

async function takeIn(): Promise<void> {
  const cache = await caches.open(mine)
  await Promise.all(
    heyiFiles.map(async (path) => {
      // A name with a digest means the same in every version.
      const known = path.startsWith('/assets/') ? await caches.match(path, asHeld) : undefined
      const answer = known ?? (await fetch(path, { cache: 'no-cache' }))
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
      await cache.put(path, answer)
    }),
  )
}

/** The version before stays too: a window that is still open with it may load another of its parts. */
async function clearOut(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== mine)
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)))
}

/** Every address of the program is one page; a version is whole, so its page comes with its files. */
async function page(request: Request): Promise<Response> {
  return (await (await caches.open(mine)).match('/', asHeld)) ?? fetch(request)
}

async function held(request: Request): Promise<Response> {
  return (await (await caches.open(mine)).match(request, asHeld)) ?? fetch(request)
}

/** Large parts are not fetched in advance; they are kept when somebody first uses them. */
async function asset(request: Request): Promise<Response> {
  const known = await caches.match(request, asHeld)
  if (known) return known
  const answer = await fetch(request)
  if (answer.ok) await (await caches.open(mine)).put(request, answer.clone())
  return answer
}
