import * as ops from '@heyi/contract/messaging'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'

let serial = 0

async function ask(server: TestServer, by: TestMember, conversation: string, receipt: 'tap' | 'open' = 'tap') {
  const message = { kind: 'text' as const, text: '请确认收到' }
  const key = `receipt-${++serial}`
  return (await server.as(by).call(ops.sendMessage, { conversation, key, message, receipt })).seq
}

const group = async (server: TestServer, owner: TestMember, members: TestMember[]) =>
  (await server.as(owner).call(ops.createGroup, { name: '回执', members: members.map(({ id }) => id) })).conversation.id

const progressOf = async (server: TestServer, by: TestMember, conversation: string, seq: number) =>
  (await server.as(by).call(ops.listReceipts, { conversation, seqs: [seq] })).items[0]?.progress

test('a receipt is asked, confirmed by some, seen by its sender alone, and never changes the feed', async () => {
  await using server = await startTestServer()
  const [ann, bo, cy, eve] = [
    await server.member(),
    await server.member(),
    await server.member(),
    await server.member(),
  ]
  const id = await group(server, ann, [bo, cy])
  const seq = await ask(server, ann, id)
  using listening = await server.as(ann).socket()
  const { rev } = await server.as(ann).call(ops.listMessages, { conversation: id, before: seq + 1, limit: 5 })
  const first = await server.as(bo).call(ops.confirmReceipt, { conversation: id, seq })
  // Again is the same answer, and counts once.
  expect(await server.as(bo).call(ops.confirmReceipt, { conversation: id, seq })).toEqual(first)
  expect(await progressOf(server, ann, id, seq)).toEqual({ confirmed: 1, total: 2 })
  await until(() => listening.others.find((one) => one.signal === 'receipt' && one.seq === seq))
  expect(listening.others).toContainEqual({ signal: 'receipt', feed: id, seq, progress: { confirmed: 1, total: 2 } })
  const after = await server.as(ann).call(ops.listMessages, { conversation: id, before: seq + 1, limit: 5 })
  expect(after.rev).toBe(rev)
  expect(after.messages.at(-1)?.object).toMatchObject({ seq, receipt: 'tap' })

  const list = (confirmed: boolean) =>
    server.as(ann).call(ops.listReceiptMembers, { conversation: id, seq, confirmed, cursor: null, limit: 10 })
  expect((await list(true)).items).toEqual([{ id: bo.id, at: first.confirmedAt }])
  expect((await list(false)).items).toEqual([{ id: cy.id, at: null }])
  expect((await server.as(bo).call(ops.listReceipts, { conversation: id, seqs: [seq] })).items).toEqual([
    { seq, asked: true, confirmedAt: first.confirmedAt, progress: null },
  ])
  // Recipients see neither list nor counts; strangers see nothing; the sender confirms nothing.
  const of = { conversation: id, seq, confirmed: true, cursor: null, limit: 10 }
  await expect(server.as(bo).call(ops.listReceiptMembers, of)).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(server.as(eve).call(ops.confirmReceipt, { conversation: id, seq })).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(server.as(ann).call(ops.confirmReceipt, { conversation: id, seq })).rejects.toMatchObject({
    code: 'receipt_not_asked',
  })
})

test('who comes later is not asked, who leaves no longer counts, and a recalled message asks nothing', async () => {
  await using server = await startTestServer({ now: '2030-01-01T08:00:00.000Z' })
  const [ann, bo, cy, di] = [await server.member(), await server.member(), await server.member(), await server.member()]
  const { conversation } = await server
    .as(ann)
    .call(ops.createGroup, { name: '回执', members: [bo.id, cy.id], historyVisible: true })
  const id = conversation.id
  const seq = await ask(server, ann, id)
  server.clock.pass(60)
  await server.as(ann).call(ops.addMembers, { conversation: id, members: [di.id] })
  await expect(server.as(di).call(ops.confirmReceipt, { conversation: id, seq })).rejects.toMatchObject({
    code: 'receipt_not_asked',
  })
  await server.as(bo).call(ops.confirmReceipt, { conversation: id, seq })
  await server.as(cy).call(ops.confirmReceipt, { conversation: id, seq })
  expect(await progressOf(server, ann, id, seq)).toEqual({ confirmed: 2, total: 2 })
  await server.as(bo).call(ops.leaveConversation, { conversation: id })
  expect(await progressOf(server, ann, id, seq)).toEqual({ confirmed: 1, total: 1 })
  // Coming back they are new: not asked of what was sent before.
  await server.as(ann).call(ops.addMembers, { conversation: id, members: [bo.id] })
  expect(await progressOf(server, ann, id, seq)).toEqual({ confirmed: 1, total: 1 })
  const again = await ask(server, ann, id)
  await server.as(ann).call(ops.recallMessage, { conversation: id, seq: again })
  await expect(server.as(cy).call(ops.confirmReceipt, { conversation: id, seq: again })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('the rest is reminded on its devices, once in a while', async () => {
  await using server = await startTestServer({ now: '2030-01-01T08:00:00.000Z' })
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const id = await group(server, ann, [bo, cy])
  const seq = await ask(server, ann, id)
  await server.as(bo).call(ops.confirmReceipt, { conversation: id, seq })
  using listening = await server.as(cy).socket()
  expect(await server.as(ann).call(ops.remindReceipt, { conversation: id, seq })).toEqual({ reminded: 1, resting: 0 })
  await until(() => listening.others.find((one) => one.signal === 'receipt' && one.reminded === true))
  await expect(server.as(ann).call(ops.remindReceipt, { conversation: id, seq })).rejects.toMatchObject({
    code: 'reminded_lately',
  })
  server.clock.pass(601)
  expect(await server.as(ann).call(ops.remindReceipt, { conversation: id, seq })).toMatchObject({ reminded: 1 })
  await expect(server.as(bo).call(ops.remindReceipt, { conversation: id, seq })).rejects.toMatchObject({
    code: 'not_allowed',
  })
})

test('many who confirm at once, some twice, are each counted once with their time', async () => {
  await using server = await startTestServer({ checkAnswers: false })
  const ann = await server.member()
  const others = await Promise.all(Array.from({ length: 60 }, () => server.member()))
  const id = await group(server, ann, others)
  const seq = await ask(server, ann, id, 'open')
  const confirm = (member: TestMember) => server.as(member).call(ops.confirmReceipt, { conversation: id, seq })
  const answers = await Promise.all([...others, ...others.slice(0, 20)].map(confirm))
  expect(answers.slice(60)).toEqual(answers.slice(0, 20))
  await until(async () => (await progressOf(server, ann, id, seq))?.confirmed === 60)
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: { items: { id: string }[]; next: string | null } = await server
      .as(ann)
      .call(ops.listReceiptMembers, { conversation: id, seq, confirmed: true, cursor, limit: 25 })
    seen.push(...page.items.map((one) => one.id))
    cursor = page.next
  } while (cursor !== null)
  expect(seen).toHaveLength(60)
  expect(new Set(seen)).toEqual(new Set(others.map((one) => one.id)))
})
