import type { Worker } from 'playwright-core'
import { expect, test } from 'vitest'
import { startPushService } from '../apps/server/test/push-service.js'
import { openPerson, type Person } from './browser.js'
import { composerOf, say } from './composer.js'
import { enterAs, meet, withSampleCompany } from './sample.js'

// Chromium here has no push service to subscribe at, so that the way is walked in two halves: the server's message is
// received and decrypted by a service and browser of the test, and the same text is then given to the real service
// worker by Chromium's own tools.
const sample = withSampleCompany({ env: { HEYI_CALL_INSIDE: 'on' }, notifies: true })

/** An operation as whoever is signed in on the page. */
function call<T>({ page }: Person, operation: string, input: unknown): Promise<T> {
  return page.evaluate(
    async ([name, body]) => {
      const answer = await fetch(`/api/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'request-id': crypto.randomUUID() },
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`)
      return answer.json() as Promise<unknown>
    },
    [operation, input] as const,
  ) as Promise<T>
}

/** Hands the service worker what was pushed, or that there is a connection again; no window of the program is open. */
async function deliver(
  { context, page }: Person,
  origin: string,
  what: { payload: unknown } | { sync: string },
): Promise<void> {
  const cdp = await context.newCDPSession(page)
  const registrations: string[] = []
  cdp.on('ServiceWorker.workerRegistrationUpdated', (event) => {
    for (const one of event.registrations) if (!one.isDeleted) registrations.push(one.registrationId)
  })
  await cdp.send('ServiceWorker.enable')
  await expect.poll(() => registrations.length).toBeGreaterThan(0)
  await page.goto('about:blank')
  const to = { origin, registrationId: registrations.at(-1) ?? '' }
  if ('payload' in what)
    await cdp.send('ServiceWorker.deliverPushMessage', { ...to, data: JSON.stringify(what.payload) })
  else await cdp.send('ServiceWorker.dispatchSyncEvent', { ...to, tag: what.sync, lastChance: false })
  await cdp.detach()
}

test('a message to a closed browser is received encrypted, and shown by the service worker that reports it', async (ctx) => {
  if (!sample.notifies) ctx.skip('this Chromium has no windows and shows no notifications')
  await using push = await startPushService()
  const { url } = sample.program
  const [ann, bo] = [await openPerson(sample.browser), await openPerson(sample.browser)]
  await bo.context.grantPermissions(['notifications'], { origin: url })
  await enterAs(ann, url, '林知夏')
  await enterAs(bo, url, '陈屿')
  const conversation = await meet(ann, bo, '陈屿')
  const { page } = bo
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  const { subscription } = push.browser('bo')
  await call(bo, 'notifications.subscribePush', subscription)
  // Away from the chat, so that it is not read as it comes.
  await page.goto(`${url}/settings/notifications`)
  await page.getByText('本机').waitFor()
  await say(ann, '海报第二版好了，大家看看')
  await expect.poll(() => push.pushed.length, { timeout: 20_000 }).toBe(1)
  const payload = push.pushed[0]?.payload
  expect(payload).toMatchObject({ title: '林知夏', body: '海报第二版好了，大家看看', tag: conversation })

  // The second half. No window of the program is open any more.
  await deliver(bo, url, { payload })
  await page.goto(`${url}/settings/ledger`)
  const shown = () =>
    page.evaluate(async () =>
      (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, tag }) => ({
        title,
        body,
        tag,
      })),
    )
  await expect
    .poll(shown, { timeout: 10_000 })
    .toEqual([{ title: payload?.title, body: payload?.body, tag: conversation }])
  const states = async () =>
    (await call<{ items: { state: string }[] }>(bo, 'notifications.listLedger', { cursor: null, limit: 5 })).items.map(
      ({ state }) => state,
    )
  await expect.poll(states, { timeout: 10_000 }).toEqual(['shown'])

  // The page that tells what was done, and why.
  await page.goto(`${url}/settings/ledger`)
  await page.getByText('已显示').waitFor()
  await page.getByRole('button', { name: '为什么' }).first().click()
  const dialog = page.getByRole('dialog', { name: '为什么（没）提醒我' })
  await dialog.getByText('会提醒').waitFor()
  await dialog.getByText('算作未读', { exact: true }).waitFor()
  for (const { context, complaints } of [ann, bo]) {
    await context.close()
    expect(complaints).toEqual([])
  }
}, 90_000)

interface Shown {
  title: string
  body: string
  actions: { action: string; type: string; title: string }[]
  path: string
}
/** What a service worker has that a page has not, as far as it is used here. */
interface WorkerScope {
  registration: ServiceWorkerRegistration
  NotificationEvent: new (type: string, of: { notification: unknown; action: string; reply: string }) => Event
  /** What is done to the answers of `messaging.sendMessage`. */
  lose: 'once' | 'all' | null
}

const shownBy = (worker: Worker): Promise<Shown[]> =>
  worker.evaluate(async () => {
    const { registration } = globalThis as unknown as WorkerScope
    return (await registration.getNotifications()).map((one) => {
      const { title, body, data } = one
      const { actions = [] } = one as unknown as { actions?: Shown['actions'] }
      return {
        title,
        body,
        path: (data as { path: string }).path,
        actions: actions.map(({ action, type, title: name }) => ({ action, type, title: name })),
      }
    })
  })

/** Answers the notification that is shown, as the system does for somebody who types into its field. */
const answer = (worker: Worker, reply: string): Promise<void> =>
  worker.evaluate(async (text) => {
    const { registration, NotificationEvent } = globalThis as unknown as WorkerScope
    const [notification] = await registration.getNotifications()
    const event = new NotificationEvent('notificationclick', { notification, action: 'reply', reply: text })
    // Of an event that a script made the worker may not wait; the system's lets it.
    const done = new Promise<unknown>((resolve) => {
      Object.defineProperty(event, 'waitUntil', { value: resolve })
    })
    globalThis.dispatchEvent(event)
    await done
  }, reply)

test('what is typed into a notification is sent once, comes back where it is refused, and goes nowhere without a session', async (ctx) => {
  if (!sample.notifies) ctx.skip('this Chromium has no windows and shows no notifications')
  await using push = await startPushService()
  const { url } = sample.program
  const [ann, bo] = [await openPerson(sample.browser), await openPerson(sample.browser)]
  await bo.context.grantPermissions(['notifications'], { origin: url })
  await enterAs(ann, url, '林知夏')
  await enterAs(bo, url, '陈屿')
  const { page } = bo
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  const { member } = await call<{ member: string }>(bo, 'identity.getMe', {})
  const created = { name: '展厅布置', members: [member] }
  const { conversation } = await call<{ conversation: { id: string } }>(ann, 'messaging.createGroup', created)
  const { id } = conversation
  await ann.page.goto(`${url}/chat/${id}`)
  await call(bo, 'notifications.subscribePush', push.browser('bo').subscription)
  await page.goto(`${url}/settings/notifications`)
  await page.getByText('本机').waitFor()
  await say(ann, '明天几点到展厅')
  await expect.poll(() => push.pushed.length, { timeout: 20_000 }).toBe(1)
  const payload = push.pushed[0]?.payload
  expect(payload?.reply).toEqual({ conversation: id, root: null, member })

  // It is told again each time: the answer closes it. Asked what is shown while one is about to be, Chromium may forget
  // that one, so that it is asked seldom and told again; one of the same tag takes the place of the other.
  const told = async () => {
    const find = async () => {
      const worker = bo.context.serviceWorkers().at(-1)
      return worker && (await shownBy(worker)).some(({ body }) => body === payload?.body) ? worker : null
    }
    const tell = async () => {
      const worker = await find()
      if (!worker) await deliver(bo, url, { payload })
      return worker
    }
    await expect.poll(tell, { timeout: 30_000, interval: 1_500 }).not.toBeNull()
    const worker = await find()
    if (!worker) throw new Error('the notification is gone')
    return worker
  }
  const log = ann.page.getByRole('log', { name: '消息记录' })

  // The server took it and its answer was lost: it is tried again and stands there once.
  const first = await told()
  const [notification] = await shownBy(first)
  expect(notification).toMatchObject({ title: '展厅布置', actions: [{ action: 'reply', type: 'text', title: '回复' }] })
  await first.evaluate(() => {
    const scope = globalThis as unknown as WorkerScope
    const ask = globalThis.fetch
    scope.lose = 'once'
    globalThis.fetch = async (...asked: Parameters<typeof fetch>) => {
      const sends = String(asked[0]).endsWith('/messaging.sendMessage')
      if (sends && scope.lose === 'all') throw new TypeError('Failed to fetch')
      const answer = await ask(...asked)
      if (!sends || scope.lose === null) return answer
      scope.lose = null
      throw new TypeError('Failed to fetch')
    }
  })
  await answer(first, '九点整，我带样板')
  expect(await first.evaluate(() => (globalThis as unknown as WorkerScope).lose)).toBeNull()
  await log.getByText('九点整，我带样板').waitFor()
  expect(await log.getByText('九点整，我带样板').count()).toBe(1)
  expect(await shownBy(first)).toEqual([])

  // Without a connection it waits, says so, and goes once the browser has one again.
  const offline = await told()
  await offline.evaluate(() => {
    ;(globalThis as unknown as WorkerScope).lose = 'all'
  })
  await answer(offline, '路上堵车')
  expect(await shownBy(offline)).toMatchObject([{ title: '回复还没发出去，联网后会自动发出', body: '路上堵车' }])
  await offline.evaluate(() => {
    ;(globalThis as unknown as WorkerScope).lose = null
  })
  await deliver(bo, url, { sync: `replies ${member} zh-CN` })
  await log.getByText('路上堵车').waitFor()
  await expect.poll(() => shownBy(offline)).toEqual([])

  // Only the owner may speak by now: the text is not lost, and is in the composer once one may.
  await call(ann, 'messaging.updateGroup', { conversation: id, muteAll: true })
  const second = await told()
  await answer(second, '那我十点到')
  const [refused] = await shownBy(second)
  expect(refused).toMatchObject({ title: '回复没有发出去，点开可以改了再发', body: '那我十点到', actions: [] })
  await call(ann, 'messaging.updateGroup', { conversation: id, muteAll: false })
  await page.goto(url + (refused?.path ?? ''))
  await expect.poll(() => composerOf(bo).inputValue()).toBe('那我十点到')
  await expect.poll(() => new URL(page.url()).search).toBe('')
  await composerOf(bo).press('Enter')
  await log.getByText('那我十点到').waitFor()

  // Signed out: said so, and nothing is sent or kept.
  await call(bo, 'identity.signOut', {})
  await page.goto(`${url}/signin`)
  await page.getByRole('button', { name: /陈屿/ }).waitFor()
  await second.evaluate(async () => {
    const { registration } = globalThis as unknown as WorkerScope
    for (const one of await registration.getNotifications()) one.close()
  })
  const third = await told()
  await answer(third, '门锁着')
  expect(await shownBy(third)).toMatchObject([{ title: '回复没有发出去：这里已不是你当时登录的账号', body: '门锁着' }])
  await say(ann, '好的')
  expect(await log.getByText('门锁着').count()).toBe(0)
  for (const { context, complaints } of [ann, bo]) {
    await context.close()
    expect(complaints).toEqual([])
  }
}, 120_000)
