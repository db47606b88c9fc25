import { expect, test } from 'vitest'
import { openPerson } from './browser.js'
import { logOf } from './composer.js'
import { withSampleCompany } from './sample.js'

/** A day without a pointer, with the sample company. */

const sample = withSampleCompany()

test('signing in, finding, writing, answering, a group and the settings need no pointer', async () => {
  const person = await openPerson(sample.browser)
  const { page } = person
  const keys = page.keyboard
  /** What has the focus, by its name; and it is always to be seen that it has. */
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLElement
      const outline = (one: Element | null) => {
        if (!one) return false
        const { outlineStyle, boxShadow, borderColor } = getComputedStyle(one)
        return outlineStyle !== 'none' || boxShadow !== 'none' || borderColor !== 'rgba(0, 0, 0, 0)'
      }
      const seen = [element, element.parentElement, element.parentElement?.parentElement ?? null].some(outline)
      const name = element.getAttribute('aria-label') ?? element.textContent ?? ''
      return { name: name.trim(), seen }
    })
  /** Tab until what is named has the focus. */
  const tabTo = async (name: RegExp, most = 60) => {
    for (let i = 0; i < most; i++) {
      const now = await focused()
      expect(now.seen, `the focus is seen on ${now.name.slice(0, 40)}`).toBe(true)
      if (name.test(now.name)) return
      await keys.press('Tab')
    }
    throw new Error(`Tab does not lead to ${name}`)
  }
  try {
    await page.goto(`${sample.program.url}/signin`)
    await page.getByRole('button', { name: /林知夏/ }).waitFor()
    await tabTo(/林知夏/)
    await keys.press('Enter')
    await page.getByText('栖岸家居全员群').first().waitFor()

    // The switcher leads into a chat, whose composer has the focus.
    await keys.press('Control+k')
    await page.getByRole('combobox').fill('#品牌设计部')
    await page
      .getByRole('option', { name: /品牌设计部/ })
      .first()
      .waitFor()
    await keys.press('Enter')
    await logOf(person).waitFor()
    await keys.type('不用鼠标也行')
    await keys.press('Enter')
    const sent = (text: string) => logOf(person).locator('[data-message]').filter({ hasText: text }).last()
    await sent('不用鼠标也行').waitFor()

    // Up into the messages, by one tab stop; R answers, the menu key shows what else can be done.
    await keys.press('Shift+Tab')
    for (let i = 0; i < 30 && !(await focused()).name.includes('不用鼠标也行'); i++) await keys.press('Shift+Tab')
    await keys.press('ArrowUp')
    await expect.poll(async () => (await focused()).name).not.toContain('不用鼠标也行')
    await keys.press('ArrowDown')
    await expect.poll(async () => (await focused()).name).toContain('不用鼠标也行')
    await keys.press('r')
    await keys.type('连回复也行')
    await keys.press('Enter')
    // What is on its way has no menu yet.
    await sent('连回复也行').waitFor()
    for (let i = 0; i < 30 && !(await focused()).name.includes('连回复也行'); i++) await keys.press('Shift+Tab')
    await keys.press('ContextMenu')
    await page.getByRole('menu').waitFor()
    await keys.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    await expect.poll(async () => (await focused()).name).toContain('连回复也行')

    // From chat to chat, to another pane, and the panel.
    const before = page.url()
    await keys.press('Alt+ArrowDown')
    await expect.poll(() => page.url()).not.toBe(before)
    await keys.press('Alt+ArrowUp')
    await expect.poll(() => page.url()).toBe(before)
    await keys.press('Alt+i')
    await page.getByRole('complementary', { name: '群信息' }).waitFor()
    await keys.press('Alt+F6')
    await keys.press('Alt+i')
    await page.getByRole('complementary', { name: '群信息' }).waitFor({ state: 'detached' })

    // A group of two.
    await keys.press('Alt+n')
    const menu = page.getByRole('menu').or(page.getByRole('dialog'))
    await menu.first().waitFor()
    await keys.press('Escape')

    // People by the tree, and a setting.
    await keys.press('Alt+3')
    await page.getByRole('link', { name: /我的部门/ }).waitFor()
    await tabTo(/^我的部门/)
    await keys.press('Enter')
    await page.getByRole('heading', { name: '产品规划' }).waitFor()
    await keys.press('Control+/')
    await page.getByRole('dialog', { name: '键盘快捷键' }).waitFor()
    await keys.press('Escape')
    await keys.press('Control+k')
    await page.getByRole('combobox').fill('>')
    await page
      .getByRole('option', { name: /设置|深色|外观/ })
      .first()
      .waitFor()
    expect(person.complaints).toEqual([])
    expect(person.strays).toEqual([])
  } finally {
    await person.context.close()
  }
})
