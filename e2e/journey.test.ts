import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
import { openBrowser } from './browser.js'
import { coreJourney } from './core-journey.js'
import { startProgram } from './program.js'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** A port that was free a moment ago: the program must come back on the same after a crash. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

test('an empty folder becomes a company of two who chat, and kill -9 loses nothing', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'heyi-journey-'))
  const port = await freePort()
  try {
    await coreJourney(browser, () => startProgram(dataDir, { env: { HEYI_PORT: String(port) } }))
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})
