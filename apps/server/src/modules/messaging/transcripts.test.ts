import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as ops from '@heyi/contract/messaging'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'
import { row, rows, sql } from '../../kernel/db.js'

interface Asked {
  authorization: string | undefined
  model: unknown
  file: { name: string; type: string; bytes: Buffer }
}

/** An engine as people run one, on this machine; it answers as the test says. */
async function startEngine(
  answer: (asked: Asked) => Promise<{ status: number; body: string; headers?: Record<string, string> }>,
) {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const type = String(request.headers['content-type'])
    const form = await new Response(Buffer.concat(parts), { headers: { 'content-type': type } }).formData()
    const file = form.get('file') as File
    const one = {
      authorization: request.headers.authorization,
      model: form.get('model'),
      file: { name: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()) },
    }
    asked.push(one)
    const { status, body, headers = {} } = await answer(one)
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/audio/transcriptions`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
const heard = (text: string) => Promise.resolve({ status: 200, body: JSON.stringify({ text }) })

/** Half a second of a low tone. */
function tone(pitch: number): Buffer {
  const samples = Buffer.from(
    Array.from({ length: 4_000 }, (_, i) => 128 + Math.round(60 * Math.sin((i * pitch) / 40))),
  )
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8_000, 24)
  head.writeUInt32LE(8_000, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples.length, 40)
  return Buffer.concat([head, samples])
}

let serial = 0
async function speak(server: TestServer, by: TestMember, conversation: string, bytes = tone(1 + serial)) {
  const { kernel, files } = server.app
  const file = await kernel.db
    .transaction()
    .execute((tx) => files.store(tx, by.tenantId, by.id, { name: '林知夏的录音.wav', bytes }))
  const { seq } = await server.as(by).call(ops.sendMessage, {
    conversation,
    key: `a-voice-${++serial}`,
    message: { kind: 'voice', file, durationMs: 500, waveform: [1, 2] },
  })
  return { conversation, seq, file }
}
const groupOf = async (server: TestServer, owner: TestMember, members: TestMember[]) =>
  (await server.as(owner).call(ops.createGroup, { name: '车间', members: members.map(({ id }) => id) })).conversation.id
const ask = (server: TestServer, by: TestMember, { conversation, seq }: { conversation: string; seq: number }) =>
  server.as(by).call(ops.getTranscript, { conversation, seq })
const kept = async (server: TestServer, file: string) =>
  (await row(server.app.kernel.db, sql<{ transcript: string | null }>`select transcript from file where id = ${file}`))
    ?.transcript

test('a voice is heard once for all who may read it, with no transaction open, and forgotten with its message', async () => {
  await using engine = await startEngine(async () => {
    // While it works, whatever is open now comes to its end.
    const open = await rows(
      server.app.kernel.db,
      sql<{ pid: number; since: string }>`
        select pid, xact_start::text as since from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`,
    )
    await until(async () => {
      const still = await rows(
        server.app.kernel.db,
        sql`
          select from pg_stat_activity a join unnest(${open.map(({ pid }) => pid)}::int[], ${open.map(({ since }) => since)}::text[]) as i(pid, since)
            on a.pid = i.pid and a.xact_start::text = i.since`,
      )
      return still.length === 0
    })
    return heard(' 三号机又停了，下午来人 ')
  })
  await using server = await startTestServer({
    env: { HEYI_TRANSCRIBE_URL: engine.url, HEYI_TRANSCRIBE_KEY: 'key-of-the-engine', HEYI_TRANSCRIBE_MODEL: 'small' },
  })
  const [ann, bo, eve] = [await server.member(), await server.member(), await server.member()]
  const id = await groupOf(server, ann, [bo])
  const bytes = tone(3)
  const voice = await speak(server, ann, id, bytes)
  expect(await Promise.all([ask(server, ann, voice), ask(server, bo, voice)])).toEqual([
    { state: 'ready', text: '三号机又停了，下午来人' },
    { state: 'ready', text: '三号机又停了，下午来人' },
  ])
  expect(await ask(server, bo, voice)).toMatchObject({ state: 'ready' })
  expect(engine.asked).toHaveLength(1)
  const [asked] = engine.asked
  expect(asked).toMatchObject({ authorization: 'Bearer key-of-the-engine', model: 'small' })
  expect(asked?.file).toMatchObject({ name: 'voice.wav', type: expect.stringMatching(/^audio\//) })
  expect(asked?.file.bytes.equals(bytes)).toBe(true)

  // Whoever may not read it, and what is no voice.
  await expect(ask(server, eve, voice)).rejects.toMatchObject({ code: 'not_found' })
  const { seq } = await server
    .as(ann)
    .call(ops.sendMessage, { conversation: id, key: 'only-a-text', message: { kind: 'text', text: '好' } })
  await expect(ask(server, bo, { conversation: id, seq })).rejects.toMatchObject({ code: 'not_found' })

  // Sent on it is the same voice, and stays for as long as one of both does.
  const other = await groupOf(server, ann, [eve])
  await server.as(ann).call(ops.forwardMessages, { from: id, seqs: [voice.seq], to: [other] })
  await server.as(ann).call(ops.recallMessage, { conversation: id, seq: voice.seq })
  await expect(ask(server, bo, voice)).rejects.toMatchObject({ code: 'not_found' })
  const { messages } = await server.as(eve).call(ops.listMessages, { conversation: other, before: 1_000, limit: 10 })
  const sentOn = messages.find(({ object }) => object.kind === 'voice')?.object.seq ?? 0
  expect(await ask(server, eve, { conversation: other, seq: sentOn })).toMatchObject({ state: 'ready' })
  expect(engine.asked).toHaveLength(1)
  await server.as(ann).call(ops.recallMessage, { conversation: other, seq: sentOn })
  expect(await kept(server, voice.file)).toBeNull()
})

test('an engine that is down, refuses or leads elsewhere changes nothing and is named; asked later it may do', async () => {
  await using elsewhere = await startEngine(() => heard('不该听到'))
  let answer: Parameters<typeof startEngine>[0] = async () => ({ status: 500, body: 'out of memory' })
  await using engine = await startEngine((asked) => answer(asked))
  await using server = await startTestServer({
    now: '2030-01-01T08:00:00.000Z',
    env: { HEYI_TRANSCRIBE_URL: engine.url },
  })
  const [ann, bo] = [await server.member(), await server.member()]
  const voice = await speak(server, ann, await groupOf(server, ann, [bo]))
  const failed = { code: 'transcript_failed' }
  const wrong: (typeof answer)[] = [
    answer,
    async () => ({ status: 200, body: '{"error":"no model"}' }),
    async () => ({ status: 200, body: 'x'.repeat(300_000) }),
    async () => ({ status: 307, body: '', headers: { location: elsewhere.url } }),
  ]
  for (const [index, one] of wrong.entries()) {
    answer = one
    await expect(ask(server, bo, voice)).rejects.toMatchObject(failed)
    // At once nobody asks the engine again.
    await expect(ask(server, ann, voice)).rejects.toMatchObject(failed)
    expect(engine.asked).toHaveLength(index + 1)
    expect(await kept(server, voice.file)).toBeNull()
    server.clock.pass(11)
  }
  expect(elsewhere.asked).toEqual([])
  answer = () => heard('现在好了')
  expect(await ask(server, bo, voice)).toEqual({ state: 'ready', text: '现在好了' })
})

test('what another copy has listened to is waited for; one member asks for so many at once', async () => {
  await using engine = await startEngine(() => heard('好'))
  await using server = await startTestServer({
    now: '2030-01-01T08:00:00.000Z',
    env: { HEYI_TRANSCRIBE_URL: engine.url },
  })
  const ann = await server.member()
  const id = await groupOf(server, ann, [])
  const { files, kernel } = server.app
  const voice = await speak(server, ann, id)
  const claim = () =>
    files.claimTranscript(kernel.db, ann.tenantId, voice.file, server.clock.now(), '2030-01-01T08:01:40.000Z')
  expect(await claim()).toBe(true)
  expect(await claim()).toBe(false)
  expect(await ask(server, ann, voice)).toEqual({ state: 'pending', text: null })
  expect(engine.asked).toEqual([])
  // That copy ended; its claim runs out.
  server.clock.pass(101)
  expect(await ask(server, ann, voice)).toEqual({ state: 'ready', text: '好' })
  server.clock.pass(10)
  const voices = [
    await speak(server, ann, id),
    await speak(server, ann, id),
    await speak(server, ann, id),
    await speak(server, ann, id),
    await speak(server, ann, id),
  ]
  for (const one of voices.slice(0, 4)) expect(await ask(server, ann, one)).toMatchObject({ state: 'ready' })
  const last = voices[4] ?? voice
  await expect(ask(server, ann, last)).rejects.toMatchObject({ code: 'rate_limited' })
  server.clock.pass(2)
  expect(await ask(server, ann, last)).toMatchObject({ state: 'ready' })
})

test('without an address in the settings nothing is written down', async () => {
  await using server = await startTestServer()
  const [ann, eve] = [await server.member(), await server.member()]
  const voice = await speak(server, ann, await groupOf(server, ann, []))
  await expect(ask(server, ann, voice)).rejects.toMatchObject({ code: 'transcript_off' })
  await expect(ask(server, eve, voice)).rejects.toMatchObject({ code: 'not_found' })
})
