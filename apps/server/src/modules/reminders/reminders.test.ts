import * as messaging from '@heyi/contract/messaging'
import * as ops from '@heyi/contract/reminders'
import { pull } from '@heyi/contract/sync'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'

const at = (time: string) => `2030-01-01T${time}:00.000Z`
let serial = 0

async function talk(server: TestServer, ann: TestMember, bo: TestMember) {
  const { conversation } = await server.as(ann).call(messaging.createGroup, { name: '样品', members: [bo.id] })
  const say = async (text: string) =>
    (
      await server.as(ann).call(messaging.sendMessage, {
        conversation: conversation.id,
        key: `remind-key-${++serial}`,
        message: { kind: 'text', text },
      })
    ).seq
  return { id: conversation.id, say }
}

/** As the member’s devices hold them. */
const held = async (server: TestServer, by: TestMember) => {
  const request = { feed: by.id, rev: null, view: null, floor: 0, take: 0 }
  const [answer] = (await server.as(by).call(pull, { feeds: [request] })).feeds
  const changes = answer && 'changes' in answer ? answer.changes : []
  return changes.filter(({ kind }) => kind === 'reminder').map(({ object }) => object as ops.Reminder)
}

test('a message is remembered at its time, once, by any copy; what was put off or given up is not', async () => {
  await using server = await startTestServer({ now: at('01:00') })
  const [ann, bo] = [await server.member(), await server.member()]
  const { id, say } = await talk(server, ann, bo)
  const add = (seq: number, remindAt: string) =>
    server.as(bo).call(ops.addReminder, { conversation: id, seq, remindAt })
  const [kept, put, gone] = [await say('打电话'), await say('写周报'), await say('订会议室')]
  await expect(add(kept, at('00:59'))).rejects.toMatchObject({ code: 'time_not_allowed' })
  const first = await add(kept, at('02:00'))
  const second = await add(put, at('02:00'))
  // One for each message: another time takes the place of the first.
  expect(await add(put, at('03:00'))).toEqual({ ...second, remindAt: at('03:00') })
  const third = await add(gone, at('02:00'))
  await server.as(bo).call(ops.cancelReminder, { id: third.id })
  await expect(server.as(ann).call(ops.cancelReminder, { id: first.id })).rejects.toMatchObject({ code: 'not_found' })
  expect((await server.as(bo).call(ops.listReminders, { cursor: null, limit: 1 })).items).toMatchObject([{ seq: kept }])
  expect(await held(server, ann)).toEqual([])

  await using other = await startTestServer({ now: at('02:01'), beside: server })
  server.clock.set(at('02:01'))
  // Both, for either may be at it already.
  const runDue = () => Promise.all([server, other].map((copy) => copy.app.kernel.jobs.runDue()))
  await runDue()
  const reminded = async () =>
    (await held(server, bo)).filter(({ remindedAt }) => remindedAt !== null).map(({ seq }) => seq)
  expect(await reminded()).toEqual([kept])
  server.clock.set(at('03:01'))
  await runDue()
  expect(new Set(await reminded())).toEqual(new Set([kept, put]))
  await server.as(bo).call(ops.cancelReminder, { id: first.id })
  expect(await reminded()).toEqual([put])
})

test('nobody is reminded of what they may not read any more', async () => {
  await using server = await startTestServer({ now: at('01:00') })
  const [ann, bo, eve] = [await server.member(), await server.member(), await server.member()]
  const { id, say } = await talk(server, ann, bo)
  const seq = await say('撤回的话')
  const wanted = { conversation: id, seq, remindAt: at('02:00') }
  await expect(server.as(eve).call(ops.addReminder, wanted)).rejects.toMatchObject({ code: 'not_found' })
  await server.as(bo).call(ops.addReminder, wanted)
  await server.as(ann).call(messaging.recallMessage, { conversation: id, seq })
  server.clock.set(at('02:01'))
  await server.app.kernel.jobs.runDue()
  expect(await held(server, bo)).toEqual([])
})
