/**
 * `node scripts/make-backup-fixture.mjs [--force]`: backs the sample company up into
 * `apps/server/test/backups/VERSION.heyi`, which every later version must be able to restore. Made once a version, when
 * its schema is settled, and committed.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { prepare } from './lib/prepare.mjs'
import { at, readJson } from './lib/root.mjs'

const mostBytes = 2 * 1024 * 1024
const folder = at('apps', 'server', 'test', 'backups')
const file = join(folder, `${readJson(at('package.json')).version}.heyi`)

if (existsSync(file) && !process.argv.includes('--force')) {
  console.error(`${file} is there already; --force makes it anew.`)
  process.exit(1)
}
await prepare()
const dataDir = mkdtempSync(join(tmpdir(), 'heyi-fixture-'))
try {
  process.env.HEYI_DATA = dataDir
  delete process.env.DATABASE_URL
  const { operate } = await import(pathToFileURL(at('dist', 'server', 'main.mjs')).href)
  const quiet = () => undefined
  await operate('demo', {}, quiet)
  mkdirSync(folder, { recursive: true })
  console.log((await operate('backup', { file }, quiet)).text)
  if (statSync(file).size > mostBytes) throw new Error('The backup is over 2 MB: too large to be committed.')
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
