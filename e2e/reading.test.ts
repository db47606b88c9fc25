import { beforeAll, expect, test } from 'vitest'
import { openPerson, type Person } from './browser.js'
import { type Caller, signInAll, write } from './callers.js'
import { logOf } from './composer.js'
import { atRest, middleOf, topOf } from './feel/reading.js'
import { makePng } from './picture.js'
import { enterAs, withSampleCompany } from './sample.js'

/** Reading what was said before, in a long conversation. */

const sample = withSampleCompany({ env: { HEYI_SEND_RATE: '100000', HEYI_CALL_RATE: '100000' } })
let people: Caller[]

beforeAll(async () => {
  people = await signInAll(sample.program.url)
})

/** Longer than the second that is usual: two cores serve two browsers, the program and its database. */
const patiently = { timeout: 20_000 }
const open = ({ page }: Person, conversation: string) => page.goto(`${sample.program.url}/chat/${conversation}`)
const called = (name: string): Caller => {
  const caller = people.find((one) => one.name === name)
  if (!caller) throw new Error(`nobody is called ${name}`)
  return caller
}
/** The direct conversation of the two. */
async function directOf(one: Caller, other: Caller): Promise<string> {
  const { conversation } = await one.call<{ conversation: { id: string } }>('messaging.openDirect', {
    with: other.member,
  })
  return conversation.id
}
/** Whether the text stands inside what the chat shows of its messages. */
const inView = (person: Person, text: string) =>
  logOf(person)
    .getByText(text, { exact: true })
    .first()
    .evaluate((element) => {
      const own = element.getBoundingClientRect()
      const box = (element.closest('[role=log]') as HTMLElement).getBoundingClientRect()
      return own.top >= box.top && own.bottom <= box.bottom
    })

for (const variant of [
  { width: 1440, height: 900, other: '陈屿' },
  { width: 390, height: 844, phone: true, other: '顾南乔' },
]) {
  const { width, other } = variant

  test(`what is new is counted, and one press leads to its beginning, at ${width} px`, async () => {
    const ann = called('林知夏')
    const bo = await openPerson(sample.browser, variant)
    try {
      await enterAs(bo, sample.program.url, other)
      const conversation = await directOf(ann, called(other))
      const [said = 0] = await write(ann, conversation, ['先说一句'])
      await open(bo, conversation)
      await logOf(bo).getByText('先说一句').last().waitFor()
      const readTo = async () => {
        const asked = { conversation }
        const answer = await called(other).call<{ membership: { readSeq: number } }>('messaging.getConversation', asked)
        return answer.membership.readSeq
      }
      await expect.poll(readTo, patiently).toBe(said)
      await bo.page.goto(`${sample.program.url}/people`)
      await write(
        ann,
        conversation,
        Array.from({ length: 40 }, (_, i) => `你不在时的第 ${i + 1} 句`),
      )
      await open(bo, conversation)
      await bo.page.getByRole('button', { name: '40 条新消息' }).click()
      await logOf(bo).getByText('以下为新消息').waitFor()
      await expect.poll(() => inView(bo, '你不在时的第 1 句'), patiently).toBe(true)
      expect(await bo.page.getByRole('button', { name: '40 条新消息' }).count()).toBe(0)

      // Somebody goes on meanwhile: what is read stays where it is, and the way down says how many there are.
      const before = await topOf(bo.page, (await middleOf(bo.page)).row)
      const { row } = await middleOf(bo.page)
      await write(ann, conversation, ['还在说', '说完了'])
      const down = bo.page.getByRole('button', { name: '2 条新消息' })
      await down.waitFor()
      expect(Math.abs((await topOf(bo.page, row)) - before)).toBeLessThanOrEqual(2)
      await down.click()
      await expect.poll(() => inView(bo, '说完了'), patiently).toBe(true)
      await down.waitFor({ state: 'detached' })
      expect([...bo.complaints, ...bo.strays]).toEqual([])
    } finally {
      await bo.context.close()
    }
  })

  test(`an answer leads to what it answers, however far back, and from there to the newest, at ${width} px`, async () => {
    const ann = called('林知夏')
    const bo = await openPerson(sample.browser, variant)
    try {
      await enterAs(bo, sample.program.url, other)
      const conversation = await directOf(ann, called(other))
      const first = (await write(ann, conversation, [`最早的问题 ${width}`]))[0] ?? 0
      const filler = Array.from({ length: 700 }, (_, i) => `第 ${i + 1} 句`)
      await write(ann, conversation, filler)
      await write(ann, conversation, ['终于有答案了'], first)
      await open(bo, conversation)
      await logOf(bo).getByText('终于有答案了').waitFor()
      await logOf(bo)
        .getByRole('button', { name: `林知夏：最早的问题 ${width}` })
        .click()
      await expect.poll(() => inView(bo, `最早的问题 ${width}`), patiently).toBe(true)
      // Not everything between was loaded for it.
      expect(await logOf(bo).getByText('第 600 句', { exact: true }).count()).toBe(0)

      // It is as live as the newest: a recall is seen there.
      await ann.call('messaging.recallMessage', { conversation, seq: first + 1 })
      await logOf(bo).getByText('林知夏撤回了一条消息').first().waitFor()

      // Further down the newer pages come in without moving what is read.
      for (const text of ['第 150 句', '第 400 句']) {
        await expect
          .poll(async () => {
            await logOf(bo).evaluate((log) => log.scrollBy(0, log.clientHeight * 0.7))
            return logOf(bo).getByText(text, { exact: true }).count()
          }, patiently)
          .toBe(1)
      }
      await bo.page.getByRole('button', { name: '回到最新' }).click()
      await expect.poll(() => inView(bo, '终于有答案了'), patiently).toBe(true)
      await write(ann, conversation, ['接着说'])
      await expect.poll(() => inView(bo, '接着说'), patiently).toBe(true)
      expect([...bo.complaints, ...bo.strays]).toEqual([])
    } finally {
      await bo.context.close()
    }
  })

  test(`what is read stays where it is while older messages and pictures come in above it at ${width} px`, async () => {
    const ann = called('林知夏')
    const bo = await openPerson(sample.browser, variant)
    try {
      await enterAs(bo, sample.program.url, other)
      const conversation = await directOf(ann, called(other))
      const long =
        '云屿沙发的面料换成了耐磨款，报价单里第三行要改，麻烦一起更新。有冲突的地方请在今天下班之前告诉我，我来协调。'
      for (let i = 0; i < 12; i++) {
        await write(
          ann,
          conversation,
          Array.from({ length: 25 }, (_, n) => `${i}.${n} ${n % 3 === 0 ? long : '好的'}`),
        )
        const file = await ann.upload(`样图 ${i}.png`, makePng(200 + 40 * (i % 3), 120 + 90 * (i % 4)))
        await write(ann, conversation, [{ kind: 'image', file }])
        if (i === 7) {
          // Read so far: the line of new messages stands on the way up.
          await open(bo, conversation)
          await logOf(bo).getByText('7.24 ').last().waitFor()
          await bo.page.waitForTimeout(500)
          await bo.page.goto(`${sample.program.url}/people`)
        }
      }
      await open(bo, conversation)
      await logOf(bo).getByText('11.24 ').last().waitFor()
      await atRest(bo.page)
      for (let i = 0; i < 6; i++) {
        const height = await logOf(bo).evaluate((log) => log.scrollHeight)
        await logOf(bo).evaluate((log) => log.scrollTo(0, 500))
        await bo.page.waitForFunction(
          (before) => {
            const log = document.querySelector('[role=log][aria-label]')
            return log !== null && log.scrollTop > 500 && log.scrollHeight > before
          },
          height,
          { polling: 'raf' },
        )
        const { row, top: was } = await middleOf(bo.page)
        await atRest(bo.page)
        expect(Math.abs((await topOf(bo.page, row)) - was), `page ${i}`).toBeLessThanOrEqual(2)
      }
      expect([...bo.complaints, ...bo.strays]).toEqual([])
    } finally {
      await bo.context.close()
    }
  })
}
