import { expect, test } from 'vitest'
import { makeDocx, makePdf, makeXlsx } from '../apps/server/test/documents.js'
import { startSite } from '../apps/server/test/web-site.js'
import { zip } from '../apps/server/test/zip.js'
import { openPerson, type Person } from './browser.js'
import { composerOf, logOf, stored } from './composer.js'
import { enterAs, meet, withSampleCompany } from './sample.js'

const sample = withSampleCompany({ env: { HEYI_CALL_INSIDE: 'on' } })

const sizes = [
  { width: 1440, height: 900, phone: false },
  { width: 390, height: 844, phone: true },
]
const rowOf = (person: Person, text: string) => logOf(person).getByRole('article').filter({ hasText: text }).last()
const shot = async ({ page }: Person, name: string) => {
  if (process.env.HEYI_TEST_SHOTS) await page.screenshot({ path: `/tmp/s-${name}.png` })
}
const openFiles = async ({ page }: Person, phone: boolean) => {
  if (phone) await page.getByRole('button', { name: '更多', exact: true }).last().click()
  await (phone
    ? page.getByRole('menuitem', { name: '发送文件' })
    : page.getByRole('button', { name: '发送文件' })
  ).click()
}
const send = async (person: Person, text: string) => {
  await composerOf(person).fill(text)
  await person.page.getByRole('button', { name: '发送', exact: true }).click()
  await stored(person, text)
}

test('a link shows what it leads to once the company wants that; browsers ask nobody but us, and nothing jumps', async () => {
  const { browser, program } = sample
  let finish = () => undefined as unknown
  await using site = await startSite((request, response) => {
    if (request.url !== '/guide') return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.write('<title>亚麻面料养护指南</title>')
    finish = () => response.end('<meta name="description" content="拆洗、晾晒与除味">')
  })
  const [wide, narrow] = sizes as [(typeof sizes)[0], (typeof sizes)[0]]
  const ann = await openPerson(browser, wide)
  const bo = await openPerson(browser, narrow)
  await enterAs(ann, program.url, '顾南乔')
  await enterAs(bo, program.url, '陈屿')
  await meet(ann, bo, '陈屿')
  await send(ann, `看这篇 ${site.url}/guide`)
  expect(site.asked).toEqual([])

  // She owns the sample company.
  const chat = ann.page.url()
  await ann.page.goto(`${program.url}/people/manage/chat`)
  await ann.page.getByText('显示链接预览').click()
  await ann.page.getByText('已保存').waitFor()
  await shot(ann, 'policy')
  await ann.page.goto(chat)
  const slot = rowOf(ann, '看这篇').getByRole('link', { name: /^打开链接/ })
  await slot.waitFor()
  const before = await slot.boundingBox()
  await expect.poll(() => site.asked, { timeout: 10_000 }).toContain('/guide')
  finish()
  const card = ann.page.getByRole('link', { name: '打开链接：亚麻面料养护指南' })
  await card.waitFor()
  expect((await card.boundingBox())?.height).toBe(before?.height)
  await bo.page.reload()
  await bo.page.getByRole('link', { name: '打开链接：亚麻面料养护指南' }).waitFor()
  expect(site.asked.filter((path) => path === '/guide')).toHaveLength(1)
  expect([...ann.complaints, ...bo.complaints]).toEqual([])
  await ann.context.close()
  await bo.context.close()
})

for (const size of sizes)
  test(`files are looked at without leaving the chat, and found again in the list of files, at ${size.width} px`, async () => {
    const { browser, program } = sample
    const ann = await openPerson(browser, size)
    const bo = await openPerson(browser, size)
    await enterAs(ann, program.url, '林知夏')
    // Each size has a conversation of its own.
    const other = size.phone ? '顾南乔' : '陈屿'
    await enterAs(bo, program.url, other)
    await meet(ann, bo, other)
    const evil = '<script>document.title = "evil"</script><img src="https://evil.example/x.png">'
    const rows = Array.from({ length: 3_000 }, (_, n) => [
      `货号 ${n + 1}`,
      String(n * 3),
      n === 2_999 ? '最后一行' : '',
    ])
    const made: [string, string, Buffer][] = [
      ['合同.pdf', 'application/pdf', makePdf('你好合同')],
      ['方案.docx', 'application/zip', makeDocx(['第一章 总则', `${evil}`])],
      [
        '排期.xlsx',
        'application/zip',
        makeXlsx({
          渠道: [
            ['门店', '日期'],
            ['杭州', '10-30'],
          ],
          库存: rows,
        }),
      ],
      ['源码.ts', 'text/plain', Buffer.from(`const 上海 = 1\n${'// 很长的一行\n'.repeat(60_000)}`)],
      ['旧表.txt', 'text/plain', Buffer.from('d0d5c3fb', 'hex')],
      [
        '素材.zip',
        'application/zip',
        zip([
          { name: '图/封面.png', bytes: 'x' },
          { name: '炸弹.txt', bytes: 'y', claims: 4_000_000_000 },
        ]),
      ],
      ['坏的.pdf', 'application/pdf', Buffer.from('%PDF-1.4 nothing')],
    ]
    const chooser = ann.page.waitForEvent('filechooser')
    await openFiles(ann, size.phone)
    await (await chooser).setFiles(made.map(([name, mimeType, buffer]) => ({ name, mimeType, buffer })))
    await ann.page.getByRole('dialog').getByRole('button', { name: '发送 7 个' }).click()
    for (const [name] of made)
      await logOf(bo)
        .getByRole('button', { name: `打开 ${name}` })
        .waitFor()
    const { page } = bo
    const viewer = (name: string) => page.getByRole('dialog', { name: `文件 ${name}` })
    await logOf(bo).getByRole('button', { name: '打开 合同.pdf' }).press('Enter')
    await viewer('合同.pdf').getByText('你好合同').waitFor({ state: 'attached' })
    await shot(bo, `pdf-${size.width}`)
    // On to the next, and the next, by keys.
    await page.keyboard.press('ArrowRight')
    const frame = viewer('方案.docx').frameLocator('iframe')
    await frame.getByText('第一章 总则').waitFor()
    await frame.getByText('<script>').waitFor()
    expect(await page.title()).not.toContain('evil')
    await shot(bo, `docx-${size.width}`)
    await viewer('方案.docx').getByRole('button', { name: '下一个文件' }).click()
    const sheet = viewer('排期.xlsx')
    await sheet.getByRole('cell', { name: '杭州' }).waitFor()
    await sheet.getByRole('button', { name: '库存' }).click()
    await sheet.getByRole('cell', { name: '货号 1', exact: true }).waitFor()
    expect(await sheet.getByRole('row').count()).toBeLessThan(300)
    await shot(bo, `xlsx-${size.width}`)
    await sheet.getByRole('button', { name: '下一个文件' }).click()
    await viewer('源码.ts').getByText('const 上海 = 1').waitFor()
    await viewer('源码.ts').getByText('文件较大').waitFor()
    await viewer('源码.ts').getByRole('button', { name: '下一个文件' }).click()
    await viewer('旧表.txt').getByText('姓名').waitFor()
    await viewer('旧表.txt').getByRole('button', { name: '下一个文件' }).click()
    await viewer('素材.zip').getByText('图/封面.png').waitFor()
    await shot(bo, `zip-${size.width}`)
    await viewer('素材.zip').getByRole('button', { name: '下一个文件' }).click()
    await viewer('坏的.pdf').getByText('这个文件无法打开').waitFor()
    await viewer('坏的.pdf').getByRole('link', { name: '下载 坏的.pdf' }).first().waitFor()
    await page.keyboard.press('Escape')
    await viewer('坏的.pdf').waitFor({ state: 'detached' })

    // All of them again in the list of this conversation.
    await page.getByRole('button', { name: '会话信息' }).click()
    await page.getByRole('button', { name: '文件', exact: true }).click()
    const list = page.getByRole('dialog', { name: '文件', exact: true })
    await list.getByRole('button', { name: /^坏的.pdf/ }).waitFor()
    await shot(bo, `files-${size.width}`)
    await list.getByRole('searchbox', { name: '按名称查找文件' }).fill('合同')
    await list.getByRole('button', { name: /^坏的.pdf/ }).waitFor({ state: 'detached' })
    await list.getByRole('button', { name: /^合同.pdf/ }).click()
    await viewer('合同.pdf').getByText('你好合同').waitFor({ state: 'attached' })
    await page.keyboard.press('Escape')
    await viewer('合同.pdf').waitFor({ state: 'detached' })
    await list.getByRole('button', { name: '到「合同.pdf」所在的消息' }).click()
    await logOf(bo).getByRole('button', { name: '打开 合同.pdf' }).waitFor()

    // What is inside of them is found, and leads to the message.
    for (const [words, name] of [
      ['第一章 总则', '方案.docx'],
      ['你好合同', '合同.pdf'],
    ] as const) {
      await page.goto(`${program.url}/find?q=${encodeURIComponent(words)}`)
      const hit = page.getByRole('group', { name: '文件' }).getByRole('option', { name: new RegExp(name) })
      await hit.locator('mark').first().waitFor()
      await shot(bo, `found-${size.width}`)
      await hit.click()
      await logOf(bo)
        .getByRole('button', { name: `打开 ${name}` })
        .waitFor()
    }
    expect([...ann.complaints, ...bo.complaints]).toEqual([])
    expect([...ann.strays, ...bo.strays]).toEqual([])
    await ann.context.close()
    await bo.context.close()
  })

test('read or unread is shown to the sender once the company wants that, on both widths', async () => {
  const { browser, program } = sample
  const [wide, narrow] = sizes as [(typeof sizes)[0], (typeof sizes)[0]]
  const ann = await openPerson(browser, wide)
  const bo = await openPerson(browser, narrow)
  await enterAs(ann, program.url, '顾南乔')
  await enterAs(bo, program.url, '陈屿')
  await meet(ann, bo, '陈屿')
  const chat = { ann: ann.page.url(), bo: bo.page.url() }
  await bo.page.goto(`${program.url}/settings/privacy`)
  await bo.page.getByText('公司没有开启已读显示').waitFor()
  await send(ann, '已读与否 1')
  expect(await rowOf(ann, '已读与否 1').getByText('未读', { exact: true }).count()).toBe(0)
  await ann.page.goto(`${program.url}/people/manage/chat`)
  await ann.page.getByText('让发送者看到已读').click()
  await ann.page.getByText('已保存').waitFor()
  await shot(ann, 'reads-policy')
  await ann.page.goto(chat.ann)
  await rowOf(ann, '已读与否 1').getByText('未读', { exact: true }).waitFor()
  await shot(ann, 'reads')
  await bo.page.goto(chat.bo)
  await rowOf(bo, '已读与否 1').waitFor()
  await rowOf(ann, '已读与否 1').getByText('已读', { exact: true }).waitFor()
  await send(bo, '看到了 2')
  await rowOf(bo, '看到了 2').getByText('已读', { exact: true }).waitFor()
  await shot(bo, 'reads-phone')
  expect([...ann.complaints, ...bo.complaints]).toEqual([])
  await ann.context.close()
  await bo.context.close()
})
