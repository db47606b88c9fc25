/**
 * `npm run bundle`: `dist/heyi-VERSION-PLATFORM-ARCH.tar.gz`, which starts on a machine of the same kind with nothing but
 * Node: the build, the few packages the build leaves outside (lib/externals.mjs) with what they need, and the scripts
 * that start it. Its `bundle.json` tells lib/prepare.mjs that there is nothing to install or build.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { externals } from './lib/externals.mjs'
import { prepare } from './lib/prepare.mjs'
import { at, readJson } from './lib/root.mjs'
import { run } from './lib/run.mjs'

const copied = [
  ...['server', 'cli', 'web', 'migrations'].map((part) => `dist/${part}`),
  ...['start.mjs', 'heyi.mjs', 'lib'].map((name) => `scripts/${name}`),
  ...['README.md', 'README.zh-CN.md', 'LICENSE', 'NOTICE', 'CHANGELOG.md'],
]

const starter = `#!/bin/sh
# ./heyi start [--lan]   starts Heyi;   ./heyi COMMAND …   is its command line
here=$(cd "$(dirname "$0")" && pwd)
if [ "$1" = start ]; then shift; exec node --initial-heap-size=128 "$here/scripts/start.mjs" "$@"; fi
exec node "$here/scripts/heyi.mjs" "$@"
`

await prepare()
const { name, version, license, engines } = readJson(at('package.json'))
const { platform, arch } = process
const title = `heyi-${version}-${platform}-${arch}`
const work = mkdtempSync(join(tmpdir(), 'heyi-bundle-'))
try {
  const folder = join(work, title)
  mkdirSync(folder)
  for (const path of copied) copy(path, folder)
  for (const path of packages()) copy(path, folder)
  writeJson(join(folder, 'package.json'), { name, version, private: true, license, type: 'module', engines })
  writeJson(join(folder, 'bundle.json'), { version, platform, arch })
  writeFileSync(join(folder, 'heyi'), starter)
  chmodSync(join(folder, 'heyi'), 0o755)
  const archive = at('dist', `${title}.tar.gz`)
  const { code, tail } = await run('tar', ['-czf', archive, '-C', work, title])
  if (code !== 0) throw new Error(`tar failed:\n${tail.join('\n')}`)
  console.log(`${archive} (${(statSync(archive).size / 1e6).toFixed(0)} MB)`)
} finally {
  rmSync(work, { recursive: true, force: true })
}

function copy(path, folder) {
  if (!existsSync(at(path))) throw new Error(`${path} is not there to be put into the bundle.`)
  // Symbolic links stay as they are: PostgreSQL's libraries refer to one another so.
  cpSync(at(path), join(folder, path), { recursive: true, verbatimSymlinks: true })
}

/** The installed packages that the build leaves outside, with their dependencies, as paths below the root. */
function packages() {
  const found = new Set()
  const add = (path) => {
    if (found.has(path)) return
    found.add(path)
    const { dependencies, optionalDependencies } = readJson(at(path, 'package.json'))
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = placeOf(needed, path)
      // What is optional and meant for another platform is not installed.
      if (place) add(place)
    }
  }
  externals.flatMap(installedAs).forEach(add)
  return found
}

function installedAs(pattern) {
  const scope = pattern.replace(/\/\*$/, '')
  if (scope === pattern) return [`node_modules/${pattern}`]
  if (!existsSync(at('node_modules', scope))) return []
  return readdirSync(at('node_modules', scope)).map((entry) => `node_modules/${scope}/${entry}`)
}

/** Where Node finds `needed` from the package at `path`: inside it, or in a node_modules above it. */
function placeOf(needed, path) {
  for (let folder = path; folder !== '.'; folder = dirname(folder)) {
    const place = `${folder}/node_modules/${needed}`
    if (existsSync(at(place))) return place
  }
  return existsSync(at('node_modules', needed)) ? `node_modules/${needed}` : undefined
}

function writeJson(path, value) {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`)
}
