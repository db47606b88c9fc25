import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPerson, type Person } from './browser.js'
import { attach, composerOf, say } from './composer.js'
import { invite, join, password, setUp, talk } from './core-journey.js'
import { makePng } from './picture.js'
import { type Program, startProgram } from './program.js'
import { atRest, middleOf, topOf } from './reading.js'

/** What somebody reads stays where it is, and what they did on one device is so on the other. */

let browser: Browser
let program: Program
let dataDir: string
let ann: Person
let bo: Person

beforeAll(async () => {
  dataDir = mkdtempSync(joinPath(tmpdir(), 'heyi-reading-'))
  program = await startProgram(dataDir, { env: { HEYI_SEND_RATE: '100000', HEYI_CALL_RATE: '100000' } })
  browser = await openBrowser()
  ann = await openPerson(browser)
  bo = await openPerson(browser)
  await setUp(ann, program)
  await join(bo, await invite(ann))
  await talk(ann, bo)
})
afterAll(async () => {
  await browser.close()
  await program.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Many messages of one person, of one to nine lines, without anybody typing them. */
async function write({ page }: Person, count: number): Promise<void> {
  const conversation = new URL(page.url()).pathname.split('/')[2] ?? ''
  await page.evaluate(
    async ([conversation, count]) => {
      for (let n = 0; n < count; n++) {
        const text = Array.from({ length: 1 + ((n * 7) % 9) }, (_, line) => `${n} 之 ${line}：窗帘样布已到`).join('\n')
        const answer = await fetch('/api/messaging.sendMessage', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'request-id': `write-${n}-${Date.now()}` },
          body: JSON.stringify({ conversation, key: `write-${n}-${Date.now()}`, message: { kind: 'text', text } }),
        })
        if (!answer.ok) throw new Error(await answer.text())
      }
    },
    [conversation, count] as const,
  )
}

test('what is being read stays in its place while older messages and their pictures come in above it', async () => {
  for (const n of [1, 2, 3]) {
    await attach(ann, '发送图片', { name: `样图${n}.png`, mimeType: 'image/png', buffer: makePng(200 * n, 300) })
    await write(ann, 45)
  }
  await say(ann, '到这里为止')

  // A device of Bo's that has nothing yet, so that each page comes from the server; then the same from its store.
  const other = await openPerson(browser)
  const { page } = other
  await page.goto(program.url)
  await page.getByLabel('账号、手机号或邮箱').fill('chenyu')
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByText('到这里为止').first().click()
  const log = page.getByRole('log', { name: /^(消息记录|Messages)$/ })
  for (const from of ['the server', 'the store']) {
    await log.getByText('到这里为止').waitFor()
    await atRest(page)
    for (let pages = 0; pages < 3; pages++) {
      const height = await log.evaluate((box) => box.scrollHeight)
      await log.evaluate((box) => box.scrollTo(0, 300))
      const before = await middleOf(page)
      // More has come in when the list is higher by about a screen; then everything that loads settles.
      await page.waitForFunction(
        (least) => (document.querySelector('[role=log][aria-label]')?.scrollHeight ?? 0) > least,
        height + 600,
      )
      await page.waitForFunction(() =>
        [...document.querySelectorAll<HTMLImageElement>('[role=log][aria-label] img')].every((image) => image.complete),
      )
      await atRest(page)
      const moved = Math.abs((await topOf(page, before.row)) - before.top)
      expect(moved, `page ${pages + 1} from ${from}`).toBeLessThanOrEqual(2)
    }
    await page.reload()
  }
  expect(other.complaints).toEqual([])
  await other.context.close()
})

test('two devices of one person agree on the list, what is unread, drafts, pins and how far was read', async () => {
  const two = await openPerson(browser)
  await two.page.goto(program.url)
  await two.page.getByLabel('账号、手机号或邮箱').fill('chenyu')
  await two.page.getByLabel('密码', { exact: true }).fill(password)
  await two.page.getByRole('button', { name: '登录', exact: true }).click()
  await two.page.getByText('到这里为止').first().waitFor()
  await bo.page.goto(`${program.url}/chat`)
  const rowOn = ({ page }: Person) => page.getByRole('list', { name: '会话列表' }).getByRole('listitem').first()
  const both = [bo, two]

  await say(ann, '两台设备都看得到')
  for (const device of both) {
    await rowOn(device).getByText('两台设备都看得到').waitFor()
    await rowOn(device).getByText('1 条未读').waitFor({ state: 'attached' })
  }
  await rowOn(bo).getByRole('link').click()
  for (const device of both) await expect.poll(() => rowOn(device).getByText('条未读').count()).toBe(0)

  await composerOf(bo).fill('写到一半')
  await rowOn(two).getByText('写到一半').waitFor()
  await rowOn(two).getByRole('link').click()
  await expect.poll(() => composerOf(two).inputValue()).toBe('写到一半')
  await composerOf(two).fill('')
  await expect.poll(() => rowOn(bo).getByText('[草稿]').count()).toBe(0)

  await rowOn(two).getByRole('link').click({ button: 'right' })
  await two.page.getByRole('menuitem', { name: '置顶' }).click()
  for (const device of both) await rowOn(device).getByRole('img', { name: '已置顶' }).waitFor()
  for (const { complaints } of [ann, bo, two]) expect(complaints).toEqual([])
})
