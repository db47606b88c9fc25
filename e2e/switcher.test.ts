import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openPerson, type Person } from './browser.js'
import { say } from './composer.js'
import { enterAs, withSampleCompany } from './sample.js'

const sample = withSampleCompany({ notifies: true })

const signIn = (person: Person, name: string) => enterAs(person, sample.program.url, name)

const field = (page: Page) => page.getByRole('combobox', { name: '快速切换' })
const active = (page: Page) => page.locator('[role=option][aria-selected=true]')
const option = (page: Page, section: string, name: string | RegExp) =>
  page.getByRole('group', { name: section }).getByRole('option', { name })
const heading = (page: Page) => page.getByRole('main').getByRole('heading', { level: 1 })
const openChat = (page: Page, title: string) => heading(page).getByText(title, { exact: true }).waitFor()

async function ended(...persons: Person[]): Promise<void> {
  for (const { context, complaints, strays } of persons) {
    await context.close()
    expect(complaints).toEqual([])
    expect(strays).toEqual([])
  }
}

test('Ctrl+K finds conversations, colleagues and commands, and goes there by the keyboard', async () => {
  const person = await openPerson(sample.browser)
  const { page } = person
  await signIn(person, '林知夏')

  // The recent ones stand there before anything is typed; Escape leaves everything as it was.
  await page.keyboard.press('Control+k')
  await option(page, '最近', /秋季新品上市项目组/).waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => field(page).count()).toBe(0)

  // A group by the initials of its name, with these marked.
  await page.keyboard.press('Control+k')
  await field(page).fill('qjxp')
  await option(page, '会话', /秋季新品上市项目组/).waitFor()
  await expect.poll(() => active(page).locator('mark').allTextContents()).toEqual(['秋季新品'])
  await page.keyboard.press('Enter')
  await openChat(page, '秋季新品上市项目组')

  // A colleague by whole pinyin, whom only the directory knows.
  await page.keyboard.press('Control+k')
  await field(page).fill('@shanyi')
  await option(page, '同事', /单翊/).waitFor()
  await page.keyboard.press('Enter')
  await openChat(page, '单翊')

  // Arrow keys walk around the ends; Tab chooses among what is looked; Alt and a digit open the nth.
  await page.keyboard.press('Control+k')
  const isActive = (which: 'first' | 'last') => async () =>
    (await active(page).textContent()) === (await page.getByRole('option')[which]().textContent())
  // The chat just opened may still be on its way into the list.
  await expect.poll(isActive('first')).toBe(true)
  await page.keyboard.press('ArrowUp')
  await expect.poll(isActive('last')).toBe(true)
  await page.keyboard.press('ArrowDown')
  await expect.poll(isActive('first')).toBe(true)
  await page.keyboard.press('Tab')
  await expect.poll(() => field(page).inputValue()).toBe('@')
  await page.keyboard.press('Tab')
  await expect.poll(() => field(page).inputValue()).toBe('#')
  const third = page.getByRole('option').nth(2).locator('b')
  const title = (await third.textContent()) ?? ''
  await page.keyboard.press('Alt+3')
  await openChat(page, title)

  // Commands: a page of the settings, the theme, a new group.
  await page.keyboard.press('Control+k')
  await field(page).fill('>隐私')
  await option(page, '操作', /隐私/).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '同事看到的你' }).waitFor()
  await page.keyboard.press('Control+k')
  await field(page).fill('>dark')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark')
  // What the command opened gives the focus back to where it was before the switcher.
  const area = page.getByRole('navigation', { name: '功能区' }).getByRole('link', { name: /通讯录/ })
  await area.focus()
  await page.keyboard.press('Control+k')
  await field(page).fill('>群聊')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: '发起群聊' }).waitFor()
  await page.keyboard.press('Escape')
  await area.and(page.locator(':focus')).waitFor()

  // Nothing found says so; without the network what the device holds is found, and the rest can be tried again.
  await page.keyboard.press('Control+k')
  await field(page).fill('zzzqqq')
  await page.getByText('没有找到「zzzqqq」').waitFor()
  await person.context.setOffline(true)
  await field(page).fill('顾南乔')
  await option(page, '会话', /顾南乔/).waitFor()
  await ended(person)
})

test('on the phone it is a page, left by going back', async () => {
  const person = await openPerson(sample.browser, { width: 390, height: 844, phone: true })
  const { page } = person
  await signIn(person, '顾南乔')
  await page.goto(`${sample.program.url}/search`)
  await field(page).fill('单翊')
  await option(page, '同事', /单翊/).tap()
  await openChat(page, '单翊')
  // The page of the switcher is not kept on the way back.
  await page.goBack()
  await page.getByRole('navigation', { name: '功能区' }).waitFor()
  await page.goto(`${sample.program.url}/search`)
  await field(page).fill('>外观')
  await option(page, '操作', /^外观\s*设置/).tap()
  await page.getByRole('heading', { name: '外观' }).waitFor()
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBeLessThanOrEqual(0)
  await ended(person)
})

test('the shortcuts of the sheet do what it says, and none while an input method composes', async () => {
  const person = await openPerson(sample.browser)
  const { page } = person
  await signIn(person, '陈屿')
  const rows = page.getByRole('list', { name: '会话列表' }).getByRole('link')
  // Names of colleagues come after the list.
  const titleOf = async (nth: number) => (await rows.nth(nth).locator('b', { hasText: /\S/ }).textContent()) ?? ''
  const [one, two] = [await titleOf(0), await titleOf(1)]
  await page.keyboard.press('Alt+ArrowDown')
  await openChat(page, one)
  await page.keyboard.press('Alt+ArrowDown')
  await openChat(page, two)
  await page.keyboard.press('Alt+ArrowUp')
  await openChat(page, one)
  await page.keyboard.press('Alt+i')
  await page.waitForURL('**/info')
  await page.keyboard.press('Alt+i')
  await page.waitForURL((url) => !url.pathname.endsWith('/info'))

  await page.keyboard.press('Alt+3')
  await page.waitForURL('**/people')
  await page.keyboard.press('Alt+1')
  await page.waitForURL('**/chat')
  await page.keyboard.press('Alt+n')
  await page.getByRole('dialog', { name: '发起单聊' }).waitFor()
  // Nothing underneath hears a key while a dialog is open.
  await page.keyboard.press('Alt+3')
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  expect(new URL(page.url()).pathname).toBe('/chat')

  await page.keyboard.press('Control+/')
  const sheet = page.getByRole('dialog', { name: '键盘快捷键' })
  await sheet.getByText('快速切换', { exact: true }).waitFor()
  await page.keyboard.press('Escape')

  // From pane to pane, and back to where it was.
  await page.getByRole('navigation', { name: '功能区' }).getByRole('link', { name: /消息/ }).focus()
  const paneOfFocus = () =>
    page.evaluate(() => document.activeElement?.closest('nav, section, main, aside')?.getAttribute('aria-label'))
  await page.keyboard.press('Alt+F6')
  await expect.poll(() => paneOfFocus()).toBe('消息')
  await page.keyboard.press('Alt+Shift+F6')
  await expect.poll(() => paneOfFocus()).toBe('功能区')

  await page.evaluate(() =>
    window.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', ctrlKey: true, isComposing: true, bubbles: true }),
    ),
  )
  expect(await field(page).count()).toBe(0)

  // The edge of the list by the keyboard and the pointer; the device keeps it.
  const edge = page.getByRole('separator', { name: '列表的宽度' })
  await edge.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe('288')
  const box = await edge.boundingBox()
  if (!box) throw new Error('the edge is not on screen')
  await page.mouse.move(box.x + 4, 400)
  await page.mouse.down()
  await page.mouse.move(box.x + 900, 400)
  await page.mouse.up()
  await page.reload()
  await edge.waitFor()
  await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe('360')
  expect((await page.getByRole('region', { name: '消息' }).boundingBox())?.width).toBe(360)
  await ended(person)
})

test('settings stay after a reload; what follows the person is seen on another device', async () => {
  const desk = await openPerson(sample.browser)
  const other = await openPerson(sample.browser)
  await signIn(desk, '唐一鸣')
  await signIn(other, '唐一鸣')
  const html = desk.page.locator('html')
  const choose = (label: string) => desk.page.getByText(label, { exact: true }).click()
  await desk.page.goto(`${sample.program.url}/settings/appearance`)
  await choose('深色')
  await choose('125%')
  await choose('紧凑')
  await choose('全部靠左')
  await expect.poll(() => html.getAttribute('data-messages')).toBe('left')
  const seen = async ({ page }: Person) =>
    page.evaluate(() => {
      const { dataset, style } = document.documentElement
      return [dataset.theme, dataset.density, dataset.messages, style.getPropertyValue('--text-scale')]
    })
  // The size of text belongs to the screen it was chosen on.
  await expect.poll(() => seen(other)).toEqual(['dark', 'compact', 'left', ''])
  await desk.page.reload()
  await expect.poll(() => seen(desk)).toEqual(['dark', 'compact', 'left', '1.25'])
  await expect.poll(() => desk.page.getByRole('radio', { name: '125%' }).isChecked()).toBe(true)

  await desk.page.goto(`${sample.program.url}/settings/chat`)
  await choose('Ctrl + Enter')
  await desk.page.getByText('Ctrl + Enter 发送，Enter 换行').waitFor()
  await other.page.keyboard.press('Control+/')
  await other.page.getByRole('dialog').locator('dl > div', { hasText: /^发送/ }).getByText('Ctrl').waitFor()
  await other.page.keyboard.press('Escape')

  await desk.page.goto(`${sample.program.url}/settings/language`)
  await desk.page.getByLabel('语言').click()
  await desk.page.getByRole('option', { name: 'English' }).click()
  await other.page.getByRole('navigation', { name: 'Areas' }).waitFor()

  // The copy on the device goes, the session stays.
  await desk.page.goto(`${sample.program.url}/settings/privacy`)
  await desk.page.getByRole('button', { name: 'Remove the local copy' }).click()
  const again = desk.page.waitForEvent('load')
  await desk.page.getByRole('alertdialog').getByRole('button', { name: 'Remove the local copy' }).click()
  await again
  await desk.page.getByRole('heading', { name: 'What this device keeps' }).waitFor()

  await desk.page.goto(`${sample.program.url}/settings/about`)
  await desk.page.getByText('Packages used, and their licences').click()
  await desk.page.getByText(/react-router 7\./).waitFor()
  await desk.page.getByText('Licence (Apache-2.0)').click()
  await desk.page.getByText('TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION').waitFor()
  await ended(desk, other)
})

/** What this device keeps, as another tab would change it. */
const choose = ({ page }: Person, settings: object) =>
  page.evaluate((text) => {
    localStorage.setItem('heyi.device', text)
    window.dispatchEvent(new StorageEvent('storage', { key: 'heyi.device', newValue: text }))
  }, JSON.stringify(settings))

interface Told {
  title: string
  body: string
  silent: boolean
}

test('a notification tells of a message while the window is away, as this device has chosen', async (ctx) => {
  if (!sample.notifies) ctx.skip('this Chromium has no windows and shows no notifications')
  const ann = await openPerson(sample.browser)
  const bo = await openPerson(sample.browser)
  await ann.context.grantPermissions(['notifications'], { origin: new URL(sample.program.url).origin })
  // The browser's own notifications are shown; this only writes down what they were made with.
  await ann.page.addInitScript(() => {
    const told: Told[] = []
    const Real = window.Notification
    class Witnessed extends Real {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options)
        told.push({ title: this.title, body: this.body, silent: options?.silent ?? false })
        Object.assign(window, { lastTold: this })
      }
    }
    Object.assign(window, { Notification: Witnessed, told })
  })
  const told = () => ann.page.evaluate(() => (window as unknown as { told: Told[] }).told)
  await signIn(ann, '顾南乔')
  await signIn(bo, '陈屿')
  await ann.page.goto(`${sample.program.url}/settings/notifications`)
  await ann.page.getByRole('switch', { name: /浏览器通知/ }).press('Space')
  await ann.page.getByText('姓名和内容').waitFor()

  const writeTo = async (person: Person, name: string) => {
    await person.page.keyboard.press('Control+k')
    await field(person.page).fill(name)
    await person.page
      .getByRole('option', { name: new RegExp(name) })
      .first()
      .click()
    await openChat(person.page, name)
  }
  await writeTo(bo, '顾南乔')
  await say(bo, '打印机修好了')
  await expect.poll(told).toEqual([{ title: '陈屿', body: '打印机修好了', silent: false }])
  // The title and the icon of the tab say that something waits.
  await expect.poll(() => ann.page.title()).toMatch(/^\(\d+\+?\) /)
  await expect.poll(() => ann.page.locator('link[rel=icon]').first().getAttribute('href')).toMatch(/^data:image/)

  // A click opens the chat. What is on screen, and what I write myself, is not told.
  await ann.page.evaluate(() =>
    (window as unknown as { lastTold: Notification }).lastTold.onclick?.(new Event('click')),
  )
  await openChat(ann.page, '陈屿')
  await say(bo, '第二台也好了')
  await ann.page
    .getByRole('log', { name: /^(消息记录|Messages)$/ })
    .getByText('第二台也好了')
    .waitFor()
  await say(ann, '谢谢')
  await bo.page
    .getByRole('log', { name: /^(消息记录|Messages)$/ })
    .getByText('谢谢')
    .waitFor()

  await choose(ann, { notify: true, notifyContent: false, notifySound: false })
  // The window is away: the same chat is told of, and here only that there is something, without a sound.
  await ann.page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })
    Object.defineProperty(document, 'hasFocus', { value: () => false })
  })
  await say(bo, '晚上还有一台')
  await expect.poll(told).toHaveLength(2)
  expect((await told())[1]).toEqual({ title: '合一 Heyi', body: '有新消息', silent: true })

  // Muted: nothing, though the message is there.
  await ann.page.keyboard.press('Alt+i')
  await ann.page.getByRole('switch', { name: '消息免打扰' }).press('Space')
  await expect.poll(() => ann.page.getByRole('switch', { name: '消息免打扰' }).isChecked()).toBe(true)
  await say(bo, '不急')
  await ann.page
    .getByRole('log', { name: /^(消息记录|Messages)$/ })
    .getByText('不急')
    .waitFor()
  await ann.page.getByRole('switch', { name: '消息免打扰' }).press('Space')
  await expect.poll(() => ann.page.getByRole('switch', { name: '消息免打扰' }).isChecked()).toBe(false)
  await choose(ann, { notify: true, notifyContent: true, notifySound: false })
  await say(bo, '现在急了')
  await expect.poll(async () => (await told()).at(-1)?.body).toBe('现在急了')
  expect((await told()).map(({ body }) => body)).not.toContain('不急')
  expect(await told()).toHaveLength(3)
  await ended(ann, bo)
})
