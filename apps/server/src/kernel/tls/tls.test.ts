import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLog } from '../log.js'
import { readSettings } from '../settings.js'
import { makeAuthority, type Pair, signServer } from './issue.js'
import type { Machine } from './names.js'
import { readMachine } from './names.js'
import { OnePortServer } from './one-port.js'
import { openTls, type Tls } from './tls.js'

const dayMs = 86_400_000
let dataDir: string
let now: number
let machine: Machine
let logged: string[]

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'heyi-tls-'))
  now = Date.now()
  machine = { hostname: 'box', addresses: ['192.168.1.5'] }
  logged = []
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

function open(env: Record<string, string> = {}): Promise<Tls | null> {
  const log = createLog('info', { write: (line: string) => logged.push(line) } as unknown as NodeJS.WritableStream)
  return openTls(readSettings({ HEYI_HOST: '0.0.0.0', ...env }), {
    dataDir,
    now: () => now,
    log,
    machine: () => machine,
  })
}

async function mustOpen(env: Record<string, string> = {}): Promise<Tls> {
  const tls = await open(env)
  if (!tls) throw new Error('There is no TLS.')
  return tls
}

const leaf = (tls: Tls) => new X509Certificate(tls.pair.cert)
const root = (tls: Tls) => new X509Certificate(tls.authority?.cert ?? '')

/** A server on all addresses of this machine; answers with the words. */
async function serving(tls: Tls, answer: RequestListener, use: (port: number) => Promise<void>): Promise<void> {
  const server = new OnePortServer(tls, () => false, answer)
  await new Promise<void>((done) => server.listen(0, '0.0.0.0', done))
  try {
    await use((server.address() as AddressInfo).port)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const get = (options: { host: string; port: number; ca: string; servername?: string }): Promise<string> =>
  new Promise((done, failed) => {
    const asked = request({ ...options, agent: false }, (response) => {
      let text = ''
      response
        .setEncoding('utf8')
        .on('data', (part) => (text += part))
        .on('end', () => done(text))
    })
    asked.on('error', failed).end()
  })

describe('which connections are encrypted', () => {
  test.each([
    [{ HEYI_HOST: '127.0.0.1' }, false],
    [{ HEYI_HOST: 'localhost' }, false],
    [{ HEYI_HOST: '::1' }, false],
    [{ HEYI_HOST: '0.0.0.0', HEYI_TLS: 'off' }, false],
    [{ HEYI_HOST: '0.0.0.0' }, true],
    [{ HEYI_HOST: '192.168.1.5' }, true],
  ])('%o: %s', async (env, encrypted) => {
    const tls = await open(env)
    expect(tls !== null).toBe(encrypted)
    tls?.[Symbol.dispose]()
  })
})

describe('our own authority', () => {
  test('a client that trusts it reaches this machine by its own addresses; one that does not, refuses', async () => {
    machine = readMachine()
    using tls = await mustOpen()
    await serving(
      tls,
      (_request, response) => response.end('hello'),
      async (port) => {
        const ca = tls.authority?.cert ?? ''
        for (const host of ['127.0.0.1', ...machine.addresses.filter((address) => !address.includes(':'))])
          expect(await get({ host, port, ca }), host).toBe('hello')
        expect(await get({ host: '127.0.0.1', servername: 'localhost', port, ca })).toBe('hello')
        await expect(get({ host: '127.0.0.1', servername: 'example.com', port, ca })).rejects.toMatchObject({
          code: 'ERR_TLS_CERT_ALTNAME_INVALID',
        })
        const other = await makeAuthority(['local'], 'Other', now)
        await expect(get({ host: '127.0.0.1', port, ca: other.cert })).rejects.toMatchObject({
          code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
        })
      },
    )
  })

  test('what it signs names this machine, lives 397 days at most, and its keys are for nobody else to read', async () => {
    using tls = await mustOpen({ HEYI_PUBLIC_URL: 'https://chat.example.com' })
    const cert = leaf(tls)
    for (const name of ['localhost', 'box', 'box.local', 'chat.example.com'])
      expect(cert.checkHost(name), name).toBe(name)
    for (const address of ['127.0.0.1', '::1', '192.168.1.5']) expect(cert.checkIP(address), address).toBe(address)
    const days = (Date.parse(cert.validTo) - Date.parse(cert.validFrom)) / dayMs
    expect(days).toBeGreaterThan(360)
    expect(days).toBeLessThanOrEqual(397)
    expect(cert.ca).toBe(false)
    expect(root(tls).ca).toBe(true)
    expect(tls.authority?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    if (process.platform !== 'win32')
      for (const file of ['authority.crt', 'authority.key', 'server.crt', 'server.key'])
        expect(statSync(join(dataDir, 'tls', file)).mode & 0o777, file).toBe(0o600)
  })

  test('clients refuse what its key signs for other names', async () => {
    using tls = await mustOpen()
    const stolen = { cert: tls.authority?.cert ?? '', key: readFileSync(join(dataDir, 'tls', 'authority.key'), 'utf8') }
    const forged = await signServer(stolen, { dns: ['bank.example.com'], addresses: [] }, now)
    writeFileSync(join(dataDir, 'forged.crt'), forged.cert)
    writeFileSync(join(dataDir, 'forged.key'), forged.key)
    using forger = await mustOpen({
      HEYI_TLS_CERT: join(dataDir, 'forged.crt'),
      HEYI_TLS_KEY: join(dataDir, 'forged.key'),
    })
    await serving(
      forger,
      (_request, response) => response.end('give me your money'),
      async (port) => {
        await expect(get({ host: '127.0.0.1', servername: 'bank.example.com', port, ca: stolen.cert })).rejects.toThrow(
          /permitted subtree violation/,
        )
      },
    )
  })

  test('it is made once; the server’s certificate is kept while it fits', async () => {
    using first = await mustOpen()
    using again = await mustOpen()
    expect(again.authority).toEqual(first.authority)
    expect(again.pair).toEqual(first.pair)
    machine = { hostname: 'box', addresses: [] }
    using fewer = await mustOpen()
    expect(fewer.pair).toEqual(first.pair)
  })

  test('a new address, a new name below .local and the last 30 days bring a new certificate of the same authority', async () => {
    using first = await mustOpen()
    machine = { hostname: 'box', addresses: ['192.168.1.5', '10.0.0.7'] }
    using moved = await mustOpen()
    expect(moved.authority).toEqual(first.authority)
    expect(leaf(moved).checkIP('10.0.0.7')).toBe('10.0.0.7')
    machine = { hostname: 'box2.local', addresses: ['10.0.0.7'] }
    using renamed = await mustOpen()
    expect(renamed.authority).toEqual(first.authority)
    expect(leaf(renamed).checkHost('box2.local')).toBe('box2.local')
    now += 365 * dayMs
    using kept = await mustOpen()
    expect(kept.pair).toEqual(renamed.pair)
    now += 2 * dayMs
    using renewed = await mustOpen()
    expect(renewed.pair).not.toEqual(renamed.pair)
    expect(renewed.authority).toEqual(first.authority)
  })

  test('a host name it may not sign for is left out, as of a container that is made again', async () => {
    using first = await mustOpen()
    machine = { hostname: 'f00ba4', addresses: ['192.168.1.5'] }
    using again = await mustOpen()
    expect(again.authority).toEqual(first.authority)
    expect(leaf(again).checkHost('f00ba4.local')).toBe('f00ba4.local')
    expect(leaf(again).checkHost('f00ba4')).toBeUndefined()
    using third = await mustOpen()
    expect(third.pair).toEqual(again.pair)
  })

  test('a public name it may not sign for, and its own end, bring a new one, and that is said', async () => {
    using first = await mustOpen()
    using named = await mustOpen({ HEYI_PUBLIC_URL: 'https://chat.example.com' })
    expect(named.authority?.fingerprint).not.toBe(first.authority?.fingerprint)
    expect(leaf(named).checkHost('chat.example.com')).toBe('chat.example.com')
    expect(logged.join()).toContain('every device has to trust the new one')
    now += 3600 * dayMs
    using old = await mustOpen({ HEYI_PUBLIC_URL: 'https://chat.example.com' })
    expect(old.authority).not.toEqual(named.authority)
  })

  test('a running server changes over by itself', async () => {
    using tls = await mustOpen()
    const before = tls.pair
    await serving(
      tls,
      (_request, response) => response.end('hello'),
      async (port) => {
        machine = { hostname: 'box', addresses: ['192.168.7.7'] }
        await tls.check()
        expect(tls.pair).not.toEqual(before)
        const shown = await new Promise<string>((done, failed) => {
          const socket = connect(
            { port, host: '127.0.0.1', servername: 'box.local', ca: tls.authority?.cert ?? '' },
            () => {
              done(socket.getPeerX509Certificate()?.subjectAltName ?? '')
              socket.destroy()
            },
          ).on('error', failed)
        })
        expect(shown).toContain('192.168.7.7')
      },
    )
  })

  test('a damaged folder stops the start with one sentence; half a server’s pair is made again', async () => {
    using first = await mustOpen()
    rmSync(join(dataDir, 'tls', 'server.key'))
    using again = await mustOpen()
    expect(again.authority).toEqual(first.authority)
    rmSync(join(dataDir, 'tls', 'authority.key'))
    await expect(open()).rejects.toThrow(/^The certificates in .* cannot be read; restore that folder, or delete it/)
  })
})

describe('the operator’s certificate', () => {
  const write = (name: string, { cert, key }: Pair) => {
    const files = { HEYI_TLS_CERT: join(dataDir, `${name}.crt`), HEYI_TLS_KEY: join(dataDir, `${name}.key`) }
    writeFileSync(files.HEYI_TLS_CERT, cert)
    writeFileSync(files.HEYI_TLS_KEY, key)
    return files
  }
  const made = async (at = now) =>
    signServer(await makeAuthority(['example.com'], 'Theirs', at), { dns: ['chat.example.com'], addresses: [] }, at)

  test('is served, also on loopback, without an authority of ours', async () => {
    const pair = await made()
    using tls = await mustOpen({ ...write('ours', pair), HEYI_HOST: '127.0.0.1' })
    expect(tls.pair).toEqual(pair)
    expect(tls.authority).toBeNull()
  })

  test('what is wrong with it is said in one sentence', async () => {
    const files = write('ours', await made())
    const other = write('other', await made())
    const without = (env: Record<string, string>) => expect(open({ ...files, ...env })).rejects
    await without({ HEYI_TLS_CERT: join(dataDir, 'none.crt') }).toThrow(
      /^The file of HEYI_TLS_CERT cannot be read: ENOENT.*none\.crt'\.$/,
    )
    await without({ HEYI_TLS_KEY: other.HEYI_TLS_KEY }).toThrow(
      /^The key of HEYI_TLS_KEY \(.*other\.key\) does not belong to the first certificate of HEYI_TLS_CERT \(.*ours\.crt\)\.$/,
    )
    await without({ HEYI_TLS_CERT: files.HEYI_TLS_KEY }).toThrow(
      /^The file of HEYI_TLS_CERT \(.*\) holds no certificate in PEM form\.$/,
    )
    await without({ HEYI_TLS_KEY: files.HEYI_TLS_CERT }).toThrow(
      /^The file of HEYI_TLS_KEY \(.*\) holds no private key/,
    )
    await expect(open(write('old', await made(now - 500 * dayMs)))).rejects.toThrow(
      /^The certificate of HEYI_TLS_CERT \(.*old\.crt\) ended on \d{4}-\d\d-\d\d\.$/,
    )
    await expect(open(write('early', await made(now + 5 * dayMs)))).rejects.toThrow(
      /begins on .*is the clock of this machine right\?$/,
    )
  })

  test('is read again; while the new one is wrong the old one stays, and that is logged once', async () => {
    const first = await made()
    using tls = await mustOpen(write('ours', first))
    writeFileSync(join(dataDir, 'ours.crt'), (await made()).cert)
    await tls.check()
    await tls.check()
    expect(tls.pair).toEqual(first)
    expect(logged.filter((line) => line.includes('does not belong'))).toHaveLength(1)
    const second = await made()
    write('ours', second)
    await tls.check()
    expect(tls.pair).toEqual(second)
  })
})
