import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { type Binaries, findBinaries } from './binaries.js'
import { canRead, chooseOwner, giveTo, type Owner } from './owner.js'

/** A database cluster on disk and all that is needed to run it. */
export interface Cluster {
  /** `<dataDir>/postgres`. */
  folder: string
  /** Unique among the clusters of this machine, and visible in the command line of each of its processes. */
  name: string
  /** Undefined: we ourselves. */
  owner: Owner | undefined
  binaries: Binaries
  password: string
}

export const superuser = 'heyi'

/**
 * The cluster of this data folder, made if there is none. It is made aside and renamed once it is on disk, so that a
 * crash leaves either nothing or a whole cluster.
 *
 * @throws Error one sentence, if it was made by another major version or cannot be used by this user
 */
export async function openCluster(dataDir: string): Promise<Cluster> {
  const folder = join(dataDir, 'postgres')
  const owner = chooseOwner(folder)
  requireReach(dataDir, owner)
  const binaries = findBinaries(dataDir, owner)
  const isNew = !existsSync(folder)
  const passwordFile = join(dataDir, 'postgres.password')
  const password = isNew ? makePassword(passwordFile) : readPassword(passwordFile)
  if (isNew) await makeCluster(dataDir, folder, owner, binaries, passwordFile)
  else {
    requireSameVersion(folder, binaries.majorVersion)
    chmodSync(folder, 0o700) // PostgreSQL insists, and a backup may have restored it otherwise
    // A backup restored by root belongs to root.
    if (owner && (statSync(folder).uid !== owner.uid || statSync(join(folder, 'PG_VERSION')).uid !== owner.uid))
      giveTo(owner, folder)
  }
  const { dev, ino } = statSync(folder)
  const name = `heyi-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 12)}`
  return { folder, name, owner, binaries, password }
}

/**
 * How PostgreSQL's processes are to call the cluster's folder. Another user than us may not be able to search the
 * folders above it (think of /root), but it inherits the folder itself as its working folder, and the kernel follows
 * /proc/self/cwd straight there without looking at the path.
 */
export function folderAsSeenBy(owner: Owner | undefined, folder: string): string {
  return owner && process.platform === 'linux' ? '/proc/self/cwd' : folder
}

/** The environment of PostgreSQL's processes: none of our secrets, and no PG* variable that would change its ways. */
export function environment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'SystemRoot', 'TEMP', 'TMP']
  const kept = names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  // With a time zone given, initdb need not compare the machine's with six hundred files.
  return { ...Object.fromEntries(kept), LC_ALL: locale, TZ: 'UTC' }
}

/** Not C, with which text search and trigrams do not see Chinese; not of the user's language, so that all sort alike. */
const locale = { linux: 'C.UTF-8', darwin: 'en_US.UTF-8', win32: 'en-US' }[process.platform as string] ?? 'C.UTF-8'

async function makeCluster(
  dataDir: string,
  folder: string,
  owner: Owner | undefined,
  binaries: Binaries,
  passwordFile: string,
): Promise<void> {
  const drafts = readdirSync(dataDir).filter((name) => name.startsWith('postgres.new-'))
  for (const name of drafts) rmSync(join(dataDir, name), { recursive: true, maxRetries: 5, retryDelay: 50 })
  // A name of its own: an initdb whose Heyi was killed may still be writing to the one it began.
  const draft = join(dataDir, `postgres.new-${randomBytes(6).toString('hex')}`)
  mkdirSync(draft, { mode: 0o700 })
  if (owner) giveTo(owner, draft)
  const passwordForInitdb = owner ? openCopyFor(owner, passwordFile) : undefined
  const args = [
    `--pgdata=${folderAsSeenBy(owner, draft)}`,
    '--encoding=UTF8',
    `--locale=${locale}`,
    '--auth=scram-sha-256',
    `--username=${superuser}`,
    `--pwfile=${passwordForInitdb === undefined ? passwordFile : '/dev/fd/3'}`,
    '--no-instructions',
  ]
  try {
    await runToEnd(binaries.program('initdb'), args, draft, owner, passwordForInitdb)
    renameSync(draft, folder)
    syncFolder(dataDir)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
    throw error
  } finally {
    if (passwordForInitdb !== undefined) closeSync(passwordForInitdb)
  }
}

/** A nameless copy that `owner` may open through /dev/fd, so that the file itself stays ours alone. */
function openCopyFor(owner: Owner, file: string): number {
  const copy = `${file}.${randomBytes(6).toString('hex')}`
  writeFileSync(copy, readFileSync(file), { flag: 'wx', mode: 0o600 })
  try {
    giveTo(owner, copy)
    return openSync(copy, 'r')
  } finally {
    rmSync(copy)
  }
}

function runToEnd(
  program: string,
  args: string[],
  cwd: string,
  owner: Owner | undefined,
  fd: number | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stdio = ['ignore' as const, 'pipe' as const, 'pipe' as const, ...(fd === undefined ? [] : [fd])]
    const child = spawn(program, args, { cwd, env: environment(), stdio, ...owner })
    const output: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => output.push(chunk))
    child.once('error', (error) => reject(spawnFailure(program, error)))
    child.once('close', (code, signal) => {
      const text = Buffer.concat(output).toString()
      const why =
        text
          .split('\n')
          .find((line) => /error|fatal/i.test(line))
          ?.trim() ?? `it ended with ${code ?? signal}`
      if (code === 0) resolve()
      else reject(new Error(`The database could not be created: ${why}`, { cause: text }))
    })
  })
}

/** What a program that could not even be started means, in one sentence. */
export function spawnFailure(program: string, error: Error): Error {
  const code = 'code' in error ? String(error.code) : error.message
  const why =
    code === 'ENOENT' && existsSync(program)
      ? 'this system has another C library than the one they are built for (musl, as in Alpine)'
      : `the system answers ${code}`
  return new Error(`The database programs cannot be run, ${why}: set DATABASE_URL to a PostgreSQL 15 or newer.`, {
    cause: error,
  })
}

function requireReach(dataDir: string, owner: Owner | undefined): void {
  if (!owner || process.platform === 'linux' || canRead(owner, dataDir)) return
  throw new Error(
    `PostgreSQL may not run as root, and user ${owner.uid} cannot reach ${dataDir}: run "chmod o+rx" on it and the folders above it, or set HEYI_DATA to another folder.`,
  )
}

function requireSameVersion(folder: string, majorVersion: number): void {
  const file = join(folder, 'PG_VERSION')
  if (!existsSync(file)) throw new Error(`${folder} holds no database: move it away, or restore it from a backup.`)
  const found = readFileSync(file, 'utf8').trim()
  if (found === String(majorVersion)) return
  throw new Error(
    `The database in ${folder} was made by PostgreSQL ${found}, but this Heyi brings PostgreSQL ${majorVersion}: export it with the Heyi that made it and import it here.`,
  )
}

function makePassword(file: string): string {
  // The file of a first start that was cut short is used again.
  if (existsSync(file) && statSync(file).size > 0) return readPassword(file)
  const password = randomBytes(24).toString('base64url')
  const fd = openSync(file, 'w', 0o600)
  writeSync(fd, password)
  fsyncSync(fd)
  closeSync(fd)
  return password
}

function readPassword(file: string): string {
  if (!existsSync(file)) {
    throw new Error(
      `The file ${file} is missing, and without it the database beside it cannot be opened: restore it from a backup.`,
    )
  }
  return readFileSync(file, 'utf8').trim()
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return // folders cannot be opened there
  const fd = openSync(folder, 'r')
  fsyncSync(fd)
  closeSync(fd)
}
