/**
 * Finds a Chromium for the journeys: `HEYI_CHROMIUM`, else one in the PATH, else the one inside the npm package
 * @sparticuz/chromium, unpacked once into a cache. In the PATH the one without windows is taken first: it draws alike and
 * starts no windows, tabs and menus of its own; only it shows no notifications.
 */
import { execFile, spawn } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { access, chmod, constants, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createBrotliDecompress } from 'node:zlib'

const windowless = ['chromium-headless-shell', 'chrome-headless-shell']
const whole = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking']

export interface Chromium {
  executablePath: string
  args: string[]
  /** Where it is from, for a person to read. */
  from: string
  /** Whether it can show notifications. */
  notifies: boolean
}

/**
 * @param notifies whether one that can show notifications is preferred
 * @throws Error with one sentence for a person when there is none
 */
export async function findChromium(notifies = false): Promise<Chromium> {
  const named = process.env.HEYI_CHROMIUM
  if (named) {
    if (!(await isExecutable(named))) throw new Error(`HEYI_CHROMIUM names ${named}, which is not a program`)
    return { executablePath: named, args, from: 'HEYI_CHROMIUM', notifies: !named.includes('headless') }
  }
  const kinds = [
    { names: windowless, notifies: false },
    { names: whole, notifies: true },
  ]
  for (const kind of notifies ? kinds.reverse() : kinds) {
    const executablePath = await inPath(kind.names)
    if (executablePath) return { executablePath, args, from: "the system's", notifies: kind.notifies }
  }
  return fromPackage()
}

async function inPath(names: string[]): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter).filter(Boolean))
    for (const name of names) if (await isExecutable(join(folder, name))) return join(folder, name)
  return undefined
}

const isExecutable = (path: string) => can(path, constants.X_OK)

async function can(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  )
}

async function fromPackage(): Promise<Chromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('no Chromium in the PATH, and the one from npm is for Linux on x64: set HEYI_CHROMIUM')
  }
  // Its main file is build/cjs/index.cjs; the package does not export its package.json.
  const folder = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', '..')
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }
  const unpacked = await unpackOnce(join(folder, 'bin'), version)
  return {
    executablePath: join(unpacked, 'start'),
    args,
    from: `@sparticuz/chromium ${version} from npm`,
    notifies: false,
  }
}

/** Unpacked beside and renamed, so that an interrupted or a second run never meets half of it. */
async function unpackOnce(bin: string, version: string): Promise<string> {
  const cache = join(await cacheFolder(), `chromium-${version}`)
  if (existsSync(cache)) return cache
  const making = `${cache}-${process.pid}`
  await mkdir(making, { recursive: true })
  await pipeline(
    createReadStream(join(bin, 'chromium.br')),
    createBrotliDecompress(),
    createWriteStream(join(making, 'chromium')),
  )
  await chmod(join(making, 'chromium'), 0o755)
  await unpackTar(join(bin, 'al2023.tar.br'), making)
  await unpackTar(join(bin, 'fonts.tar.br'), join(making, 'fonts'))
  await unpackTar(join(bin, 'swiftshader.tar.br'), making)
  // The package's own fonts.conf names /tmp/fonts.
  const fonts = `<fontconfig><dir>${cache}/fonts</dir><cachedir>${cache}/fonts/cache</cachedir></fontconfig>\n`
  await writeFile(join(making, 'fonts', 'fonts.conf'), fonts)
  await writeFile(join(making, 'start'), await startScript(join(making, 'chromium')), { mode: 0o755 })
  await rename(making, cache).catch(async (error: unknown) => {
    await rm(making, { recursive: true, force: true })
    if (!existsSync(cache)) throw error
  })
  return cache
}

/** In node_modules, where `npm ci` cleans it up; a clone of somebody else's is read only, so then a folder of ours. */
async function cacheFolder(): Promise<string> {
  const modules = join(import.meta.dirname, '..', 'node_modules')
  const writable = await can(modules, constants.W_OK)
  const ours = writable ? join(modules, '.cache', 'heyi') : join(tmpdir(), `heyi-${userInfo().uid}`)
  await mkdir(ours, { recursive: true, mode: 0o700 })
  return ours
}

async function unpackTar(archive: string, into: string): Promise<void> {
  await mkdir(into, { recursive: true })
  const tar = spawn('tar', ['-xf', '-', '-C', into], { stdio: ['pipe', 'ignore', 'inherit'] })
  const ended = new Promise<number | null>((resolve, reject) => tar.once('error', reject).once('close', resolve))
  // tar hangs up at the mark of the end, before the padding behind it: that the pipe broke then means nothing.
  const fed = pipeline(createReadStream(archive), createBrotliDecompress(), tar.stdin).catch(() => undefined)
  if ((await ended) !== 0) throw new Error(`tar could not unpack ${archive}`)
  await fed
}

/** A bare machine has neither NSS nor any font: then the package's own stand in. */
async function startScript(chromium: string): Promise<string> {
  const runsAlone = await promisify(execFile)(chromium, ['--version']).then(
    () => true,
    () => false,
  )
  return [
    '#!/bin/sh',
    'here=$(dirname "$0")',
    runsAlone ? '' : 'export LD_LIBRARY_PATH="$here/lib"',
    '[ -d /usr/share/fonts ] || export FONTCONFIG_FILE="$here/fonts/fonts.conf"',
    'exec "$here/chromium" "$@"',
    '',
  ].join('\n')
}
