import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPerson, type Person } from './browser.js'
import { composerOf, say } from './composer.js'
import { invite, join, password, setUp, talk } from './core-journey.js'
import { type Program, startProgram } from './program.js'

/** What somebody did on one device is so on the other. */

let browser: Browser
let program: Program
let dataDir: string
let ann: Person
let bo: Person

beforeAll(async () => {
  dataDir = mkdtempSync(joinPath(tmpdir(), 'heyi-two-'))
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

test('two devices of one person agree on the list, what is unread, drafts, pins and how far was read', async () => {
  await say(ann, '到这里为止')
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
