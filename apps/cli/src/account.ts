import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** Where a member's commands go, and as whom. */
export interface Account {
  url: string
  token: string
}

const file = (): string => join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'heyi', 'token')
const usualUrl = 'http://127.0.0.1:7300'

/** What `heyi login` left; whoever has it is signed in, so nobody else may read it. */
export function keepAccount(account: Account): string {
  const path = file()
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, `${JSON.stringify(account)}\n`, { mode: 0o600 })
  chmodSync(path, 0o600)
  return path
}

/**
 * A token is only ever sent to the server that gave it.
 * @throws Error one sentence, where nobody is signed in
 */
export function readAccount(options: { url?: string }): Account {
  const named = options.url ?? process.env.HEYI_URL
  if (process.env.HEYI_TOKEN) return { token: process.env.HEYI_TOKEN, url: findUrl(options) }
  const kept = readJson<Account>(file())
  if (kept && (!named || withoutSlash(named) === kept.url)) return kept
  const where = named ? `at ${named}` : 'here'
  throw Object.assign(new Error(`Nobody is signed in ${where}: run heyi login, or set HEYI_TOKEN.`), {
    code: 'unauthenticated',
  })
}

/** The server named, else the one that runs on this machine's data folder, else the usual address. */
export function findUrl(options: { url?: string }): string {
  const named = options.url ?? process.env.HEYI_URL
  if (named) return withoutSlash(named)
  const folder = resolve(process.env.HEYI_DATA || './data')
  return readJson<{ url: string }>(join(folder, 'address.json'))?.url ?? usualUrl
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '')

function readJson<T>(path: string): T | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')) return null
    throw error
  }
}
