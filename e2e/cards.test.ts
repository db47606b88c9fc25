import sharp from 'sharp'
import { expect, test } from 'vitest'
import { openPerson, type Person } from './browser.js'
import { logOf } from './composer.js'
import { enterAs, meet, withSampleCompany } from './sample.js'

const sample = withSampleCompany()

const sizes = [
  { width: 1440, height: 900, phone: false, pack: '小栖' },
  { width: 390, height: 844, phone: true, pack: '节日' },
]

const shot = async ({ page }: Person, name: string) => {
  if (process.env.HEYI_TEST_SHOTS) await page.screenshot({ path: `/tmp/s-${name}.png` })
}

async function add({ page }: Person, phone: boolean, entry: string) {
  await page
    .getByRole('button', { name: phone ? '更多' : '添加投票、名片等', exact: true })
    .last()
    .click()
  await page.getByRole('menuitem', { name: entry, exact: true }).click()
}

const picture = (background: string) =>
  sharp({ create: { width: 120, height: 100, channels: 4, background } })
    .png()
    .toBuffer()

for (const size of sizes)
  test(`a contact card, a place and a sticker are sent, seen and shared, at ${size.width} px`, async () => {
    const { browser, program } = sample
    // She owns the sample company.
    const ann = await openPerson(browser, size)
    const bo = await openPerson(browser, size)
    await enterAs(ann, program.url, '顾南乔')
    await enterAs(bo, program.url, '陈屿')
    await meet(ann, bo, '陈屿')
    const chat = ann.page.url()

    await add(ann, size.phone, '名片')
    const picking = ann.page.getByRole('dialog', { name: '选择要发送的名片' })
    await picking.getByRole('combobox').fill('周予安')
    await picking.getByRole('option', { name: /周予安/ }).click()
    const card = logOf(bo).getByRole('link', { name: '查看 周予安 的资料' }).last()
    await card.waitFor()

    // Where I am is asked for on the press alone.
    await ann.context.grantPermissions(['geolocation'])
    await ann.context.setGeolocation({ latitude: 30.246123, longitude: 120.150456 })
    await add(ann, size.phone, '位置')
    const placing = ann.page.getByRole('dialog', { name: '发送位置' })
    const north = placing.getByRole('textbox', { name: '纬度' })
    await expect.poll(() => north.inputValue()).toBe('')
    await placing.getByRole('button', { name: '使用当前位置' }).click()
    await expect.poll(() => north.inputValue()).toBe('30.246123')
    await placing.getByRole('textbox', { name: '地点名称' }).fill('杭州展厅')
    await placing.getByRole('textbox', { name: '地址（可不填）' }).fill('湖畔路 86 号 2 层')
    await north.fill('95')
    await placing.getByText('纬度在 −90 到 90 之间').waitFor()
    await north.fill('30.246123')
    await shot(ann, `place-new-${size.width}`)
    await placing.getByRole('button', { name: '发送位置', exact: true }).click()
    const place = logOf(bo).getByRole('region', { name: '位置 杭州展厅' }).last()
    await place.getByText('30.246123, 120.150456').waitFor()
    expect(await place.getByRole('link', { name: '在地图应用中打开' }).getAttribute('href')).toMatch(
      /^geo:30\.246123,120\.150456/,
    )
    await bo.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await place.getByRole('button', { name: '复制地址和坐标' }).click()
    await bo.page.getByText('已复制').waitFor()
    expect(await bo.page.evaluate(() => navigator.clipboard.readText())).toBe(
      '杭州展厅\n湖畔路 86 号 2 层\n30.246123, 120.150456',
    )

    // Stickers: the company gives them, members send them, and what was sent stays.
    await ann.page.goto(`${program.url}/people/manage/chat`)
    await ann.page.getByRole('button', { name: '新建表情包' }).click()
    const packing = ann.page.getByRole('dialog', { name: '新建表情包' })
    await packing.getByRole('textbox', { name: '表情包名称' }).fill(size.pack)
    const chooser = ann.page.waitForEvent('filechooser')
    await packing.getByRole('button', { name: '添加图片' }).click()
    await (await chooser).setFiles([
      { name: `收到${size.width}.png`, mimeType: 'image/png', buffer: await picture('#0f7277') },
      { name: `辛苦${size.width}.png`, mimeType: 'image/png', buffer: await picture('#ab3f77') },
      { name: '不行.txt', mimeType: 'text/plain', buffer: Buffer.from('x') },
    ])
    await packing.getByText('「不行.txt」不能用').waitFor()
    await packing.getByRole('button', { name: `前移「辛苦${size.width}」` }).click()
    await shot(ann, `sticker-new-${size.width}`)
    await packing.getByRole('button', { name: '保存', exact: true }).click()
    await packing.waitFor({ state: 'detached' })
    const pack = ann.page.getByRole('listitem').filter({ hasText: size.pack })
    await pack.getByText('2 个表情').waitFor()
    await shot(ann, `stickers-${size.width}`)
    await bo.page.getByRole('button', { name: '表情', exact: true }).click()
    await bo.page.getByText('表情包', { exact: true }).click()
    const offered = bo.page.getByRole('button', { name: `表情：收到${size.width}` })
    await offered.waitFor()
    await shot(bo, `sticker-panel-${size.width}`)
    await offered.click()
    const sent = logOf(bo).getByRole('img', { name: `表情：收到${size.width}` })
    await sent.waitFor()
    await pack.getByRole('button', { name: '下架' }).click()
    await pack.getByText('已下架').waitFor()
    await bo.page.reload()
    await sent.waitFor()
    await shot(bo, `cards-${size.width}`)
    await bo.page.getByRole('button', { name: '表情', exact: true }).click()
    await bo.page.getByText('表情包', { exact: true }).click()
    await bo.page.getByText('公司还没有表情包').waitFor()
    await bo.page.keyboard.press('Escape')

    // The card leads to the profile, from which another is shared.
    await card.click()
    await bo.page.getByRole('heading', { name: '周予安' }).waitFor()
    await bo.page.getByRole('button', { name: '分享名片' }).click()
    const sharing = bo.page.getByRole('dialog', { name: '分享名片' })
    await sharing.getByRole('combobox').fill('顾南乔')
    await sharing.getByRole('option', { name: /顾南乔/ }).click()
    await shot(bo, `share-${size.width}`)
    await sharing.getByRole('button', { name: '发给 1 处', exact: true }).click()
    await bo.page.getByText('名片已发送').waitFor()
    await ann.page.goto(chat)
    await expect.poll(() => logOf(ann).getByRole('link', { name: '查看 周予安 的资料' }).count()).toBeGreaterThan(1)
    expect([...ann.complaints, ...bo.complaints]).toEqual([])
    await ann.context.close()
    await bo.context.close()
  })
