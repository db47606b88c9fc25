import { mkdtempSync, rmSync } from 'node:fs'
import { request as askHttp, type IncomingHttpHeaders } from 'node:http'
import { request as askHttps } from 'node:https'
import { connect, isIPv4 } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import * as identity from '@heyi/contract/identity'
import * as messaging from '@heyi/contract/messaging'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'
import { createLog } from '../log.js'
import { readSettings } from '../settings.js'
import { readMachine } from './names.js'
import { openTls, type Tls } from './tls.js'

/** The whole program over HTTPS with its own authority, as `npm start -- --lan` serves it. */

const network = readMachine().addresses.find(isIPv4) ?? '127.0.0.1'
/** Seen from here our own network address is this machine; a name that is none of ours makes a request come from elsewhere. */
const elsewhere = 'heyi.example'
const tlsDir = mkdtempSync(join(tmpdir(), 'heyi-tls-'))
let server: TestServer
let tls: Tls
let member: TestMember

beforeAll(async () => {
  const opened = await openTls(readSettings({ HEYI_HOST: '0.0.0.0' }), {
    dataDir: tlsDir,
    now: Date.now,
    log: createLog('silent'),
  })
  if (!opened) throw new Error('There is no TLS.')
  tls = opened
  server = await startTestServer({ tls, env: { HEYI_HOST: '0.0.0.0', HEYI_TRUST_PROXY: '127.0.0.9' } })
  member = await server.member()
})
afterAll(async () => {
  await server?.stop()
  tls?.[Symbol.dispose]()
  rmSync(tlsDir, { recursive: true, force: true })
})

const installation = `/api/${identity.getInstallation.name}`
const json = { 'content-type': 'application/json' }

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

function ask(
  url: string,
  options: { headers?: Record<string, string>; body?: string; localAddress?: string; path?: string } = {},
): Promise<Answer> {
  const { body, ...rest } = options
  return new Promise((done, failed) => {
    const make = url.startsWith('https:') ? askHttps : askHttp
    const asked = make(
      url,
      { ...rest, method: body === undefined ? 'GET' : 'POST', agent: false, ca: tls.authority?.cert },
      (response) => {
        let text = ''
        response
          .setEncoding('utf8')
          .on('data', (part) => (text += part))
          .on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, text }))
      },
    )
    asked.on('error', failed).end(body)
  })
}

const at = (path: string, scheme = 'https', host = network) => `${scheme}://${host}:${server.port}${path}`

test('links carry the address of the network, and the client is told of the authority', async () => {
  expect(server.app.kernel.publicUrl()).toBe(`https://${readMachine().addresses[0]}:${server.port}`)
  const { status, text, headers } = await ask(at(installation), { body: '{}', headers: json })
  expect(status).toBe(200)
  expect(JSON.parse(text)).toMatchObject({ authority: true })
  // Who does not trust the authority yet must be able to go on by hand.
  expect(headers['strict-transport-security']).toBeUndefined()
})

test('a socket over TLS hears what is said', async () => {
  const other = await server.member()
  const { conversation } = await server.as(member).call(messaging.openDirect, { with: other.id })
  const socket = new WebSocket(`wss://${network}:${server.port}/socket`, {
    ca: tls.authority?.cert,
    headers: { authorization: `Bearer ${member.token}` },
  })
  const heard: string[] = []
  socket.on('message', (data) => heard.push(String(data)))
  await new Promise((done, failed) => socket.on('open', done).on('error', failed))
  socket.send(
    JSON.stringify({
      id: 1,
      op: messaging.sendMessage.name,
      requestId: 'over-tls',
      input: {
        conversation: conversation.id,
        key: 'over-tls-1',
        message: { kind: 'text', text: '好'.repeat(20_000 / 3) },
      },
    }),
  )
  expect(await until(() => heard.find((text) => text.startsWith('{"id":1,')))).toContain('"ok"')
  socket.close()
})

test('plain requests of others are sent to HTTPS with path and query, whatever they are', async () => {
  const answer = await ask(at('/join/abc?x=1', 'http'), { headers: { host: `${elsewhere}:${server.port}` } })
  expect(answer).toMatchObject({
    status: 307,
    headers: { location: `https://${elsewhere}:${server.port}/join/abc?x=1` },
  })
  const posted = await ask(at(installation, 'http'), {
    body: JSON.stringify({ text: 'x'.repeat(100_000) }),
    headers: { ...json, host: elsewhere },
  })
  expect(posted).toMatchObject({ status: 307, headers: { location: `https://${elsewhere}${installation}` } })
  expect((await ask(at('/', 'http'), { headers: { host: 'a/b' } })).status).toBe(400)
})

test('a plain socket of others is refused', async () => {
  const socket = new WebSocket(`ws://${network}:${server.port}/socket`, {
    headers: { host: elsewhere, authorization: `Bearer ${member.token}` },
  })
  const error = await new Promise<Error>((done) => socket.on('error', done))
  expect(error.message).toContain('426')
})

test('programs on this machine need no certificate, with bodies of any size, on kept connections, and on sockets', async () => {
  // The test server’s own calls go to http://127.0.0.1.
  const long = {
    conversation: (await server.as(member).call(messaging.createGroup, { name: '群', members: [] })).conversation.id,
    text: '字'.repeat(10_000),
    quote: null,
  }
  await server.as(member).call(messaging.saveDraft, long)
  const socket = await server.as(member).socket()
  expect(await socket.call(identity.getMe, {})).toMatchObject({ member: member.id })
  expect((await ask(at(installation, 'http', network), { body: '{}', headers: json })).status).toBe(200)
})

test('a trusted proxy that had HTTPS is served, one that had not is sent there, and nobody else is believed', async () => {
  const from = (localAddress: string, proto: string) =>
    ask(at(installation, 'http', '127.0.0.1'), {
      body: '{}',
      localAddress,
      headers: {
        ...json,
        host: elsewhere,
        'x-forwarded-for': '203.0.113.9',
        'x-forwarded-proto': proto,
        'x-forwarded-host': elsewhere,
      },
    })
  expect((await from('127.0.0.9', 'https')).status).toBe(200)
  expect((await from('127.0.0.9', 'http')).status).toBe(307)
  expect((await from('127.0.0.8', 'https')).status).toBe(307)
})

test('the trust page and the authority are served over plain HTTP', async () => {
  const headers = {
    host: elsewhere,
    'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8',
    'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)',
  }
  const page = await ask(at('/trust', 'http'), { headers })
  expect(page.status).toBe(200)
  expect(page.headers['content-type']).toContain('text/html')
  expect(page.text).toContain('<html lang="zh-CN">')
  expect(page.text.replace(/<\/?span>/g, '')).toContain((tls.authority?.fingerprint ?? '').replaceAll(':', ''))
  expect(page.text).toContain(`href="${server.app.kernel.publicUrl()}"`)
  expect(page.text).toContain('<details open><summary>iPhone 和 iPad')
  expect(page.text).not.toContain('<script')
  expect(
    (await ask(at('/trust', 'http'), { headers: { host: elsewhere, 'accept-language': 'de,en;q=0.5' } })).text,
  ).toContain('<html lang="en">')
  expect((await ask(at('/trust?lang=en', 'http'), { headers })).text).toContain('<html lang="en">')

  const cert = await ask(at('/trust/heyi-authority.crt', 'http'), { headers: { host: elsewhere } })
  expect(cert).toMatchObject({
    status: 200,
    text: tls.authority?.cert,
    headers: { 'content-type': 'application/x-x509-ca-cert' },
  })
  const profile = await ask(at('/trust/heyi.mobileconfig', 'http'), { headers: { host: elsewhere } })
  expect(profile.headers['content-type']).toContain('application/x-apple-aspen-config')
  const der = (tls.authority?.cert ?? '').replace(/-----[^-]+-----|\s/g, '')
  expect(profile.text).toContain(`<data>${der}</data>`)
  // Nothing else comes along.
  expect(
    (await ask(at('/', 'http'), { path: `/trust/..${installation}`, headers: { host: elsewhere } })).status,
  ).not.toBe(200)
  expect((await ask(at('/trusted', 'http'), { headers: { host: elsewhere } })).status).toBe(307)
})

test('who connects and says nothing, or half of something, neither harms others nor keeps the program from stopping', async () => {
  const lone = await startTestServer({ tls, env: { HEYI_HOST: '0.0.0.0' } })
  const open = (write: string | Buffer) =>
    new Promise<void>((done, failed) => {
      const socket = connect(lone.port, '127.0.0.1', () => {
        if (write.length > 0) socket.write(write)
        done()
      })
      socket.on('error', failed)
    })
  await open('')
  await open('GET / HT')
  await open(Buffer.from([0, 1, 2, 3]))
  const ended = connect({ port: lone.port, host: '127.0.0.1', allowHalfOpen: true })
  ended.end().resume()
  await new Promise((done) => ended.on('close', done))
  const garbled = connect(lone.port, '127.0.0.1', () =>
    garbled.write(Buffer.concat([Buffer.from([0x16]), Buffer.alloc(100, 7)])),
  )
  await new Promise((done) => garbled.on('error', done).on('close', done))
  const version = await new Promise((done, failed) => {
    const socket = connectTls({ port: lone.port, host: '127.0.0.1', ca: tls.authority?.cert ?? '' }, () => {
      done(socket.getProtocol())
      socket.end()
    }).on('error', failed)
  })
  expect(version).toBe('TLSv1.3')
  await lone.stop()
})
