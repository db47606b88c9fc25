import { expect, test } from 'vitest'
import { openPerson } from './browser.js'
import { signInAll } from './callers.js'
import { logOf } from './composer.js'
import { enterAs, withSampleCompany } from './sample.js'

const sample = withSampleCompany()

/** A time zone in which it is noon now, and the date there: what is told from nine on is told. */
function noon(): { timeZone: string; month: number; day: number; year: number } {
  const hours = 12 - new Date().getUTCHours()
  const there = new Date(Date.now() + hours * 3600_000)
  return {
    timeZone: hours === 0 ? 'Etc/GMT' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`,
    month: there.getUTCMonth() + 1,
    day: there.getUTCDate(),
    year: there.getUTCFullYear(),
  }
}

for (const { width, height, phone } of [
  { width: 1440, height: 900, phone: false },
  { width: 390, height: 844, phone: true },
])
  test(`whose day it is stands on the workbench, unless they hide it, at ${width} px`, async () => {
    const { browser, program } = sample
    const callers = await signInAll(program.url)
    const [boss, lin, chen] = ['顾南乔', '林知夏', '陈屿'].map((name) => callers.find((one) => one.name === name))
    if (!boss || !lin || !chen) throw new Error('the sample company has nobody to do this')
    const { timeZone, month, day, year } = noon()
    await boss.call('directory.updateTenant', { timeZone })
    await boss.call('anniversaries.setPolicy', { birthdays: false, joiningDays: false })
    await chen.call('anniversaries.setHidden', { hidden: false })
    await boss.call('anniversaries.setDates', { member: chen.member, birthday: null })
    const ann = await openPerson(browser, { width, height, phone })
    const head = await openPerson(browser, { width, height, phone })
    await enterAs(ann, program.url, '林知夏')
    await enterAs(head, program.url, '顾南乔')

    // The company turns it on, an admin notes a day.
    await head.page.goto(`${program.url}/people/manage/chat`)
    for (const name of ['提示生日', '提示入职纪念日']) {
      await head.page.getByText(name, { exact: true }).click()
      await head.page.getByRole('switch', { name, checked: true }).waitFor()
    }
    await head.page.goto(`${program.url}/people/of/${chen.member}`)
    await head.page.getByRole('button', { name: '修改生日和入职日期' }).click()
    const dialog = head.page.getByRole('dialog', { name: '修改生日和入职日期' })
    // From “none” onwards by the keys.
    for (const [label, steps] of [['月', month] as const, ['日', day] as const]) {
      const choice = dialog.getByLabel(label, { exact: true })
      await choice.focus()
      for (let step = 0; step < steps; step++) await choice.press('ArrowRight')
      await choice.getByText(`${steps} ${label}`, { exact: true }).waitFor()
    }
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.waitFor({ state: 'detached' })
    const date = `${year - 3}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    if (!date.endsWith('02-29')) await boss.call('anniversaries.setDates', { member: lin.member, joinedOn: date })

    await ann.page.goto(`${program.url}/work`)
    const today = ann.page.getByRole('region', { name: '今天的日子' })
    const row = today.getByRole('listitem').filter({ hasText: '陈屿' })
    await row.getByText('今天生日').waitFor()
    if (!date.endsWith('02-29')) await today.getByText('今天是你入职 3 周年，谢谢一路同行！').waitFor()
    await row.getByRole('button', { name: '给陈屿送感谢卡' }).click()
    const card = ann.page.getByRole('dialog', { name: '给陈屿送感谢卡' })
    await card.getByLabel('想说的话').fill(`生日快乐 ${width}`)
    await card.getByRole('button', { name: '送出', exact: true }).click()
    await logOf(ann)
      .getByRole('figure')
      .filter({ hasText: `生日快乐 ${width}` })
      .waitFor()

    // One’s own settings: the birthday is shown, and hidden from colleagues.
    await ann.page.goto(`${program.url}/settings/privacy`)
    await ann.page.getByRole('heading', { name: '我的生日和入职纪念日' }).waitFor()
    await chen.call('anniversaries.setHidden', { hidden: true })
    await ann.page.goto(`${program.url}/work`)
    await ann.page.getByRole('heading', { name: /林知夏/ }).waitFor()
    if (!date.endsWith('02-29')) await today.getByText('今天是你入职 3 周年，谢谢一路同行！').waitFor()
    expect(await row.count()).toBe(0)
    expect([...ann.complaints, ...head.complaints]).toEqual([])
    await ann.context.close()
    await head.context.close()
  })
