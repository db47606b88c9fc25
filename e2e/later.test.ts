import { expect, test } from 'vitest'
import { openBrowser, openPerson } from './browser.js'
import { composerOf, logOf as log } from './composer.js'
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
        const answer = await fetch('/api/messaging.scheduleMessage', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'request-id': crypto.randomUUID() },
          body: JSON.stringify(body),
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
    await waiting('关机时到点的话').getByText('送达').waitFor({ state: 'detached' })
    expect([...ann.complaints, ...bo.complaints]).toEqual([])
  } finally {
    await browser.close()
    await program.stop()
    folder.remove()
  }
})
