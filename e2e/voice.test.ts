import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPerson, type Person } from './browser.js'
import { logOf as log } from './composer.js'
import { type Program, startProgram } from './program.js'
import { enterAs, meet } from './sample.js'

/** Voices, recorded from the microphone that Chromium plays: it beeps once a second. */

const dataDir = mkdtempSync(join(tmpdir(), 'heyi-voice-'))
let browser: Browser
let program: Program

/** An engine that writes voices down, as an operator runs one; how often it was asked, and for how many bytes. */
const heard: number[] = []
const engine = createServer(async (request, response) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const headers = { 'content-type': String(request.headers['content-type']) }
  const form = await new Response(Buffer.concat(parts), { headers }).formData()
  heard.push((form.get('file') as File).size)
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ text: '样板下午三点送到展厅' }))
})

beforeAll(async () => {
  await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve))
  const { port } = engine.address() as AddressInfo
  browser = await openBrowser(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'])
  program = await startProgram(dataDir, {
    args: ['--demo'],
    env: { HEYI_TRANSCRIBE_URL: `http://127.0.0.1:${port}/v1/audio/transcriptions` },
  })
})
afterAll(async () => {
  await browser.close()
  await program.stop()
  engine.closeAllConnections()
  engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const voices = (person: Person) => log(person).getByRole('button', { name: /^播放语音/ })
const dots = (person: Person) => log(person).getByRole('img', { name: '未播放' })

test('voices are recorded, sent, played one after the other, and known as played on another device', async () => {
  const ann = await openPerson(browser)
  const bo = await openPerson(browser)
  const phone = await openPerson(browser, { width: 390, height: 844, phone: true })
  await enterAs(ann, program.url, '林知夏')
  await enterAs(bo, program.url, '陈屿')
  const conversation = await meet(ann, bo, '陈屿')
  await ann.context.grantPermissions(['microphone'], { origin: program.url })

  const record = async (ms: number) => {
    await ann.page.getByRole('button', { name: '语音消息' }).click()
    const timer = ann.page.getByRole('timer')
    await expect.poll(() => timer.textContent(), { timeout: 10_000 }).toBe(`0:0${ms / 1000}`)
    await ann.page.getByRole('button', { name: '发送语音' }).click()
    await timer.waitFor({ state: 'detached' })
  }
  await record(2000)
  await voices(bo).first().waitFor()
  // Cancelled, nothing is sent.
  await ann.page.getByRole('button', { name: '语音消息' }).click()
  await ann.page.getByRole('button', { name: '取消录音' }).click()
  await record(1000)
  await expect.poll(() => voices(bo).count(), { timeout: 10_000 }).toBe(2)
  await expect.poll(() => dots(bo).count()).toBe(2)
  const bars = await log(bo)
    .locator('svg rect')
    .evaluateAll((all) => all.map((bar) => Number(bar.getAttribute('height'))))
  expect(Math.max(...bars)).toBeGreaterThan(20)

  // The second follows the first by itself.
  await voices(bo).first().press('Enter')
  await log(bo).getByRole('button', { name: '播放速度 1 倍' }).press('Enter')
  await log(bo)
    .getByRole('button', { name: /播放速度 1.5 倍/ })
    .waitFor()
  await expect.poll(() => dots(bo).count(), { timeout: 15_000 }).toBe(0)
  // Another device of the same person knows.
  await enterAs(phone, program.url, '陈屿')
  await phone.page.goto(`${program.url}/chat/${conversation}`)
  await expect.poll(() => voices(phone).count(), { timeout: 10_000 }).toBe(2)
  expect(await dots(phone).count()).toBe(0)

  // On the phone it is held: up cancels, letting go sends.
  await phone.context.grantPermissions(['microphone'], { origin: program.url })
  const hold = async (up: number) => {
    const box = await phone.page.getByRole('button', { name: '语音消息' }).boundingBox()
    const [x, y] = [(box?.x ?? 0) + 20, (box?.y ?? 0) + 20]
    const session = await phone.context.newCDPSession(phone.page)
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] })
    await phone.page.getByText('松开发送，上滑取消').waitFor()
    await expect.poll(() => phone.page.getByRole('timer').textContent(), { timeout: 10_000 }).toBe('0:01')
    if (up > 0) {
      await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y: y - up }] })
      await phone.page.getByText('松开取消').waitFor()
    }
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await phone.page.getByRole('timer').waitFor({ state: 'detached' })
    await session.detach()
  }
  await hold(300)
  await hold(0)
  await expect.poll(() => voices(phone).count(), { timeout: 10_000 }).toBe(3)
  await expect.poll(() => voices(ann).count(), { timeout: 10_000 }).toBe(3)
  expect([...ann.complaints, ...bo.complaints, ...phone.complaints]).toEqual([])
  for (const { context } of [ann, bo, phone]) await context.close()
})

test('a voice is written down for whoever asks, once for all who may read it', async () => {
  const ann = await openPerson(browser)
  const bo = await openPerson(browser, { width: 390, height: 844 })
  await enterAs(ann, program.url, '林知夏')
  await enterAs(bo, program.url, '顾南乔')
  await meet(ann, bo, '顾南乔')
  await ann.context.grantPermissions(['microphone'], { origin: program.url })
  await ann.page.getByRole('button', { name: '语音消息' }).click()
  await expect.poll(() => ann.page.getByRole('timer').textContent(), { timeout: 10_000 }).toBe('0:01')
  await ann.page.getByRole('button', { name: '发送语音' }).click()
  const before = heard.length
  for (const person of [bo, ann]) {
    await voices(person).first().waitFor()
    const row = log(person)
      .getByRole('article')
      .filter({ has: person.page.getByRole('button', { name: /^播放语音/ }) })
    await row.first().press('ContextMenu')
    await person.page.getByRole('menuitem', { name: '转文字', exact: true }).press('Enter')
    await log(person).getByRole('note', { name: '语音文字' }).getByText('样板下午三点送到展厅').waitFor()
  }
  expect(heard.length - before).toBe(1)
  expect(heard.at(-1)).toBeGreaterThan(1_000)
  for (const { context, complaints } of [ann, bo]) {
    await context.close()
    expect(complaints).toEqual([])
  }
})
