import { expect, test } from 'vitest'
import { openPerson, type Person } from './browser.js'
import { logOf as log, say } from './composer.js'
import { enterAs, meet, withSampleCompany } from './sample.js'

const sample = withSampleCompany()

const row = (person: Person, text: string) => log(person).getByRole('article').filter({ hasText: text }).last()

for (const { width, height, phone } of [
  { width: 1440, height: 900, phone: false },
  { width: 390, height: 844, phone: true },
])
  test(`a message becomes a to-do of a colleague, who is reminded and does it, at ${width} px`, async () => {
    const { browser, program } = sample
    const ann = await openPerson(browser, { width, height, phone })
    const bo = await openPerson(browser, { width, height, phone })
    await enterAs(ann, program.url, '林知夏')
    await enterAs(bo, program.url, '陈屿')
    await meet(ann, bo, '陈屿')
    const text = `周五前备好样品 ${width}`
    await say(ann, text)
    await row(ann, text).focus()
    await ann.page.keyboard.press('Enter')
    await ann.page.getByRole('menuitem', { name: '转为待办' }).click()
    const dialog = ann.page.getByRole('dialog', { name: '新建待办' })
    await expect.poll(() => dialog.getByLabel('要做什么').inputValue()).toBe(text)
    // From me to him.
    await dialog.getByRole('combobox').fill('陈屿')
    await dialog.getByRole('option', { name: /陈屿/ }).click()
    await dialog.getByRole('button', { name: /林知夏/ }).click()
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.waitFor({ state: 'detached' })
    await row(ann, text).getByRole('link', { name: '待办 0 / 1 完成' }).waitFor()

    // He finds it in his list, is told when its time has come, and leads back to the message.
    await row(bo, text).getByRole('link', { name: '待办 0 / 1 完成' }).press('Enter')
    const item = bo.page.getByRole('listitem').filter({ hasText: text })
    await item.getByText('林知夏 分派').waitFor()
    await bo.page.evaluate(async (what) => {
      const call = async (name: string, body: unknown) => {
        const answer = await fetch(`/api/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'request-id': crypto.randomUUID() },
          body: JSON.stringify(body),
        })
        if (!answer.ok) throw new Error(await answer.text())
        return answer.json()
      }
      const me = await call('identity.getMe', {})
      const remindAt = new Date(Date.now() + 1_500).toISOString()
      await call('todos.createTodo', { text: what, assignees: [me.member], dueAt: null, remindAt, source: null })
    }, `给工厂打电话 ${width}`)
    await bo.page.getByText(`待办提醒：给工厂打电话 ${width}`).waitFor()
    // Done, it leaves the list.
    await item.getByRole('checkbox').click()
    await item.waitFor({ state: 'detached' })
    await row(ann, text).getByRole('link', { name: '待办已完成' }).waitFor()
    await bo.page.getByRole('tab', { name: '已完成' }).click()
    await bo.page.getByRole('button', { name: `“${text}”的操作` }).click()
    await bo.page.getByRole('menuitem', { name: '看原消息' }).click()
    await row(bo, text).waitFor()
    expect([...ann.complaints, ...bo.complaints]).toEqual([])
    await ann.context.close()
    await bo.context.close()
  })
