import { createHash, randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, isRunning, processBirth } from './processes.js'

/** The right to use a data folder, until it is released. */
export interface DataFolderLock extends Disposable {
  /** The data folder, absolute and without symbolic links. */
  readonly dataDir: string
  /** Idempotent. */
  release(): void
}

/**
 * Takes the data folder for this process, making the folder if there is none.
 *
 * A lock left by a process that has died is taken over; if several try at once, exactly one gets it. It is a file with
 * our process number, so it does not reach over containers or hosts that share one folder: no two of those may.
 *
 * @throws Error one sentence for people, if another Heyi (or this one) holds the folder or we may not write to it
 */
export function lockDataFolder(dataDir: string): DataFolderLock {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const folder = realpathSync(dataDir)
    const { release, holder } = acquire(folder, 'heyi.lock')
    if (!release) throw new Error(`Another Heyi (process ${holder}) is already using the data folder ${folder}.`)
    return { dataDir: folder, release, [Symbol.dispose]: release }
  } catch (error) {
    const code = codeOf(error)
    if (!code) throw error
    throw new Error(`The data folder ${dataDir} cannot be used (${code}): give a folder this user may write to.`, {
      cause: error,
    })
  }
}

type Outcome = { release: () => void; holder?: never } | { release?: never; holder: number }

/** Rounds of 5 ms in which another starter may do the few steps of replacing a dead lock. */
const patience = 400

function acquire(folder: string, name: string): Outcome {
  const path = join(folder, name)
  const mine = JSON.stringify({ pid: process.pid, birth: processBirth(process.pid), nonce: randomUUID() })
  const release = () => {
    if (contentOf(path) === mine) rmSync(path, { force: true })
  }
  // Linking a finished file makes the lock appear with its content, or not at all.
  const draft = join(folder, `heyi.lock.${randomUUID()}.new`)
  writeFileSync(draft, mine, { flag: 'wx', mode: 0o600 })
  try {
    for (let round = 0; round < patience; round++) {
      if (linked(draft, path)) return { release }
      const theirs = contentOf(path)
      if (theirs === undefined) continue // released a moment ago
      const holder = livingHolder(theirs)
      if (holder) return { holder }
      // Only one starter may replace this very lock, so each dead lock has a guard named after its content. The guard
      // is a lock itself: should its holder die, the same rule applies to it.
      const guard = acquire(folder, `heyi.lock.${createHash('sha256').update(theirs).digest('hex').slice(0, 16)}`)
      try {
        if (guard.release && contentOf(path) === theirs) {
          renameSync(draft, path)
          return { release }
        }
      } finally {
        guard.release?.()
      }
      if (!guard.release) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
    throw new Error(`The lock of the data folder ${folder} is dead but cannot be replaced: start Heyi once more.`)
  } finally {
    rmSync(draft, { force: true })
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** The process that wrote this lock if it still lives. A number alone may have gone to another program since. */
function livingHolder(content: string): number | undefined {
  // Half a file is what a power loss leaves behind; its writer is gone.
  const written = /^\{"pid":(?<pid>\d+)(,"birth":"(?<birth>[^"]+)")?,.*\}$/s.exec(content)?.groups
  if (!written?.pid) return undefined
  const pid = Number(written.pid)
  if (!isRunning(pid)) return undefined
  const birth = processBirth(pid)
  return written.birth && birth && written.birth !== birth ? undefined : pid
}
