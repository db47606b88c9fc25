import { lookup as resolve } from 'node:dns'
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Addresses that are not of the internet at large (RFC 6890, and what maps onto them). */
const inside = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6')

/** Whether an address belongs to this machine or its network, or to nobody. */
export function isInside(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  const plain = mapped ?? address
  const family = isIP(plain)
  if (family === 0) return true
  // Any other way to write an IPv4 address as an IPv6 one.
  if (family === 6 && /^::ffff:/i.test(plain)) return true
  return inside.check(plain, family === 6 ? 'ipv6' : 'ipv4')
}

/** The address leads into the operator’s own network, which members may not make the server call. */
export class InsideAddress extends Error {}

/** How far calls reach: how names become addresses, and what may not be called. Tests bring a network of their own. */
export interface Reach {
  lookup: typeof resolve
  isInside(address: string): boolean
  /** Other ports than those of the web. */
  anyPort: boolean
}
const internet: Reach = { lookup: resolve, isInside, anyPort: false }

export interface Outgoing {
  url: string
  method: 'GET' | 'POST'
  headers: Record<string, string | number>
  body: Buffer | string | null
  /** Addresses of this machine and its network may be called too. */
  allowInside: boolean
}

const patienceMs = 8_000
const mostBytes = 16 * 1024

/**
 * Calls an address that somebody else has chosen. The name is looked up once and that address is called, so that it
 * cannot mean another one a moment later; redirects are not followed; the answer is cut after 16 kB.
 *
 * @throws InsideAddress, or what went wrong on the way
 */
export async function callOutside(outgoing: Outgoing): Promise<{ status: number; text: string }> {
  const reach = outgoing.allowInside ? null : internet
  const answer = await ask(outgoing, reach, AbortSignal.timeout(2 * patienceMs))
  const { bytes } = await readUpTo(answer, mostBytes)
  return { status: answer.statusCode ?? 0, text: bytes.toString('utf8') }
}

export interface Fetching {
  url: string
  headers: Record<string, string>
  /** Whether the body of an answer of this content type is wanted at all. */
  wants(type: string): boolean
  mostBytes: number
  /** For everything together. */
  totalMs: number
  redirects: number
  /** Null: addresses of this machine and its network may be called too. */
  reach?: Reach | null
}

export interface Fetched {
  /** Where the last redirect led. */
  url: string
  type: string
  bytes: Buffer
  /** There was more than wanted. */
  cut: boolean
}

/**
 * Reads what lies at an address that somebody else has chosen; null where there is nothing of the wanted type. Each
 * redirect is looked at as if it had been given. Nothing is unpacked, so that little cannot become much.
 *
 * @throws InsideAddress, or what went wrong on the way
 */
export async function fetchOutside(fetching: Fetching): Promise<Fetched | null> {
  const { headers, reach = internet } = fetching
  const signal = AbortSignal.timeout(fetching.totalMs)
  let url = fetching.url
  for (let left = fetching.redirects; ; left--) {
    requireWeb(url, reach)
    const answer = await ask(
      { url, method: 'GET', headers: { ...headers, 'accept-encoding': 'identity' }, body: null },
      reach,
      signal,
    )
    const { statusCode = 0 } = answer
    const { location, 'content-type': type = '', 'content-encoding': encoding = 'identity' } = answer.headers
    const next = [301, 302, 303, 307, 308].includes(statusCode) && location ? new URL(location, url).href : null
    if (next === null && statusCode === 200 && encoding === 'identity' && fetching.wants(type))
      return { url, type, ...(await readUpTo(answer, fetching.mostBytes)) }
    answer.destroy()
    if (next === null || left <= 0) return null
    url = next
  }
}

function requireWeb(address: string, reach: Reach | null): void {
  const { protocol, port, username, password } = new URL(address)
  if ((protocol !== 'http:' && protocol !== 'https:') || username || password)
    throw new Error('not an address of the web')
  if (reach && !reach.anyPort && port !== '') throw new Error('not a port of the web')
}

function ask(
  { url, method, headers, body }: Omit<Outgoing, 'allowInside'>,
  reach: Reach | null,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { protocol, hostname } = new URL(url)
  const literal = hostname.replace(/^\[|\]$/g, '')
  if (reach && isIP(literal) !== 0 && reach.isInside(literal)) return Promise.reject(new InsideAddress(hostname))
  const request = protocol === 'https:' ? secureRequest : plainRequest
  return new Promise((done, failed) => {
    const lookup = reach ? guardedLookup(reach) : undefined
    const asked = request(url, { method, headers, timeout: patienceMs, signal, lookup, agent: false }, done)
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')))
    asked.on('error', failed)
    asked.end(body ?? undefined)
  })
}

function readUpTo(answer: IncomingMessage, most: number): Promise<{ bytes: Buffer; cut: boolean }> {
  return new Promise((done, failed) => {
    const parts: Buffer[] = []
    let size = 0
    answer.on('data', (part: Buffer) => {
      size += part.length
      parts.push(part)
      if (size > most) answer.destroy()
    })
    answer.on('error', failed)
    answer.on('close', () => {
      if (size > most) return done({ bytes: Buffer.concat(parts).subarray(0, most), cut: true })
      if (!answer.complete) return failed(new Error('the answer broke off'))
      done({ bytes: Buffer.concat(parts), cut: false })
    })
  })
}

const guardedLookup =
  ({ lookup, isInside }: Reach): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '')
      const bad = found.length === 0 || found.some(({ address }) => isInside(address))
      if (bad) return callback(new InsideAddress(hostname), '')
      if (options.all)
        return (callback as (error: null, found: { address: string; family: number }[]) => void)(null, found)
      callback(null, found[0]?.address ?? '', found[0]?.family)
    })
  }
