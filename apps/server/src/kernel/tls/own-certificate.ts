import { createPrivateKey, X509Certificate } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import type { Log } from '../log.js'
import type { Pair } from './issue.js'
import { type Machine, type Names, namesOf, publicHost } from './names.js'

const dayMs = 86_400_000
const renewBeforeMs = 30 * dayMs
/** Longer than the server’s, so that a certificate made today need not be made again tomorrow. */
const renewAuthorityBeforeMs = 60 * dayMs

/** The authority of this data folder, whose certificate people put on their devices. */
export interface Authority {
  cert: string
  /** Path of the PEM file. */
  file: string
  /** SHA-256 in hexadecimal pairs with colons, as browsers and phones show it. */
  fingerprint: string
}

export interface OwnCertificateDeps {
  dataDir: string
  publicUrl: string | null
  machine: () => Machine
  now: () => number
  log: Log
}

/**
 * The certificate for what this machine is called now, signed by our own authority. Kept in `<data>/tls`, where both
 * are made when they are missing, and made again when they do not fit any longer.
 * @throws Error with one sentence if what is in the folder cannot be used
 */
export async function ownCertificate(deps: OwnCertificateDeps): Promise<{ pair: Pair; authority: Authority }> {
  const folder = join(deps.dataDir, 'tls')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const names = namesOf(deps.machine(), deps.publicUrl)
  const kept = { authority: readPair(folder, 'authority'), server: readPair(folder, 'server') }
  const { authority, server } = right(kept, names, deps) ?? (await makeAgain(folder, kept, names, deps))
  const { fingerprint256: fingerprint } = new X509Certificate(authority.cert)
  return { pair: server, authority: { cert: authority.cert, file: join(folder, 'authority.crt'), fingerprint } }
}

interface Made {
  authority: Pair
  server: Pair
}

interface Kept {
  authority: Pair | null
  server: Pair | null
}

/** What is kept, where all of it still fits. */
function right({ authority, server }: Kept, names: Names, deps: OwnCertificateDeps): Made | null {
  if (!authority || !server || endsSoon(authority, deps)) return null
  return fits(server, authority, names, deps.now()) ? { authority, server } : null
}

/** Only here, for loading what signs takes longer than all the rest of the start. */
async function makeAgain(folder: string, kept: Kept, names: Names, deps: OwnCertificateDeps): Promise<Made> {
  const { makeAuthority, permittedOf, signServer } = await import('./issue.js')
  const now = deps.now()
  const why = kept.authority && whyNew(kept.authority, deps, permittedOf)
  if (why)
    deps.log.warn(
      `The authority of this installation was made again, for ${why}; every device has to trust the new one.`,
    )
  let authority = why ? null : kept.authority
  if (!authority) {
    const title = `Heyi ${deps.machine().hostname.slice(0, 40)} ${new Date(now).toISOString().slice(0, 10)}`
    authority = await makeAuthority([...new Set([...names.dns, 'local'])], title, now)
    writePair(folder, 'authority', authority)
  }
  const permitted = { ...names, dns: permittedOf(authority.cert, names.dns) }
  if (kept.server && fits(kept.server, authority, permitted, now)) return { authority, server: kept.server }
  const server = await signServer(authority, permitted, now)
  writePair(folder, 'server', server)
  deps.log.info(permitted, 'a certificate was made for this machine')
  return { authority, server }
}

/**
 * The authority is trusted by hand on every device, so it is only made again where it could serve nobody any longer: not
 * for a new host name, which a container has at every start.
 */
function whyNew(
  authority: Pair,
  deps: OwnCertificateDeps,
  permittedOf: (authorityCert: string, names: string[]) => string[],
): string | null {
  if (endsSoon(authority, deps)) return 'it ends soon'
  const shown = publicHost(deps.publicUrl)
  const permitted = shown === null || isIP(shown) !== 0 || permittedOf(authority.cert, [shown]).length > 0
  return permitted ? null : 'it may not sign for the name in HEYI_PUBLIC_URL'
}

const endsSoon = (authority: Pair, { now }: OwnCertificateDeps): boolean =>
  endOf(authority) - now() < renewAuthorityBeforeMs

function fits(pair: Pair, authority: Pair, names: Names, now: number): boolean {
  const cert = new X509Certificate(pair.cert)
  const covered =
    names.addresses.every((address) => cert.checkIP(address)) && names.dns.every((name) => cert.checkHost(name))
  return covered && cert.verify(new X509Certificate(authority.cert).publicKey) && endOf(pair) - now >= renewBeforeMs
}

const endOf = ({ cert }: Pair): number => Date.parse(new X509Certificate(cert).validTo)

/**
 * Null where neither file is, or half of a server’s pair, which is made again anyway.
 * @throws Error with one sentence if the authority is incomplete or either is no PEM
 */
function readPair(folder: string, name: 'authority' | 'server'): Pair | null {
  const [cert, key] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)]
  const there = [cert, key].filter(existsSync)
  if (there.length === 0 || (there.length === 1 && name === 'server')) return null
  try {
    const pair = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
    if (new X509Certificate(pair.cert).checkPrivateKey(createPrivateKey(pair.key))) return pair
    if (name === 'server') return null
  } catch (cause) {
    throw new Error(damaged(folder), { cause })
  }
  throw new Error(damaged(folder))
}

const damaged = (folder: string): string =>
  `The certificates in ${folder} cannot be read; restore that folder, or delete it for a new authority that every device has to trust again.`

/** The key first: a certificate without its key is worse than a key without its certificate. */
function writePair(folder: string, name: string, { cert, key }: Pair): void {
  for (const [ending, text] of [
    ['key', key],
    ['crt', cert],
  ] as const) {
    const path = join(folder, `${name}.${ending}`)
    writeFileSync(`${path}.new`, text, { mode: 0o600 })
    chmodSync(`${path}.new`, 0o600)
    renameSync(`${path}.new`, path)
  }
}
