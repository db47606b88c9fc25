import { beforeAll, describe, expect, test } from 'vitest'
import { openPerson, type Person } from './browser.js'
import { signInAll, write } from './callers.js'
import { logOf } from './composer.js'
import { enterAs, withSampleCompany } from './sample.js'

/** The sample company’s people, as one of its members finds them. */

const sample = withSampleCompany()

const variants = [
  { width: 1440, height: 900 },
  { width: 390, height: 844, phone: true },
]

for (const variant of variants)
  test(`colleagues are found by tree, department, talk and group at ${variant.width} px`, async () => {
    const person = await openPerson(sample.browser, variant)
    const { page } = person
    const people = () => page.goto(`${sample.program.url}/people`)
    try {
      await page.goto(`${sample.program.url}/signin`)
      await page.getByRole('button', { name: /林知夏/ }).click()
      await page.getByText('秋季新品上市项目组').first().waitFor()

      await people()
      await page.getByRole('link', { name: '我的部门 · 产品规划' }).click()
      await page.getByRole('heading', { name: '产品规划' }).waitFor()
      await page.getByRole('heading', { name: '部门负责人' }).waitFor()
      // The path leads up.
      await page.getByRole('navigation', { name: '上级部门' }).getByRole('link', { name: '产品中心' }).click()
      await page.getByRole('heading', { name: '产品中心' }).waitFor()

      await people()
      await page.getByRole('button', { name: '展开产品中心' }).click()
      await page.getByRole('link', { name: /品牌设计部/ }).click()
      await page.getByRole('link', { name: /陈屿/ }).first().click()
      const main = page.getByRole('main')
      await main.getByText('190 **** 0009').waitFor()
      await main.getByRole('button', { name: '查看' }).click()
      await main.getByText('190-0000-0009').waitFor()
      await main.getByRole('link', { name: /沈若溪/ }).waitFor()

      // A group with this colleague, and nobody else yet.
      await main.getByRole('button', { name: '发起群聊' }).click()
      await page.getByRole('dialog').getByRole('button', { name: /2 人/ }).click()
      await page.getByRole('log', { name: /^(消息记录|Messages)$/ }).waitFor()

      await people()
      await page.getByRole('link', { name: /最近联系/ }).click()
      await page.getByRole('link', { name: /陈屿/ }).first().waitFor()
      await people()
      await page.getByRole('link', { name: /我的群聊/ }).click()
      await page.getByRole('link', { name: /秋季新品上市项目组/ }).click()
      await page.getByRole('log', { name: /^(消息记录|Messages)$/ }).waitFor()
      expect(person.complaints).toEqual([])
      expect(person.strays).toEqual([])
    } finally {
      await person.context.close()
    }
  })

for (const { width, height, phone, year } of [
  { width: 1440, height: 900, phone: false, year: 2031 },
  { width: 390, height: 844, phone: true, year: 2032 },
])
  test(`newcomers and days off are tried before they are imported, at ${width} px`, async () => {
    const person = await openPerson(sample.browser, { width, height, ...(phone && { phone }) })
    const { page } = person
    try {
      await enterAs(person, sample.program.url, '顾南乔')

      await page.goto(`${sample.program.url}/people/manage/newcomers`)
      const people = page.getByRole('textbox', { name: 'CSV 内容' })
      await people.fill(`姓名,账号,手机,邮箱,职务,部门\n试用${year},shiyong${year},,,,\n只有名字,,,,,`)
      await page.getByRole('button', { name: '试运行', exact: true }).click()
      await page.getByRole('main').getByRole('alert').filter({ hasText: /\S/ }).waitFor()
      await people.fill(`姓名,账号,手机,邮箱,职务,部门\n试用${year},shiyong${year},,,设计师,产品中心`)
      await page.getByRole('button', { name: '试运行', exact: true }).click()
      await page.getByText('可以导入：1 人，新建 0 个部门。还没有保存。').waitFor()
      await page.getByRole('button', { name: '导入 1 人', exact: true }).click()
      await page.getByText('已导入 1 人，新建 0 个部门。').waitFor()
      expect(await people.inputValue()).toBe('')

      await page.goto(`${sample.program.url}/people/manage/rest`)
      const days = page.getByRole('textbox', { name: '导入日历（CSV 或 JSON）' })
      await days.fill(`from,to,kind,name\n${year}-10-01,,holiday,国庆`)
      await page.getByRole('button', { name: '先检查', exact: true }).click()
      await page.getByText('读到 1 天，还没有导入').waitFor()
      await page.getByRole('button', { name: '导入', exact: true }).click()
      // The list shows the year they are in.
      await page.getByText(`${year}-10-01 · 放假 · 国庆`).waitFor()
      expect(person.complaints).toEqual([])
    } finally {
      await person.context.close()
    }
  })

describe('a name in a chat', () => {
  const group = '秋季新品上市项目组'
  beforeAll(async () => {
    const lin = (await signInAll(sample.program.url)).find(({ name }) => name === '林知夏')
    if (!lin) throw new Error('nobody to sign in as')
    const { people } = await lin.call<{ people: { id: string }[] }>('directory.search', { text: '周予安', limit: 1 })
    const zhou = people[0]?.id ?? ''
    const page = { with: zhou, cursor: null, limit: 50 }
    const { items } = await lin.call<{ items: { id: string; name: string }[] }>('messaging.listSharedGroups', page)
    const conversation = items.find(({ name }) => name === group)?.id ?? ''
    const mentions = [{ principal: zhou, start: 0, length: 4 }]
    await write(lin, conversation, [{ kind: 'text', text: '@周予安 这版可以', mentions }])
    for (let number = 1; number <= 12; number++)
      await lin.call('messaging.createGroup', { name: `周会 ${number}`, members: [zhou] })
  })

  async function openGroup({ page }: Person): Promise<void> {
    await page.goto(`${sample.program.url}/signin`)
    await page.getByRole('button', { name: /林知夏/ }).click()
    await page.getByText(group).first().click()
    await page.getByRole('log').getByText('海报第二版好了').last().waitFor()
  }

  async function sharedGroups({ page }: Person): Promise<void> {
    const main = page.getByRole('main')
    await main.getByRole('heading', { name: '周予安' }).waitFor()
    const shared = main.getByRole('region', { name: '共同群聊' })
    await shared.getByRole('link', { name: /周会 12/ }).waitFor()
    expect(await shared.getByRole('link').count()).toBe(10)
    await shared.getByRole('button', { name: '加载更多' }).click()
    await shared.getByRole('link', { name: new RegExp(group) }).click()
    await page.getByRole('heading', { level: 1, name: new RegExp(group) }).waitFor()
  }

  test('opens a card by pointer and by keys, and nothing before', async () => {
    const person = await openPerson(sample.browser)
    const { page } = person
    let asked = 0
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => {
        if (String(payload).includes('directory.getMember')) asked++
      }),
    )
    try {
      await openGroup(person)
      const log = logOf(person)
      const name = log.getByRole('link', { name: '周予安', exact: true }).last()
      const card = page.getByRole('dialog', { name: '周予安' })
      // One element around the name, out of the order of Tab while the message is.
      expect(await name.evaluate((link) => [link.childElementCount, link.getAttribute('tabindex')])).toEqual([1, '-1'])

      // A pointer that only passes.
      await name.hover()
      await page.mouse.move(900, 40)
      await page.waitForTimeout(600)
      expect([await card.count(), asked]).toEqual([0, 0])

      await name.hover()
      await card.getByText('190 **** 0023').waitFor()
      expect(asked).toBe(1)
      // It covers nothing: shortcuts go on.
      const panel = page.getByRole('complementary', { name: '群信息' })
      await page.keyboard.press('Alt+i')
      await panel.waitFor()
      await page.keyboard.press('Alt+i')
      await panel.waitFor({ state: 'detached' })
      // The way to the card keeps it.
      await card.getByText('市场部经理').hover()
      await page.waitForTimeout(300)
      await card.getByRole('button', { name: '查看', exact: true }).click()
      await card.getByText('190-0000-0023').waitFor()
      await page.mouse.move(900, 40)
      await card.waitFor({ state: 'detached' })

      // A mention, and a picture: Escape closes wherever the focus is.
      for (const place of [
        log.getByRole('link', { name: '@周予安' }).last(),
        log.locator('a[data-person][aria-hidden]').nth(-2),
      ]) {
        await place.hover()
        await card.waitFor()
        await page.keyboard.press('Escape')
        await card.waitFor({ state: 'detached' })
      }

      await log.getByRole('article').filter({ hasText: '云屿上市海报' }).last().focus()
      await page.keyboard.press('Tab')
      const look = card.getByRole('button', { name: '查看', exact: true })
      await look.waitFor()
      await page.keyboard.press('Tab')
      await look.and(page.locator(':focus')).waitFor()
      await page.keyboard.press('Escape')
      await card.waitFor({ state: 'detached' })
      await name.and(page.locator(':focus')).waitFor()

      await name.press('Enter')
      await sharedGroups(person)
      expect(person.complaints).toEqual([])
    } finally {
      await person.context.close()
    }
  })

  test('leads to the person by the menu of the message and by a finger', async () => {
    const person = await openPerson(sample.browser, { width: 390, height: 844, phone: true })
    const { page } = person
    try {
      await openGroup(person)
      const message = logOf(person).getByRole('article').filter({ hasText: '海报第二版好了' }).last()
      await message.getByText('海报第二版好了').click({ button: 'right' })
      await page.getByRole('menuitem', { name: '查看资料' }).click()
      await page.getByRole('main').getByRole('heading', { name: '周予安' }).waitFor()
      await page.goBack()
      await logOf(person).getByRole('link', { name: '周予安', exact: true }).last().tap()
      await sharedGroups(person)
      expect(await page.getByRole('dialog').count()).toBe(0)
      expect(person.complaints).toEqual([])
    } finally {
      await person.context.close()
    }
  })
})
