import { expect, test } from 'vitest'
import { openPerson, type Person } from './browser.js'
import { composerOf, logOf as log } from './composer.js'
import { enterAs, meet, withSampleCompany } from './sample.js'

const sample = withSampleCompany()

const row = (person: Person, text: string) => log(person).getByRole('article').filter({ hasText: text }).last()
const replies = ({ page }: Person) => page.getByRole('log', { name: '话题里的回复' })
const answer = async (person: Person, text: string) => {
  const box = person.page.getByRole('textbox', { name: '回复话题' })
  await box.fill(text)
  await person.page
    .getByRole('complementary', { name: '话题' })
    .getByRole('button', { name: '发送', exact: true })
    .click()
  await replies(person).getByText(text).waitFor()
}

for (const { width, height, phone } of [
  { width: 1440, height: 900, phone: false },
  { width: 390, height: 844, phone: true },
])
  test(`a thread has unread of its own, beside the chat or as a page, at ${width} px`, async () => {
    const { browser, program } = sample
    const ann = await openPerson(browser, { width, height, phone })
    const bo = await openPerson(browser, { width, height, phone })
    await enterAs(ann, program.url, '林知夏')
    await enterAs(bo, program.url, '陈屿')
    const conversation = await meet(ann, bo, '陈屿')
    const text = `面料样品定在周四 ${width}`
    await composerOf(ann).fill(text)
    await ann.page.getByRole('button', { name: '发送', exact: true }).click()

    // He answers below the message; she, who wrote it, hears of that under it and in her list of threads.
    await row(bo, text).waitFor()
    await row(bo, text).focus()
    await bo.page.keyboard.press('Enter')
    await bo.page.getByRole('menuitem', { name: '话题讨论' }).click()
    await replies(bo).getByText(text).waitFor()
    const first = `我去面料行取 ${width}`
    await answer(bo, first)
    const mark = row(ann, text).getByRole('button', { name: /1 条回复.*1 条未读/ })
    await mark.waitFor()
    // The chat itself shows no reply, and counts none.
    expect(await log(ann).getByText(first).count()).toBe(0)
    if (!phone) await ann.page.getByRole('link', { name: /话题.*1 个话题有未读/ }).waitFor()

    await mark.press('Enter')
    await replies(ann).getByText(first).waitFor()
    await answer(ann, `好，样品卡一起带回来 ${width}`)
    await replies(bo).getByText(`好，样品卡一起带回来 ${width}`).waitFor()

    // A file dropped on the thread goes into it, after a look.
    const dropped = await ann.page.evaluateHandle(() => {
      const files = new DataTransfer()
      files.items.add(new File(['色号,数量\n'], '色卡.csv', { type: 'text/csv' }))
      return files
    })
    const panel = ann.page.getByRole('complementary', { name: '话题' })
    await panel.dispatchEvent('dragover', { dataTransfer: dropped })
    await panel.getByText('发送到 陈屿').waitFor()
    await panel.dispatchEvent('drop', { dataTransfer: dropped })
    await ann.page.getByRole('dialog').getByRole('button', { name: '发送 1 个' }).click()
    await replies(bo).getByText('色卡.csv').waitFor()

    // Read there, it is read everywhere; the list of threads leads back.
    await ann.page.goto(`${program.url}/chat/threads`)
    const item = ann.page.getByRole('main', { name: '我关注的话题' }).getByRole('link', { name: text })
    await item.getByText('3 条回复').waitFor()
    expect(await item.getByText('条未读').count()).toBe(0)
    await item.click()
    await replies(ann).getByText(first).waitFor()

    // A link to a reply leads into its thread, for whoever may read it.
    const seq = await replies(ann).getByRole('article').filter({ hasText: first }).getAttribute('data-message')
    await bo.page.goto(`${program.url}/chat/${conversation}?at=${seq}`)
    await replies(bo).getByText(first).waitFor()
    expect([...ann.complaints, ...bo.complaints]).toEqual([])
    await ann.context.close()
    await bo.context.close()
  })
