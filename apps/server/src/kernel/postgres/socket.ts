import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readlinkSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { canRead, giveTo, type Owner } from './owner.js'
import { codeOf } from './processes.js'

/** Where the server listens: the folder of its unix socket, or the loopback address on Windows. */
export interface Address {
  host: string
  port: number
}

/** The number in the socket's file name; it takes no port of the machine. */
const socketPort = 5432

/** `sockaddr_un` holds 108 bytes on Linux and 104 on macOS, with the closing zero. */
const longestSocketPath = 100

/**
 * A private place to listen at: `<dataDir>/run`, or if that path is too long for a socket a temporary folder to which
 * `<dataDir>/run` links, so that the next start finds and reuses it after a crash.
 */
export async function prepareAddress(dataDir: string, owner: Owner | undefined): Promise<Address> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await freePort() }
  const run = join(dataDir, 'run')
  const host = fits(run) ? realFolder(run, owner) : linkedFolder(run, owner)
  return { host, port: socketPort }
}

/** Removes what a server that is gone has left, so that its lock file cannot bar the next one. */
export function clearSocket({ host }: Address): void {
  if (process.platform === 'win32') return
  for (const name of [`.s.PGSQL.${socketPort}`, `.s.PGSQL.${socketPort}.lock`])
    rmSync(join(host, name), { force: true })
}

/** Removes the temporary folder, if it is one. */
export function releaseAddress(dataDir: string, { host }: Address): void {
  const run = join(dataDir, 'run')
  if (process.platform === 'win32' || host === run) return
  rmSync(run, { force: true })
  rmSync(host, { recursive: true, force: true })
}

function realFolder(run: string, owner: Owner | undefined): string {
  // A link is left when the data folder once had a longer path.
  if (kindOf(run) === 'link') rmSync(run)
  mkdirSync(run, { recursive: true })
  chmodSync(run, 0o700)
  if (owner) giveTo(owner, run)
  return run
}

function linkedFolder(run: string, owner: Owner | undefined): string {
  if (kindOf(run) === 'link') {
    const target = readlinkSync(run)
    if (fits(target) && isPrivateFolder(target, owner)) return target
  }
  rmSync(run, { recursive: true, force: true })
  const parent = [tmpdir(), '/tmp']
    .map(realFolderOf)
    .find((t) => t && fits(join(t, 'heyi-XXXXXX')) && (!owner || canRead(owner, t)))
  if (!parent) {
    throw new Error(
      `The path ${run} is too long for a socket, and ${tmpdir()} is not open to the database: set HEYI_DATA to a shorter path.`,
    )
  }
  const folder = mkdtempSync(join(parent, 'heyi-'))
  if (owner) giveTo(owner, folder)
  symlinkSync(folder, run)
  return folder
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${socketPort}`)) <= longestSocketPath
}

/** Whether it is a folder that we made: anyone may put a folder of any name into /tmp. */
function isPrivateFolder(path: string, owner: Owner | undefined): boolean {
  if (!basename(path).startsWith('heyi-') || kindOf(path) !== 'folder') return false
  const { uid, mode } = lstatSync(path)
  return uid === (owner?.uid ?? process.geteuid?.()) && (mode & 0o077) === 0
}

function kindOf(path: string): 'link' | 'folder' | 'other' | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  return stat && (stat.isSymbolicLink() ? 'link' : stat.isDirectory() ? 'folder' : 'other')
}

function realFolderOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (!address || typeof address === 'string') throw new Error('The system named no free port.')
  return address.port
}
