import { isIP } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import { isLoopback } from '../address.js'
import type { Settings } from '../settings.js'

/** What this machine is called and where it can be reached, as the operating system says. */
export interface Machine {
  hostname: string
  /** Best for people of the same network first; without loopback and without IPv6 link-local, which no address bar takes. */
  addresses: string[]
}

/** The names and addresses a certificate is for. */
export interface Names {
  dns: string[]
  addresses: string[]
}

const most = 50
/** Networks between programs of one machine, and tunnels: people do not come in there. */
const inner =
  /^(docker|br-|veth|virbr|vbox|vmnet|cni|flannel|cali|podman|lxc|tun|tap|utun|wg|tailscale|zt|vEthernet|VirtualBox|VMware)/i

/** This machine as it is now: interfaces come and go while we run. */
export function readMachine(): Machine {
  const all = Object.entries(networkInterfaces()).flatMap(([name, found]) =>
    (found ?? [])
      .filter(({ internal, address }) => !internal && !/^fe80:/i.test(address))
      .map(({ address }) => ({ name, address })),
  )
  const ranked = all.map(({ name, address }) => ({ address, rank: rankOf(address) + (inner.test(name) ? 10 : 0) }))
  return {
    hostname: hostname(),
    addresses: unique(ranked.sort((a, b) => a.rank - b.rank).map(({ address }) => address)).slice(0, most),
  }
}

/** Home and office networks first, then what the internet may reach, then what rarely works for others. */
function rankOf(address: string): number {
  if (isIP(address) === 6) return 5
  if (/^192\.168\./.test(address)) return 0
  if (/^(10\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address)) return 1
  if (/^169\.254\./.test(address)) return 6
  return /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(address) ? 3 : 2
}

/** Everything people and programs may type to reach this machine; `publicUrl` is HEYI_PUBLIC_URL. */
export function namesOf(machine: Machine, publicUrl: string | null): Names {
  const host = machine.hostname.toLowerCase()
  const dns = ['localhost', host, `${host.split('.')[0]}.local`]
  const addresses = ['127.0.0.1', '::1', ...machine.addresses]
  const shown = publicHost(publicUrl)
  if (shown !== null) (isIP(shown) === 0 ? dns : addresses).push(shown)
  return { dns: unique(dns.filter(isHostName)), addresses: unique(addresses) }
}

/** The host of HEYI_PUBLIC_URL without the brackets of IPv6. */
export const publicHost = (publicUrl: string | null): string | null =>
  publicUrl === null ? null : new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')

/** RFC 1123, section 2.1; an operating system may be called by what no certificate can carry. */
const isHostName = (name: string): boolean =>
  name.length <= 253 && /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/.test(name)

/** Only this machine reaches a server that listens there. */
export const isLocalHost = (host: string): boolean => host === 'localhost' || isLoopback(host)

/** A server that listens there is reached under every address of this machine. */
export const isEverywhere = (host: string): boolean => host === '0.0.0.0' || host === '::'

/** Where people reach Heyi: HEYI_PUBLIC_URL, else the best address it listens on. Without a slash at the end. */
export function publicUrlOf(
  settings: Settings,
  secure: boolean,
  port: number,
  machine: () => Machine = readMachine,
): string {
  if (settings.HEYI_PUBLIC_URL !== null) return settings.HEYI_PUBLIC_URL.replace(/\/$/, '')
  const listens = settings.HEYI_HOST
  const host = isEverywhere(listens)
    ? (machine().addresses[0] ?? 'localhost')
    : /^127\./.test(listens)
      ? 'localhost'
      : listens
  return origin(secure ? 'https' : 'http', host, port)
}

function origin(scheme: 'http' | 'https', host: string, port: number): string {
  return new URL(`${scheme}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`).origin
}

const unique = <T>(values: T[]): T[] => [...new Set(values)]
