import type { Server } from 'node:https'
import type { Log } from '../log.js'
import type { Settings } from '../settings.js'
import { givenCertificate } from './given-certificate.js'
import type { Pair } from './issue.js'
import { isLocalHost, type Machine, readMachine } from './names.js'
import { type Authority, ownCertificate } from './own-certificate.js'

/** Files are compared and interfaces looked at this often; that takes some milliseconds. */
const checkEveryMs = 60_000

/** What HTTPS is served with. */
interface Identity {
  pair: Pair
  /** Null with the operator’s own certificate. */
  authority: Authority | null
}

/** Keeps the certificate of the running server right: names, addresses and files change, and certificates end. */
export class Tls implements Disposable {
  #now: Identity
  #server: Server | null = null
  #told = ''
  readonly #timer: NodeJS.Timeout

  constructor(
    first: Identity,
    private readonly read: () => Promise<Identity>,
    private readonly log: Log,
  ) {
    this.#now = first
    this.#timer = setInterval(() => void this.check(), checkEveryMs).unref()
  }

  get pair(): Pair {
    return this.#now.pair
  }

  get authority(): Authority | null {
    return this.#now.authority
  }

  /** From now on this server has the certificate that is right at the time. */
  keep(server: Server): void {
    this.#server = server
  }

  /** Looks whether another certificate is due, and changes over without touching open connections; what is wrong is logged. */
  async check(): Promise<void> {
    try {
      const found = await this.read()
      this.#told = ''
      const same = found.pair.cert === this.pair.cert && found.pair.key === this.pair.key
      this.#now = found
      if (same) return
      this.#server?.setSecureContext(found.pair)
      this.log.info('the certificate was changed')
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      if (message !== this.#told) this.log.error({ err: error }, 'the certificate stays as it was')
      this.#told = message
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }
}

/** This server speaks HTTPS: it can be reached from elsewhere, or was given a certificate. */
const servesTls = ({ HEYI_TLS, HEYI_HOST, HEYI_TLS_CERT }: Settings): boolean =>
  HEYI_TLS !== 'off' && (!isLocalHost(HEYI_HOST) || HEYI_TLS_CERT !== null)

/**
 * The certificate for these settings; null where plain HTTP is served. To be disposed of.
 * @throws Error with one sentence if it cannot be used
 */
export async function openTls(
  settings: Settings,
  deps: { dataDir: string; now: () => number; log: Log; machine?: () => Machine },
): Promise<Tls | null> {
  if (!servesTls(settings)) return null
  const { HEYI_TLS_CERT: cert, HEYI_TLS_KEY: key, HEYI_PUBLIC_URL: publicUrl } = settings
  const read = async (): Promise<Identity> => {
    if (cert !== null && key !== null) return { pair: givenCertificate({ cert, key }, deps.now()), authority: null }
    return ownCertificate({ machine: readMachine, ...deps, publicUrl })
  }
  return new Tls(await read(), read, deps.log)
}
