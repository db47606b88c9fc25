import { getFile, signUrls } from '@heyi/contract/files'
import * as ops from '@heyi/contract/messaging'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { rows, sql } from '../../kernel/db.js'

const at = (time: string) => `2030-01-01T${time}:00.000Z`

const group = async (server: TestServer, owner: TestMember, members: TestMember[]) =>
  (await server.as(owner).call(ops.createGroup, { name: '定时', members: members.map(({ id }) => id) })).conversation.id
const schedule = (server: TestServer, by: TestMember, conversation: string, text: string, sendAt: string) =>
  server
    .as(by)
    .call(ops.scheduleMessage, { conversation, body: { text }, quote: null, receipt: null, ladder: null, sendAt })
const texts = async (server: TestServer, by: TestMember, conversation: string) =>
  (await server.as(by).call(ops.listMessages, { conversation, before: 1e6, limit: 50 })).messages.flatMap(
    ({ object }) => (object.kind === 'text' && object.body ? [object.body.text] : []),
  )
const runDue = (server: TestServer) => server.app.kernel.jobs.runDue()

test('a text is sent at its time, once, as it was last edited, also by another copy after a restart', async () => {
  await using server = await startTestServer({ now: at('08:00') })
  const [ann, bo] = [await server.member(), await server.member()]
  const id = await group(server, ann, [bo])
  const held = await schedule(server, ann, id, '早，初稿麻烦上午给我', at('09:00'))
  const edited = await server.as(ann).call(ops.updateScheduled, {
    id: held.id,
    version: held.version,
    body: { text: '早，初稿给我' },
    sendAt: at('09:30'),
  })
  await expect(
    server.as(ann).call(ops.updateScheduled, { id: held.id, version: held.version, sendAt: at('10:00') }),
  ).rejects.toMatchObject({ code: 'version_conflict' })
  server.clock.set(at('09:10'))
  await runDue(server)
  expect(await texts(server, bo, id)).toEqual([])
  await using later = await startTestServer({ now: at('09:31'), beside: server })
  await Promise.all([runDue(server), runDue(later)])
  server.clock.set(at('09:31'))
  await Promise.all([runDue(server), runDue(later)])
  expect(await texts(server, bo, id)).toEqual(['早，初稿给我'])
  await expect(server.as(ann).call(ops.sendScheduled, { id: held.id, version: edited.version })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('it is cancelled, sent at once, and stays with the reason where it may not be sent', async () => {
  await using server = await startTestServer({ now: at('08:00') })
  const [ann, bo] = [await server.member(), await server.member()]
  const id = await group(server, ann, [bo])
  const cancelled = await schedule(server, bo, id, '不发了', at('09:00'))
  await server.as(bo).call(ops.cancelScheduled, { id: cancelled.id })
  const now = await schedule(server, bo, id, '还是现在发', at('09:00'))
  await expect(server.as(ann).call(ops.cancelScheduled, { id: now.id })).rejects.toMatchObject({ code: 'not_found' })
  await server.as(bo).call(ops.sendScheduled, { id: now.id, version: now.version })
  const waiting = await schedule(server, bo, id, '九点见', at('09:00'))
  using device = await server.as(bo).socket()
  await server.as(ann).call(ops.updateGroup, { conversation: id, muteAll: true })
  server.clock.set(at('09:00'))
  await runDue(server)
  expect(await texts(server, ann, id)).toEqual(['还是现在发'])
  const told = await device.frame((frame) =>
    (frame.changes ?? []).some(({ kind, id: object }) => kind === 'scheduled' && object === waiting.id),
  )
  expect(told.changes).toMatchObject([{ object: { failed: 'muted', version: 2 } }])
  await server.as(ann).call(ops.updateGroup, { conversation: id, muteAll: false })
  await server.as(bo).call(ops.updateScheduled, { id: waiting.id, version: 2, sendAt: at('10:00') })
  server.clock.set(at('10:00'))
  await runDue(server)
  expect(await texts(server, ann, id)).toEqual(['还是现在发', '九点见'])
})

test('only a time to come, not too far, and so many at once', async () => {
  await using server = await startTestServer({ now: at('08:00'), checkAnswers: false })
  const ann = await server.member()
  const id = await group(server, ann, [])
  for (const sendAt of [at('07:59'), at('08:00'), '2031-06-01T00:00:00.000Z', 'tomorrow'])
    await expect(schedule(server, ann, id, '不行', sendAt)).rejects.toMatchObject({ code: 'time_not_allowed' })
  for (let n = 0; n < 100; n++) await schedule(server, ann, id, `第 ${n} 条`, at('09:00'))
  await expect(schedule(server, ann, id, '太多了', at('09:00'))).rejects.toMatchObject({ code: 'too_many_scheduled' })
  server.clock.set(at('09:00'))
  await runDue(server)
  expect(await texts(server, ann, id)).toHaveLength(50)
})

const png = () =>
  sharp({ create: { width: 9, height: 9, channels: 3, background: '#111' } })
    .png()
    .toBuffer()
const upload = (server: TestServer, by: TestMember, name: string, bytes: Uint8Array) =>
  server.app.kernel.db.transaction().execute((tx) => server.app.files.store(tx, by.tenantId, by.id, { name, bytes }))
const refs = async (server: TestServer, file: string) =>
  rows(
    server.app.kernel.db,
    sql<{ kind: string; object: string }>`select kind, object from file_ref where file_id = ${file}`,
  )
const messages = async (server: TestServer, by: TestMember, conversation: string) =>
  (await server.as(by).call(ops.listMessages, { conversation, before: 1e6, limit: 50 })).messages
    .map(({ object }) => object)
    .filter(({ kind }) => kind !== 'system')
const nothingElse = { quote: null, receipt: null, ladder: null }

test('pictures, files, voices and cards wait with their words, and become messages in their order, once', async () => {
  await using server = await startTestServer({ now: at('08:00') })
  const [ann, bo] = [await server.member(), await server.member()]
  const conversation = await group(server, ann, [bo])
  const [picture, paper, voice] = [
    await upload(server, ann, '封面.png', await png()),
    await upload(server, ann, '预算.txt', Buffer.from('预算')),
    await upload(server, ann, '语音.webm', Buffer.from('1a45dfa3a3428681014282847765626d', 'hex')),
  ]
  const sendAt = '2030-01-03T09:00:00.000Z'
  const poll = {
    kind: 'poll' as const,
    question: '几点？',
    options: ['九点', '十点'],
    multiple: false,
    anonymous: false,
  }
  const wait = (endsAt: string | null) =>
    server.as(ann).call(ops.scheduleMessage, {
      conversation,
      body: { text: '明早的材料' },
      parts: [
        { kind: 'image', file: picture },
        { kind: 'file', file: paper },
        { kind: 'voice', file: voice, durationMs: 2_000, waveform: [1, 2] },
        { ...poll, endsAt },
        { kind: 'relay', title: '午餐', example: '', endsAt: null },
        { kind: 'contact', member: bo.id },
        { kind: 'location', name: '东门', address: '', latitude: 31, longitude: 121 },
      ],
      ...nothingElse,
      receipt: 'tap',
      sendAt,
    })
  // It would be over before anybody saw it.
  await expect(wait('2030-01-03T08:59:00.000Z')).rejects.toMatchObject({ code: 'time_not_allowed' })
  const held = await wait('2030-01-03T10:00:00.000Z')
  expect(held.parts?.map(({ kind }) => kind)).toEqual([
    'image',
    'file',
    'voice',
    'poll',
    'relay',
    'contact',
    'location',
  ])
  expect(await refs(server, picture)).toEqual([{ kind: 'scheduled', object: held.id }])
  await expect(
    server.as(ann).call(ops.updateScheduled, { id: held.id, version: 1, sendAt: '2030-01-03T10:30:00.000Z' }),
  ).rejects.toMatchObject({ code: 'time_not_allowed' })
  // Other words, and without the file, which nothing carries from then on.
  const changed = await server
    .as(ann)
    .call(ops.updateScheduled, { id: held.id, version: 1, body: { text: '材料在此' }, without: [1] })
  expect(changed.parts?.map(({ kind }) => kind)).toEqual(['image', 'voice', 'poll', 'relay', 'contact', 'location'])
  expect(await refs(server, paper)).toEqual([])
  const read = (by: TestMember) =>
    server.as(by).call(signUrls, { items: [{ file: picture, via: null, variant: 'original' }] })
  expect((await read(ann)).items).toHaveLength(1)
  expect((await read(bo)).items).toEqual([])
  await expect(server.as(bo).call(getFile, { file: picture })).rejects.toMatchObject({ code: 'not_found' })

  // Two days: what nothing carries goes meanwhile. Then the program is another one.
  server.clock.set('2030-01-02T12:00:00.000Z')
  await runDue(server)
  await expect(server.as(ann).call(getFile, { file: paper })).rejects.toMatchObject({ code: 'not_found' })
  await server.as(ann).call(getFile, { file: picture })
  await using later = await startTestServer({ beside: server })
  server.clock.set(sendAt)
  await Promise.all([runDue(server), runDue(later)])
  const sent = await messages(server, bo, conversation)
  expect(sent.map(({ kind }) => kind)).toEqual(['text', 'image', 'voice', 'poll', 'relay', 'contact', 'location'])
  expect(sent.map(({ receipt }) => receipt ?? null)).toEqual(['tap', null, null, null, null, null, null])
  const [text, image, , asked] = sent
  expect(text).toMatchObject({ body: { text: '材料在此' } })
  expect(await refs(server, picture)).toEqual([{ kind: 'message', object: `${conversation}:${image?.seq}` }])
  await server.as(bo).call(getFile, { file: picture })
  await server.as(bo).call(ops.vote, { conversation, seq: asked?.seq ?? 0, options: [1] })
})

test('files alone are sent at once, cancelled, and something has to be left', async () => {
  await using server = await startTestServer({ now: at('08:00') })
  const [ann, bo] = [await server.member(), await server.member()]
  const conversation = await group(server, ann, [bo])
  const file = await upload(server, ann, '表.txt', Buffer.from('表'))
  const wait = (by: TestMember, parts: { kind: 'file'; file: string }[]) =>
    server.as(by).call(ops.scheduleMessage, { conversation, body: null, parts, ...nothingElse, sendAt: at('09:00') })
  await expect(wait(ann, [])).rejects.toMatchObject({ code: 'invalid_input' })
  // Nobody lets a file of somebody else wait.
  await expect(wait(bo, [{ kind: 'file', file }])).rejects.toMatchObject({ code: 'not_found' })
  const one = await wait(ann, [{ kind: 'file', file }])
  const other = await wait(ann, [{ kind: 'file', file }])
  await expect(
    server.as(ann).call(ops.updateScheduled, { id: one.id, version: 1, without: [0] }),
  ).rejects.toMatchObject({ code: 'invalid_input' })
  await server.as(ann).call(ops.cancelScheduled, { id: other.id })
  expect(await refs(server, file)).toEqual([{ kind: 'scheduled', object: one.id }])
  const { seq } = await server.as(ann).call(ops.sendScheduled, { id: one.id, version: 1 })
  expect(await messages(server, bo, conversation)).toMatchObject([{ seq, kind: 'file', body: { file } }])
})

test('where the file is gone, or nothing may be said any more, it stays whole with the reason', async () => {
  await using server = await startTestServer({ now: at('08:00') })
  const [ann, bo] = [await server.member(), await server.member()]
  const conversation = await group(server, ann, [bo])
  const wait = async () => {
    const file = await upload(server, bo, '稿.txt', Buffer.from('稿'))
    const parts = [{ kind: 'file' as const, file }]
    const body = { text: '附稿子' }
    const held = await server
      .as(bo)
      .call(ops.scheduleMessage, { conversation, body, parts, ...nothingElse, sendAt: at('09:00') })
    return { ...held, file }
  }
  const [lost, kept] = [await wait(), await wait()]
  await sql`delete from file_ref where file_id = ${lost.file}`.execute(server.app.kernel.db)
  using device = await server.as(bo).socket()
  const told = (id: string) =>
    device.frame((frame) => (frame.changes ?? []).some((one) => one.kind === 'scheduled' && one.id === id))
  await server.as(ann).call(ops.silenceMember, { conversation, member: bo.id, seconds: 24 * 3600 })
  server.clock.set(at('09:00'))
  await runDue(server)
  expect((await told(kept.id)).changes).toMatchObject([{ object: { failed: 'silenced', parts: [{ kind: 'file' }] } }])
  await server.as(ann).call(ops.endSilence, { conversation, member: bo.id })
  const again = (id: string) => server.as(bo).call(ops.updateScheduled, { id, version: 2, sendAt: at('10:00') })
  await Promise.all([again(lost.id), again(kept.id)])
  server.clock.set(at('10:00'))
  await runDue(server)
  const failed = await device.frame((frame) =>
    (frame.changes ?? []).some(({ object }) => (object as { failed?: string } | undefined)?.failed === 'file_gone'),
  )
  expect(failed.changes).toMatchObject([{ id: lost.id, object: { failed: 'file_gone', body: { text: '附稿子' } } }])
  // Nothing of the one was said, all of the other.
  expect((await messages(server, ann, conversation)).map(({ kind }) => kind)).toEqual(['text', 'file'])
})
