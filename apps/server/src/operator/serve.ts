import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../kernel/clock.js'
import { newSecret } from '../kernel/ids.js'
import { serveHealth, serveWeb } from '../kernel/pages.js'
import type { Settings } from '../kernel/settings.js'
import { isEverywhere, publicUrlOf } from '../kernel/tls/names.js'
import { openTls, type Tls } from '../kernel/tls/tls.js'
import { webRoot } from '../paths.js'
import { backUpGround } from './backup.js'
import { offerSampleCompany } from './demo-offer.js'
import type { Address } from './reach.js'
import { openGround, type Runtime, startRuntime } from './runtime.js'

/** Where a running server tells commands on this machine how to ask it. */
export const addressFile = (dataDir: string): string => join(dataDir, 'address.json')

export interface Served extends AsyncDisposable {
  runtime: Runtime
  url: string
  setupUrl: string | null
  /** With our own authority: its fingerprint, and where devices get it; both for people to read. */
  trust: { fingerprint: string; url: string } | null
  /** Another address, for a browser on this machine, which needs no certificate there; null where `url` is one. */
  localUrl: string | null
}

/**
 * Runs everything until disposed of: database, HTTP, sockets, jobs.
 * @param prepare done when all is there but nobody is let in yet
 */
export async function serve(
  settings: Settings,
  prepare: (runtime: Runtime) => Promise<void> = async () => undefined,
): Promise<Served> {
  const ground = await openGround(settings)
  let runtime: Runtime | undefined
  let tls: Tls | null = null
  try {
    tls = await openTls(settings, { dataDir: ground.dataDir, now: systemClock.ms, log: ground.log })
    runtime = await startRuntime(ground, { tls, beforeUpgrade: backUpGround })
    return await open(runtime, tls, prepare)
  } catch (error) {
    tls?.[Symbol.dispose]()
    await runtime?.[Symbol.asyncDispose]()
    await ground[Symbol.asyncDispose]()
    throw error
  }
}

async function open(runtime: Runtime, tls: Tls | null, prepare: (runtime: Runtime) => Promise<void>): Promise<Served> {
  const { app, ground } = runtime
  const { settings } = ground
  serveHealth(app.http.app, app.metrics, app.trouble)
  await serveWeb(app.http.app, webRoot)
  const operatorToken = newSecret()
  app.identity.setOperatorToken(operatorToken)
  offerSampleCompany(app)
  await prepare(runtime)
  const { port } = await app.listen(settings.HEYI_PORT, settings.HEYI_HOST)
  const url = app.kernel.publicUrl()
  const file = addressFile(ground.dataDir)
  const address: Address = {
    url: `http://${reachableHost(settings.HEYI_HOST)}:${port}`,
    publicUrl: url,
    pid: process.pid,
    authority: tls?.authority?.file ?? null,
    operatorToken,
    database: ground.embedded && ground.connection,
  }
  writeFileSync(file, JSON.stringify(address), { mode: 0o600 })
  chmodSync(file, 0o600)
  const token = await app.identity.setupToken()
  const setUp = token === null ? '' : `/setup?token=${token}`
  const stopReading = rereadOnHangup(settings, tls)
  return {
    runtime,
    url,
    setupUrl: token === null ? null : url + setUp,
    // Over plain HTTP, unless we do not know which port of HEYI_PUBLIC_URL leads here.
    trust: tls?.authority
      ? { fingerprint: tls.authority.fingerprint, url: `${publicUrlOf(settings, false, port)}/trust` }
      : null,
    localUrl: tls && isEverywhere(settings.HEYI_HOST) ? `http://localhost:${port}${setUp}` : null,
    [Symbol.asyncDispose]: async () => {
      stopReading()
      tls?.[Symbol.dispose]()
      rmSync(file, { force: true })
      await runtime[Symbol.asyncDispose]()
      await ground[Symbol.asyncDispose]()
    },
  }
}

/** A name of this machine at which a server listening there is found. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

/** The operator’s own certificate is read again on SIGHUP, for whoever renewed it and does not want to wait a minute. */
function rereadOnHangup(settings: Settings, tls: Tls | null): () => void {
  // Where there is nothing to read, closing the terminal ends the program, as people expect.
  if (tls === null || settings.HEYI_TLS_CERT === null) return () => undefined
  const read = () => void tls.check()
  process.on('SIGHUP', read)
  return () => process.off('SIGHUP', read)
}
