import type { Browser } from 'playwright-core'
import { expect } from 'vitest'
import { openPerson, type Person } from './browser.js'
import { attach, say } from './composer.js'
import { measureDelivery } from './delivery.js'
import { makePng } from './picture.js'
import type { Program } from './program.js'
import { readQrCode } from './qr-code.js'

/** A small picture and a small file, made here. */
const picture = { name: '海报.png', mimeType: 'image/png', buffer: makePng(120, 80) }
const paper = { name: '报价单.csv', mimeType: 'text/csv', buffer: Buffer.from('品名,单价\n云屿沙发,5980\n') }

export const password = 'quiet furniture 9'

/**
 * From nothing to a conversation: the wizard makes a company, a second profile accepts an invitation, both chat with an
 * image and a file; after kill -9 and another start all of it is there.
 */
export async function coreJourney(browser: Browser, start: () => Promise<Program>): Promise<void> {
  const first = await start()
  const ann = await openPerson(browser)
  const bo = await openPerson(browser)
  let last = first
  try {
    await setUp(ann, first)
    const link = await invite(ann)
    await join(bo, link)
    await talk(ann, bo)

    await first.kill()
    const port = new URL(first.url).port
    last = await start()
    expect(new URL(last.url).port, 'the same port as before').toBe(port)
    expect(last.setupUrl).toBeNull()
    for (const { page } of [ann, bo]) {
      await page.reload()
      await page
        .getByRole('log', { name: /^(消息记录|Messages)$/ })
        .getByText('崩溃之前的最后一句')
        .waitFor()
      await page
        .getByRole('log', { name: /^(消息记录|Messages)$/ })
        .getByText('报价单.csv')
        .waitFor()
      await page
        .getByRole('log', { name: /^(消息记录|Messages)$/ })
        .getByRole('button', { name: /海报\.(png|webp)/ })
        .waitFor()
    }
    await say(bo, '又连上了')
    await ann.page
      .getByRole('log', { name: /^(消息记录|Messages)$/ })
      .getByText('又连上了')
      .waitFor()
    const times = await measureDelivery(ann, bo)
    const [median, slowest] = [times[times.length >> 1] ?? 0, times.at(-1) ?? 0]
    console.log(
      `From Enter to painted in the other browser: ${median.toFixed(0)} ms, at worst ${slowest.toFixed(0)} ms`,
    )
    for (const { strays, complaints } of [ann, bo]) {
      expect(strays).toEqual([])
      expect(complaints).toEqual([])
    }
  } finally {
    await ann.context.close()
    await bo.context.close()
    await last.stop()
  }
}

export async function setUp({ page }: Person, program: Program): Promise<void> {
  // Without the link the wizard does not open.
  await page.goto(`${program.url}/setup`)
  await page.getByText('还没有完成首次设置').waitFor()
  await page.goto(program.setupUrl ?? '')
  await page.getByRole('button', { name: '继续' }).click()
  await page.getByLabel('企业名称').fill('栖岸测试公司')
  await page.getByRole('button', { name: '继续' }).click()
  await page.getByLabel('姓名').fill('林知夏')
  await page.getByLabel('账号', { exact: false }).first().fill('linzhixia')
  await page.getByLabel('密码', { exact: false }).first().fill(password)
  await page.getByRole('button', { name: '继续' }).click()
  await page.getByRole('button', { name: '完成并进入' }).click()
  await page.getByText('还没有会话').waitFor()
}

export async function invite({ page }: Person): Promise<string> {
  await page.goto(new URL('/people/manage/invitations', page.url()).href)
  await page.getByRole('button', { name: '新建邀请链接' }).click()
  const dialog = page.getByRole('dialog', { name: '邀请链接' })
  const link = await dialog.getByRole('textbox').inputValue()
  const code = await dialog.getByRole('img', { name: '邀请链接的二维码' }).screenshot()
  expect(await readQrCode(code), 'what a phone’s camera reads').toBe(link)
  await page.keyboard.press('Escape')
  return link
}

export async function join({ page }: Person, link: string): Promise<void> {
  await page.goto(link)
  await page.getByText('加入栖岸测试公司').waitFor()
  await page.getByLabel('姓名').fill('陈屿')
  await page.getByLabel('账号', { exact: false }).first().fill('chenyu')
  await page.getByLabel('密码', { exact: false }).first().fill(password)
  await page.getByRole('button', { name: '加入', exact: true }).click()
  await page.getByText('还没有会话').waitFor()
}

export async function talk(ann: Person, bo: Person): Promise<void> {
  await bo.page.goto(new URL('/people', bo.page.url()).href)
  await bo.page.getByRole('searchbox').first().fill('lzx')
  await bo.page
    .getByRole('button', { name: /林知夏/ })
    .or(bo.page.getByRole('link', { name: /林知夏/ }))
    .first()
    .click()
  await bo.page.getByRole('button', { name: '发消息' }).click()
  await say(bo, '你好，我是陈屿')
  // Ann is elsewhere: the conversation comes to her list by itself.
  await ann.page.goto(new URL('/chat', ann.page.url()).href)
  await ann.page.getByText('你好，我是陈屿').first().click()
  await ann.page
    .getByRole('log', { name: /^(消息记录|Messages)$/ })
    .getByText('你好，我是陈屿')
    .waitFor()
  await attach(ann, '发送图片', picture)
  await bo.page
    .getByRole('log', { name: /^(消息记录|Messages)$/ })
    .getByRole('button', { name: /海报\.(png|webp)/ })
    .waitFor()
  await attach(bo, '发送文件', paper)
  await ann.page
    .getByRole('log', { name: /^(消息记录|Messages)$/ })
    .getByText('报价单.csv')
    .waitFor()
  await say(ann, '崩溃之前的最后一句')
  await bo.page
    .getByRole('log', { name: /^(消息记录|Messages)$/ })
    .getByText('崩溃之前的最后一句')
    .waitFor()
}
