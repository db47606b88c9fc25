import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPerson } from './browser.js'
import { type Program, startProgram } from './program.js'

/** The page of components, `/dev/ui`: axe in both themes and languages, large text on a small phone, and the keyboard. */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const dataDir = mkdtempSync(join(tmpdir(), 'heyi-components-'))
let browser: Browser
let program: Program

beforeAll(async () => {
  browser = await openBrowser()
  program = await startProgram(dataDir)
})
afterAll(async () => {
  await browser.close()
  await program.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

async function open(page: Page, textSize = 100): Promise<void> {
  await page.addInitScript((size) => localStorage.setItem('heyi.textSize', String(size)), textSize)
  await page.goto(`${program.url}/dev/ui`)
  await page.getByRole('main').waitFor()
  await page.evaluate(() => document.fonts.ready)
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    interface Violation {
      id: string
      nodes: { html: string }[]
    }
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
    const found = await axe.run()
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  })
}

/** How far the page itself could be moved sideways. */
const overflow = (page: Page) =>
  page.getByRole('main').evaluate((main) => {
    const scroller = main.parentElement ?? main
    return scroller.scrollWidth - scroller.clientWidth
  })

const variants = [
  { width: 1440, height: 900, scheme: 'light', locale: 'zh-CN', textSize: 100 },
  { width: 1440, height: 900, scheme: 'dark', locale: 'en', textSize: 100 },
  { width: 390, height: 844, scheme: 'dark', locale: 'zh-CN', textSize: 87.5, phone: true },
  { width: 320, height: 640, scheme: 'light', locale: 'en', textSize: 150, phone: true },
] as const

for (const { textSize, ...variant } of variants)
  test(`axe finds nothing at ${variant.width} px, ${variant.scheme}, ${variant.locale}, text at ${textSize} %`, async () => {
    const person = await openPerson(browser, variant)
    const { page } = person
    try {
      await open(page, textSize)
      expect(await violations(page)).toEqual([])
      expect(await overflow(page)).toBeLessThanOrEqual(0)
      const shown = await page.getByRole('heading', { level: 1 }).evaluate((it) => getComputedStyle(it).fontSize)
      expect(Number.parseFloat(shown)).toBeCloseTo((18 * textSize) / 100, 1)
      expect(person.complaints).toEqual([])
      expect(person.strays).toEqual([])
    } finally {
      await person.context.close()
    }
  })

test('by keyboard: menus, dialogs, tooltips and cards open and close, and the focus goes back', async () => {
  const { page, context } = await openPerson(browser, { locale: 'en' })
  const focused = (name: string) => page.locator(':focus', { hasText: name }).waitFor()
  try {
    await open(page)
    const opener = page.getByRole('button', { name: 'Open the menu' })
    await opener.focus()
    // React Aria shows tooltips to whoever comes by keys.
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Tab')
    await page.getByRole('tooltip', { name: 'Open the menu' }).waitFor()
    await opener.press('Enter')
    await focused('Reply')
    expect(await page.getByRole('menuitemradio', { checked: true }).count()).toBe(1)
    await page.keyboard.press('ArrowDown')
    await focused('Copy')
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Open the menu')

    // A question asked by a menu gives the focus back to where the menu was opened.
    await opener.press('Enter')
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor()
    await focused('Cancel')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Open the menu')

    await page.getByRole('button', { name: 'Open a dialog' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'New group' })
    await dialog.getByRole('textbox', { name: 'Group name' }).and(page.locator(':focus')).waitFor()
    for (let press = 0; press < 4; press++) {
      await page.keyboard.press('Tab')
      expect(await dialog.locator(':focus').count()).toBe(1)
    }
    await page.keyboard.press('Escape')
    await focused('Open a dialog')

    const zone = page.getByRole('button', { name: /Time zone/ }).first()
    await zone.press('ArrowDown')
    await page.getByRole('option', { name: 'Beijing' }).waitFor()
    await page.keyboard.type('Lo')
    await page.keyboard.press('Enter')
    await page.getByRole('listbox', { name: 'Time zone' }).waitFor({ state: 'detached' })
    await expect.poll(() => zone.textContent()).toContain('London')

    // The picker: the search field keeps the focus; arrows walk, Enter picks, Backspace takes the last chip off.
    const search = page.getByRole('combobox', { name: 'Search by name' }).first()
    const chips = page.getByRole('list', { name: 'Chosen' }).getByRole('button')
    await search.press('ArrowDown')
    await search.press('Enter')
    await search.pressSequentially('Chen')
    await search.press('Enter')
    await expect.poll(() => chips.allTextContents()).toEqual(['Shen Ruoxi', 'Chen Yu'])
    await expect.poll(() => search.inputValue()).toBe('')
    await search.press('Backspace')
    await expect.poll(() => chips.allTextContents()).toEqual(['Shen Ruoxi'])
    await page.getByRole('button', { name: 'Remove Shen Ruoxi' }).press('Enter')
    await search.and(page.locator(':focus')).waitFor()
    expect(await chips.count()).toBe(0)

    await page.getByRole('tab', { name: 'Profile' }).press('ArrowRight')
    await page.getByRole('tabpanel', { name: 'Activity' }).waitFor()

    await page.getByRole('button', { name: 'Not saved. What you typed is still there' }).focus()
    await page.keyboard.press('Tab')
    await page.getByRole('dialog', { name: 'Shen Ruoxi' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Shen Ruoxi' }).waitFor({ state: 'detached' })

    await page.getByRole('button', { name: '3 chats archived' }).press('Enter')
    await page.getByRole('button', { name: 'Undo' }).press('Enter')
    await page.getByText('They are back').waitFor()
  } finally {
    await context.close()
  }
})

test('on the phone menus and choices come as sheets from the bottom', async () => {
  const { page, context } = await openPerson(browser, { width: 390, height: 844, locale: 'en', phone: true })
  try {
    await open(page)
    await page.getByRole('button', { name: 'Open the menu' }).tap()
    const sheet = page.getByRole('dialog', { name: 'Open the menu' })
    await sheet.getByRole('menuitem', { name: 'Reply' }).waitFor()
    const bottom = () => sheet.evaluate((it) => Math.round(it.getBoundingClientRect().bottom))
    await expect.poll(bottom).toBe(844)
    for (const item of await sheet.getByRole('menuitem').all())
      expect((await item.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    await page.touchscreen.tap(200, 40)
    await sheet.waitFor({ state: 'detached' })

    const zone = page.getByRole('button', { name: /Time zone/ }).first()
    await zone.tap()
    await page.getByRole('option', { name: 'New York' }).tap()
    await expect.poll(() => zone.textContent()).toContain('New York')
  } finally {
    await context.close()
  }
})
