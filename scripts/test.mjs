/**
 * `npm test [-- [--only unit|journey|bundle-journey] [--nightly] [PATTERN …]]`: everything this machine can run. The last
 * line on stdout is `N passed, N failed, N skipped`; a check counts as one.
 *
 * HEYI_TEST_DATABASE_URL  an outside PostgreSQL for the server tests; else they start the embedded one
 * HEYI_TEST_NODE          another Node to run the tests with
 * HEYI_CHROMIUM           the Chromium for the journeys
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { prepare } from './lib/prepare.mjs'
import { at, readJson } from './lib/root.mjs'
import { duration, run } from './lib/run.mjs'

const shownFiles = 10
const shownFailures = 20

const { values, positionals: patterns } = parseArgs({
  options: { only: { type: 'string' }, nightly: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const steps = [
  { name: 'checks', title: 'Checks', work: checks },
  { name: 'unit', title: 'Unit and server tests', work: (results) => vitest('unit', results) },
  { name: 'journey', title: 'Journeys in Chromium', work: journeys },
  { name: 'bundle-journey', title: 'Core journey against a bundle', work: journeys },
]
const chosen = steps.filter(({ name }) => (values.only ? name === values.only : isDefault(name)))

/** With a pattern the rest is left out: somebody is working on one test. */
function isDefault(name) {
  return name !== 'bundle-journey' && (name !== 'checks' || patterns.length === 0)
}

if (chosen.length === 0) {
  console.error(`--only must be one of: ${steps.map(({ name }) => name).join(', ')}`)
  process.exitCode = 2
} else {
  await prepare()
  const folder = mkdtempSync(join(tmpdir(), 'heyi-test-'))
  const all = []
  for (const { name, title, work } of chosen)
    all.push(await step(title, () => work(join(folder, `${name}.json`), name)))
  rmSync(folder, { recursive: true, force: true })
  summarise(all)
}

async function step(title, work) {
  console.log(`\n== ${title}`)
  const startedMs = Date.now()
  const results = await work()
  console.log(`== ${title}: ${countsOf(results)} in ${duration(Date.now() - startedMs)}`)
  return results
}

function checks(file) {
  return resultsOf(process.execPath, [at('scripts', 'check.mjs'), '--no-tests'], file)
}

function vitest(project, file) {
  const node = process.env.HEYI_TEST_NODE ?? process.execPath
  const reporters = ['--reporter=default', `--reporter=${at('scripts', 'lib', 'reporter.mjs')}`]
  const vitestMain = at('node_modules', 'vitest', 'vitest.mjs')
  return resultsOf(node, [vitestMain, 'run', '--project', project, ...reporters, ...patterns], file)
}

async function journeys(file, project) {
  const { tsImport } = await import('tsx/esm/api')
  const { findChromium } = await tsImport('../e2e/chromium.ts', import.meta.url)
  try {
    const { executablePath, from } = await findChromium()
    console.log(`Chromium: ${executablePath} (${from})`)
  } catch (error) {
    const files = existsSync(at('e2e')) ? readdirSync(at('e2e')).filter((name) => name.endsWith('.test.ts')) : []
    const skipped = files.map((name) => ({ name: `e2e/${name}`, reason: error.message }))
    // A machine without Chromium may go without journeys; a setting that is wrong may not.
    if (process.env.HEYI_CHROMIUM) console.error(error.message)
    return { passed: 0, failed: process.env.HEYI_CHROMIUM ? 1 : 0, skipped, files: [] }
  }
  return vitest(project, file)
}

/** Runs a step that writes its results to `file`; one that ends badly without saying what failed is one failure. */
async function resultsOf(command, args, file) {
  const env = { ...process.env, HEYI_TEST_RESULTS: file, ...(values.nightly ? { HEYI_TEST_NIGHTLY: '1' } : {}) }
  const { code, stoppedBy } = await run(command, args, { show: true, env })
  if (stoppedBy) process.exit(1)
  const results = existsSync(file) ? readJson(file) : { passed: 0, failed: 0, failures: [], skipped: [], files: [] }
  if (code !== 0 && results.failed === 0) results.failed = 1
  return results
}

function summarise(all) {
  const sum = {
    passed: all.reduce((n, { passed }) => n + passed, 0),
    failed: all.reduce((n, { failed }) => n + failed, 0),
    skipped: all.flatMap(({ skipped }) => skipped),
    failures: all.flatMap(({ failures }) => failures ?? []),
    files: all.flatMap(({ files }) => files).sort((a, b) => b.ms - a.ms),
  }
  if (sum.skipped.length > 0) console.log('\nSkipped:')
  for (const { name, reason } of sum.skipped) console.log(`  ${name}: ${reason}`)
  if (sum.files.length > 0) console.log('\nSlowest files:')
  for (const { name, ms } of sum.files.slice(0, shownFiles)) console.log(`  ${duration(ms).padStart(9)}  ${name}`)
  if (sum.failures.length > 0) console.log('\nFailed:')
  for (const { name, reason } of sum.failures.slice(0, shownFailures)) console.log(`  ${name}\n    ${inset(reason)}`)
  console.log(`\n${countsOf(sum)}`)
  process.exitCode = sum.failed > 0 ? 1 : 0
}

function inset(text) {
  return text.replaceAll('\n', '\n    ')
}

function countsOf({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped.length} skipped`
}
