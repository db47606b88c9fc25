import { expect, test } from 'vitest'
import { openPerson } from './browser.js'
import { type Caller, signInAll } from './callers.js'
import { enterAs, withSampleCompany } from './sample.js'

const sample = withSampleCompany()

interface Entry {
  member: { id: string; version: number; departments: string[] }
}

/** Puts a colleague into these departments. */
async function place(boss: Caller, member: string, departments: string[]): Promise<string[]> {
  const { member: held } = await boss.call<Entry>('directory.getMember', { member })
  await boss.call('directory.updateMember', { member, version: held.version, departments })
  return held.departments
}

for (const { width, height, phone } of [
  { width: 1440, height: 900, phone: false },
  { width: 390, height: 844, phone: true },
])
  test(`a department gets a group that follows it and welcomes who comes, at ${width} px`, async () => {
    const { browser, program } = sample
    const callers = await signInAll(program.url)
    const boss = callers.find(({ name }) => name === '顾南乔')
    const lin = await openPerson(browser, { width, height, phone })
    const { page } = lin
    await enterAs(lin, program.url, '林知夏')
    await page.goto(`${program.url}/people`)
    await page.getByRole('link', { name: '我的部门 · 产品规划' }).click()
    await page.getByRole('button', { name: '开启部门群', exact: true }).click()
    const start = page.getByRole('dialog', { name: '开启部门群' })
    await start.getByText('调走、离职后自动退群').waitFor()
    await start.getByRole('button', { name: '开启部门群', exact: true }).click()
    await page.getByText('部门群已开启').waitFor()
    const way = page.getByRole('link', { name: /打开部门群「产品规划」/ })
    await way.getByText('4 人').waitFor()
    await way.click()
    const log = page.getByRole('log', { name: '消息记录' })
    await log.getByText('你开启了部门群，成员随部门自动变动').waitFor()
    await page
      .getByRole('heading', { name: /产品规划/ })
      .getByText('部门群', { exact: true })
      .waitFor()

    // What would be refused is not offered.
    await page.getByRole('button', { name: '会话信息' }).click()
    const info = page.getByRole('complementary', { name: '群信息' })
    await info.getByText('成员随部门自动变动，不能手动增减或退出。').waitFor()
    for (const name of ['退出群聊', '解散群聊', '邀请', '群二维码和链接'])
      expect(await info.getByRole('button', { name }).count()).toBe(0)
    await info.getByRole('button', { name: '入群欢迎语' }).click()
    const welcome = page.getByRole('dialog', { name: '入群欢迎语' })
    await welcome.getByRole('textbox', { name: '入群欢迎语' }).fill('欢迎 {name}，先看群公告')
    await welcome.getByRole('button', { name: '保存' }).click()
    await info.getByText('欢迎 {name}，先看群公告').waitFor()
    if (phone) await info.getByRole('button', { name: '返回' }).click()

    // Somebody is moved here: they are in it and welcomed; moved on, they are out of it.
    const { people } = (await boss?.call<{ people: { id: string; name: string }[] }>('directory.search', {
      text: '苏禾',
      limit: 5,
    })) ?? { people: [] }
    const su = people.find(({ name }) => name === '苏禾')?.id ?? ''
    const conversation = new URL(page.url()).pathname.split('/')[2]
    const planning = await departmentOf(callers, '林知夏')
    if (!boss || !planning) throw new Error('the sample company has nobody to do this')
    const before = await place(boss, su, [planning])
    await log.getByText('苏禾加入了部门，已进群').waitFor()
    await log.getByText('欢迎 苏禾，先看群公告').waitFor()
    await place(boss, su, before)
    await log.getByText('苏禾离开了部门，已退群').waitFor()

    // Off, it is an ordinary group.
    await page.goto(`${program.url}/people/${planning}`)
    await page.getByRole('button', { name: '设置部门群' }).click()
    await page.getByRole('dialog', { name: '设置部门群' }).getByRole('button', { name: '关闭部门群' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: '关闭', exact: true }).click()
    await page.getByText('部门群已关闭').waitFor()
    await page.getByRole('button', { name: '开启部门群', exact: true }).waitFor()
    await page.goto(`${program.url}/chat/${conversation}/info`)
    await info.getByRole('button', { name: '解散群聊' }).waitFor()
    expect(lin.complaints).toEqual([])
    await lin.context.close()
  })

async function departmentOf(callers: Caller[], name: string): Promise<string | undefined> {
  const caller = callers.find((one) => one.name === name)
  return (await caller?.call<Entry>('directory.getMember', { member: caller.member }))?.member.departments[0]
}
