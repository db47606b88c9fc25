import * as ops from '@heyi/contract/messaging'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'

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
