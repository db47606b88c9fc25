import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, isIPv6 } from 'node:net'

/** Where a request really comes from, and under which name it reached us. */
export interface ClientOf {
  address: string
  host: string
  secure: boolean
  /** From this machine without a proxy in between, under a loopback name. */
  loopback: boolean
}

const loopbackHost = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/

/**
 * Reads requests behind the proxies that the operator trusts (`HEYI_TRUST_PROXY`): only their X-Forwarded-* count.
 * @throws Error with one sentence if the setting names something that is neither an address nor a network
 */
export function clientReader(trusted: string | null): (request: IncomingMessage, encrypted: boolean) => ClientOf {
  const proxies = new BlockList()
  for (const part of (trusted ?? '')
    .split(',')
    .map((p) => p.trim())
    .filter(Boolean))
    addProxy(proxies, part)
  const isProxy = (address: string) => isIP(address) !== 0 && proxies.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
  return (request, encrypted) => {
    const peer = plainAddress(request.socket.remoteAddress ?? '')
    const host = request.headers.host ?? ''
    if (!isProxy(peer)) {
      const local = isLoopback(peer) && loopbackHost.test(host) && request.headers['x-forwarded-for'] === undefined
      return { address: peer, host, secure: encrypted, loopback: local }
    }
    const chain = list(request.headers['x-forwarded-for']).map(plainAddress)
    const address = chain.reverse().find((hop) => !isProxy(hop)) ?? peer
    const proto = list(request.headers['x-forwarded-proto']).at(-1)
    return {
      address,
      host: list(request.headers['x-forwarded-host']).at(-1) ?? host,
      secure: encrypted || proto === 'https',
      loopback: false,
    }
  }
}

/**
 * Sent on this machine to an address of this machine under a loopback name or, by a program, under that address, through
 * no proxy. A browser is told apart by its wish for HTTPS (Upgrade Insecure Requests, section 3.2.1).
 */
export function isFromHere(request: IncomingMessage): boolean {
  const { headers, socket } = request
  const from = plainAddress(socket.remoteAddress ?? '')
  const to = plainAddress(socket.localAddress ?? '')
  const host = headers.host ?? ''
  const asked = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  const named = loopbackHost.test(host) || (asked === to && headers['upgrade-insecure-requests'] === undefined)
  return isIP(from) !== 0 && (isLoopback(from) || from === to) && named && headers['x-forwarded-for'] === undefined
}

export const isLoopback = (address: string): boolean => address === '::1' || /^127\./.test(address)

function addProxy(proxies: BlockList, part: string): void {
  const [, address = '', bits] = /^([^/]*)(?:\/(\d+))?$/.exec(part) ?? []
  const family = isIP(address)
  const prefix = bits === undefined ? null : Number(bits)
  if (family === 0 || (prefix ?? 0) > (family === 6 ? 128 : 32))
    throw new Error(`The setting HEYI_TRUST_PROXY must list addresses or networks, and “${part}” is neither.`)
  const type = family === 6 ? 'ipv6' : 'ipv4'
  if (prefix === null) proxies.addAddress(address, type)
  else proxies.addSubnet(address, prefix, type)
}

const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '')
const list = (header: string | string[] | undefined): string[] =>
  (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
