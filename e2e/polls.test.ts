import { expect, test } from 'vitest'
import { openPerson, type Person } from './browser.js'
import { layCable } from './cable.js'
import { composerOf, logOf } from './composer.js'
import { enterAs, meet, withSampleCompany } from './sample.js'

const sample = withSampleCompany()

const sizes = [
  { width: 1440, height: 900, phone: false, other: '陈屿' },
  { width: 390, height: 844, phone: true, other: '顾南乔' },
]

const shot = async ({ page }: Person, name: string) => {
  if (process.env.HEYI_TEST_SHOTS) await page.screenshot({ path: `/tmp/s-${name}.png` })
}

/** The dialog of a kind of card, from the menu of the composer. */
async function add({ page }: Person, phone: boolean, entry: string) {
  await page
    .getByRole('button', { name: phone ? '更多' : '添加投票、名片等', exact: true })
    .last()
    .click()
  await page.getByRole('menuitem', { name: entry, exact: true }).click()
}

for (const size of sizes)
  test(`a poll is made, voted on, changed and ended; a relay list is joined in turn, at ${size.width} px`, async () => {
    const { browser, program } = sample
    const ann = await openPerson(browser, size)
    const bo = await openPerson(browser, size)
    await enterAs(ann, program.url, '林知夏')
    const cable = await layCable(program.url)
    await enterAs(bo, cable.url, size.other)
    await meet(ann, bo, size.other)
    await add(ann, size.phone, '发起投票')
    const making = ann.page.getByRole('dialog', { name: '发起投票' })
    await making.getByRole('textbox', { name: '投票主题' }).fill('主视觉用哪一版？')
    await making.getByRole('textbox', { name: '选项 1' }).fill('傍晚暖光')
    await making.getByRole('textbox', { name: '选项 2' }).fill('傍晚暖光')
    await making.getByText('选项不能重复').waitFor()
    await making.getByRole('textbox', { name: '选项 2' }).fill('正午自然光')
    // Enter in the last option makes another.
    await making.getByRole('textbox', { name: '选项 2' }).press('Enter')
    await ann.page.keyboard.type('阴天')
    await expect.poll(() => making.getByRole('textbox', { name: '选项 3' }).inputValue()).toBe('阴天')
    await shot(ann, `poll-new-${size.width}`)
    await making.getByRole('button', { name: '发出投票', exact: true }).click()
    const pollOf = (person: Person) => logOf(person).getByRole('region', { name: '投票 主视觉用哪一版？' })
    // By key: a row that still moves slips from under a pointer.
    const choose = async (person: Person, name: RegExp) => {
      const option = pollOf(person).getByRole('radio', { name, disabled: false })
      await option.press('Space')
    }
    await choose(bo, /^正午自然光/)
    await pollOf(bo).getByRole('radio', { name: '正午自然光 1 票', exact: true, checked: true }).waitFor()
    await choose(ann, /^傍晚暖光/)
    await pollOf(bo).getByRole('radio', { name: '傍晚暖光 1 票', exact: true }).waitFor()
    await pollOf(bo).getByText('2 人已投').waitFor()
    await choose(bo, /^傍晚暖光/)
    await pollOf(ann).getByRole('radio', { name: '傍晚暖光 2 票', exact: true }).waitFor()
    await shot(ann, `poll-${size.width}`)
    await pollOf(ann).getByRole('button', { name: '查看详情', exact: true }).press('Enter')
    const who = ann.page.getByRole('dialog', { name: '投票详情' })
    await who.getByRole('link', { name: size.other }).waitFor()
    await shot(ann, `poll-who-${size.width}`)
    await ann.page.keyboard.press('Escape')
    await who.waitFor({ state: 'detached' })

    // Votes need the connection; it says so and keeps what was there.
    const pulled = cable.pullAfter(1)
    await composerOf(bo).fill('好')
    await pulled
    await bo.page.getByText('网络断开了').first().waitFor()
    await choose(bo, /^阴天/)
    await bo.page.getByText('没有连上服务器，现在不能提交').waitFor()
    await pollOf(bo)
      .getByRole('radio', { name: /^傍晚暖光/, checked: true })
      .waitFor()
    cable.plugIn()
    await composerOf(bo).fill('')

    await pollOf(ann).getByRole('button', { name: '结束', exact: true }).press('Enter')
    await ann.page.getByRole('alertdialog').getByRole('button', { name: '结束', exact: true }).click()
    await pollOf(bo).getByText('已结束').waitFor()
    expect(await pollOf(bo).getByRole('radio').count()).toBe(0)
    // All are told what leads, with a way back to it.
    await logOf(bo)
      .getByText(/^投票「.*」已结束，.* 票领先|^投票「.*」已结束，.* 并列/)
      .waitFor()
    await logOf(bo).getByRole('button', { name: '查看', exact: true }).press('Enter')
    await bo.page.waitForURL(/at=\d+/)
    await shot(bo, `poll-ended-${size.width}`)

    await add(ann, size.phone, '发起接龙')
    const listing = ann.page.getByRole('dialog', { name: '发起接龙' })
    await listing.getByRole('textbox', { name: '接龙主题' }).fill('周五聚餐报名')
    await listing.getByRole('textbox', { name: '示例（可不填）' }).fill('林知夏 2 人')
    await listing.getByRole('button', { name: '发出接龙', exact: true }).click()
    const relayOf = (person: Person) => logOf(person).getByRole('region', { name: '接龙 周五聚餐报名' })
    const join = async (person: Person, text: string, done: string) => {
      await relayOf(person)
        .getByRole('button', { name: /^(参加接龙|修改我的接龙)$/ })
        .press('Enter')
      const writing = person.page.getByRole('dialog', { name: '周五聚餐报名' })
      await writing.getByRole('textbox', { name: '我的接龙' }).fill(text)
      await writing.getByRole('button', { name: done, exact: true }).click()
      await writing.waitFor({ state: 'detached' })
      await relayOf(person).getByRole('listitem').filter({ hasText: text }).waitFor()
    }
    await join(bo, '两人，不吃辣', '参加接龙')
    await join(ann, '一个人', '参加接龙')
    await expect
      .poll(() => relayOf(bo).getByRole('listitem').allInnerTexts())
      .toEqual([expect.stringContaining('两人，不吃辣'), expect.stringContaining('一个人')])
    await join(bo, '三人，不吃辣', '保存')
    await relayOf(ann).getByRole('listitem').first().getByText('三人，不吃辣').waitFor()
    await shot(bo, `relay-${size.width}`)
    await relayOf(ann).getByRole('button', { name: '查看全部' }).press('Enter')
    const all = ann.page.getByRole('dialog', { name: '接龙名单' })
    await all.getByText('三人，不吃辣').waitFor()
    await ann.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await all.getByRole('button', { name: '复制为文字', exact: true }).click()
    await ann.page.getByText('已复制').waitFor()
    expect(await ann.page.evaluate(() => navigator.clipboard.readText())).toBe(
      `周五聚餐报名\n例：林知夏 2 人\n1. ${size.other} 三人，不吃辣\n2. 林知夏 一个人`,
    )
    await ann.page.keyboard.press('Escape')
    await all.waitFor({ state: 'detached' })

    // The list of conversations has words for it.
    await bo.page.goto(`${cable.url}/chat`)
    await bo.page.getByText('[接龙] 周五聚餐报名').first().waitFor()
    expect([...ann.complaints, ...bo.complaints]).toEqual([])
    await ann.context.close()
    await bo.context.close()
    await cable.close()
  })
