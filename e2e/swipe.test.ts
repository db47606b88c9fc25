import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openPerson } from './browser.js'
import { enterAs, withSampleCompany } from './sample.js'

const sample = withSampleCompany()

type Point = readonly [x: number, y: number]

/** One finger from here to there, as the browser hears it from a screen. */
async function draw(page: Page, [x, y]: Point, [toX, toY]: Point): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints })
  await touch('touchStart', { x, y })
  const steps = 10
  for (let step = 1; step <= steps; step++)
    await touch('touchMove', { x: x + ((toX - x) * step) / steps, y: y + ((toY - y) * step) / steps })
  await touch('touchEnd')
  await session.detach()
}

test('a conversation drawn aside is pinned, muted and marked; up and down the list scrolls', async () => {
  const person = await openPerson(sample.browser, { width: 390, height: 700, phone: true })
  const { page } = person
  try {
    await enterAs(person, sample.program.url, '林知夏')
    const list = page.getByRole('list', { name: '会话列表' })
    const rows = list.getByRole('listitem')
    // Neither pinned nor muted.
    const row = rows.filter({ hasNot: page.getByRole('img', { name: /^已/ }) }).first()
    const title = (await row.locator('b', { hasText: /\S/ }).textContent()) ?? ''
    const mine = rows.filter({ has: page.locator('b', { hasText: title }) })
    const middle = async (): Promise<Point> => {
      const box = await mine.boundingBox()
      if (!box) throw new Error('the row is not on screen')
      return [box.x + box.width / 2, box.y + box.height / 2]
    }
    const pull = async () => {
      // While it scrolls or makes room, the virtual list keeps presses from its rows.
      await expect.poll(() => mine.evaluate((it) => getComputedStyle(it).pointerEvents)).toBe('auto')
      const [x, y] = await middle()
      await draw(page, [x + 120, y], [x - 100, y + 4])
    }
    const button = (name: string) => page.getByRole('button', { name, exact: true })

    // Nothing is there before, not for keys either; a short way is not enough.
    expect(await button('置顶').count()).toBe(0)
    const [x, y] = await middle()
    await draw(page, [x, y], [x - 20, y])
    await expect.poll(() => button('置顶').count()).toBe(0)

    await pull()
    await button('置顶').waitFor()
    for (const name of ['置顶', '消息免打扰']) {
      const box = await button(name).boundingBox()
      expect(box?.width).toBeGreaterThanOrEqual(44)
      expect(box?.height).toBeGreaterThanOrEqual(44)
    }
    // A tap on the row shuts it and opens nothing, as does one elsewhere.
    await page.touchscreen.tap(30, y)
    await expect.poll(() => button('置顶').count()).toBe(0)
    expect(new URL(page.url()).pathname).toBe('/chat')
    await pull()
    await button('置顶').waitFor()
    await page.getByRole('heading', { level: 1 }).tap()
    await expect.poll(() => button('置顶').count()).toBe(0)

    await pull()
    await button('置顶').tap()
    await mine.getByRole('img', { name: '已置顶' }).waitFor({ state: 'attached' })
    await expect.poll(() => button('取消置顶').count()).toBe(0)
    // Up and down is the list's.
    await draw(page, [200, 550], [190, 250])
    await expect.poll(() => list.evaluate((it) => it.scrollTop)).toBeGreaterThan(0)
    expect(await button('取消置顶').count()).toBe(0)

    // It is kept. A tap opens, as ever.
    await page.reload()
    await mine.getByRole('img', { name: '已置顶' }).waitFor({ state: 'attached' })
    await mine.getByRole('link').tap()
    await page.waitForURL('**/chat/*')
    await page.goBack()
    await list.waitFor()
    await pull()
    await button('消息免打扰').tap()
    await mine.getByRole('img', { name: '已免打扰' }).waitFor({ state: 'attached' })
    expect(person.complaints).toEqual([])
    expect(person.strays).toEqual([])
  } finally {
    await person.context.close()
  }
})
