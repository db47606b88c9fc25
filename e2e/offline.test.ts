import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPerson, type Person } from './browser.js'
import { composerOf, logOf, say } from './composer.js'
import { invite, join, setUp, talk } from './core-journey.js'
import { type Program, startProgram } from './program.js'

/** The program on a device without a network, and on a device whose server has a newer one. */

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(joinPath(tmpdir(), 'heyi-offline-'))
const installed = joinPath(folder, 'program')
let browser: Browser
let port: number
let program: Program
let ann: Person
let bo: Person

beforeAll(async () => {
  layOut()
  port = await freePort()
  browser = await openBrowser()
  program = await start()
  ann = await openPerson(browser)
  bo = await openPerson(browser)
  await setUp(ann, program)
  await join(bo, await invite(ann))
  await talk(ann, bo)
})
afterAll(async () => {
  await browser.close()
  await program.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The build in a folder of its own, as a bundle has it, so that a newer one can take its place. */
function layOut(): void {
  for (const part of ['dist', 'scripts']) cpSync(joinPath(root, part), joinPath(installed, part), { recursive: true })
  cpSync(joinPath(root, 'package.json'), joinPath(installed, 'package.json'))
  symlinkSync(joinPath(root, 'node_modules'), joinPath(installed, 'node_modules'), 'dir')
  const { platform, arch } = process
  writeFileSync(joinPath(installed, 'bundle.json'), JSON.stringify({ version: '0.1.0', platform, arch }))
}

const start = () => startProgram(joinPath(folder, 'data'), { folder: installed, env: { HEYI_PORT: String(port) } })

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** The service worker is in charge of this page and holds what it promises. */
const kept = ({ page }: Person) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
    const [name = ''] = await caches.keys()
    const paths = (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)
    return paths
  })

/** What this person has said, in order. */
const saidBy = (person: Person, pattern: RegExp) =>
  logOf(person)
    .getByRole('article')
    .allInnerTexts()
    .then((texts) => texts.flatMap((text) => pattern.exec(text)?.[0] ?? []))

/** Presses the button that tries again, unless the program has tried by itself meanwhile. */
const retry = async ({ page }: Person) => {
  const button = page.getByRole('button', { name: '重试' })
  if (await button.isVisible()) await button.click({ timeout: 2_000 }).catch(() => undefined)
}

const offlineBar = ({ page }: Person) => page.getByText('网络断开了，消息会在恢复后自动发出')

test('without a network a reload shows what the device holds, and what is written goes out once on return, in order', async () => {
  const { page } = bo
  const paths = await kept(bo)
  expect(paths).toContain('/')
  expect(paths.filter((path) => !/^\/($|assets\/|icons\/|icon\.svg$|manifest\.webmanifest$)/.test(path))).toEqual([])

  await program.stop()
  await bo.context.setOffline(true)
  await page.reload()
  await logOf(bo).getByText('崩溃之前的最后一句').waitFor()
  await page.getByRole('list', { name: '会话列表' }).getByText('林知夏').first().waitFor()
  await offlineBar(bo).waitFor()

  for (const text of ['离线一', '离线二', '离线三']) {
    await composerOf(bo).fill(text)
    await composerOf(bo).press('Enter')
    await logOf(bo).getByText(text).waitFor()
  }
  // Closed and opened again before the network is back: nothing of it was only in memory.
  await page.reload()
  await logOf(bo).getByText('离线三').waitFor()

  const address = page.url()
  await bo.context.setOffline(false)
  await page.goto('about:blank')

  program = await start()
  await retry(ann)
  await say(ann, '你不在的时候')
  await say(ann, '又说了一句')
  await program.stop()

  // Opened while the server is away; it comes back under the open page.
  await page.goto(address)
  await logOf(bo).getByText('离线三').waitFor()
  expect(await logOf(bo).getByText('又说了一句').count()).toBe(0)
  await offlineBar(bo).waitFor()
  const caughtUp = page.getByText('已恢复连接，补收 2 条消息').waitFor()
  program = await start()
  await retry(bo)
  await caughtUp
  await logOf(bo).getByText('又说了一句').waitFor()
  expect(await offlineBar(bo).count()).toBe(0)
  await logOf(ann).getByText('离线三').waitFor()
  expect(await saidBy(ann, /离线[一二三]/)).toEqual(['离线一', '离线二', '离线三'])
  await expect.poll(() => saidBy(bo, /离线[一二三]/)).toEqual(['离线一', '离线二', '离线三'])
  await page.reload()
  await logOf(bo).getByText('又说了一句').waitFor()
  expect(await saidBy(bo, /离线[一二三]/)).toEqual(['离线一', '离线二', '离线三'])
})

test('the files of the program are served as what they are, and asked for again only where they may change', async () => {
  const get = async (path: string) => {
    const answer = await fetch(program.url + path)
    await answer.arrayBuffer()
    return {
      status: answer.status,
      type: answer.headers.get('content-type'),
      cache: answer.headers.get('cache-control'),
    }
  }
  const paths = await kept(bo)
  const script = paths.find((path) => /^\/assets\/index-.*\.js$/.test(path)) ?? ''
  expect(await get('/service-worker.js')).toEqual({
    status: 200,
    type: expect.stringMatching(/javascript/),
    cache: 'no-cache',
  })
  expect(await get('/manifest.webmanifest')).toEqual({
    status: 200,
    type: expect.stringMatching(/manifest\+json/),
    cache: 'no-cache',
  })
  expect(await get(script)).toEqual({
    status: 200,
    type: expect.stringMatching(/javascript/),
    cache: 'public, max-age=31536000, immutable',
  })
  expect(await get('/icons/maskable-512.png')).toMatchObject({ status: 200, type: 'image/png' })
  expect(await get('/chat')).toEqual({ status: 200, type: expect.stringMatching(/^text\/html/), cache: 'no-cache' })
  // A part of an older version is missing, not the page in its place.
  expect((await get('/assets/gone-00000000.js')).status).toBe(404)
  const compressed = await fetch(program.url + script, { headers: { 'accept-encoding': 'gzip' } })
  expect(compressed.headers.get('content-encoding')).toBe('gzip')
})

test('a new version is offered and taken only when somebody says so', async () => {
  const { page } = bo
  const marks = () => page.locator('meta[name=heyi-test]').count()
  await program.stop()
  await makeNewer()
  program = await start()
  const offer = page.getByRole('complementary', { name: '新版本' })
  // The page that is open goes on with the version it has, and so does a reload, until the button is pressed.
  await page.reload()
  await offer.getByText('新版本已就绪').waitFor()
  expect(await marks()).toBe(0)
  await say(bo, '先不更新')
  await offer.getByRole('button', { name: '更新' }).click()
  await expect.poll(marks).toBe(1)
  await logOf(bo).getByText('先不更新').waitFor()
  expect(await offer.count()).toBe(0)
  for (const { complaints, strays } of [ann, bo]) {
    expect(complaints).toEqual([])
    expect(strays).toEqual([])
  }
})

/** The same sources and a mark in the page, built into the place of the web client that is served. */
async function makeNewer(): Promise<void> {
  const { build } = await import('vite')
  // Else it would be built for tests.
  process.env.NODE_ENV = 'production'
  await build({
    root: joinPath(root, 'apps', 'web'),
    logLevel: 'warn',
    plugins: [
      {
        name: 'mark',
        transformIndexHtml: () => [{ tag: 'meta', attrs: { name: 'heyi-test', content: 'newer' }, injectTo: 'head' }],
      },
    ],
    build: { outDir: joinPath(installed, 'dist', 'web'), emptyOutDir: true },
  })
}
