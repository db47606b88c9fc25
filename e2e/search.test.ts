import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openPerson, type Person } from './browser.js'
import { signInAll } from './callers.js'
import { logOf, say } from './composer.js'
import { enterAs, meet, withSampleCompany } from './sample.js'

const sample = withSampleCompany()

const field = (page: Page) => page.getByRole('combobox', { name: '搜索', exact: true })
const results = (page: Page) => page.getByRole('listbox', { name: '搜索结果' })
const result = (page: Page, group: string, text: string | RegExp) =>
  results(page).getByRole('group', { name: group }).getByRole('option', { name: text })
const among = (page: Page, group: string) =>
  page.getByRole('radiogroup', { name: '范围' }).getByText(group, { exact: true }).click()
/** So that a few messages are more than a screen. */
const longer = '，说得长一些'.repeat(25)
const noSideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

async function ended(...persons: Person[]): Promise<void> {
  for (const { context, complaints, strays } of persons) {
    await context.close()
    expect(complaints).toEqual([])
    expect(strays).toEqual([])
  }
}

test('one box finds people, groups, messages and files; a press opens the place where it was said', async () => {
  const lin = await openPerson(sample.browser)
  const gu = await openPerson(sample.browser)
  await enterAs(lin, sample.program.url, '林知夏')
  await enterAs(gu, sample.program.url, '顾南乔')
  await meet(lin, gu, '顾南乔')
  const { page } = lin
  const first = '展位就订上海虹桥的 B2-17 号'
  await say(gu, first)
  for (let i = 1; i <= 6; i++) await say(lin, `后来说的第 ${i} 句${longer}`)

  // From the box above the list; what was said a moment ago is there.
  await page.getByRole('region', { name: '消息' }).getByRole('button', { name: '搜索' }).click()
  await page.waitForURL('**/find')
  await page.getByText('输入一个词就能找到').waitFor()
  await field(page).fill('虹桥 b2-17')
  const hit = result(page, '消息', /虹桥/)
  await hit.waitFor()
  await expect.poll(() => hit.locator('mark').allTextContents()).toEqual(['虹桥', 'B2-17'])
  // The keyboard walks and opens; the chat comes beside, at that message, and the results stay.
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/find\/con_.*at=\d+/)
  await logOf(lin).getByText(first).waitFor()
  await hit.waitFor()
  // The field keeps the focus, so that the arrows lead on to the next.
  await expect.poll(() => field(page).evaluate((one) => one === document.activeElement)).toBe(true)
  // Reloading brings the same again.
  await page.reload()
  await logOf(lin).getByText(first).waitFor()
  await expect.poll(() => field(page).inputValue()).toBe('虹桥 b2-17')

  // People by initials, groups by name, one group at a time.
  await field(page).fill('gnq')
  await result(page, '联系人', /顾南乔/).waitFor()
  await field(page).fill('新品上市')
  await result(page, '群聊', /秋季新品上市项目组/).waitFor()
  await among(page, '群聊')
  await expect.poll(() => results(page).getByRole('option').count()).toBe(1)
  await among(page, '全部')

  // A filter narrows it down and is taken off again.
  await field(page).fill('后来说的')
  await result(page, '消息', /后来说的第 6 句/).waitFor()
  await page.getByRole('button', { name: '发送人' }).click()
  await page.getByRole('dialog').getByRole('combobox').fill('顾南乔')
  await page
    .getByRole('dialog')
    .getByRole('option', { name: /顾南乔/ })
    .click()
  await page.getByText('没有找到「后来说的」').waitFor()
  await page.getByRole('button', { name: '去掉筛选：发送人' }).click()
  await result(page, '消息', /后来说的第 6 句/).waitFor()
  await among(page, '消息')
  await expect.poll(() => results(page).getByRole('option').count()).toBe(6)

  // What is taken back is gone from the results.
  const mine = logOf(lin).getByText('后来说的第 6 句')
  await page.keyboard.press('Escape')
  await field(page).fill('“第 6 句”')
  await result(page, '消息', /第 6 句/).click()
  await mine.click({ button: 'right' })
  await page.getByRole('menuitem', { name: '撤回' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: /撤回/ }).click()
  await logOf(lin).getByText('后来说的第 6 句').waitFor({ state: 'detached' })
  await result(page, '消息', /第 6 句/).waitFor({ state: 'detached' })
  await field(page).fill('后来说的第 6 句')
  await page.getByText('没有找到「后来说的第 6 句」').waitFor()

  // From anywhere by the keyboard; from the switcher with what was typed there.
  await page.goto(`${sample.program.url}/people`)
  await page.getByRole('navigation', { name: '功能区' }).waitFor()
  await page.keyboard.press('Control+Shift+f')
  await page.waitForURL('**/find')
  await expect.poll(() => field(page).evaluate((one) => one === document.activeElement)).toBe(true)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: '快速切换' }).fill('虹桥')
  await page.getByRole('option', { name: /搜索消息「虹桥」/ }).click()
  await result(page, '消息', /虹桥/).waitFor()

  // A thing to do is found as well, and leads to itself.
  const caller = (await signInAll(sample.program.url)).find(({ name }) => name === '林知夏')
  const todo = { text: '虹桥展位付定金', assignees: [caller?.member], dueAt: null, remindAt: null, source: null }
  await caller?.call('todos.createTodo', todo)
  await field(page).fill('虹桥 定金')
  await result(page, '待办', /虹桥展位付定金/).click()
  await page.getByRole('dialog', { name: '修改待办' }).waitFor()
  await expect.poll(() => page.getByRole('dialog').getByLabel('要做什么').inputValue()).toBe('虹桥展位付定金')
  await ended(lin, gu)
})

test('on the phone results fill the screen, a press opens the chat at the message, and back comes back to them', async () => {
  const gu = await openPerson(sample.browser, { width: 390, height: 844, phone: true })
  const lin = await openPerson(sample.browser)
  await enterAs(gu, sample.program.url, '顾南乔')
  await enterAs(lin, sample.program.url, '林知夏')
  await meet(gu, lin, '林知夏')
  const said = '手机上也要找得到：夜航西飞'
  await say(lin, said)
  for (let i = 1; i <= 8; i++) await say(lin, `又说一句 ${i}${longer}`)
  const { page } = gu
  await page.goto(`${sample.program.url}/chat`)
  await page.getByRole('button', { name: '搜索' }).first().tap()
  await page.waitForURL('**/find')
  await field(page).fill('夜航西飞')
  await result(page, '消息', /夜航西飞/).waitFor()
  expect(await noSideways(page)).toBeLessThanOrEqual(0)
  const heights = await page
    .getByRole('group', { name: '筛选' })
    .getByRole('button')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height))
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
  await result(page, '消息', /夜航西飞/).tap()
  await page.waitForURL(/\/chat\/con_.*at=\d+/)
  await logOf(gu).getByText(said).waitFor()
  await page.goBack()
  await result(page, '消息', /夜航西飞/).waitFor()
  await expect.poll(() => field(page).inputValue()).toBe('夜航西飞')

  // In one chat: from its header, with the chat as a filter.
  await result(page, '消息', /夜航西飞/).tap()
  await page.getByRole('button', { name: '在会话里搜索' }).tap()
  await page.getByRole('button', { name: '所在会话：林知夏' }).waitFor()
  await field(page).fill('又说一句 8')
  await result(page, '消息', /又说一句 8/).waitFor()
  expect(await noSideways(page)).toBeLessThanOrEqual(0)
  await ended(gu, lin)
})
