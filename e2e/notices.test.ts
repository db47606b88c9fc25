import { expect, test } from 'vitest'
import { openPerson, type Person } from './browser.js'
import { enterAs, withSampleCompany } from './sample.js'

const sample = withSampleCompany()

const listPath = '/chat/notices'
const open = ({ page }: Person, path = listPath) => page.goto(new URL(path, page.url()).href)

for (const { width, height, phone } of [
  { width: 1440, height: 900, phone: false },
  { width: 390, height: 844, phone: true },
])
  test(`a must-read notice for a department is read, confirmed, counted and reminded of, at ${width} px`, async () => {
    const { browser, program } = sample
    const admin = await openPerson(browser, { width, height, phone })
    const member = await openPerson(browser, { width, height, phone })
    const other = await openPerson(browser, { width, height, phone })
    await enterAs(admin, program.url, '顾南乔')
    await enterAs(member, program.url, '林知夏')
    await enterAs(other, program.url, '许伊敏')
    const title = `样品间安全须知 ${width}`

    // The admin writes to one department, with a file.
    await open(admin)
    await admin.page.getByRole('button', { name: '发公告' }).click()
    await admin.page.getByLabel('标题').fill(title)
    await admin.page.getByLabel('正文').fill('进样品间请戴护目镜。\n下班前断开打样设备电源。')
    await admin.page.locator('input[type=file]').setInputFiles({
      name: '安全须知.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('护目镜在门口的柜子里。'),
    })
    await admin.page.getByRole('radio', { name: '部分人' }).check({ force: true })
    await admin.page.getByRole('button', { name: '选择部门' }).click()
    await admin.page.getByRole('dialog').getByRole('button', { name: '产品中心', exact: true }).click()
    await admin.page.getByText('必读', { exact: true }).click()
    await admin.page.getByRole('button', { name: '发布', exact: true }).click()
    await admin.page.getByRole('heading', { name: title }).waitFor()
    await admin.page.getByText('发给：产品中心').waitFor()

    // A member finds it unread on top, and is asked until they confirm.
    await open(member, '/chat')
    const row = member.page.getByRole('link', { name: /公司公告/ })
    await row.getByText(title).waitFor()
    await row.getByText('[待你确认]').waitFor()
    await member.page.getByRole('link', { name: /工作台\s*\d+ 条未读公告/ }).waitFor()
    await row.click()
    await member.page
      .getByRole('main')
      .getByRole('link', { name: new RegExp(title) })
      .click()
    await member.page.getByRole('link', { name: '下载 安全须知.txt' }).waitFor()
    await member.page.getByRole('button', { name: '我已阅读' }).click()
    await member.page.getByText(/你在 .*确认已读/).waitFor()

    // Somebody of another department sees nothing of it.
    await open(other)
    await other.page
      .getByRole('main')
      .getByRole('link', { name: /湖畔楼四层茶水间改造完成/ })
      .waitFor()
    expect(await other.page.getByText(title).count()).toBe(0)
    await open(other, new URL(admin.page.url()).pathname)
    await other.page.getByText('没有找到，或你无权查看').waitFor()

    // The author sees who has confirmed, by person and department, and reminds the rest.
    await admin.page.getByRole('button', { name: /阅读情况：1 \/ \d+ 已确认/ }).click()
    const dialog = admin.page.getByRole('dialog', { name: '阅读情况' })
    await dialog.getByRole('tab', { name: '已确认 1' }).click()
    await dialog.getByText('林知夏').waitFor()
    await dialog.getByRole('tab', { name: '按部门' }).click()
    await dialog.getByText('产品规划').waitFor()
    const [file] = await Promise.all([
      admin.page.waitForEvent('download'),
      dialog.getByRole('button', { name: '导出表格' }).click(),
    ])
    expect(file.suggestedFilename()).toBe(`${title}.csv`)
    await dialog.getByRole('button', { name: /^提醒 \d+ 人$/ }).click()
    await admin.page.getByText(/已提醒 \d+ 人/).waitFor()

    // On the workbench too, said below it, and gone once it is withdrawn.
    await open(member, '/work')
    await member.page
      .getByRole('region', { name: '公告' })
      .getByRole('link', { name: new RegExp(title) })
      .click()
    await member.page.getByLabel('写评论').fill('护目镜够吗？')
    await member.page.getByRole('button', { name: '发表' }).click()
    await member.page.getByText('护目镜够吗？', { exact: true }).waitFor()
    await dialog.getByRole('button', { name: '关闭' }).click()
    await admin.page.getByText('护目镜够吗？', { exact: true }).waitFor()
    await admin.page.getByRole('button', { name: '公告操作' }).click()
    await admin.page.getByRole('menuitem', { name: '撤回' }).click()
    await admin.page.getByRole('alertdialog').getByRole('button', { name: '撤回' }).click()
    await admin.page.getByText('已撤回').waitFor()
    await open(member)
    await member.page
      .getByRole('main')
      .getByRole('link', { name: /湖畔楼四层茶水间改造完成/ })
      .waitFor()
    expect(await member.page.getByText(title).count()).toBe(0)
    expect([...admin.complaints, ...member.complaints]).toEqual([])
    for (const person of [admin, member, other]) await person.context.close()
  })

for (const { width, height, phone } of [
  { width: 1440, height: 900, phone: false },
  { width: 390, height: 844, phone: true },
])
  test(`a group’s notice asks to be confirmed, and says who has, at ${width} px`, async () => {
    const { browser, program } = sample
    const ann = await openPerson(browser, { width, height, phone })
    const bo = await openPerson(browser, { width, height, phone })
    await enterAs(ann, program.url, '林知夏')
    await enterAs(bo, program.url, '陈屿')
    const id = await ann.page.evaluate(async () => {
      const call = async (name: string, body: unknown) => {
        const answer = await fetch(`/api/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'request-id': crypto.randomUUID() },
          body: JSON.stringify(body),
        })
        if (!answer.ok) throw new Error(await answer.text())
        return answer.json()
      }
      const { people } = await call('directory.search', { text: '陈屿', limit: 5 })
      const members = [people.find(({ name }: { name: string }) => name === '陈屿').id]
      return (await call('messaging.createGroup', { name: '物料小组', members })).conversation.id as string
    })
    await open(bo, `/chat/${id}`)
    await open(ann, `/chat/${id}/info`)
    const text = `周五前核对尺寸 ${width}`
    await ann.page.getByRole('button', { name: '编写' }).click()
    await ann.page.getByRole('dialog').getByRole('textbox').fill(text)
    await ann.page.getByText('请成员确认收到').click()
    await ann.page.getByRole('dialog').getByRole('button', { name: '发布群公告' }).click()
    const bar = bo.page.getByRole('region', { name: '群公告' })
    await bar.getByText(text).waitFor()
    // It cannot be closed before it is confirmed.
    await bar.getByRole('button', { name: '收到', exact: true }).waitFor()
    expect(await bar.getByRole('button', { name: '收起群公告' }).count()).toBe(0)
    await bar.getByRole('button', { name: '收到', exact: true }).click()
    await bar.getByText('已收到').waitFor()
    const head = ann.page.getByRole('heading', { name: '群公告' }).locator('..')
    await head.getByRole('button', { name: '全部' }).click()
    const dialog = ann.page.getByRole('dialog', { name: '群公告' })
    await dialog.getByRole('button', { name: '1 / 1 已确认' }).click()
    await ann.page.getByRole('dialog', { name: '回执' }).getByText('陈屿').waitFor()
    expect([...ann.complaints, ...bo.complaints]).toEqual([])
    await ann.context.close()
    await bo.context.close()
  })
