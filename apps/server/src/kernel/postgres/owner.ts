import { chownSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { codeOf } from './processes.js'

/** The user whose processes PostgreSQL's are. */
export interface Owner {
  uid: number
  gid: number
}

/**
 * Who is to run PostgreSQL, which refuses to be root: undefined for "we ourselves". As root it is the user who already
 * owns the cluster in `folder`, else `postgres`, else `nobody`.
 *
 * @throws Error one sentence, if we are an ordinary user and the cluster is another's
 */
export function chooseOwner(folder: string): Owner | undefined {
  const uid = process.geteuid?.()
  if (uid === undefined) return undefined // Windows
  const present = ownerOf(folder)
  if (uid !== 0) {
    if (present && present.uid !== uid) {
      throw new Error(
        `The database in ${folder} belongs to user ${present.uid}, but Heyi runs as user ${uid}: start it as root or as user ${present.uid}.`,
      )
    }
    return undefined
  }
  if (present && present.uid !== 0 && ownerOf(join(folder, 'PG_VERSION'))?.uid === present.uid) return present
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const account = ['postgres', 'nobody'].map((name) => accounts.find((a) => a[0] === name)).find((a) => a !== undefined)
  if (!account) {
    throw new Error(
      'PostgreSQL may not run as root and this machine has neither a user "postgres" nor a user "nobody": start Heyi as an ordinary user or set DATABASE_URL.',
    )
  }
  // macOS writes nobody as -2.
  return { uid: Number(account[2]) >>> 0, gid: Number(account[3]) >>> 0 }
}

/** Gives `path` and everything in it to `owner`. @throws Error one sentence, where the system does not let even root */
export function giveTo(owner: Owner, path: string): void {
  try {
    chownTree(owner, path)
  } catch (error) {
    throw new Error(
      `${path} cannot be given to user ${owner.uid}, as whom PostgreSQL has to run because it may not be root (${codeOf(error)}): start Heyi as an ordinary user, put HEYI_DATA on another disk, or set DATABASE_URL.`,
      { cause: error },
    )
  }
}

function chownTree(owner: Owner, path: string): void {
  const stat = lstatSync(path)
  if (stat.isSymbolicLink()) return
  if (stat.uid !== owner.uid || stat.gid !== owner.gid) chownSync(path, owner.uid, owner.gid)
  if (stat.isDirectory()) for (const name of readdirSync(path)) chownTree(owner, join(path, name))
}

/**
 * Whether `owner` may read `path`: search every folder above it and read it itself. Only mode bits count, so access
 * lists that grant more are not seen.
 */
export function canRead(owner: Owner, path: string): boolean {
  const allows = (at: string, bits: number) => {
    const { uid, gid, mode } = statSync(at)
    const shift = uid === owner.uid ? 6 : gid === owner.gid ? 3 : 0
    return ((mode >> shift) & bits) === bits
  }
  const real = realpathSync(path)
  if (!allows(real, statSync(real).isDirectory() ? 0o5 : 0o4)) return false
  for (let at = dirname(real); ; at = dirname(at)) {
    if (!allows(at, 0o1)) return false
    if (at === dirname(at)) return true
  }
}

function ownerOf(path: string): Owner | undefined {
  try {
    const { uid, gid } = statSync(path)
    return { uid, gid }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
