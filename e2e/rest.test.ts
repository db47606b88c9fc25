import { expect, test } from 'vitest'
import { openPerson } from './browser.js'
import { say } from './composer.js'
import { enterAs, meet, withSampleCompany } from './sample.js'

const sample = withSampleCompany()

/** The operation as the person signed in. */
const call = (page: import('playwright-core').Page, operation: string, input: unknown) =>
  page.evaluate(
    async ([name, body]) => {
      const answer = await fetch(`/api/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'request-id': crypto.randomUUID() },
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`)
      return answer.json() as Promise<Record<string, unknown>>
    },
    [operation, input] as const,
  )

test('a rest begins in two presses, is seen by others, holds badges back, and ends with a summary', async () => {
  const [ann, bo] = [await openPerson(sample.browser), await openPerson(sample.browser)]
  const { url } = sample.program
  await enterAs(ann, url, '林知夏')
  await enterAs(bo, url, '陈屿')
  await meet(ann, bo, '陈屿')

  // By the key, with the note that others read.
  await ann.page.keyboard.press('Alt+Shift+Z')
  const dialog = ann.page.getByRole('dialog', { name: '休息一下' })
  await dialog.getByText('1 小时后').click()
  await dialog.getByLabel('留一句话').fill('急事请打电话')
  await dialog.getByRole('button', { name: '开始休息' }).click()
  await dialog.waitFor({ state: 'detached' })
  const moon = ann.page.getByRole('navigation', { name: '功能区' }).getByRole('button', { name: /正在休息/ })
  await moon.waitFor()

  // The other one sees it above the composer and in the header.
  await bo.page.reload()
  await bo.page.getByText(/林知夏休息到 .* · 急事请打电话/).waitFor()
  await bo.page
    .getByRole('heading', { level: 1 })
    .getByText(/休息到/)
    .waitFor()

  // What comes meanwhile is there, without a badge in the rail and in the title.
  await ann.page.goto(`${url}/people`)
  await say(bo, '你先休息，明天再看')
  await say(bo, '方案放在群里了')
  const badge = ann.page.getByRole('navigation', { name: '功能区' }).getByRole('link', { name: /消息/ })
  await ann.page.goto(`${url}/chat`)
  await ann.page.getByText('方案放在群里了').first().waitFor()
  await expect.poll(() => badge.textContent()).toBe('消息')
  await expect.poll(() => ann.page.title()).toBe('合一 Heyi')

  // Ended by hand: the badge is back, and one summary.
  await moon.click()
  await dialog.getByRole('button', { name: '结束休息' }).click()
  const summary = ann.page.getByRole('region', { name: '欢迎回来' })
  await summary.getByText(/条未读消息/).waitFor()
  await summary.getByRole('link', { name: /陈屿/ }).waitFor()
  await expect.poll(() => ann.page.title()).toMatch(/^\(\d+\+?\) /)
  await summary.getByRole('button', { name: '知道了' }).click()
  await summary.waitFor({ state: 'detached' })
  await bo.page.reload()
  await bo.page.getByRole('textbox', { name: /发送到/ }).waitFor()
  expect(await bo.page.getByText(/林知夏休息到/).count()).toBe(0)
  for (const { context, complaints } of [ann, bo]) {
    await context.close()
    expect(complaints).toEqual([])
  }
})

test('a schedule holds and releases: own hours put somebody at rest, and leaving them ends it', async () => {
  const ann = await openPerson(sample.browser, { width: 390, height: 844, phone: true })
  const { url } = sample.program
  await enterAs(ann, url, '顾南乔')
  // On the phone the moon stands in the head of the list; the sheet leads to the settings.
  await ann.page.getByRole('button', { name: '休息一下' }).click()
  await ann.page.getByRole('dialog', { name: '休息一下' }).getByRole('button', { name: '更多设置' }).click()
  await ann.page.getByText('使用自己的工作时间').click()
  // Monday to Friday are given; without them no moment is worked.
  for (const day of ['星期一', '星期二', '星期三', '星期四', '星期五'])
    await ann.page.getByRole('list', { name: '工作时间' }).getByText(day, { exact: true }).click()
  await ann.page.getByRole('button', { name: '保存' }).click()
  await ann.page.getByRole('button', { name: /正在休息/ }).waitFor()
  expect((await call(ann.page, 'rest.getRest', {})).state).toMatchObject({ resting: true, by: 'schedule' })
  // Turned off, the rest is over at once.
  await ann.page.getByText('工作时间以外自动休息').click()
  await ann.page.getByRole('button', { name: '休息一下' }).waitFor()
  expect((await call(ann.page, 'rest.getRest', {})).state).toMatchObject({ resting: false })
  await ann.context.close()
  expect(ann.complaints).toEqual([])
})
