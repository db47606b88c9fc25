import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { openBrowser, openPerson, type Person } from '../browser.js'
import { type Caller, signInAll, write } from '../callers.js'
import { makePng } from '../picture.js'
import { type Program, startProgram } from '../program.js'

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
const mostBytes = 150_000

const variants = [
  { name: 'desktop-light-zh', width: 1440, height: 900, scheme: 'light', locale: 'zh-CN', phone: false },
  { name: 'desktop-dark-en', width: 1440, height: 900, scheme: 'dark', locale: 'en-US', phone: false },
  { name: 'phone-light-en', width: 390, height: 844, scheme: 'light', locale: 'en-US', phone: true },
  { name: 'phone-dark-zh', width: 390, height: 844, scheme: 'dark', locale: 'zh-CN', phone: true },
] as const
type Variant = (typeof variants)[number]

interface Stage {
  reader: Caller
  url: string
  setupUrl: string
  /** The group that the mockups show. */
  group: string
  /** A conversation with one of each kind of message. */
  kinds: string
  /** A group with a card of each kind. */
  cards: string
  /** The message in it that is answered in a thread. */
  root: number
  /** A direct conversation with somebody at rest. */
  resting: string
  /** A colleague with everything in their profile. */
  colleague: string
}

/** Brings one screen up; the page is signed in as 林知夏 unless the screen stands before the door. */
interface Screen {
  signedIn: boolean
  show(page: Page, stage: Stage, variant: Variant, person: Person): Promise<void>
}

const settle = (page: Page) => page.waitForTimeout(900)
const open = async (page: Page, { url }: Stage, path: string) => {
  await page.goto(url + path)
  await settle(page)
}

/** By the number of their mockups: 01 and 14 are `messages`, 11a `inbox`, 11b `messages` on the phone. */
const screens: Record<string, Screen> = {
  messages: {
    signedIn: true,
    show: (page, stage, { phone }) => open(page, stage, `/chat/${stage.group}${phone ? '' : '/info'}`),
  },
  inbox: { signedIn: true, show: (page, stage) => open(page, stage, '/chat') },
  contacts: {
    signedIn: true,
    show: async (page, stage, { phone }) => {
      await open(page, stage, '/people')
      await page.getByRole('button', { name: /产品中心/ }).click()
      await page.getByRole('link', { name: /品牌设计部/ }).click()
      if (!phone) await page.getByRole('link', { name: /陈屿/ }).first().click()
      await settle(page)
    },
  },
  profile: {
    signedIn: true,
    show: (page, stage) => open(page, stage, `/people/of/${stage.colleague}`),
  },
  'sign-in': {
    signedIn: false,
    show: async (page, stage) => {
      await open(page, stage, '/signin')
      // The lines on the left draw themselves.
      await settle(page)
    },
  },
  setup: {
    signedIn: false,
    show: async (page, { setupUrl }) => {
      await page.goto(setupUrl)
      await page.getByRole('button', { name: /继续|Continue/ }).click()
      await page.getByRole('textbox').fill('栖岸家居（示例）')
      await settle(page)
    },
  },
  switcher: {
    signedIn: true,
    show: async (page, stage, { phone }) => {
      await open(page, stage, phone ? '/search' : `/chat/${stage.group}`)
      if (!phone) await page.keyboard.press('Control+k')
      await page.getByRole('combobox').last().fill('sheji')
      await page.getByRole('option').first().waitFor()
      await settle(page)
    },
  },
  'rest-mode': {
    signedIn: true,
    show: async (page, stage, { phone }) => {
      await open(page, stage, phone ? '/chat' : `/chat/${stage.group}/info`)
      await page.getByRole('button', { name: /^(休息一下|Rest)$/ }).click()
      await page.getByRole('dialog').waitFor()
      await settle(page)
    },
  },
  'rest-others': { signedIn: true, show: (page, stage) => open(page, stage, `/chat/${stage.resting}`) },
  'message-kinds': { signedIn: true, show: (page, stage) => open(page, stage, `/chat/${stage.kinds}`) },
  'message-cards': { signedIn: true, show: (page, stage) => open(page, stage, `/chat/${stage.cards}`) },
  thread: { signedIn: true, show: (page, stage) => open(page, stage, `/chat/${stage.kinds}/thread/${stage.root}`) },
  find: {
    signedIn: true,
    show: async (page, stage) => {
      await open(page, stage, '/find')
      await page.getByRole('combobox', { name: /^(搜索|Search)$/ }).fill('海报')
      await page.getByText(/海报/).nth(1).waitFor()
      await settle(page)
    },
  },
  notices: {
    signedIn: true,
    show: async (page, stage, { phone }) => {
      await open(page, stage, '/chat/notices')
      if (!phone) await page.getByRole('main').getByRole('link').first().click()
      await settle(page)
    },
  },
  work: { signedIn: true, show: (page, stage) => open(page, stage, '/work') },
  'state-offline': {
    signedIn: true,
    show: async (page, stage, _, { context }) => {
      await open(page, stage, `/chat/${stage.group}`)
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
      await context.setOffline(true)
      await page.reload()
      await page
        .getByRole('button', { name: /重试|Try again/ })
        .first()
        .waitFor()
      await page.getByRole('textbox').last().fill('这句话会在恢复后自动发出')
      await page.keyboard.press('Control+Enter')
      await settle(page)
    },
  },
  'state-empty': {
    signedIn: true,
    show: async (page, stage) => {
      await open(page, stage, '/chat')
      await page.getByRole('radiogroup').first().locator('label').nth(2).click()
      await settle(page)
    },
  },
  foundations: { signedIn: true, show: (page, stage) => open(page, stage, '/dev/ui') },
}

export async function takeShots(wanted: string[]): Promise<number> {
  const names = wanted.length > 0 ? wanted : Object.keys(screens)
  const unknown = names.find((name) => !(name in screens))
  if (unknown) {
    console.error(`There is no screen ${unknown}: ${Object.keys(screens).join(', ')}`)
    return 2
  }
  mkdirSync(folder, { recursive: true })
  const folders = [mkdtempSync(join(tmpdir(), 'heyi-s')), mkdtempSync(join(tmpdir(), 'heyi-s'))] as const
  const browser = await openBrowser()
  const programs: Program[] = []
  let tooLarge = 0
  try {
    const demo = await startProgram(folders[0], { args: ['--demo'] })
    programs.push(demo)
    const empty = await startProgram(folders[1])
    programs.push(empty)
    const stage = await prepareStage(browser, demo, empty)
    for (const variant of variants) {
      await stage.reader.call('directory.updateMe', {
        preferences: { locale: variant.locale === 'zh-CN' ? 'zh-CN' : 'en' },
      })
      for (const name of names) {
        const screen = screens[name]
        if (!screen) continue
        const person = await openPerson(browser, variant)
        try {
          if (screen.signedIn) await signIn(person.page, stage)
          await screen.show(person.page, stage, variant, person)
          const shot = await sharp(await person.page.screenshot())
            .png({ palette: true, quality: 90, effort: 10 })
            .toBuffer()
          writeFileSync(join(folder, `${name}-${variant.name}.png`), shot)
          if (shot.length > mostBytes) tooLarge++
          console.log(
            `${name} ${variant.name}: ${Math.round(shot.length / 1000)} kB${shot.length > mostBytes ? ', too large' : ''}`,
          )
        } finally {
          await person.context.close()
        }
      }
    }
  } finally {
    await browser.close()
    for (const program of programs) await program.stop()
    for (const one of folders) rmSync(one, { recursive: true, force: true })
  }
  return tooLarge > 0 ? 1 : 0
}

async function signIn(page: Page, { url }: Stage): Promise<void> {
  await page.goto(`${url}/signin`)
  await page.getByRole('button', { name: /林知夏/ }).click()
  await page.getByText('栖岸家居全员群').first().waitFor()
}

async function prepareStage(browser: Browser, demo: Program, empty: Program): Promise<Stage> {
  const people = await signInAll(demo.url)
  const named = (name: string): Caller => {
    const found = people.find((one) => one.name === name)
    if (!found) throw new Error(`nobody is called ${name}`)
    return found
  }
  const [lin, chen, gu] = [named('林知夏'), named('陈屿'), named('顾南乔')]
  const { id: kinds, root } = await writeKinds(lin, chen, gu)
  const cards = await writeCards(lin, chen, gu)
  await writeTodos(lin, chen)
  await chen.call('rest.updateRest', { note: '急事请打电话' })
  await chen.call('rest.setRest', { until: new Date(Date.now() + 14 * 3_600_000).toISOString() })
  const { conversation } = await lin.call<{ conversation: { id: string } }>('messaging.openDirect', {
    with: chen.member,
  })
  const resting = conversation.id
  const colleague = chen.member
  const stage = {
    reader: lin,
    url: demo.url,
    setupUrl: empty.setupUrl ?? '',
    group: '',
    kinds,
    cards,
    root,
    resting,
    colleague,
  }
  const { page, context } = await openPerson(browser)
  await signIn(page, stage)
  const link = page.getByRole('link', { name: /秋季新品上市项目组/ })
  const group = (await link.getAttribute('href'))?.split('/').at(-1) ?? ''
  await context.close()
  return { ...stage, group }
}

async function writeTodos(lin: Caller, chen: Caller): Promise<void> {
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
  const add = (by: Caller, text: string, assignees: Caller[], dueAt: string | null) =>
    by.call('todos.createTodo', {
      text,
      assignees: assignees.map(({ member }) => member),
      dueAt,
      remindAt: null,
      source: null,
    })
  await add(lin, '周五前备好秋季样品', [lin, chen], inHours(30))
  await add(chen, '海报终稿请过目', [lin], inHours(6))
  await add(lin, '订下周的会议室', [lin], null)
}

/** One of each kind that a conversation can hold, and one message that is answered in a thread. */
async function writeKinds(lin: Caller, chen: Caller, gu: Caller): Promise<{ id: string; root: number }> {
  const { conversation } = await lin.call<{ conversation: { id: string } }>('messaging.createGroup', {
    name: '消息的样子（示例）',
    members: [chen.member, gu.member],
  })
  const { id } = conversation
  const [asked = 0] = await write(chen, id, ['周三能定稿吗？打样在 https://example.com/proof/7'])
  await write(lin, id, ['能，下午三点前给你'], asked)
  const reply = (by: Caller, text: string) =>
    by.call('messaging.sendMessage', {
      conversation: id,
      key: crypto.randomUUID(),
      message: { kind: 'text', text },
      root: asked,
    })
  await reply(lin, '主视觉我今晚再看一遍')
  await reply(gu, '色差问题和印厂确认过了')
  await reply(chen, '好，那周三上午发打样')
  const name = '@陈屿'
  await write(lin, id, [
    {
      kind: 'text',
      text: `${name} 尺寸表也一起看一下`,
      mentions: [{ principal: chen.member, start: 0, length: name.length }],
    },
  ])
  const pictures = await Promise.all(
    [240, 300, 360].map((width) => gu.upload(`样图 ${width}.png`, makePng(width, 240))),
  )
  await write(
    gu,
    id,
    pictures.map((file) => ({ kind: 'image', file })),
  )
  const sheet = await gu.upload('秋季新品报价单.csv', Buffer.from('品名,单价\n云屿沙发,5980\n'))
  await write(gu, id, [{ kind: 'file', file: sheet }])
  const [wrong] = await write(lin, id, ['发错群了'])
  await lin.call('messaging.recallMessage', { conversation: id, seq: wrong })
  await lin.call('messaging.setGroupNotice', { conversation: id, text: '周四晚七点，三楼会议室' })
  const must = { conversation: id, key: crypto.randomUUID(), receipt: 'tap' }
  const { seq } = await lin.call<{ seq: number }>('messaging.sendMessage', {
    ...must,
    message: { kind: 'text', text: '明晚八点停电检修，请确认收到' },
  })
  await chen.call('messaging.confirmReceipt', { conversation: id, seq })
  const [edited = 0] = await write(lin, id, ['样品周五到'])
  await lin.call('messaging.editMessage', { conversation: id, seq: edited, text: '样品周四到，比原来早一天' })
  for (const by of [chen, gu])
    await by.call('messaging.react', { conversation: id, seq: edited, emoji: '👍', on: true })
  await write(chen, id, ['好的，收到'])
  return { id, root: asked }
}

/** Cards that are answered or lead somewhere. */
async function writeCards(lin: Caller, chen: Caller, gu: Caller): Promise<string> {
  const { conversation } = await lin.call<{ conversation: { id: string } }>('messaging.createGroup', {
    name: '投票、接龙与名片（示例）',
    members: [chen.member, gu.member],
  })
  const { id } = conversation
  const send = (by: Caller, message: object) =>
    by.call<{ seq: number }>('messaging.sendMessage', { conversation: id, key: crypto.randomUUID(), message })
  const art = await gu.upload('收到.png', makePng(160, 140))
  const { stickers } = await gu.call<{ stickers: { id: string }[] }>('messaging.createStickerPack', {
    name: '小栖',
    pictures: [{ file: art, label: '收到' }],
  })
  await send(chen, { kind: 'sticker', sticker: stickers[0]?.id })
  await send(lin, { kind: 'contact', member: gu.member })
  await send(gu, {
    kind: 'location',
    name: '杭州展厅',
    address: '湖畔路 86 号 2 层',
    latitude: 30.246123,
    longitude: 120.150456,
  })
  const list = await send(chen, { kind: 'relay', title: '周五聚餐报名', example: '林知夏 2 人', endsAt: null })
  await gu.call('messaging.writeRelayLine', { conversation: id, seq: list.seq, text: '2 人，不吃辣' })
  await lin.call('messaging.writeRelayLine', { conversation: id, seq: list.seq, text: '1 人' })
  const poll = await send(chen, {
    kind: 'poll',
    question: '主视觉用哪一版？',
    options: ['02c 傍晚暖光', '02b 正午自然光', '02a 阴天'],
    multiple: false,
    anonymous: false,
    endsAt: new Date(Date.now() + 2 * 3_600_000).toISOString(),
  })
  for (const [by, option] of [
    [lin, 0],
    [chen, 0],
    [gu, 1],
  ] as const)
    await by.call('messaging.vote', { conversation: id, seq: poll.seq, options: [option] })
  return id
}
