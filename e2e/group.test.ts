import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { openPerson, type Person } from './browser.js'
import { composerOf } from './composer.js'
import { readQrCode } from './qr-code.js'
import { withSampleCompany } from './sample.js'

/** The life of a group on both widths, with the sample company. */

const sample = withSampleCompany()

async function signIn({ page }: Person, name: string): Promise<void> {
  await page.goto(`${sample.program.url}/signin`)
  await page.getByRole('button', { name: new RegExp(name) }).click()
  await page.getByRole('button', { name: '新建' }).first().waitFor()
}

async function makeGroup({ page }: Person, name: string, member: string): Promise<string> {
  await page.getByRole('button', { name: '新建' }).first().click()
  await page.getByRole('menuitem', { name: '发起群聊' }).click()
  const dialog = page.getByRole('dialog', { name: '发起群聊' })
  await dialog.getByLabel('群名称', { exact: false }).fill(name)
  await dialog.getByRole('searchbox').or(dialog.getByRole('combobox')).fill(member)
  await dialog.getByRole('option', { name: new RegExp(member) }).click()
  await dialog.getByRole('button', { name: '创建群聊（2 人）' }).click()
  await page.getByRole('heading', { name: new RegExp(name) }).waitFor()
  return new URL(page.url()).pathname.split('/')[2] ?? ''
}

const panelOf = ({ page }: Person): Locator => page.getByRole('complementary', { name: '群信息' })

async function openPanel(person: Person, group: string): Promise<Locator> {
  await person.page.goto(`${sample.program.url}/chat/${group}/info`)
  const panel = panelOf(person)
  await panel.getByRole('heading', { name: /^成员/ }).waitFor()
  return panel
}

const openChat = ({ page }: Person, group: string) => page.goto(`${sample.program.url}/chat/${group}`)
const logOf = ({ page }: Person) => page.getByRole('log', { name: /^(消息记录|Messages)$/ })

/** Opens what can be done to a member in the list of all. */
async function deedsOf({ page }: Person, panel: Locator, name: string): Promise<void> {
  const list = page.getByRole('dialog', { name: '全部成员' })
  if (!(await list.isVisible())) await panel.getByRole('button', { name: /^(管理|全部成员)$/ }).click()
  await list.getByRole('searchbox').fill(name)
  // The list as it was before the search would take the menu away with it.
  await list.locator('[aria-busy=false]').waitFor()
  await list.getByRole('button', { name: `${name} 的更多操作` }).click()
}

const widths = [
  { width: 1440, height: 900 },
  { width: 390, height: 844, phone: true },
] as const

for (const variant of widths)
  test(`a group is made, led, joined by its code and ended at ${variant.width} px`, async () => {
    const gu = await openPerson(sample.browser, variant)
    const lin = await openPerson(sample.browser, variant)
    const chen = await openPerson(sample.browser, variant)
    const name = `读书会 ${variant.width}`
    try {
      await signIn(gu, '顾南乔')
      await signIn(lin, '林知夏')
      await signIn(chen, '陈屿')
      const group = await makeGroup(gu, name, '林知夏')

      // A notice: a line and a bar for the other, until it is closed there.
      await openChat(lin, group)
      const panel = await openPanel(gu, group)
      await panel.getByRole('button', { name: '编写' }).click()
      const writing = gu.page.getByRole('dialog', { name: '编辑群公告' })
      await writing.getByLabel('群公告').fill('周四晚七点，三楼会议室')
      await writing.getByRole('button', { name: '发布群公告' }).click()
      await panel.getByText('周四晚七点，三楼会议室').waitFor()
      const bar = lin.page.getByRole('region', { name: '群公告' })
      await bar.getByText('周四晚七点').waitFor()
      await logOf(lin).getByText('顾南乔更新了群公告').waitFor()
      await bar.getByRole('button', { name: '收起群公告' }).click()
      await bar.waitFor({ state: 'detached' })
      await lin.page.reload()
      await logOf(lin).getByText('顾南乔更新了群公告').waitFor()
      expect(await bar.count()).toBe(0)

      // A nickname stands beside what they say, on the other’s screen at once.
      const linPanel = await openPanel(lin, group)
      await linPanel.getByRole('button', { name: /我在本群的昵称/ }).click()
      const nickname = lin.page.getByRole('dialog', { name: '我在本群的昵称' })
      await nickname.getByRole('textbox').fill('夏夏')
      await nickname.getByRole('button', { name: '保存' }).click()
      await linPanel.getByRole('button', { name: /我在本群的昵称\s*夏夏/ }).waitFor()
      await openChat(lin, group)
      // On the phone Enter begins a new line.
      await composerOf(lin).fill('我带两本书来')
      await lin.page.getByRole('button', { name: '发送', exact: true }).click()
      await openChat(gu, group)
      await logOf(gu).getByText('我带两本书来').waitFor()
      await logOf(gu).getByText('夏夏', { exact: true }).first().waitFor()

      // Joining by the code, with approval.
      const link = await makeLink(gu, group, name)
      await chen.page.goto(link)
      await chen.page.getByRole('heading', { name }).waitFor()
      await chen.page.getByText('顾南乔邀请你加入群聊').waitFor()
      await chen.page.getByRole('button', { name: '申请入群' }).click()
      await chen.page.getByRole('status').getByText('已申请，等待同意').waitFor()
      await panelOf(gu)
        .getByRole('button', { name: /入群申请/ })
        .click()
      await gu.page.getByRole('button', { name: '同意陈屿入群' }).click()
      // The page of whoever waits opens the chat by itself.
      await logOf(chen).getByText('你通过顾南乔分享的链接加入了群聊').waitFor()
      await gu.page.getByText('没有人在等待').waitFor()
      await gu.page.keyboard.press('Escape')

      // Out again, and handed over.
      const asOwner = await openPanel(gu, group)
      await deedsOf(gu, asOwner, '陈屿')
      await gu.page.getByRole('menuitem', { name: '移出群聊' }).click()
      await gu.page.getByRole('alertdialog').getByRole('button', { name: '移出群聊' }).click()
      await chen.page.getByText(name).first().waitFor({ state: 'detached' })
      await gu.page.getByText('群里没有找到这样的人').waitFor()
      await deedsOf(gu, asOwner, '夏夏')
      await gu.page.getByRole('menuitem', { name: '转让群主' }).click()
      await gu.page.getByRole('alertdialog').getByRole('button', { name: '转让群主' }).click()
      await gu.page.getByRole('alertdialog').waitFor({ state: 'detached' })
      await gu.page.keyboard.press('Escape')
      await asOwner.getByRole('button', { name: '退出群聊' }).click()
      await gu.page.getByRole('alertdialog').getByRole('button', { name: '退出群聊' }).click()
      await gu.page.waitForURL(/\/chat$/)

      // The new owner ends it: the history stays, and nobody writes.
      const last = await openPanel(lin, group)
      await last.getByRole('button', { name: '解散群聊' }).click()
      await lin.page.getByRole('alertdialog').getByRole('button', { name: '解散群聊' }).click()
      await last.getByRole('button', { name: '解散群聊' }).waitFor({ state: 'detached' })
      await openChat(lin, group)
      await lin.page.getByText('这个群已解散').waitFor()
      await logOf(lin).getByText('我带两本书来').waitFor()
      for (const { strays, complaints } of [gu, lin, chen]) {
        expect(strays).toEqual([])
        expect(complaints).toEqual([])
      }
    } finally {
      for (const { context } of [gu, lin, chen]) await context.close()
    }
  })

/** Makes a link that asks first; what a camera reads in its code. */
async function makeLink(person: Person, group: string, name: string): Promise<string> {
  const { page } = person
  const panel = await openPanel(person, group)
  await panel.getByRole('button', { name: '群二维码和链接' }).click()
  const dialog = page.getByRole('dialog', { name: '群二维码和链接' })
  await dialog.getByText('入群需要同意').click()
  await expect.poll(() => dialog.getByRole('switch', { name: /入群需要同意/ }).isChecked()).toBe(true)
  await dialog.getByRole('button', { name: '生成二维码和链接' }).click()
  const url = await dialog.getByRole('textbox', { name: '群二维码和链接' }).inputValue()
  const code = await dialog.getByRole('img', { name: `${name}的群二维码` }).screenshot()
  expect(await readQrCode(code), 'what a phone’s camera reads').toBe(url)
  await page.keyboard.press('Escape')
  return url
}
