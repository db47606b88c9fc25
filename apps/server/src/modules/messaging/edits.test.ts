import * as ops from '@heyi/contract/messaging'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'

let serial = 0

const say = async (server: TestServer, by: TestMember, conversation: string, text: string) => {
  const message = { kind: 'text' as const, text }
  return (await server.as(by).call(ops.sendMessage, { conversation, key: `edit-key-${++serial}`, message })).seq
}
const group = async (server: TestServer, owner: TestMember, members: TestMember[]) =>
  (await server.as(owner).call(ops.createGroup, { name: '更正', members: members.map(({ id }) => id) })).conversation.id
const read = async (server: TestServer, by: TestMember, conversation: string, seq: number) =>
  (await server.as(by).call(ops.getMessages, { conversation, seqs: [seq] })).messages[0]?.object

test('a text is put right by its sender in its time; all see that and what it said before', async () => {
  await using server = await startTestServer({ now: '2030-01-01T08:00:00.000Z' })
  const [ann, bo, eve] = [await server.member(), await server.member(), await server.member()]
  const id = await group(server, ann, [bo])
  const seq = await say(server, ann, id, '周三开会')
  const edit = (by: TestMember, text: string) => server.as(by).call(ops.editMessage, { conversation: id, seq, text })
  const { editedAt } = await edit(ann, '周四开会')
  expect(await read(server, bo, id, seq)).toMatchObject({ seq, body: { text: '周四开会' }, editedAt })
  await edit(ann, '周五开会')
  const before = await server.as(bo).call(ops.listEdits, { conversation: id, seq, cursor: null, limit: 1 })
  expect(before.items).toMatchObject([{ body: { text: '周四开会' } }])
  const first = await server.as(bo).call(ops.listEdits, { conversation: id, seq, cursor: before.next, limit: 5 })
  expect(first).toMatchObject({ items: [{ body: { text: '周三开会' } }], next: null })

  await expect(edit(bo, '不是我的')).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(edit(eve, '不在群里')).rejects.toMatchObject({ code: 'not_found' })
  server.clock.pass(24 * 3600 + 1)
  await expect(edit(ann, '太晚了')).rejects.toMatchObject({ code: 'edit_too_late' })
  expect(await read(server, bo, id, seq)).toMatchObject({ body: { text: '周五开会' } })
})

test('what others were asked to confirm stays as it is; what was taken back leaves no earlier text', async () => {
  await using server = await startTestServer()
  const [ann, bo] = [await server.member(), await server.member()]
  const id = await group(server, ann, [bo])
  const { seq: asked } = await server.as(ann).call(ops.sendMessage, {
    conversation: id,
    key: 'asks-for-receipts',
    message: { kind: 'text', text: '请确认' },
    receipt: 'tap',
  })
  await expect(
    server.as(ann).call(ops.editMessage, { conversation: id, seq: asked, text: '改了' }),
  ).rejects.toMatchObject({ code: 'receipt_fixed' })
  const seq = await say(server, ann, id, '写错了')
  await server.as(ann).call(ops.editMessage, { conversation: id, seq, text: '写对了' })
  await server.as(bo).call(ops.react, { conversation: id, seq, emoji: '👍', on: true })
  await server.as(ann).call(ops.recallMessage, { conversation: id, seq })
  expect(await read(server, bo, id, seq)).toEqual({
    seq,
    sender: ann.id,
    kind: 'text',
    body: null,
    quote: null,
    state: 'recalled',
    sentAt: expect.any(String),
  })
  expect((await server.as(bo).call(ops.listEdits, { conversation: id, seq, cursor: null, limit: 5 })).items).toEqual([])
  await expect(server.as(ann).call(ops.editMessage, { conversation: id, seq, text: '还想改' })).rejects.toMatchObject({
    code: 'message_gone',
  })
})

test('reactions are counted in the message, at most once a second, and none is lost', async () => {
  await using server = await startTestServer({ now: '2030-01-01T08:00:00.000Z' })
  const [ann, bo, cy, di] = [await server.member(), await server.member(), await server.member(), await server.member()]
  const id = await group(server, ann, [bo, cy, di])
  const seq = await say(server, ann, id, '今天大家辛苦了')
  const react = (by: TestMember, emoji: string, on = true) =>
    server.as(by).call(ops.react, { conversation: id, seq, emoji, on })
  const revOf = async () =>
    (await server.as(ann).call(ops.getMessages, { conversation: id, seqs: [seq] })).messages[0]?.rev ?? 0
  await react(bo, '👍')
  expect(await read(server, ann, id, seq)).toMatchObject({ reactions: [{ emoji: '👍', count: 1, members: [bo.id] }] })
  const rev = await revOf()
  // Within the second they wait, all together.
  server.clock.pass(0.2)
  await Promise.all([react(cy, '👍'), react(di, '👍'), react(di, '🎉'), react(di, '👍')])
  expect(await revOf()).toBe(rev)
  server.clock.pass(1.1)
  await server.app.kernel.jobs.runDue()
  expect(await revOf()).toBe(rev + 1)
  expect(await read(server, ann, id, seq)).toMatchObject({
    reactions: [
      { emoji: '👍', count: 3 },
      { emoji: '🎉', count: 1, members: [di.id] },
    ],
  })
  server.clock.pass(2)
  await react(bo, '👍', false)
  const who = await server
    .as(ann)
    .call(ops.listReactions, { conversation: id, seq, emoji: '👍', cursor: null, limit: 1 })
  expect(who.items).toHaveLength(1)
  const rest = await server
    .as(ann)
    .call(ops.listReactions, { conversation: id, seq, emoji: '👍', cursor: who.next, limit: 5 })
  expect(new Set([...who.items, ...rest.items].map((one) => one.id))).toEqual(new Set([cy.id, di.id]))
  await expect(react(bo, 'not an emoji')).rejects.toMatchObject({ code: 'invalid_input' })
})

test('of more who reacted alike than a message names, each still knows of their own', async () => {
  await using server = await startTestServer()
  const ann = await server.member()
  const others: TestMember[] = []
  for (let i = 0; i < 24; i++) others.push(await server.member())
  const id = await group(server, ann, others)
  const seq = await say(server, ann, id, '年会定在周五')
  const [first, last] = [others[0], others.at(-1)]
  if (!first || !last) throw new Error('nobody')
  const react = (by: TestMember, emoji: string, on = true) =>
    server.as(by).call(ops.react, { conversation: id, seq, emoji, on })
  const mine = async (by: TestMember) =>
    (await server.as(by).call(ops.listMyAnswers, { conversation: id, seqs: [seq] })).items[0]?.emojis
  using socket = await server.as(last).socket()
  for (const member of others) await react(member, '👍')
  await react(last, '🎉')
  server.clock.pass(2)
  await server.app.kernel.jobs.runDue()
  const [thumbs] = (await read(server, ann, id, seq))?.reactions ?? []
  expect(thumbs).toMatchObject({ emoji: '👍', count: 24 })
  expect(thumbs?.members).not.toContain(last.id)
  expect(await mine(last)).toEqual(['👍', '🎉'])
  expect(await mine(first)).toEqual(['👍'])
  expect(await mine(ann)).toEqual([])
  await react(last, '👍', false)
  expect(await mine(last)).toEqual(['🎉'])
  const told = await until(() => {
    const found = socket.others.filter(({ signal }) => signal === 'reaction')
    return found.length === 3 ? found : undefined
  })
  expect(told.at(-1)).toEqual({ signal: 'reaction', feed: id, seq, emoji: '👍', on: false })
})

test('a storm of reactions with renewals in between neither blocks nor loses one', async () => {
  await using server = await startTestServer({ checkAnswers: false })
  const ann = await server.member()
  const others = await Promise.all(Array.from({ length: 30 }, () => server.member()))
  const id = await group(server, ann, others)
  const seq = await say(server, ann, id, '投票')
  for (const emoji of ['👍', '🎉', '❤️'])
    await Promise.all(others.map((one) => server.as(one).call(ops.react, { conversation: id, seq, emoji, on: true })))
  await until(async () => {
    const message = await read(server, ann, id, seq)
    return message?.reactions?.length === 3 && message.reactions.every(({ count }) => count === 30)
  })
})
