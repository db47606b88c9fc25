import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page, Request } from 'playwright-core'
import { expect, test } from 'vitest'
import { openPerson } from './browser.js'
import { withSampleCompany } from './sample.js'

/** axe on every screen with the sample company, on both widths and in both themes; no text runs out of its place. */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const sample = withSampleCompany()

async function lookAt(page: Page, asked: Set<Request>, screen: string): Promise<void> {
  await settled(page, asked)
  await page.addScriptTag({ content: axe }).catch(() => page.evaluate(axe))
  const serious = await page.evaluate(async () => {
    // What was announced stays there for some seconds, also when what it names is gone.
    const but = { exclude: ['[data-live-announcer]'] }
    const { violations } = await (
      window as unknown as { axe: { run(context: object): Promise<{ violations: Violation[] }> } }
    ).axe.run(but)
    interface Violation {
      id: string
      impact: string | null
      nodes: { html: string }[]
    }
    return violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map((v) => `${v.id}: ${v.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)
  })
  expect(serious, screen).toEqual([])
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, `${screen} runs over its width`).toBeLessThanOrEqual(0)
  if (await page.evaluate(() => matchMedia('(pointer: coarse)').matches))
    expect.soft(await smallTargets(page), `${screen} has small targets`).toEqual([])
}

/** Past requests and the entrance of dialogs and panels, which fade in: some frames without either. */
async function settled(page: Page, asked: Set<Request>): Promise<void> {
  do {
    await expect.poll(() => asked.size).toBe(0)
    await page.evaluate(async () => {
      const isMoving = (one: Animation) =>
        one.playState === 'running' && Number.isFinite(Number(one.effect?.getComputedTiming().endTime))
      for (let calm = 0; calm < 5; ) {
        await new Promise((resolve) => requestAnimationFrame(resolve))
        const isBusy = document.getAnimations().some(isMoving) || document.querySelector('[aria-busy=true]')
        calm = isBusy ? 0 : calm + 1
      }
    })
  } while (asked.size > 0)
}

/** The requests that a page waits for. */
function followRequests(page: Page): Set<Request> {
  const asked = new Set<Request>()
  page.on('request', (one) => asked.add(one))
  page.on('requestfinished', (one) => asked.delete(one))
  page.on('requestfailed', (one) => asked.delete(one))
  return asked
}

/**
 * What a finger has to hit within less than 44 px. A link within a line of text may be as high as the line, and a name
 * leads where the menu of its message leads, too.
 */
const smallTargets = (page: Page) =>
  page.evaluate(() => {
    const least = 43.5
    const small: string[] = []
    /** What it scrolls in, or the window. */
    const frameOf = (element: Element): { top: number; bottom: number } => {
      for (let one = element.parentElement; one; one = one.parentElement)
        if (/auto|scroll/.test(getComputedStyle(one).overflowY)) return one.getBoundingClientRect()
      return { top: 0, bottom: innerHeight }
    }
    for (const element of document.querySelectorAll<HTMLElement>(
      'a[href]:not([data-person]), button, input, select, textarea, [role=button], [role=switch], [role=option], [role=menuitem]',
    )) {
      const target = element.closest<HTMLElement>('label') ?? element
      const { width, height, left, top, bottom } = target.getBoundingClientRect()
      const style = getComputedStyle(target)
      const isShown = element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      // What is scrolled away, in part or all of it, is not to be hit now.
      const frame = frameOf(target)
      const middle = (top + bottom) / 2
      const isInside = middle - least / 2 >= frame.top && middle + least / 2 <= frame.bottom
      const isHere = width > 1 && isInside && style.pointerEvents !== 'none'
      if (!isShown || !isHere || style.display === 'inline' || element.closest('[inert], [aria-hidden=true]')) continue
      // A box may be small and what can be hit around it large.
      const hits = (dx: number, dy: number) =>
        target.contains(document.elementFromPoint(left + width / 2 + dx, top + height / 2 + dy))
      const isWide = width >= least || (hits(-least / 2, 0) && hits(least / 2, 0))
      const isHigh = height >= least || (hits(0, -least / 2) && hits(0, least / 2))
      if (!isWide || !isHigh) small.push(`${target.outerHTML.slice(0, 90)} ${Math.round(width)}x${Math.round(height)}`)
    }
    return small
  })

const variants = [
  { width: 1440, height: 900, scheme: 'light' },
  { width: 390, height: 844, scheme: 'dark', phone: true },
  // A screen of 1440 px at 200 %.
  { width: 720, height: 450, scheme: 'light' },
] as const

for (const variant of variants)
  test(`axe finds nothing serious at ${variant.width} px, ${variant.scheme}`, async () => {
    const person = await openPerson(sample.browser, variant)
    const { page } = person
    const asked = followRequests(page)
    const look = (screen: string) => lookAt(page, asked, screen)
    const go = async (path: string) => {
      await page.goto(`${sample.program.url}${path}`)
      await page.locator('h1, main').first().waitFor()
    }
    try {
      await go('/signin')
      await look('sign-in')
      await page.getByRole('button', { name: /顾南乔/ }).click()
      await page.getByText('栖岸家居全员群').first().waitFor()
      await look('inbox')
      if ('phone' in variant) await go('/search')
      else await page.keyboard.press('Control+k')
      await page.getByRole('option').first().waitFor()
      await look('switcher')
      if ('phone' in variant) await page.goBack()
      else {
        await page.keyboard.press('Escape')
        await page.keyboard.press('Control+/')
        await page.getByRole('dialog', { name: '键盘快捷键' }).waitFor()
        await look('shortcuts')
        await page.keyboard.press('Escape')
      }
      await page.getByText('栖岸家居全员群').first().click()
      await page.getByRole('log', { name: /^(消息记录|Messages)$/ }).waitFor()
      await look('chat')
      if (!('phone' in variant)) {
        await page.getByRole('log').locator('a[data-person]:not([aria-hidden])').last().hover()
        await page.getByRole('dialog').waitFor()
        await look('card of a colleague')
        await page.keyboard.press('Escape')
      }
      await page.getByRole('button', { name: '会话信息' }).click()
      await look('group information')
      for (const [path, screen] of [
        ['/chat/threads', 'threads'],
        ['/chat/mentions', 'mentions'],
        ['/chat/favourites', 'favourites'],
        ['/chat/notices', 'notices'],
        ['/chat/notices/new', 'notice: new'],
        ['/work', 'work'],
        ['/find', 'search'],
        ['/find?q=%E6%96%B0%E5%93%81', 'search: results'],
        ['/people', 'people'],
        ['/people/recent', 'people: recent'],
        ['/people/groups', 'people: groups'],
        ['/people/manage/newcomers', 'manage: newcomers'],
        ['/people/manage/invitations', 'manage: invitations'],
        ['/people/manage/departments', 'manage: departments'],
        ['/people/manage/chat', 'manage: chat'],
        ['/people/manage/rest', 'manage: rest'],
        ['/people/manage/audit', 'manage: audit'],
        ['/people/manage/company', 'manage: company'],
        ['/settings/profile', 'settings: profile'],
        ['/settings/appearance', 'settings: appearance'],
        ['/settings/language', 'settings: language'],
        ['/settings/chat', 'settings: chat'],
        ['/settings/notifications', 'settings: notifications'],
        ['/settings/rest', 'settings: rest'],
        ['/settings/ledger', 'settings: notification log'],
        ['/settings/privacy', 'settings: privacy'],
        ['/settings/devices', 'settings: devices'],
        ['/settings/about', 'settings: about'],
      ]) {
        await go(path ?? '')
        await look(screen ?? '')
      }
      await go('/chat/notices')
      await page
        .getByRole('link', { name: /茶水间改造/ })
        .first()
        .click()
      await look('notice')
      await go('/chat')
      await page.getByRole('button', { name: '休息一下' }).click()
      await page.getByRole('button', { name: '开始休息' }).waitFor()
      await look('rest')
      // The dialogs of cards, in a group of their own: what others look at stays as it is.
      const about = `${variant.width} ${variant.scheme}`
      const group = await page.evaluate(async (name) => {
        const answer = await fetch('/api/messaging.createGroup', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'request-id': crypto.randomUUID() },
          body: JSON.stringify({ name, members: [] }),
        })
        return ((await answer.json()) as { conversation: { id: string } }).conversation.id
      }, about)
      await go(`/chat/${group}`)
      await page.getByRole('log', { name: /^(消息记录|Messages)$/ }).waitFor()
      const narrow = variant.width < 768
      const add = async (entry: string) => {
        await page
          .getByRole('button', { name: narrow ? '更多' : '添加投票、名片等', exact: true })
          .last()
          .click()
        await page.getByRole('menuitem', { name: entry, exact: true }).click()
      }
      const leave = async (name: string) => {
        await page.keyboard.press('Escape')
        await page.getByRole('dialog', { name, exact: true }).waitFor({ state: 'detached' })
      }
      for (const [entry, name] of [
        ['名片', '选择要发送的名片'],
        ['位置', '发送位置'],
      ] as const) {
        await add(entry)
        await page.getByRole('dialog', { name, exact: true }).waitFor()
        await look(name)
        await leave(name)
      }
      await add('发起投票')
      const asking = page.getByRole('dialog', { name: '发起投票', exact: true })
      await asking.getByRole('textbox', { name: '投票主题' }).fill(`哪一天？${about}`)
      await asking.getByRole('textbox', { name: '选项 1' }).fill('周四')
      await asking.getByRole('textbox', { name: '选项 2' }).fill('周五')
      await look('new poll')
      await asking.getByRole('button', { name: '定时发送', exact: true }).click()
      await page.getByRole('dialog', { name: '定时发送', exact: true }).waitFor()
      await look('send later')
      await leave('定时发送')
      await add('发起投票')
      await asking.getByRole('textbox', { name: '投票主题' }).fill(`哪一天？${about}`)
      await asking.getByRole('textbox', { name: '选项 1' }).fill('周四')
      await asking.getByRole('textbox', { name: '选项 2' }).fill('周五')
      await asking.getByRole('button', { name: '发出投票', exact: true }).click()
      const poll = page.getByRole('region', { name: `投票 哪一天？${about}` })
      await poll.getByRole('radio', { name: /^周五/, disabled: false }).press('Space')
      await poll.getByRole('button', { name: '查看详情' }).press('Enter')
      await page.getByRole('dialog', { name: '投票详情', exact: true }).waitFor()
      await look('poll results')
      await leave('投票详情')
      await add('发起接龙')
      const listing = page.getByRole('dialog', { name: '发起接龙', exact: true })
      await listing.getByRole('textbox', { name: '接龙主题' }).fill(`聚餐 ${about}`)
      await look('new relay list')
      await listing.getByRole('button', { name: '发出接龙', exact: true }).click()
      const relay = page.getByRole('region', { name: `接龙 聚餐 ${about}` })
      await relay.getByRole('button', { name: '参加接龙' }).press('Enter')
      const joining = page.getByRole('dialog', { name: `聚餐 ${about}`, exact: true })
      await joining.getByRole('textbox', { name: '我的接龙' }).fill('两人')
      await look('relay line')
      await joining.getByRole('button', { name: '参加接龙', exact: true }).click()
      await joining.waitFor({ state: 'detached' })
      await relay.getByRole('button', { name: '查看全部' }).press('Enter')
      await page.getByRole('dialog', { name: '接龙名单', exact: true }).waitFor()
      await look('relay list')
      await leave('接龙名单')
      await page.getByRole('button', { name: '表情', exact: true }).click()
      await page.getByText('表情包', { exact: true }).click()
      await look('stickers')
      await page.keyboard.press('Escape')
      expect(person.complaints).toEqual([])
      expect(person.strays).toEqual([])
    } finally {
      await person.context.close()
    }
  })
