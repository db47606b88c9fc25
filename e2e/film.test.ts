import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPerson, type Person } from './browser.js'
import { attach, logOf as log } from './composer.js'
import { type Program, startProgram } from './program.js'
import { enterAs, meet } from './sample.js'

/** Films, from the camera that Chromium plays: a disc that turns and counts. */

const dataDir = mkdtempSync(join(tmpdir(), 'heyi-film-'))
let browser: Browser
let program: Program

beforeAll(async () => {
  browser = await openBrowser(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'])
  program = await startProgram(dataDir, { args: ['--demo'] })
})
afterAll(async () => {
  await browser.close()
  await program.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const films = (person: Person) => log(person).getByRole('button', { name: /^播放 / })

/** Presses play of a film, once its length is known, and waits until it moves; its size and length as the player has them. */
async function play(person: Person, nth: number): Promise<{ width: number; seconds: number }> {
  const box = log(person).locator('video').nth(nth).locator('..')
  const button = box.getByRole('button', { name: /^播放 .+，\d+:\d\d$/ })
  await button.waitFor()
  await button.press('Enter')
  const film = box.locator('video[controls]')
  await film.waitFor()
  await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(0.2)
  return film.evaluate(({ videoWidth, duration }: HTMLVideoElement) => ({ width: videoWidth, seconds: duration }))
}

test('a clip is filmed, looked at, sent and played by a colleague; from a file it plays as well', async () => {
  const ann = await openPerson(browser)
  const bo = await openPerson(browser, { width: 390, height: 844, phone: true })
  await enterAs(ann, program.url, '林知夏')
  await enterAs(bo, program.url, '陈屿')
  await meet(ann, bo, '陈屿')
  const dialogOf = ({ page }: Person) => page.getByRole('dialog', { name: '拍一段视频' })
  const film = async (person: Person, menu: string, seconds: number) => {
    await person.context.grantPermissions(['camera', 'microphone'], { origin: program.url })
    await person.page.getByRole('button', { name: menu, exact: true }).press('Enter')
    await person.page.getByRole('menuitem', { name: '拍一段视频', exact: true }).press('Enter')
    const dialog = dialogOf(person)
    await dialog.getByRole('button', { name: '开始录制' }).click()
    const timer = dialog.getByRole('timer')
    await expect.poll(async () => (await timer.textContent()) ?? '', { timeout: 30_000 }).toBe(`0:0${seconds}`)
    await dialog.getByRole('button', { name: '停止' }).click()
    await dialog.getByLabel('待发送的视频').waitFor()
    return dialog
  }

  // What was filmed first is not sent; the second is.
  const first = await film(ann, '添加投票、名片等', 1)
  await first.getByRole('button', { name: '重新拍' }).click()
  await first.getByLabel('摄像头画面').waitFor()
  await ann.page.keyboard.press('Escape')
  await first.waitFor({ state: 'detached' })
  const second = await film(ann, '添加投票、名片等', 2)
  const shown = second.getByLabel('待发送的视频')
  await expect.poll(() => shown.evaluate((video: HTMLVideoElement) => video.videoWidth)).toBeGreaterThan(0)
  await second.getByRole('button', { name: '发送视频' }).click()
  await second.waitFor({ state: 'detached' })
  await films(bo).first().waitFor()
  expect(await films(bo).count()).toBe(1)
  // Its picture and its length are there before it is played.
  await log(bo)
    .getByText(/^0:0[2-9]$/)
    .waitFor()
  const still = log(bo).locator('video').last()
  await expect.poll(() => still.evaluate(({ videoWidth }: HTMLVideoElement) => videoWidth)).toBeGreaterThan(0)
  const played = await play(bo, 0)
  expect(played.width).toBeGreaterThan(100)
  expect(played.seconds).toBeGreaterThan(1.5)
  expect(played.seconds).toBeLessThan(20)

  // On the phone too.
  const third = await film(bo, '更多', 1)
  await third.getByRole('button', { name: '发送视频' }).click()
  await expect.poll(() => log(ann).locator('video').count(), { timeout: 30_000 }).toBe(2)
  await play(ann, 1)

  // A film that lay on the device.
  const bytes = await log(bo)
    .locator('video')
    .first()
    .evaluate(async (video: HTMLVideoElement) => [
      ...new Uint8Array(await (await fetch(video.src.replace(/#.*/, ''))).arrayBuffer()),
    ])
  await attach(ann, '发送文件', { name: '展厅一圈.webm', mimeType: 'video/webm', buffer: Buffer.from(bytes) })
  await log(bo)
    .getByRole('button', { name: /^播放 展厅一圈.webm/ })
    .waitFor()
  await play(bo, 2)
  for (const { context, complaints } of [ann, bo]) {
    await context.close()
    expect(complaints).toEqual([])
  }
})
