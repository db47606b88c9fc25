import { expect, test } from 'vitest'
import { startPushService } from '../apps/server/test/push-service.js'
import { openPerson } from './browser.js'
import { say } from './composer.js'
import { enterAs, meet, withSampleCompany } from './sample.js'

// Chromium here has no push service to subscribe at, so that the way is walked in two halves: the server's message is
// received and decrypted by a service and browser of the test, and the same text is then given to the real service
// worker by Chromium's own tools.
const sample = withSampleCompany({ env: { HEYI_CALL_INSIDE: 'on' }, notifies: true })

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
  const call = (operation: string, input: unknown) =>
    page.evaluate(
      async ([name, body]) => {
        const answer = await fetch(`/api/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'request-id': crypto.randomUUID() },
          body: JSON.stringify(body),
        })
        if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`)
        return answer.json() as Promise<{ items: { state: string; reason: string }[] }>
      },
      [operation, input] as const,
    )
  await call('notifications.subscribePush', subscription)
  // Away from the chat, so that it is not read as it comes.
  await page.goto(`${url}/settings/notifications`)
  await page.getByText('本机').waitFor()
  await say(ann, '海报第二版好了，大家看看')
  await expect.poll(() => push.pushed.length, { timeout: 20_000 }).toBe(1)
  const payload = push.pushed[0]?.payload
  expect(payload).toMatchObject({ title: '林知夏', body: '海报第二版好了，大家看看', tag: conversation })

  // The second half. No window of the program is open any more.
  const cdp = await bo.context.newCDPSession(page)
  const registrations: string[] = []
  cdp.on('ServiceWorker.workerRegistrationUpdated', (event) => {
    for (const one of event.registrations) if (!one.isDeleted) registrations.push(one.registrationId)
  })
  await cdp.send('ServiceWorker.enable')
  await expect.poll(() => registrations.length).toBeGreaterThan(0)
  await page.goto('about:blank')
  await cdp.send('ServiceWorker.deliverPushMessage', {
    origin: url,
    registrationId: registrations.at(-1) ?? '',
    data: JSON.stringify(payload),
  })
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
    (await call('notifications.listLedger', { cursor: null, limit: 5 })).items.map(({ state }) => state)
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
