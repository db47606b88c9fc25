import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openPerson, type Person } from './browser.js'
import { logOf as log, say } from './composer.js'
import { enterAs, meet, withSampleCompany } from './sample.js'

const sample = withSampleCompany()

const row = (person: Person, text: string) => log(person).getByRole('article').filter({ hasText: text }).last()
const choose = async (person: Person, text: string, entry: string) => {
  await row(person, text).focus()
  await person.page.keyboard.press('Enter')
  await person.page.getByRole('menuitem', { name: entry, exact: true }).click()
}
const call = ({ page }: Person, operation: string, input: unknown) =>
  page.evaluate(
    async ([name, body]) => {
      const answer = await fetch(`/api/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'request-id': crypto.randomUUID() },
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(await answer.text())
      return answer.json()
    },
    [operation, input] as const,
  )
const shot = async ({ page }: Person, name: string) => {
  if (process.env.SHOTS_TMP) await page.screenshot({ path: `/tmp/kept-${name}.png` })
}

for (const { width, height, phone } of [
  { width: 1440, height: 900, phone: false },
  { width: 390, height: 844, phone: true },
])
  test(`a message is pinned, kept, remembered and found again, at ${width} px`, async () => {
    const { browser, program } = sample
    const ann = await openPerson(browser, { width, height, phone })
    const bo = await openPerson(browser, { width, height, phone })
    await enterAs(ann, program.url, '林知夏')
    await enterAs(bo, program.url, '陈屿')
    const conversation = await meet(ann, bo, '陈屿')
    const text = `样品周四下午三点到 ${width}`
    await say(ann, text)
    await row(bo, text).waitFor()

    // Pinned by her, it stands at the top for both; he takes it down.
    await choose(ann, text, '置顶消息')
    const band = bo.page.getByRole('region', { name: '置顶消息' })
    await band.getByText(text).waitFor()
    await shot(bo, `band-${width}`)
    await band.getByRole('button', { name: /^共/ }).click()
    const pins = bo.page.getByRole('dialog', { name: '置顶消息' })
    await shot(bo, `pins-${width}`)
    await pins.getByRole('button', { name: '取消置顶消息' }).click()
    await band.waitFor({ state: 'detached' })

    // He keeps it; what she takes back stays his.
    await choose(bo, text, '收藏')
    await bo.page.getByText('已收藏 1 条').waitFor()
    await choose(ann, text, '撤回')
    await ann.page.getByRole('alertdialog').getByRole('button', { name: '撤回' }).click()
    await log(bo).getByText(text).waitFor({ state: 'detached' })
    await bo.page.goto(`${program.url}/chat/favourites`)
    const kept = bo.page.getByRole('main', { name: '收藏' })
    const item = kept.getByRole('listitem').filter({ hasText: text })
    await item.getByRole('button', { name: '收藏的操作' }).click()
    await bo.page.getByRole('menuitem', { name: '编辑标签' }).click()
    const tagging = bo.page.getByRole('dialog', { name: '编辑标签' })
    await tagging.getByLabel('标签').fill('样品 面料')
    await tagging.getByRole('button', { name: '保存' }).click()
    await item.getByText('面料').waitFor()
    await kept.getByRole('searchbox', { name: '搜索收藏' }).fill('周四')
    await item.waitFor()
    await shot(bo, `favourites-${width}`)
    await kept.getByRole('searchbox', { name: '搜索收藏' }).fill('没有这样的话')
    await kept.getByText('没有找到这样的收藏').waitFor()

    // A link leads to the message for who may read it, and says to others that it is not theirs.
    const other = `周五开会 ${width}`
    await say(ann, other)
    // Until it is on the server it has no place.
    const seq = await log(ann).locator('[data-message]').filter({ hasText: other }).getAttribute('data-message')
    await bo.page.goto(`${program.url}/chat/${conversation}?at=${seq}`)
    await row(bo, other).waitFor()
    const eve = await openPerson(browser, { width, height, phone })
    await enterAs(eve, program.url, '顾南乔')
    await eve.page.goto(`${program.url}/chat/${conversation}?at=${seq}`)
    await eve.page.getByText('这个会话不在了').waitFor()

    // Several at once: kept, and made one thing to do.
    const third = `带上色卡 ${width}`
    await say(ann, third)
    await choose(bo, other, '多选')
    await row(bo, third).getByRole('checkbox').press('Space')
    await bo.page.getByText('已选 2 条').waitFor()
    await bo.page.getByRole('toolbar', { name: '多选消息' }).getByRole('button', { name: '收藏' }).click()
    await bo.page.getByText('已收藏 2 条').waitFor()
    await choose(bo, other, '多选')
    await row(bo, third).getByRole('checkbox').press('Space')
    await bo.page.getByText('已选 2 条').waitFor()
    await bo.page.getByRole('toolbar', { name: '多选消息' }).getByRole('button', { name: '转为待办' }).click()
    const making = bo.page.getByRole('dialog', { name: '新建待办' })
    await expect.poll(() => making.getByLabel('要做什么').inputValue()).toBe(`${other}\n${third}`)
    await making.getByRole('button', { name: '关闭' }).click()

    // Remembered: it stands on his workbench, comes at its time, and leads back.
    await choose(bo, other, '提醒我')
    const dialog = bo.page.getByRole('dialog', { name: '什么时候提醒你？' })
    await shot(bo, `remind-${width}`)
    await dialog.getByRole('button', { name: '2 小时后' }).click()
    await dialog.waitFor({ state: 'detached' })
    const remindAt = new Date(Date.now() + 1_500).toISOString()
    await call(bo, 'reminders.addReminder', { conversation, seq: Number(seq), remindAt })
    await bo.page.getByText('你要求现在提醒你一条消息').waitFor()
    await bo.page.goto(`${program.url}/work`)
    const card = bo.page.getByRole('region', { name: '消息提醒' })
    await card.getByText(other).waitFor()
    await shot(bo, `work-${width}`)
    await card.getByRole('link', { name: other }).click()
    await row(bo, other).waitFor()

    // What names him is listed; a day leads to its first message.
    await bo.page.goto(`${program.url}/chat/mentions`)
    await bo.page.getByRole('main', { name: '@我的' }).getByRole('link').first().waitFor()
    await shot(bo, `mentions-${width}`)
    await bo.page.goto(`${program.url}/chat/${conversation}/info`)
    await bo.page.getByRole('button', { name: '跳到日期' }).click()
    await bo.page.getByRole('dialog', { name: '跳到日期' }).getByRole('button', { name: '跳到这一天' }).click()
    await row(bo, other).waitFor()

    // A group of hers goes out as one page, which opens anywhere.
    const made = await call(ann, 'messaging.createGroup', { name: `留档 ${width}`, members: [] })
    await ann.page.goto(`${program.url}/chat/${made.conversation.id}`)
    await say(ann, `要留档的话 <${width}>`)
    await ann.page.goto(`${program.url}/chat/${made.conversation.id}/info`)
    await ann.page.getByRole('button', { name: '导出会话' }).click()
    const downloading = ann.page.waitForEvent('download')
    await ann.page.getByRole('dialog', { name: '导出会话' }).getByRole('button', { name: '开始导出' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe(`留档 ${width}.html`)
    expect(await readFile(await download.path(), 'utf8')).toContain(`要留档的话 &#60;${width}&#62;`)
    await shot(ann, `export-${width}`)
    expect([...ann.complaints, ...bo.complaints]).toEqual([])
    for (const { context } of [ann, bo, eve]) await context.close()
  })
