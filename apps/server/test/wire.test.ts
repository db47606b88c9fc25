import * as directory from '@heyi/contract/directory'
import * as identity from '@heyi/contract/identity'
import { limits } from '@heyi/contract/limits'
import * as messaging from '@heyi/contract/messaging'
import * as sync from '@heyi/contract/sync'
import { closeCodes } from '@heyi/contract/sync'
import { expect, test } from 'vitest'
import { sql } from '../src/kernel/db.js'
import { startTestServer, type TestServer } from './server.js'
import { until } from './until.js'

const post = (server: TestServer, name: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
const codeOf = async (response: Response) => [
  response.status,
  ((await response.json()) as { error: { code: string } }).error.code,
]

test('a repeated write returns the first answer; another input under the same id is refused', async () => {
  await using server = await startTestServer()
  const owner = await server.member({ role: 'owner' })
  const requestId = 'repeat-me-please'
  const input = { parent: null, name: '产品中心' }
  const first = await server.as(owner).call(directory.createDepartment, input, { requestId })
  expect(await server.as(owner).call(directory.createDepartment, input, { requestId })).toEqual(first)
  const atOnce = await Promise.all(
    Array.from({ length: 5 }, () =>
      server.as(owner).call(directory.createDepartment, { parent: null, name: '并发' }, { requestId: 'five-at-once' }),
    ),
  )
  expect(new Set(atOnce.map((d) => d.id)).size).toBe(1)
  await expect(
    server.as(owner).call(directory.createDepartment, { parent: null, name: '别的' }, { requestId }),
  ).rejects.toMatchObject({ code: 'request_reused' })
  // Somebody else’s id is their own.
  const other = await server.member({ role: 'admin' })
  expect((await server.as(other).call(directory.createDepartment, input, { requestId })).id).not.toBe(first.id)
  const all = await server.as(owner).call(directory.listDepartments, { parent: null, cursor: null, limit: 50 })
  expect(all.items.map((d) => d.name).sort()).toEqual(['产品中心', '产品中心', '并发'])
  expect(
    await codeOf(
      await post(server, 'directory.createDepartment', JSON.stringify(input), {
        authorization: `Bearer ${owner.token}`,
      }),
    ),
  ).toEqual([400, 'request_id_missing'])
})

test('bad bodies get a named error over HTTP', async () => {
  await using server = await startTestServer()
  const ann = await server.member()
  const auth = { authorization: `Bearer ${ann.token}` }
  expect(await codeOf(await post(server, 'messaging.sendMessage', '{"conversation":', auth))).toEqual([
    400,
    'malformed_frame',
  ])
  expect(await codeOf(await post(server, 'messaging.sendMessage', '[]', auth))).toEqual([400, 'invalid_input'])
  for (const input of ['['.repeat(100_000) + ']'.repeat(100_000), '{"text":"a\\u0000b"}', '{"text":"\\ud83d"}'])
    expect(await codeOf(await post(server, 'messaging.sendMessage', input, auth))).toEqual([400, 'invalid_input'])
  expect(await codeOf(await post(server, 'messaging.doNothing', '{}', auth))).toEqual([404, 'unknown_operation'])
  expect(
    await codeOf(
      await post(server, 'messaging.sendMessage', JSON.stringify({ text: 'x'.repeat(limits.requestBytes) }), auth),
    ),
  ).toEqual([413, 'payload_too_large'])
  expect(await codeOf(await post(server, 'identity.getMe', '{}'))).toEqual([401, 'unauthenticated'])
  expect(
    await codeOf(await post(server, 'identity.getMe', '{}', { authorization: 'Bearer nobody-has-this-token' })),
  ).toEqual([401, 'unauthenticated'])
})

test('another site cannot act with a browser’s cookie', async () => {
  await using server = await startTestServer()
  const ann = await server.member()
  const cookie = { cookie: `heyi_session=${ann.token}` }
  expect((await post(server, 'identity.getMe', '{}', cookie)).status).toBe(200)
  expect(
    await codeOf(await post(server, 'identity.getMe', '{}', { ...cookie, origin: 'https://elsewhere.example' })),
  ).toEqual([403, 'not_allowed'])
  expect(
    await codeOf(await post(server, 'identity.getMe', '{}', { ...cookie, 'sec-fetch-site': 'cross-site' })),
  ).toEqual([403, 'not_allowed'])
})

test('a socket forgives what it cannot read, up to ten in a minute; too large a frame closes it', async () => {
  await using server = await startTestServer({ now: '2030-01-01T00:00:00.000Z' })
  const ann = await server.member()
  using socket = await server.as(ann).socket()
  const broken = [
    '{',
    '[]',
    '"text"',
    '{"id":"1","op":"identity.getMe"}',
    '{"id":1}',
    'null',
    '7',
    '{"id":1.5,"op":"x"}',
    '{"op":"identity.getMe","input":{}}',
    '{"id":2,"op":"identity.getMe","requestId":5}',
  ]
  for (const frame of broken) socket.raw(frame)
  await until(() => socket.others.length === broken.length)
  expect(socket.others.every((m) => JSON.stringify(m) === '{"id":null,"error":{"code":"malformed_frame"}}')).toBe(true)
  expect((await socket.call(identity.getMe, {})).member).toBe(ann.id)
  socket.raw('once more')
  await until(() => socket.closed)
  expect(socket.closed).toBe(closeCodes.malformed)

  using large = await server.as(ann).socket()
  large.raw(JSON.stringify({ id: 1, op: 'identity.getMe', input: 'x'.repeat(limits.requestBytes) }))
  await until(() => large.closed)
  expect(large.closed).toBe(closeCodes.tooLarge)
})

test('a member who asks too fast is told so, and others are not', async () => {
  await using server = await startTestServer({
    now: '2030-01-01T00:00:00.000Z',
    env: { HEYI_CALL_RATE: '5', HEYI_SEND_RATE: '1' },
  })
  const [ann, bo] = [await server.member(), await server.member()]
  const { conversation } = await server.as(ann).call(messaging.openDirect, { with: bo.id })
  const send = (n: number) =>
    server.as(ann).call(messaging.sendMessage, {
      conversation: conversation.id,
      key: `too-fast-${n}`,
      message: { kind: 'text', text: '快' },
    })
  for (let n = 0; n < 4; n++) await send(n)
  await expect(send(4)).rejects.toMatchObject({ code: 'rate_limited' })
  server.clock.pass(1)
  await send(4)
  for (let n = 0; n < 30; n++)
    await server
      .as(ann)
      .call(identity.getMe, {})
      .catch(() => undefined)
  await expect(server.as(ann).call(identity.getMe, {})).rejects.toMatchObject({ code: 'rate_limited', status: 429 })
  await server.as(bo).call(identity.getMe, {})
})

test('revoking a device closes its socket within seconds, on another copy too', async () => {
  await using server = await startTestServer()
  const ann = await server.member()
  const phone = await server.member({ name: '手机' })
  // The phone is another session of the same person.
  await sql`update session set person_id = ${ann.personId}, member_id = ${ann.id} where id = ${phone.sessionId}`.execute(
    server.app.kernel.db,
  )
  using there = await server.as(phone).socket()
  await there.call(sync.heads, { mark: null })
  const { items } = await server.as(ann).call(identity.listDevices, {})
  expect(items.map((d) => d.session).sort()).toEqual([ann.sessionId, phone.sessionId].sort())
  await server.as(ann).call(identity.revokeDevice, { session: phone.sessionId })
  await until(() => there.closed, 3_000)
  expect(there.closed).toBe(closeCodes.signedOut)
  await expect(server.as(phone).call(identity.getMe, {})).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('a slow socket is told that it is behind, never buffered without limit', { timeout: 60_000 }, async () => {
  await using server = await startTestServer({ checkAnswers: false })
  const [ann, bo] = [await server.member(), await server.member()]
  const { conversation } = await server.as(ann).call(messaging.openDirect, { with: bo.id })
  using slow = await server.as(bo).socket()
  await slow.call(sync.heads, { mark: null })
  slow.pause()
  const text = '慢'.repeat(6_000)
  using fast = await server.as(ann).socket()
  for (let n = 0; n < 600; n++)
    await fast.call(messaging.sendMessage, {
      conversation: conversation.id,
      key: `slow-${n}-key`,
      message: { kind: 'text', text },
    })
  slow.resume()
  await until(() => slow.others.some((m) => 'behind' in m), 20_000)
  expect(slow.frames.length).toBeLessThan(600)
})
