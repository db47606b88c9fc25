/**
 * Makes a clone ready to run: installs when the lockfile changed, builds when the sources changed, else does nothing
 * and costs some 50 ms. Needs only Node and npm, for it runs before anything is installed. Everything it prints goes to
 * stderr, so that the output of a command stays clean.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { withLock } from './lock.mjs'
import { at, bundleMark, readJson } from './root.mjs'
import { duration, run } from './run.mjs'
import { installHash, sourceHash } from './sources.mjs'

const oldestNode = [20, 19]
const installStamp = at('node_modules', '.heyi-install')
const buildStamp = at('dist', '.stamp')
const shownLines = 20
const heartbeatMs = 5_000

const say = (line) => process.stderr.write(`${line}\n`)

/**
 * Ends the process with one sentence when it cannot be done.
 *
 * @param options.build false: install only; 'always': build even if nothing changed
 */
export async function prepare({ build = true } = {}) {
  try {
    requireNode()
    const bundle = bundleMark()
    if (bundle) return requireSameMachine(bundle)
    if (!mustInstall() && !mustBuild(build)) return
    const onWait = () => say('Another start is preparing this folder; waiting for it.')
    await withLock(at('.heyi-build', 'lock'), onWait, async () => {
      if (mustInstall()) await install()
      if (mustBuild(build)) await buildAll()
    })
  } catch (error) {
    say(sentenceFor(error))
    process.exit(1)
  }
}

class Refusal extends Error {}

function sentenceFor(error) {
  if (error instanceof Refusal) return error.message
  if (error.code === 'EACCES' || error.code === 'EROFS') {
    return `Heyi must install or build first, and this user may not write ${error.path}.`
  }
  return error.stack ?? String(error)
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  throw new Refusal(
    `Heyi needs Node ${oldestNode.join('.')} or later (22 or 24 recommended); this is Node ${process.versions.node}.`,
  )
}

function requireSameMachine({ platform, arch }) {
  if (platform === process.platform && arch === process.arch) return
  throw new Refusal(`This bundle is for ${platform}-${arch}; this machine is ${process.platform}-${process.arch}.`)
}

const stampIs = (path, hash) => existsSync(path) && readFileSync(path, 'utf8').trim() === hash

function mustInstall() {
  const hash = installHash()
  if (stampIs(installStamp, hash)) return false
  if (!installedMatchesLock()) return true
  writeStamp(installStamp, hash)
  return false
}

/** True after somebody's own `npm ci` or `npm install`: npm's note of what it installed says the same as the lockfile. */
function installedMatchesLock() {
  const note = at('node_modules', '.package-lock.json')
  if (!existsSync(note) || !existsSync(at('package-lock.json'))) return false
  const installed = readJson(note).packages
  const wanted = Object.entries(readJson(at('package-lock.json')).packages)
  return wanted.every(([path, entry]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return true
    if (!installed[path]) return Boolean(entry.optional || entry.peer)
    return installed[path].version === entry.version && installed[path].integrity === entry.integrity
  })
}

function mustBuild(build) {
  if (!build) return false
  return build === 'always' || !stampIs(buildStamp, sourceHash())
}

function writeStamp(path, hash) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${hash}\n`)
}

async function install() {
  const hash = installHash()
  const total = Object.keys(readJson(at('package-lock.json')).packages).length
  say(`Installing (npm ci, up to ${total} packages) …`)
  let fetched = 0
  const startedMs = Date.now()
  const beat = setInterval(
    () => say(`  still installing after ${duration(Date.now() - startedMs)}, ${fetched} packages fetched`),
    heartbeatMs,
  )
  // --include=dev: with NODE_ENV=production npm would leave out what builds. --loglevel=http: a line for each fetch.
  const [command, args] = npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=http'])
  const result = await run(command, args, {
    onLine: (line) => {
      if (/ http (fetch GET 200|cache) .*\.tgz/.test(line)) fetched++
    },
  }).finally(() => clearInterval(beat))
  refuseIfFailed(result, 'npm ci', 'Check that the npm registry can be reached (npm ping), then start again.')
  writeStamp(installStamp, hash)
  say(`  installed in ${duration(result.ms)}`)
}

async function buildAll() {
  say('Building …')
  // A process of its own, so that the memory of the build tools is gone when the server runs.
  const result = await run(process.execPath, [at('scripts', 'build.mjs'), '--prepared'], {
    onLine: (line) => say(`  ${line}`),
  })
  refuseIfFailed(result, undefined, 'The build failed; the lines above say where.')
  say(`  built in ${duration(result.ms)}`)
}

/** The npm that started us, else the one in the PATH; on Windows that is a script and needs a shell. */
function npm(args) {
  const script = process.env.npm_execpath
  if (script && basename(script) === 'npm-cli.js') return [process.execPath, [script, ...args]]
  return process.platform === 'win32' ? ['cmd', ['/c', 'npm', ...args]] : ['npm', args]
}

function refuseIfFailed({ code, stoppedBy, tail }, what, advice) {
  if (stoppedBy) throw new Refusal(`Stopped by ${stoppedBy}.`)
  if (code === 0) return
  // npm puts the reason first and its usage last: without the usage the last lines say what happened.
  const usage = tail.findIndex((line) => /^npm error (Clean install a project|Usage:)/.test(line))
  const output = tail.slice(0, usage < 0 ? undefined : usage).filter((line) => !/ http (fetch|cache) /.test(line))
  throw new Refusal([...(what ? [`${what} failed:`, ...output.slice(-shownLines)] : []), advice].join('\n'))
}
