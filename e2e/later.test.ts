import { expect, test } from 'vitest'
import { openBrowser, openPerson, type Person } from './browser.js'
import { composerOf, logOf as log } from './composer.js'
import { makePng } from './picture.js'
import { startProgram } from './program.js'
import { enterAs, meet, sampleFolder } from './sample.js'

test('a message waits for its time, is changed and cancelled, and is sent though the program was killed meanwhile', async () => {
  const folder = await sampleFolder()
  const browser = await openBrowser()
  let program = await startProgram(folder.path, { args: ['--demo'] })
  try {
    const ann = await openPerson(browser)
    const bo = await openPerson(browser)
    await enterAs(ann, program.url, '林知夏')
    await enterAs(bo, program.url, '陈屿')
    const conversation = await meet(ann, bo, '陈屿')
    const waiting = (text: string) => log(ann).getByRole('article').filter({ hasText: text }).last()

    await composerOf(ann).fill('明天一早的话')
    await ann.page.getByRole('button', { name: '定时发送' }).click()
    await ann.page.getByRole('menuitem', { name: '明天 09:00' }).click()
    await waiting('明天一早的话').getByText('明天 09:00 送达').waitFor()
    await expect.poll(() => composerOf(ann).inputValue()).toBe('')
    // Changed: another text, another time.
    await waiting('明天一早的话').getByRole('button', { name: '修改' }).click()
    const dialog = ann.page.getByRole('dialog', { name: '修改定时消息' })
    await dialog.getByLabel('内容').fill('明天晚一点的话')
    await dialog.getByLabel('时间').fill('10:30')
    await dialog.getByRole('button', { name: '到时发送' }).click()
    await waiting('明天晚一点的话').getByText('明天 10:30 送达').waitFor()
    await waiting('明天晚一点的话').getByRole('button', { name: '取消发送' }).click()
    await log(ann).getByText('明天晚一点的话').waitFor({ state: 'detached' })

    // By its key, with a time of one's own; then sent at once.
    await composerOf(ann).fill('还是现在说')
    await composerOf(ann).press('Control+Shift+Enter')
    await ann.page.getByRole('dialog', { name: '定时发送' }).getByRole('button', { name: '到时发送' }).click()
    await waiting('还是现在说').getByRole('button', { name: '现在发送' }).click()
    await log(bo).getByText('还是现在说').waitFor()

    // Nobody is there when it is due, not even the program.
    await ann.page.evaluate(
      async (body) => {
        const bytes = new TextEncoder().encode('初稿')
        const tus = { 'tus-resumable': '1.0.0' }
        const made = await fetch('/upload', {
          method: 'POST',
          headers: {
            ...tus,
            'upload-length': String(bytes.length),
            'upload-metadata': `filename ${btoa('draft.txt')}`,
          },
        })
        const put = await fetch(made.headers.get('location') ?? '', {
          method: 'PATCH',
          headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
          body: bytes,
        })
        const parts = [{ kind: 'file', file: put.headers.get('heyi-file') }]
        const answer = await fetch('/api/messaging.scheduleMessage', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'request-id': crypto.randomUUID() },
          body: JSON.stringify({ ...body, parts }),
        })
        if (!answer.ok) throw new Error(await answer.text())
      },
      {
        conversation,
        body: { text: '关机时到点的话' },
        quote: null,
        receipt: null,
        ladder: null,
        sendAt: new Date(Date.now() + 1_500).toISOString(),
      },
    )
    await program.kill()
    const { port } = new URL(program.url)
    program = await startProgram(folder.path, { args: ['--demo'], env: { HEYI_PORT: port } })
    await log(bo).getByText('关机时到点的话').waitFor()
    expect(await log(bo).getByText('关机时到点的话').count()).toBe(1)
    await log(bo).getByRole('article').filter({ hasText: 'draft.txt' }).waitFor()
    await waiting('关机时到点的话').getByText('送达').waitFor({ state: 'detached' })
    expect([...ann.complaints, ...bo.complaints]).toEqual([])
  } finally {
    await browser.close()
    await program.stop()
    folder.remove()
  }
})

const sizes = [
  { width: 1440, height: 900, phone: false },
  { width: 390, height: 844, phone: true },
]
/** From the buttons of the composer, or from its menu on the phone. */
async function add({ page }: Person, phone: boolean, entry: string, menu: string | null) {
  if (phone) await page.getByRole('button', { name: '更多', exact: true }).last().click()
  else if (menu) await page.getByRole('button', { name: menu, exact: true }).click()
  if (phone || menu) await page.getByRole('menuitem', { name: entry, exact: true }).click()
  else await page.getByRole('button', { name: entry, exact: true }).click()
}
const shot = async ({ page }: Person, name: string) => {
  if (process.env.HEYI_TEST_SHOTS) await page.screenshot({ path: `/tmp/s-${name}.png` })
}

test('pictures, files and cards wait for their time, are looked at, changed and sent, at both widths', async () => {
  const folder = await sampleFolder()
  const browser = await openBrowser()
  const program = await startProgram(folder.path, { args: ['--demo'] })
  try {
    for (const size of sizes) {
      const ann = await openPerson(browser, size)
      const bo = await openPerson(browser, size)
      await enterAs(ann, program.url, '林知夏')
      await enterAs(bo, program.url, '陈屿')
      await meet(ann, bo, '陈屿')
      const words = `明早的材料 ${size.width}`
      const waiting = () => log(ann).getByRole('article').filter({ hasText: '送达' })

      const choosing = ann.page.waitForEvent('filechooser')
      await add(ann, size.phone, '发送文件', null)
      await (await choosing).setFiles([
        { name: '封面.png', mimeType: 'image/png', buffer: makePng(120, 80) },
        { name: '预算.txt', mimeType: 'text/plain', buffer: Buffer.from('预算') },
      ])
      const files = ann.page.getByRole('dialog', { name: /^发送/ })
      await files.getByRole('textbox', { name: '附上一句话（可不填）' }).fill(words)
      await files.getByRole('button', { name: '定时发送' }).click()
      const timing = ann.page.getByRole('dialog', { name: '定时发送' })
      // Its name may end otherwise: pictures are made smaller.
      await timing.getByText(/^封面\./).waitFor()
      expect(await timing.getByRole('textbox', { name: '说明（可不填）' }).inputValue()).toBe(words)
      await shot(ann, `later-${size.width}`)
      await timing.getByRole('button', { name: '到时发送' }).click()
      await waiting().getByText(words).waitFor()
      await waiting().getByRole('img', { name: /^封面/ }).waitFor()
      await waiting().getByText('预算.txt').waitFor()
      await shot(ann, `later-waiting-${size.width}`)

      // It is there still for another look, without the one file and with other words.
      await ann.page.reload()
      await waiting().getByRole('button', { name: '修改' }).press('Enter')
      const changing = ann.page.getByRole('dialog', { name: '修改定时消息' })
      await changing.getByRole('textbox', { name: '说明（可不填）' }).fill(`${words}，只有封面`)
      await changing.getByRole('button', { name: '去掉「预算.txt」' }).click()
      await shot(ann, `later-change-${size.width}`)
      await changing.getByRole('button', { name: '到时发送' }).click()
      await changing.waitFor({ state: 'detached' })
      await waiting().getByText('预算.txt').waitFor({ state: 'detached' })
      await waiting().getByRole('button', { name: '现在发送' }).press('Enter')
      await log(bo).getByText(`${words}，只有封面`).waitFor()
      await log(bo).getByRole('img', { name: /^封面/ }).last().waitFor()
      await waiting().waitFor({ state: 'detached' })

      await add(ann, size.phone, '发起接龙', '添加投票、名片等')
      const relay = ann.page.getByRole('dialog', { name: '发起接龙' })
      await relay.getByRole('textbox', { name: '接龙主题' }).fill(`周五聚餐 ${size.width}`)
      await relay.getByRole('button', { name: '定时发送' }).click()
      await timing.getByText(`[接龙] 周五聚餐 ${size.width}`).waitFor()
      await timing.getByRole('button', { name: '到时发送' }).click()
      await waiting().getByText(`周五聚餐 ${size.width}`).waitFor()
      await shot(ann, `later-card-${size.width}`)
      await waiting().getByRole('button', { name: '现在发送' }).press('Enter')
      await log(bo)
        .getByRole('region', { name: `接龙 周五聚餐 ${size.width}` })
        .waitFor()
      expect([...ann.complaints, ...bo.complaints]).toEqual([])
      await ann.context.close()
      await bo.context.close()
    }
  } finally {
    await browser.close()
    await program.stop()
    folder.remove()
  }
})
