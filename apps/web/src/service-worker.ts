/**
 * Shows what is pushed while the program is closed, and keeps the program itself on the device, so that it opens without a network: the page, and the files whose names carry
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
}
interface Window {
  readonly focused: boolean
  readonly visibilityState: DocumentVisibilityState
  focus(): Promise<unknown>
  postMessage(message: unknown): void
}
interface Worker {
  readonly location: Location
  readonly registration: ServiceWorkerRegistration
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
worker.addEventListener('notificationclick', (event) => event.waitUntil(opened(event.notification)))

/** What the server sends, encrypted for this browser. */
interface Told {
  id: string
  title: string
  body: string
  tag: string
  path: string
}

const windows = () => worker.clients.matchAll({ type: 'window', includeUncontrolled: true })

async function show(told: Told | undefined): Promise<void> {
  if (!told) return
  const { id, title, body, tag, path } = told
  // Somebody who looks at the program sees the message itself.
  const looked = (await windows()).some(({ focused, visibilityState }) => focused && visibilityState === 'visible')
  if (looked && tag.startsWith('con_')) return
  await worker.registration.showNotification(title, {
    body,
    tag,
    icon: '/icons/icon-192.png',
    badge: '/icons/icon-192.png',
    data: { id, path },
  })
  await report(id, 'shown')
}

async function opened(notification: Notification): Promise<void> {
  const { id, path } = notification.data as Pick<Told, 'id' | 'path'>
  notification.close()
  const [open] = await windows()
  if (open) {
    await open.focus()
    open.postMessage({ go: path })
  } else await worker.clients.openWindow(path)
  await report(id, 'opened')
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
