import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { openBrowser, type Person } from './browser.js'
import { type Program, startProgram } from './program.js'

/** The sample company and a browser for all tests of a file; both are there once its tests run. */
export function withSampleCompany(env: Record<string, string> = {}): { browser: Browser; program: Program } {
  const held = {} as { browser: Browser; program: Program }
  const dataDir = mkdtempSync(join(tmpdir(), 'heyi-sample-'))
  beforeAll(async () => {
    held.browser = await openBrowser()
    held.program = await startProgram(dataDir, { args: ['--demo'], env })
  })
  afterAll(async () => {
    await held.browser.close()
    await held.program.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return held
}

/** Signs in by one click as somebody of the sample company. */
export async function enterAs({ page }: Person, url: string, name: string): Promise<void> {
  await page.goto(`${url}/signin`)
  await page.getByRole('button', { name: new RegExp(name) }).click()
  await page.getByText('栖岸家居全员群').first().waitFor()
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
    await page.goto(new URL(`/chat/${conversation.id}`, page.url()).href)
    await page.getByRole('log', { name: /^(消息记录|Messages)$/ }).waitFor()
  }
  return conversation.id
}
