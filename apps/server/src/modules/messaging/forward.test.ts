import * as files from '@heyi/contract/files'
import { limits } from '@heyi/contract/limits'
import * as ops from '@heyi/contract/messaging'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'

let serial = 0
const key = () => `key-${process.pid}-${++serial}`

async function group(server: TestServer, owner: TestMember, others: TestMember[] = []) {
  const { conversation } = await server
    .as(owner)
    .call(ops.createGroup, { name: '项目组', members: others.map((m) => m.id) })
  return conversation.id
}

async function say(server: TestServer, by: TestMember, conversation: string, text: string) {
  const message = { kind: 'text' as const, text, mentions: [{ principal: 'all' as const, start: 0, length: 1 }] }
  return (await server.as(by).call(ops.sendMessage, { conversation, key: key(), message })).seq
}

async function spoken(server: TestServer, by: TestMember, conversation: string) {
  const { messages } = await server.as(by).call(ops.listMessages, { conversation, before: 100_000, limit: 200 })
  return messages.map((m) => m.object).filter((m) => m.kind !== 'system')
}

async function storedFile(server: TestServer, owner: TestMember): Promise<string> {
  const { kernel, files } = server.app
  return kernel.db
    .transaction()
    .execute((tx) => files.store(tx, owner.tenantId, owner.id, { name: '方案.txt', bytes: Buffer.from('三页') }))
}

test('messages go on in their order, as the server has them, with the comment after; a repeat sends nothing twice', async () => {
  await using server = await startTestServer()
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const from = await group(server, bo, [ann])
  const to = [await group(server, ann, [cy]), await group(server, ann)]
  const first = await say(server, bo, from, '@所有人 第一句')
  const file = await storedFile(server, bo)
  const { seq: second } = await server
    .as(bo)
    .call(ops.sendMessage, { conversation: from, key: key(), message: { kind: 'file', file } })
  const input = { from, seqs: [second, first], to: [...to, ...to], comment: '请看' }
  const requestId = 'forward-once-only'
  await server.as(ann).call(ops.forwardMessages, input, { requestId })
  await server.as(ann).call(ops.forwardMessages, input, { requestId })
  for (const conversation of to)
    expect(await spoken(server, ann, conversation)).toMatchObject([
      { sender: ann.id, kind: 'text', body: { text: '@所有人 第一句' }, quote: null },
      { sender: ann.id, kind: 'file', body: { file, name: '方案.txt' } },
      { sender: ann.id, kind: 'text', body: { text: '请看' } },
    ])
  const [text, carried] = await spoken(server, cy, to[0] ?? '')
  // Nobody there was meant by the mention.
  expect(text?.body).toEqual({ text: '@所有人 第一句' })
  const via = { conversation: to[0] ?? '', seq: carried?.seq ?? 0 }
  const sign = async (by: TestMember, place: typeof via) =>
    (await server.as(by).call(files.signUrls, { items: [{ file, via: place, variant: 'original' }] })).items
  expect(await sign(cy, via)).toHaveLength(1)
  expect(await sign(cy, { conversation: from, seq: second })).toEqual([])
  // The source taken back, those who got it keep theirs.
  await server.as(bo).call(ops.recallMessage, { conversation: from, seq: second })
  expect(await sign(cy, via)).toHaveLength(1)
})

test('a forward is refused as a whole: a target closed, muted or not mine; a message recalled, hidden by my start or not there', async () => {
  await using server = await startTestServer()
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const from = await group(server, bo, [ann])
  const fine = await group(server, ann)
  const seq = await say(server, bo, from, '一句')
  const [closed, muted, others] = [
    await group(server, ann),
    await group(server, bo, [ann]),
    await group(server, bo, [cy]),
  ]
  await server.as(ann).call(ops.dissolveGroup, { conversation: closed })
  await server.as(bo).call(ops.updateGroup, { conversation: muted, muteAll: true })
  const forward = (input: { by?: TestMember; from?: string; seqs?: number[]; to?: string[] }) =>
    server
      .as(input.by ?? ann)
      .call(ops.forwardMessages, { from: input.from ?? from, seqs: input.seqs ?? [seq], to: input.to ?? [fine] })
  for (const [target, code] of [
    [closed, 'conversation_closed'],
    [muted, 'muted'],
    [others, 'not_found'],
  ] as const)
    await expect(forward({ to: [fine, target] })).rejects.toMatchObject({ code, data: { conversation: target } })
  await expect(forward({ by: cy, to: [others] })).rejects.toMatchObject({ code: 'not_found' })
  await expect(forward({ seqs: [seq, 99] })).rejects.toMatchObject({ code: 'message_gone' })
  // The first line of the system is nobody’s to send on.
  await expect(forward({ seqs: [seq - 1] })).rejects.toMatchObject({ code: 'message_gone' })
  await server.as(bo).call(ops.addMembers, { conversation: from, members: [cy.id] })
  await expect(forward({ by: cy, to: [others] })).rejects.toMatchObject({ code: 'message_gone' })
  await server.as(bo).call(ops.recallMessage, { conversation: from, seq })
  await expect(forward({})).rejects.toMatchObject({ code: 'message_gone' })
  expect(await spoken(server, ann, fine)).toEqual([])
})

test('thirty messages reach twenty conversations: what one transaction cannot hold follows in a job, once', {
  timeout: 60_000,
}, async () => {
  await using server = await startTestServer({ checkAnswers: false })
  const ann = await server.member()
  const from = await group(server, ann)
  const seqs: number[] = []
  for (let n = 0; n < limits.forwardMessages; n++) seqs.push(await say(server, ann, from, `第 ${n} 句`))
  const to: string[] = []
  for (let n = 0; n < limits.forwardTargets; n++) to.push(await group(server, ann))
  await server.as(ann).call(ops.forwardMessages, { from, seqs, to, comment: '都在这里' })
  await server.app.kernel.jobs.runDue()
  await server.app.kernel.jobs.runDue()
  for (const conversation of to)
    expect(await spoken(server, ann, conversation)).toHaveLength(limits.forwardMessages + 1)
  const one = { from, seqs, to: [...to, from] }
  await expect(server.as(ann).call(ops.forwardMessages, one)).rejects.toMatchObject({ code: 'invalid_input' })
})

test('several messages go on as one record, records within it, with their files for those who may read it', async () => {
  await using server = await startTestServer()
  const [ann, bo, cy, eve] = [
    await server.member({ name: '林知夏' }),
    await server.member({ name: '陈屿' }),
    await server.member(),
    await server.member(),
  ]
  const from = await group(server, bo, [ann])
  const to = await group(server, ann, [cy])
  const on = await group(server, cy, [eve])
  const first = await say(server, bo, from, '主图终稿好了')
  const file = await storedFile(server, bo)
  const { seq: second } = await server
    .as(bo)
    .call(ops.sendMessage, { conversation: from, key: key(), message: { kind: 'file', file } })
  await server.as(ann).call(ops.forwardMessages, { from, seqs: [first, second], to: [to], merged: true })
  const [record] = await spoken(server, cy, to)
  expect(record).toMatchObject({
    kind: 'record',
    sender: ann.id,
    body: {
      of: { kind: 'group', names: ['项目组'] },
      count: 2,
      first: [
        { name: '陈屿', kind: 'text', text: '主图终稿好了' },
        { name: '陈屿', kind: 'file', text: '方案.txt' },
      ],
    },
  })
  const seq = record?.seq ?? 0
  const open = (by: TestMember, conversation: string, at: number, path: number[] = []) =>
    server.as(by).call(ops.getRecord, { conversation, seq: at, path })
  const { items } = await open(cy, to, seq)
  expect(items).toMatchObject([
    { sender: bo.id, name: '陈屿', kind: 'text', body: { text: '主图终稿好了' } },
    { sender: bo.id, kind: 'file', body: { file } },
  ])

  // A record in a record, read by somebody who is in neither of the conversations before.
  const more = await say(server, cy, to, '转给你们看看')
  await server.as(cy).call(ops.forwardMessages, { from: to, seqs: [seq, more], to: [on], merged: true })
  const [outer] = await spoken(server, eve, on)
  const at = outer?.seq ?? 0
  expect((await open(eve, on, at)).items).toMatchObject([{ kind: 'record', body: { count: 2 } }, { kind: 'text' }])
  expect((await open(eve, on, at, [0])).items).toEqual(items)
  await expect(open(eve, on, at, [1])).rejects.toMatchObject({ code: 'not_found' })
  await expect(open(eve, to, seq)).rejects.toMatchObject({ code: 'not_found' })
  const sign = async (by: TestMember, via: { conversation: string; seq: number }) =>
    (await server.as(by).call(files.signUrls, { items: [{ file, via, variant: 'original' }] })).items
  expect(await sign(eve, { conversation: on, seq: at })).toHaveLength(1)
  expect(await sign(eve, { conversation: to, seq })).toEqual([])

  // One by one a record goes on whole; taken back, it opens no more.
  await server.as(eve).call(ops.forwardMessages, { from: on, seqs: [at], to: [await group(server, eve)] })
  await server.as(ann).call(ops.recallMessage, { conversation: to, seq })
  await expect(open(cy, to, seq)).rejects.toMatchObject({ code: 'not_found' })
  expect((await open(eve, on, at, [0])).items).toEqual(items)
})

test('records nest only so deep', async () => {
  await using server = await startTestServer()
  const ann = await server.member()
  const id = await group(server, ann)
  let seq = await say(server, ann, id, '最里面的一句')
  const merge = () => server.as(ann).call(ops.forwardMessages, { from: id, seqs: [seq], to: [id], merged: true })
  for (let depth = 0; depth <= limits.recordDepth; depth++) {
    await merge()
    seq = (await spoken(server, ann, id)).at(-1)?.seq ?? 0
  }
  const path = Array.from({ length: limits.recordDepth }, () => 0)
  expect((await server.as(ann).call(ops.getRecord, { conversation: id, seq, path })).items).toMatchObject([
    { kind: 'text', body: { text: '最里面的一句' } },
  ])
  await expect(merge()).rejects.toMatchObject({ code: 'record_too_large' })
})
