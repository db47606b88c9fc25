import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, inject, onTestFailed } from 'vitest'
import { openBrowser, openNotifyingBrowser, type Person } from './browser.js'
import { type Program, startProgram } from './program.js'

/** The sample company in a folder of its own. */
export async function sampleFolder(): Promise<{ path: string; remove(): void }> {
  const path = mkdtempSync(join(tmpdir(), 'heyi-sample-'))
  // Not by Node: it gives every file to whoever copies, and the database runs as a user of its own under root.
  await promisify(execFile)('cp', ['-a', `${inject('sampleFolder')}/.`, path])
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

interface SampleCompany {
  browser: Browser
  program: Program
  /** False also where nobody asked. */
  notifies: boolean
}

/**
 * The sample company and a browser for all tests of a file; both are there once its tests run.
 *
 * @param options.notifies prefers a browser that can show notifications
 */
export function withSampleCompany(options: { env?: Record<string, string>; notifies?: boolean } = {}): SampleCompany {
  const held = { notifies: false } as SampleCompany
  let folder: Awaited<ReturnType<typeof sampleFolder>>
  beforeAll(async () => {
    folder = await sampleFolder()
    held.program = await startProgram(folder.path, { args: ['--demo'], env: options.env ?? {} })
    if (options.notifies) Object.assign(held, await openNotifyingBrowser())
    else held.browser = await openBrowser()
  })
  afterAll(async () => {
    await held.browser?.close()
    await held.program?.stop()
    folder?.remove()
  })
  return held
}

/** Signs in by one click as somebody of the sample company. If the test fails, its error says what was on screen. */
export async function enterAs({ page }: Person, url: string, name: string): Promise<void> {
  onTestFailed(async ({ task }) => {
    const [error] = task.result?.errors ?? []
    if (error && !page.isClosed()) error.message += await onScreen(page, name)
  })
  await page.goto(`${url}/signin`)
  await page.getByRole('button', { name: new RegExp(name) }).click()
  await page.getByText('栖岸家居全员群').first().waitFor()
}

async function onScreen(page: Page, name: string): Promise<string> {
  const text = await page
    .locator('body')
    .innerText({ timeout: 2_000 })
    .catch(() => 'nothing that can be read')
  const focus = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120)).catch(() => '')
  const said = await page.evaluate(() => (window as { toastsSaid?: string[] }).toastsSaid?.join(' | ')).catch(() => '')
  return `\n${name} at ${page.url()}, toasts ${said || 'none'}, focus ${focus}: ${text.replace(/\s+/g, ' ').slice(0, 700)}`
}

/** The operation as the person signed in, with one input after the other. */
async function callAll<T>({ page }: Person, operation: string, inputs: unknown[]): Promise<T[]> {
  return page.evaluate(
    async ([name, bodies]) => {
      const answers: unknown[] = []
      for (const body of bodies) {
        const answer = await fetch(`/api/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'request-id': crypto.randomUUID() },
          body: JSON.stringify(body),
        })
        if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`)
        answers.push(await answer.json())
      }
      return answers
    },
    [operation, inputs] as const,
  ) as Promise<T[]>
}

/** The direct conversation of the two, open on both their screens. */
export async function meet(ann: Person, bo: Person, boName: string): Promise<string> {
  const [found] = await callAll<{ people: { id: string; name: string }[] }>(ann, 'directory.search', [
    { text: boName, limit: 10 },
  ])
  const other = found?.people.find(({ name }) => name === boName)?.id
  const [opened] = await callAll<{ conversation: { id: string } }>(ann, 'messaging.openDirect', [{ with: other }])
  if (!opened) throw new Error(`no conversation with ${boName}`)
  const { conversation } = opened
  for (const { page } of [ann, bo]) {
    await follow(page, `/chat/${conversation.id}`)
    await page.getByRole('log', { name: /^(消息记录|Messages)$/ }).waitFor()
  }
  return conversation.id
}

/** As a link in the client does: it is not loaded again, unless another chat is open, whose messages could be taken for these. */
async function follow(page: Page, path: string): Promise<void> {
  const { href, pathname } = new URL(path, page.url())
  if (/^\/chat\/./.test(new URL(page.url()).pathname)) return void (await page.goto(href))
  await page.evaluate((to) => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: null }))
  }, pathname)
}
