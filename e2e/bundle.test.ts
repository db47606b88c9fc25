import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'vitest'
import { openBrowser } from './browser.js'
import { coreJourney } from './core-journey.js'
import { startProgram } from './program.js'

/** The unpacked bundle, named by HEYI_BUNDLE_DIR, goes through the core journey; CI does it where only loopback exists. */
test('the bundle makes a company of two who chat', async (ctx) => {
  const folder = process.env.HEYI_BUNDLE_DIR
  if (!folder) return ctx.skip('HEYI_BUNDLE_DIR names no unpacked bundle')
  const dataDir = mkdtempSync(join(tmpdir(), 'heyi-bundle-'))
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  const port = typeof address === 'object' && address ? address.port : 7300
  const browser = await openBrowser()
  try {
    await coreJourney(browser, () => startProgram(dataDir, { folder, env: { HEYI_PORT: String(port) } }))
  } finally {
    await browser.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
