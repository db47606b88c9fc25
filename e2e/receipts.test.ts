import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PushService, startPushService } from '../apps/server/test/push-service.js'
import { openPerson, type Person } from './browser.js'
import { type Caller, signInAll } from './callers.js'
import { composerOf, logOf as log } from './composer.js'
import { enterAs, meet, withSampleCompany } from './sample.js'

/** What stands around messages: receipts and reactions, as two colleagues see them. */

const sample = withSampleCompany({ env: { HEYI_CALL_INSIDE: 'on' } })
let push: PushService
beforeAll(async () => {
  push = await startPushService()
})
afterAll(() => push[Symbol.asyncDispose]())

const row = (person: Person, text: string) => log(person).getByRole('article').filter({ hasText: text }).last()
/** The toolbar’s button; on the phone it stands in a menu. */
async function useTool({ page }: Person, name: string, phone: boolean): Promise<void> {
  if (!phone) return page.getByRole('button', { name, exact: true }).click()
  await page.getByRole('button', { name: '更多', exact: true }).click()
  await page.getByRole('menuitem', { name, exact: true }).click()
}
const press = ({ page }: Person, name: string) => page.getByRole('button', { name, exact: true }).click()

// The ladder waits for its minute while the other journeys run.
const urgent = '今晚十点机房断电，请确认收到'
let boss: Person
let asked: Record<'confirmed' | 'resting' | 'awake', Caller>

test('a message goes with a ladder: whom each step would reach is told before', async () => {
  const people = await signInAll(sample.program.url)
  const called = (name: string) => people.find((one) => one.name === name) ?? expect.fail(`nobody is called ${name}`)
  const lin = called('林知夏')
  asked = { confirmed: called('陈屿'), resting: called('顾南乔'), awake: called('许伊敏') }
  for (const one of Object.values(asked))
    await one.call('notifications.subscribePush', push.browser(one.member).subscription)
  await asked.resting.call('rest.setRest', { until: new Date(Date.now() + 3_600_000).toISOString() })
  const { conversation } = await lin.call<{ conversation: { id: string } }>('messaging.createGroup', {
    name: '机房值守',
    members: Object.values(asked).map(({ member }) => member),
  })
  boss = await openPerson(sample.browser)
  await enterAs(boss, sample.program.url, '林知夏')
  await boss.page.goto(`${sample.program.url}/chat/${conversation.id}`)
  await useTool(boss, '要求回执', false)
  await press(boss, '升级提醒')
  const dialog = boss.page.getByRole('dialog', { name: '升级提醒' })
  await dialog.getByRole('button', { name: /多久以后/ }).click()
  await boss.page.getByRole('option', { name: '1 分钟', exact: true }).click()
  await dialog.getByText('最多 3 人').waitFor()
  await dialog.getByRole('button', { name: '就这样提醒' }).click()
  await composerOf(boss).fill(urgent)
  await press(boss, '发送')
  await row(boss, urgent)
    .getByRole('button', { name: /^0 \/ 3 已收到/ })
    .waitFor()
  const { messages } = await asked.confirmed.call<{ messages: { object: { seq: number } }[] }>(
    'messaging.listMessages',
    {
      conversation: conversation.id,
      before: 1_000,
      limit: 10,
    },
  )
  const seq = messages.at(-1)?.object.seq
  await asked.confirmed.call('messaging.confirmReceipt', { conversation: conversation.id, seq })
  await row(boss, urgent)
    .getByRole('button', { name: /^1 \/ 3 已收到/ })
    .waitFor()
})

for (const { width, height, phone } of [
  { width: 1440, height: 900, phone: false },
  { width: 390, height: 844, phone: true },
]) {
  test(`a receipt is asked, confirmed and reminded of, and emojis answer, at ${width} px`, async () => {
    const { browser, program } = sample
    const ann = await openPerson(browser, { width, height, phone })
    const bo = await openPerson(browser, { width, height, phone })
    await enterAs(ann, program.url, '林知夏')
    await enterAs(bo, program.url, '陈屿')
    await meet(ann, bo, '陈屿')
    const send = async (text: string) => {
      await composerOf(ann).fill(text)
      await press(ann, '发送')
      await row(ann, text).waitFor()
    }

    // Asked, and said.
    const first = `请确认收到 ${width}`
    await useTool(ann, '要求回执', phone)
    await send(first)
    await row(ann, first).getByRole('button', { name: '0 / 1 已收到，查看详情' }).waitFor()
    await row(bo, first).getByRole('button', { name: '收到' }).press('Enter')
    await row(bo, first).getByText('已确认收到').waitFor()
    await row(ann, first).getByRole('button', { name: '全部已收到，查看详情' }).waitFor()
    // The next message asks for nothing.
    await send(`顺便说一句 ${width}`)
    expect(
      await row(ann, `顺便说一句 ${width}`)
        .getByRole('button', { name: /查看详情/ })
        .count(),
    ).toBe(0)

    // Where opening counts, nothing is shown before it is opened.
    const closed = `打开才能看的话 ${width}`
    await useTool(ann, '要求回执', phone)
    await ann.page.getByRole('radio', { name: '打开即算已读' }).click({ force: true })
    await send(closed)
    const cover = log(bo).getByRole('article').last()
    await cover.getByText('对方会看到你已读这条消息').waitFor()
    expect(await bo.page.getByText(closed).count()).toBe(0)

    // Reminded, the other is told and led there.
    await row(ann, closed).getByRole('button', { name: '0 / 1 已读，查看详情' }).press('Enter')
    const dialog = ann.page.getByRole('dialog', { name: '回执' })
    await dialog.getByText('陈屿').waitFor()
    await dialog.getByRole('button', { name: '提醒未确认的 1 人' }).click()
    await ann.page.getByText('已提醒 1 人').waitFor()
    await bo.page.getByText('林知夏 提醒你确认一条消息').waitFor()
    await bo.page.getByRole('button', { name: '去看看' }).click()
    await expect.poll(() => new URL(bo.page.url()).search).toMatch(/^\?at=\d+$/)
    await ann.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await cover.getByRole('button', { name: '打开' }).press('Enter')
    await row(bo, closed).getByText(/已读/).waitFor()
    await row(ann, closed).getByRole('button', { name: '全部已读，查看详情' }).waitFor()

    // An emoji as an answer, added to by the other, taken back.
    if (phone) await row(bo, first).press('Enter')
    else {
      await row(bo, first).hover()
      await row(bo, first).getByRole('button', { name: '表情回应' }).click()
    }
    await bo.page.getByRole('button', { name: '用 👍 回应' }).click()
    const pill = row(ann, first).getByRole('button', { name: /^👍，1 人：陈屿/ })
    await pill.press('Enter')
    await row(bo, first)
      .getByRole('button', { name: /^👍，2 人/ })
      .press('Enter')
    await row(ann, first)
      .getByRole('button', { name: /^👍，1 人：你/ })
      .waitFor()
    expect([...ann.complaints, ...bo.complaints, ...ann.strays, ...bo.strays]).toEqual([])
    await ann.context.close()
    await bo.context.close()
  })
}

test('a minute later the ladder has told who has not confirmed, and left who rests in peace', async () => {
  const told = ({ member }: { member: string }) =>
    push.pushed.filter(({ browser, payload }) => browser === member && payload.body.includes('机房断电')).length
  // The first of them is the message itself.
  await expect.poll(() => told(asked.awake), { timeout: 90_000 }).toBe(2)
  await row(boss, urgent)
    .getByRole('button', { name: /^1 \/ 3 已收到/ })
    .press('Enter')
  const steps = boss.page.getByRole('dialog', { name: '回执' }).getByRole('region', { name: '升级提醒' })
  await steps.getByText(/提醒了 1 人 · 1 人在休息，没有打扰/).waitFor()
  expect(told(asked.resting)).toBe(0)
  expect(told(asked.confirmed)).toBeLessThanOrEqual(1)
  expect(boss.complaints).toEqual([])
  await boss.context.close()
})
