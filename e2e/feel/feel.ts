import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { openBrowser, type Person } from '../browser.js'
import { type Caller, signInAll } from '../callers.js'
import { type Program, startProgram } from '../program.js'
import { openAs, writeLong } from './company.js'
import { atRest, middleOf, topOf } from './reading.js'
import { traceTasks } from './trace.js'

interface Figure {
  name: string
  what: string
  value: number
  unit: 'ms' | 'px' | 'frames'
  budget: number
  note?: string
}

interface Stage {
  browser: Browser
  program: Program
  people: Caller[]
  /** The conversation of all those messages. */
  long: string
  messages: number
}

const measures: Record<string, (stage: Stage) => Promise<Figure[]>> = { scroll, position, open, reload, devices }

/** Measures, prints, and resolves with the exit code. */
export async function feel(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { json: { type: 'boolean' }, only: { type: 'string' }, messages: { type: 'string', default: '50000' } },
  })
  const wanted = values.only?.split(',') ?? Object.keys(measures)
  const unknown = wanted.find((name) => !(name in measures))
  if (unknown) {
    console.error(`There is no measure ${unknown}: ${Object.keys(measures).join(', ')}`)
    return 2
  }
  const say = (text: string) => process.stderr.write(`${text}\n`)
  const messages = Number(values.messages)
  const dataDir = mkdtempSync(join(tmpdir(), 'heyi-f'))
  // The limits on sending and calling are for people; here a program writes and looks as fast as it can.
  const env = { HEYI_SEND_RATE: '1000000', HEYI_CALL_RATE: '1000000' }
  const program = await startProgram(dataDir, { args: ['--demo'], env })
  const browser = await openBrowser()
  const figures: Figure[] = []
  try {
    const people = await signInAll(program.url)
    say(`Writing ${messages} messages …`)
    const long = await writeLong(people, messages, dataDir)
    for (const name of wanted) {
      say(`Measuring ${name} …`)
      const found = (await measures[name]?.({ browser, program, people, long, messages })) ?? []
      for (const figure of found) say(`  ${line(figure)}`)
      figures.push(...found)
    }
  } finally {
    await browser.close()
    await program.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  const over = figures.filter(isOver)
  if (values.json)
    console.log(JSON.stringify({ figures: figures.map((one) => ({ ...one, ok: !isOver(one) })) }, null, 2))
  else for (const figure of figures) console.log(line(figure))
  console.log(over.length === 0 ? 'Within every budget.' : `Over budget: ${over.map(({ name }) => name).join(', ')}`)
  return over.length === 0 ? 0 : 1
}

const isOver = ({ value, budget }: Figure) => !(value <= budget)
const line = (figure: Figure) =>
  `${isOver(figure) ? 'OVER' : 'ok  '} ${figure.name.padEnd(16)} ${round(figure.value)} ${figure.unit}, at most ${figure.budget} (${figure.what}${figure.note ? `; ${figure.note}` : ''})`
const round = (value: number) => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value))
const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

const logOf = (page: Page) => page.getByRole('log', { name: /^(消息记录|Messages)$/ })

/** Turns the wheel over the chat for a while, as fast as a hand does. */
async function wheel(page: Page, by: number, forMs: number): Promise<void> {
  await logOf(page).hover()
  const until = Date.now() + forMs
  while (Date.now() < until) {
    await page.mouse.wheel(0, by)
    await wait(30)
  }
}

async function openLong({ browser, program, people, long }: Stage): Promise<Person> {
  const person = await openAs(browser, program.url, people[0]?.name ?? '')
  await person.page.goto(`${program.url}/chat/${long}`)
  await logOf(person.page).getByText('这是最后一句').waitFor()
  return person
}

async function scroll(stage: Stage): Promise<Figure[]> {
  const { page, context } = await openLong(stage)
  try {
    await wait(1000)
    const up = await traceTasks(page, () => wheel(page, -700, 12_000))
    await logOf(page).evaluate((log) => log.scrollTo(0, log.scrollHeight))
    const startedMs = Date.now()
    const jump = await traceTasks(page, async () => {
      await logOf(page).getByRole('article').last().getByRole('button').first().click()
      await logOf(page).getByText('这是第一句', { exact: true }).waitFor({ timeout: 300_000 })
    })
    const jumpMs = Date.now() - startedMs
    await page.getByRole('button', { name: '回到最新' }).click()
    await logOf(page).getByText('这是最后一句').waitFor()
    // Not judged: nobody's hand is at the top of every page at once.
    await climbToTop(page)
    await logOf(page).getByText('这是第一句', { exact: true }).waitFor()
    await wait(1000)
    const both = await traceTasks(page, async () => {
      await wheel(page, 900, 6_000)
      await wheel(page, -900, 4_000)
      await logOf(page).evaluate((log) => log.scrollTo(0, log.scrollHeight / 2))
      await wheel(page, -900, 5_000)
    })
    const figure = (name: string, what: string, tasks: Awaited<ReturnType<typeof traceTasks>>, more = ''): Figure => ({
      name,
      what,
      value: tasks.longestMs,
      unit: 'ms',
      budget: 50,
      note: `of ${tasks.count} tasks; on the clock ${round(tasks.longestWallMs)} ms; in it ${tasks.inside}${more}`,
    })
    return [
      figure('scroll_up', 'longest task while older pages load on the way up', up),
      figure('jump_oldest', 'longest task while a jump leads to the oldest message', jump, `; it took ${jumpMs} ms`),
      figure('scroll_all', `longest task while scrolling both ways with all ${stage.messages} held`, both),
    ]
  } finally {
    await context.close()
  }
}

/** At the top of what is held again and again, until there is nothing older. */
const climbToTop = (page: Page) =>
  logOf(page).evaluate(
    (log) =>
      new Promise<void>((resolve) => {
        let lastChange = performance.now()
        let height = 0
        const look = () => {
          if (log.scrollHeight !== height) lastChange = performance.now()
          height = log.scrollHeight
          if (log.scrollTop > 0) log.scrollTo(0, 0)
          if (performance.now() - lastChange > 3_000) resolve()
          else requestAnimationFrame(look)
        }
        look()
      }),
  )

/** How far what is being read moves while older messages and their pictures come in above it. */
async function position(stage: Stage): Promise<Figure[]> {
  const { page, context } = await openLong(stage)
  const moves: number[] = []
  try {
    for (let i = 0; i < 8; i++) {
      const height = await logOf(page).evaluate((log) => log.scrollHeight)
      await logOf(page).evaluate((log) => log.scrollTo(0, 500))
      await page.waitForFunction(
        (before) => {
          const log = document.querySelector('[role=log][aria-label]')
          return log !== null && log.scrollTop > 500 && log.scrollHeight > before
        },
        height,
        { polling: 'raf' },
      )
      const { row, top } = await middleOf(page)
      await atRest(page)
      moves.push(Math.abs((await topOf(page, row)) - top))
    }
  } finally {
    await context.close()
  }
  return [
    {
      name: 'read_position',
      what: 'the row in the middle, after a page above',
      value: Math.max(...moves),
      unit: 'px',
      budget: 2,
    },
  ]
}

/** Frames from a click in the list until the messages are on screen, with all of it in the local store only. */
async function open({ browser, program, people }: Stage): Promise<Figure[]> {
  const { page, context } = await openAs(browser, program.url, people[0]?.name ?? '')
  const rows = page.getByRole('list', { name: '会话列表' }).getByRole('link')
  const count = Math.min(6, await rows.count())
  try {
    const filled: number[] = []
    for (let i = 0; i < count; i++) {
      await rows.nth(i).click()
      await logOf(page).getByRole('article').first().waitFor()
      await wait(1000)
      if ((await logOf(page).getByRole('article').count()) >= 8) filled.push(i)
    }
    await page.goto(`${program.url}/chat`)
    await rows.first().waitFor()
    await wait(2000)
    const frames: number[] = []
    const times: number[] = []
    for (const i of filled) {
      const painted = page.evaluate(
        () =>
          new Promise<{ frames: number; ms: number }>((resolve) => {
            addEventListener(
              'click',
              () => {
                const startedMs = performance.now()
                const address = location.pathname
                let count = 0
                const look = () => {
                  count++
                  // Looked at before the frame is drawn: what is there now is in it.
                  const selected = document.querySelector('[role=listitem] a[aria-current=page]')?.getAttribute('href')
                  const there =
                    selected === location.pathname &&
                    location.pathname !== address &&
                    document.querySelectorAll('[role=log][aria-label] article[data-row]').length >= 8
                  if (!there) return requestAnimationFrame(look)
                  return resolve({ frames: count, ms: performance.now() - startedMs })
                }
                requestAnimationFrame(look)
              },
              { once: true, capture: true },
            )
          }),
      )
      await rows.nth(i).click()
      const found = await painted
      frames.push(found.frames)
      times.push(found.ms)
      await wait(600)
    }
    return [
      {
        name: 'open_chat',
        what: 'frames from the click until its messages are drawn, the slowest of several',
        value: Math.max(...frames),
        unit: 'frames',
        budget: 2,
        note: `${frames.join(' ')}; ${times.map((ms) => Math.round(ms)).join(' ')} ms`,
      },
    ]
  } finally {
    await context.close()
  }
}

/** From the start of a reload until the inbox is drawn with what is in it, on a processor four times slower. */
async function reload({ browser, program, people }: Stage): Promise<Figure[]> {
  const { page, context } = await openAs(browser, program.url, people[0]?.name ?? '')
  try {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await wait(1500)
    await page.addInitScript(() => {
      const look = () => {
        if (!document.querySelector('[role=listitem] time')) return requestAnimationFrame(look)
        // The frame that has it is drawn after this, and the task behind the next one runs when it is.
        return requestAnimationFrame(() => performance.mark('inbox'))
      }
      requestAnimationFrame(look)
    })
    const slower = await context.newCDPSession(page)
    await slower.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    const times: number[] = []
    for (let i = 0; i < 7; i++) {
      await page.reload()
      await page.waitForFunction(() => performance.getEntriesByName('inbox').length > 0)
      times.push(await page.evaluate(() => performance.getEntriesByName('inbox')[0]?.startTime ?? Number.NaN))
      await wait(700)
    }
    return [
      {
        name: 'warm_reload',
        what: 'until the inbox is drawn at a quarter of the speed, the median of seven',
        value: median(times),
        unit: 'ms',
        budget: 1000,
        note: times.map((ms) => Math.round(ms)).join(' '),
      },
    ]
  } finally {
    await context.close()
  }
}

/** From an act on one device of somebody until the other device of the same person shows it. */
async function devices({ browser, program, people }: Stage): Promise<Figure[]> {
  const [reader, speaker] = people
  if (!reader || !speaker) throw new Error('the sample company has too few sign-ins')
  const one = await openAs(browser, program.url, reader.name)
  const two = await openAs(browser, program.url, reader.name)
  const direct = await speaker.call<{ conversation: { id: string } }>('messaging.openDirect', { with: reader.member })
  const conversation = direct.conversation.id
  const times: Record<string, number[]> = { list: [], unread: [], cursor: [], draft: [], pin: [] }
  /** Resolves with how long after `act` the row of the conversation on this device looks as it should. */
  const seen = async (
    device: Person,
    what: 'has' | 'lacks',
    find: string,
    act: () => Promise<unknown>,
  ): Promise<number> => {
    const shown = device.page.evaluate(
      ([href, what, find]) =>
        new Promise<number>((resolve) => {
          const look = () => {
            const row = document.querySelector(`a[href="${href}"]`)
            const text = `${row?.textContent} ${[...(row?.querySelectorAll('[aria-label]') ?? [])].map((part) => part.getAttribute('aria-label')).join(' ')}`
            if (!row || text.includes(find ?? '') !== (what === 'has')) return requestAnimationFrame(look)
            return resolve(performance.timeOrigin + performance.now())
          }
          look()
        }),
      [`/chat/${conversation}`, what, find],
    )
    const startedMs = Date.now()
    await act()
    return Math.max(0, (await shown) - startedMs)
  }
  try {
    for (let i = 1; i <= 5; i++) {
      const text = `同步 ${i}`
      await one.page.goto(`${program.url}/chat`)
      await two.page.goto(`${program.url}/chat`)
      await one.page.getByRole('list', { name: '会话列表' }).getByRole('listitem').first().waitFor()
      await two.page.getByRole('list', { name: '会话列表' }).getByRole('listitem').first().waitFor()
      await wait(800)
      const send = () =>
        speaker.call('messaging.sendMessage', {
          conversation,
          key: `feel-two-${Date.now()}-${i}`,
          message: { kind: 'text', text },
        })
      times.list?.push(await seen(two, 'has', text, send))
      const row = one.page.locator(`a[href="/chat/${conversation}"]`)
      times.cursor?.push(await seen(two, 'lacks', '未读', () => row.click()))
      const composer = one.page.getByRole('textbox', { name: /^(发送到|Send to|Message)/ })
      times.draft?.push(await seen(two, 'has', `草稿 ${i}`, () => composer.fill(`草稿 ${i}`)))
      await seen(two, 'lacks', `草稿 ${i}`, () => composer.fill(''))
      const pinned = i % 2 === 1
      await row.click({ button: 'right' })
      const item = one.page.getByRole('menuitem', { name: pinned ? '置顶' : '取消置顶', exact: true })
      times.pin?.push(await seen(two, pinned ? 'has' : 'lacks', '已置顶', () => item.click()))
    }
  } finally {
    await one.context.close()
    await two.context.close()
  }
  return Object.entries(times)
    .filter(([, list]) => list.length > 0)
    .map(([name, list]) => ({
      name: `two_${name}`,
      what: 'until the other device shows it, the slowest of five',
      value: Math.max(...list),
      unit: 'ms' as const,
      budget: 1000,
      note: list.map((ms) => Math.round(ms)).join(' '),
    }))
}
