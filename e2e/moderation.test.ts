import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { openPerson, type Person } from './browser.js'
import { type Caller, signInAll } from './callers.js'
import { composerOf, logOf, say } from './composer.js'
import { enterAs, withSampleCompany } from './sample.js'

/** Muting and banning members of a group, and what becomes of a group’s history, at both widths. */

const sample = withSampleCompany()

const widths = [
  { width: 1440, height: 900 },
  { width: 390, height: 844, phone: true },
] as const

/** Some of the sample company over the API, by name. */
async function callers(...names: string[]): Promise<Caller[]> {
  const all = await signInAll(sample.program.url)
  return names.map((wanted) => {
    const found = all.find(({ name }) => name === wanted)
    if (!found) throw new Error(`nobody is called ${wanted}`)
    return found
  })
}

async function makeGroup(owner: Caller, name: string, others: Caller[]): Promise<string> {
  const { conversation } = await owner.call<{ conversation: { id: string } }>('messaging.createGroup', {
    name,
    members: others.map(({ member }) => member),
  })
  return conversation.id
}

const open = ({ page }: Person, path: string) => page.goto(`${sample.program.url}${path}`)

/** Opens what can be done to a member in the list of all. */
async function deedsOf({ page }: Person, name: string): Promise<void> {
  const list = page.getByRole('dialog', { name: '全部成员' })
  if (!(await list.isVisible()))
    await page.getByRole('complementary', { name: '群信息' }).getByRole('button', { name: '管理', exact: true }).click()
  await list.getByRole('searchbox').fill(name)
  // The list as it was before the search would take the menu away with it.
  await list.locator('[aria-busy=false]').waitFor()
  await list.getByRole('button', { name: `${name} 的更多操作` }).click()
}

const choose = ({ page }: Person, name: string) => page.getByRole('menuitem', { name, exact: true }).click()
const confirmed = ({ page }: Person, name: string) =>
  page.getByRole('alertdialog').getByRole('button', { name, exact: true }).click()
const isGone = (what: Locator) => what.waitFor({ state: 'detached' })

for (const variant of widths)
  test(`a member is muted, heard again, banned and let back at ${variant.width} px`, async () => {
    const [gu, lin] = await callers('顾南乔', '林知夏')
    if (!gu || !lin) throw new Error('the sample company is another')
    const name = `读书会 ${variant.width}`
    const group = await makeGroup(gu, name, [lin])
    const boss = await openPerson(sample.browser, variant)
    const guest = await openPerson(sample.browser, variant)
    try {
      await Promise.all([enterAs(boss, sample.program.url, '顾南乔'), enterAs(guest, sample.program.url, '林知夏')])
      await open(guest, `/chat/${group}`)
      await say(guest, '大家好')

      // Muted for ten minutes: only the one concerned reads of it.
      await open(boss, `/chat/${group}/info`)
      await deedsOf(boss, '林知夏')
      await choose(boss, '禁言')
      const muting = boss.page.getByRole('dialog', { name: '禁言林知夏' })
      await muting.getByText('10 分钟', { exact: true }).click()
      await muting.getByRole('button', { name: '禁言', exact: true }).click()
      await isGone(muting)
      const list = boss.page.getByRole('dialog', { name: '全部成员' })
      await list.getByText(/^禁言至/).waitFor()
      await guest.page.getByText(/^你在这个群里被禁言了，.* 自动恢复。$/).waitFor()
      expect(await composerOf(guest).count()).toBe(0)
      await deedsOf(boss, '林知夏')
      await choose(boss, '解除禁言')
      await isGone(list.getByText(/^禁言至/))
      await say(guest, '谢谢')

      // A mute that passes gives the composer back by itself.
      await gu.call('messaging.silenceMember', { conversation: group, member: lin.member, seconds: 5 })
      await guest.page.getByText(/^你在这个群里被禁言了/).waitFor()
      await composerOf(guest).waitFor()
      await say(guest, '我又回来了')

      // Banned: out at once, and no link leads back.
      const { url } = await gu.call<{ url: string }>('messaging.createGroupLink', {
        conversation: group,
        approval: false,
        expiresInHours: 1,
      })
      await deedsOf(boss, '林知夏')
      await choose(boss, '移出并禁止再加入')
      await confirmed(boss, '移出并禁止再加入')
      await guest.page.getByText(name).first().waitFor({ state: 'detached' })
      await guest.page.goto(url)
      await guest.page.getByText('你已被移出并禁止再加入这个群').waitFor()

      // Those who run the group see who, by whom and when, and lift it.
      await boss.page.keyboard.press('Escape')
      await boss.page.getByRole('button', { name: '禁止加入的人', exact: true }).click()
      const banned = boss.page.getByRole('dialog', { name: '禁止加入的人' })
      await banned.getByText(/^顾南乔 · /).waitFor()
      await banned.getByRole('button', { name: '允许林知夏加入' }).click()
      await banned.getByText('没有人被禁止加入这个群').waitFor()
      await guest.page.reload()
      await guest.page.getByRole('button', { name: '加入群聊' }).click()
      await logOf(guest).getByText('你通过顾南乔分享的链接加入了群聊').waitFor()
      for (const { strays, complaints } of [boss, guest]) {
        expect(strays).toEqual([])
        expect(complaints).toEqual([])
      }
    } finally {
      for (const { context } of [boss, guest]) await context.close()
    }
  })

for (const variant of widths)
  test(`a group is dissolved and kept to be read, another with its history as an admin said, at ${variant.width} px`, async () => {
    const [gu, lin] = await callers('顾南乔', '林知夏')
    if (!gu || !lin) throw new Error('the sample company is another')
    await gu.call('messaging.setDissolvePolicy', { purgeAfterDays: null })
    const name = `试做组 ${variant.width}`
    const group = await makeGroup(gu, name, [lin])
    const kept = await makeGroup(gu, `留存组 ${variant.width}`, [lin])
    const boss = await openPerson(sample.browser, variant)
    const guest = await openPerson(sample.browser, variant)
    try {
      await Promise.all([enterAs(boss, sample.program.url, '顾南乔'), enterAs(guest, sample.program.url, '林知夏')])
      // Kept, as long as nobody said otherwise: all are told, read it, and write nothing more.
      await open(guest, `/chat/${kept}`)
      await say(guest, '留下来的话')
      await open(boss, `/chat/${kept}/info`)
      await boss.page.getByRole('button', { name: '解散群聊', exact: true }).click()
      await confirmed(boss, '解散群聊')
      for (const again of [false, true]) {
        if (again) await guest.page.reload()
        await logOf(guest).getByText('顾南乔解散了群聊').waitFor()
        await logOf(guest).getByText('留下来的话').waitFor()
        await guest.page.getByText('这个群已解散').last().waitFor()
        await isGone(composerOf(guest))
      }

      await open(guest, `/chat/${group}`)
      await say(guest, '只在这里说的话')

      await open(boss, '/people/manage/chat')
      const section = boss.page.locator('section', {
        has: boss.page.getByRole('heading', { name: '解散群聊后的聊天记录' }),
      })
      await section.getByRole('button', { name: /保留，成员仍可查看/ }).click()
      await boss.page.getByRole('option', { name: '到期清除' }).click()
      await section.getByLabel('解散后多少天清除').fill('4000')
      await section.getByText('请填 0 到 3650 之间的整数').waitFor()
      await section.getByLabel('解散后多少天清除').fill('0')
      await section.getByRole('button', { name: '保存', exact: true }).click()
      await boss.page.getByText('已保存').waitFor()

      await open(boss, `/chat/${group}/info`)
      await boss.page.getByRole('button', { name: '解散群聊', exact: true }).click()
      await boss.page
        .getByRole('alertdialog')
        .getByText(/聊天记录会立即为所有人清除/)
        .waitFor()
      await confirmed(boss, '解散群聊')
      // The other, who looks at it, sees it go; and holds nothing of it after opening anew.
      for (const again of [false, true]) {
        if (again) await guest.page.reload()
        await logOf(guest).getByText('这个群已解散，聊天记录已按公司规定清除').waitFor()
        await guest.page.getByText('这个群已解散，聊天记录已清除。').waitFor()
        await isGone(guest.page.getByText('只在这里说的话'))
      }
      await open(guest, `/chat/${group}/info`)
      await guest.page.getByRole('button', { name: '退出群聊', exact: true }).click()
      await confirmed(guest, '退出群聊')
      await isGone(guest.page.getByText(name).first())
      for (const { strays, complaints } of [boss, guest]) {
        expect(strays).toEqual([])
        expect(complaints).toEqual([])
      }
    } finally {
      for (const { context } of [boss, guest]) await context.close()
    }
  })
