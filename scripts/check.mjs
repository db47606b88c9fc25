/**
 * `npm run check [-- --no-tests]`: format, lint, types, boundaries, dead code, contrast, generated docs, and the tests
 * that need no database. Two at a time, the longest first; what fails is printed whole.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { prepare } from './lib/prepare.mjs'
import { at } from './lib/root.mjs'
import { duration, run } from './lib/run.mjs'

const lanes = 2

const tool = (...path) => at('node_modules', ...path)
const script = (name) => at('scripts', name)
const folders = ['apps', 'packages', 'e2e'].filter((folder) => existsSync(at(folder)))
const types = ['--incremental', '--tsBuildInfoFile', tool('.cache', 'heyi', 'types-7.tsbuildinfo')]
const webBuild = ['build', at('apps', 'web'), '--outDir', at('.heyi-build', 'check-web'), '--logLevel', 'warn']

const checks = [
  { name: 'types', args: [tool('typescript-native', 'bin', 'tsc'), '--noEmit', ...types] },
  { name: 'tests', args: [tool('vitest', 'vitest.mjs'), 'run', '--project', 'fast', '--reporter=dot'], isTest: true },
  {
    name: 'boundaries',
    args: [tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), '--output-type=err', ...folders],
  },
  { name: 'dead code', args: [tool('knip', 'bin', 'knip.js'), '--no-progress'] },
  { name: 'docs', args: [script('docs.mjs'), '--check'], needs: script('docs.mjs') },
  { name: 'first load', args: [tool('vite', 'bin', 'vite.js'), ...webBuild], shown: true },
  { name: 'format and lint', args: [tool('@biomejs', 'biome', 'bin', 'biome'), 'ci', '--colors=off', '.'] },
  { name: 'contrast', args: [script('check-contrast.mjs')], needs: at('packages', 'ui', 'src', 'tokens.css') },
  { name: 'lockfile', args: [script('lock.mjs'), '--check'] },
]

await prepare({ build: false })
const results = { passed: 0, failed: 0, failures: [], skipped: [], files: [] }
const queue = checks.filter(({ isTest }) => !isTest || !process.argv.includes('--no-tests'))
await Promise.all(Array.from({ length: lanes }, lane))
if (process.env.HEYI_TEST_RESULTS) writeFileSync(process.env.HEYI_TEST_RESULTS, JSON.stringify(results))
process.exitCode = results.failed > 0 ? 1 : 0

async function lane() {
  for (let check = queue.shift(); check; check = queue.shift()) await one(check)
}

async function one({ name, args, needs, shown }) {
  if (needs && !existsSync(needs)) {
    results.skipped.push({ name, reason: `${needs} is not there` })
    console.log(`  skipped  ${name}: ${needs} is not there`)
    return
  }
  const { code, stoppedBy, tail, ms } = await run(process.execPath, args)
  if (stoppedBy) process.exit(1)
  if (code === 0) results.passed++
  else {
    results.failed++
    results.failures.push({ name, reason: tail.slice(-3).join('\n') })
  }
  console.log(
    `  ${code === 0 ? 'ok     ' : 'FAILED '}  ${name} (${duration(ms)})${shown && code === 0 ? `: ${tail.at(-1)}` : ''}`,
  )
  if (code !== 0) console.log(tail.map((line) => `    ${line}`).join('\n'))
}
