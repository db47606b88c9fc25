import { limits } from '@heyi/contract/limits'
import * as ops from '@heyi/contract/messaging'
import * as sync from '@heyi/contract/sync'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'

const text = (words: string) => ({ kind: 'text' as const, text: words })
let serial = 0
const key = () => `key-${process.pid}-${++serial}`

async function group(server: TestServer, owner: TestMember, others: TestMember[], historyVisible = false) {
  const { conversation } = await server
    .as(owner)
    .call(ops.createGroup, { name: '项目组', members: others.map((m) => m.id), historyVisible })
  return conversation.id
}

test('a message is durable, seen by its readers only, and a retry returns the first answer', async () => {
  await using server = await startTestServer()
  const [ann, bo, eve] = [await server.member(), await server.member(), await server.member()]
  const { conversation } = await server.as(ann).call(ops.openDirect, { with: bo.id })
  const sent = { conversation: conversation.id, key: key(), message: text('你好') }
  const first = await server.as(ann).call(ops.sendMessage, sent)
  expect(await server.as(ann).call(ops.sendMessage, sent)).toEqual(first)
  await expect(server.as(eve).call(ops.sendMessage, { ...sent, key: key() })).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(
    server.as(eve).call(ops.listMessages, { conversation: conversation.id, before: 99, limit: 9 }),
  ).rejects.toMatchObject({ code: 'not_found' })
  const page = await server.as(bo).call(ops.listMessages, { conversation: conversation.id, before: 1_000, limit: 10 })
  expect(page.messages.map((m) => m.object)).toMatchObject([
    { seq: first.seq, sender: ann.id, kind: 'text', body: { text: '你好' }, state: 'sent' },
  ])
  expect(page).toMatchObject({ floor: 0, below: { unread: 0 } })
})

test('both who open the same direct conversation at once get the same one', async () => {
  await using server = await startTestServer()
  const [ann, bo] = [await server.member(), await server.member()]
  const both = await Promise.all([
    server.as(ann).call(ops.openDirect, { with: bo.id }),
    server.as(bo).call(ops.openDirect, { with: ann.id }),
    server.as(ann).call(ops.openDirect, { with: bo.id }),
  ])
  expect(new Set(both.map((b) => b.conversation.id)).size).toBe(1)
})

test('a push reaches the sockets of everybody in the conversation and of nobody else', async () => {
  await using server = await startTestServer()
  const [ann, bo, eve] = [await server.member(), await server.member(), await server.member()]
  const id = await group(server, ann, [bo])
  using a = await server.as(ann).socket()
  using b = await server.as(bo).socket()
  using e = await server.as(eve).socket()
  for (const s of [a, b, e]) await s.call(sync.heads, { mark: null })
  const { seq } = await a.call(ops.sendMessage, { conversation: id, key: key(), message: text('周会改到三点') })
  for (const s of [a, b]) {
    const frame = await s.frame((f) => f.feed === id && f.rev === seq)
    expect(frame).toMatchObject({
      prev: seq - 1,
      changes: [{ kind: 'message', id: String(seq), rev: seq, object: { body: { text: '周会改到三点' } } }],
    })
  }
  await e.call(sync.heads, { mark: null })
  expect(e.frames).toEqual([])
})

test('who is removed writes and reads no more; who joins sees from there on, or all where history is shown', async () => {
  await using server = await startTestServer()
  const [ann, bo, cy, di] = [await server.member(), await server.member(), await server.member(), await server.member()]
  const id = await group(server, ann, [bo])
  const before = await server.as(bo).call(ops.sendMessage, { conversation: id, key: key(), message: text('之前') })
  await server.as(ann).call(ops.addMembers, { conversation: id, members: [cy.id] })
  const seen = await server.as(cy).call(ops.listMessages, { conversation: id, before: 1_000, limit: 50 })
  expect(seen.messages.map((m) => m.object.seq)).not.toContain(before.seq)
  await server.as(ann).call(ops.updateGroup, { conversation: id, historyVisible: true })
  await server.as(ann).call(ops.addMembers, { conversation: id, members: [di.id] })
  const all = await server.as(di).call(ops.listMessages, { conversation: id, before: 1_000, limit: 50 })
  expect(all.messages.map((m) => m.object.seq)).toContain(before.seq)
  const single = { conversation: id, seqs: [before.seq, 9_999] }
  expect((await server.as(cy).call(ops.getMessages, single)).messages).toEqual([])
  const found = await server.as(di).call(ops.getMessages, single)
  expect(found).toMatchObject({ view: all.view, messages: [{ object: { seq: before.seq, body: { text: '之前' } } }] })

  const again = { conversation: id, key: key(), message: text('最后一句') }
  const last = await server.as(bo).call(ops.sendMessage, again)
  await server.as(ann).call(ops.removeMembers, { conversation: id, members: [bo.id] })
  await expect(server.as(bo).call(ops.sendMessage, { ...again, key: key() })).rejects.toMatchObject({
    code: 'not_found',
  })
  // A retry of what was sent before the removal is still answered.
  expect(await server.as(bo).call(ops.sendMessage, again)).toEqual(last)
  const pulled = await server
    .as(bo)
    .call(sync.pull, { feeds: [{ feed: id, rev: null, view: null, floor: 0, take: 20 }] })
  expect(pulled.feeds).toEqual([{ feed: id, gone: true }])
})

test('places in a group: rename, mute all, admins, transfer, leave, dissolve', async () => {
  await using server = await startTestServer()
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const id = await group(server, ann, [bo, cy])
  await server.as(cy).call(ops.updateGroup, { conversation: id, name: '新名字' })
  await expect(server.as(cy).call(ops.updateGroup, { conversation: id, muteAll: true })).rejects.toMatchObject({
    code: 'not_allowed',
  })
  await server.as(ann).call(ops.updateGroup, { conversation: id, muteAll: true })
  await expect(
    server.as(cy).call(ops.sendMessage, { conversation: id, key: key(), message: text('嘘') }),
  ).rejects.toMatchObject({ code: 'muted' })
  await server.as(ann).call(ops.setAdmin, { conversation: id, member: bo.id, admin: true })
  await server.as(bo).call(ops.sendMessage, { conversation: id, key: key(), message: text('管理员可以说') })
  await expect(server.as(bo).call(ops.removeMembers, { conversation: id, members: [ann.id] })).rejects.toMatchObject({
    code: 'not_allowed',
  })
  await expect(
    server.as(cy).call(ops.setAdmin, { conversation: id, member: cy.id, admin: true }),
  ).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(server.as(ann).call(ops.leaveConversation, { conversation: id })).rejects.toMatchObject({
    code: 'owner_must_transfer',
  })
  expect(await server.as(ann).call(ops.transferOwnership, { conversation: id, to: cy.id })).toMatchObject({
    owner: cy.id,
    name: '新名字',
  })
  await server.as(ann).call(ops.leaveConversation, { conversation: id })
  await expect(server.as(ann).call(ops.getConversation, { conversation: id })).rejects.toMatchObject({
    code: 'not_found',
  })
  await server.as(cy).call(ops.dissolveGroup, { conversation: id })
  await expect(
    server.as(cy).call(ops.sendMessage, { conversation: id, key: key(), message: text('有人吗') }),
  ).rejects.toMatchObject({ code: 'conversation_closed' })
  const { messages } = await server.as(bo).call(ops.listMessages, { conversation: id, before: 1_000, limit: 50 })
  expect(messages.at(-1)?.object).toMatchObject({ kind: 'system', body: { event: 'dissolved' } })
})

test('recall: by its sender in time, by an admin at any time; the body is gone everywhere', async () => {
  await using server = await startTestServer({ now: '2030-01-01T09:00:00.000Z' })
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const id = await group(server, ann, [bo, cy])
  const early = await server.as(bo).call(ops.sendMessage, { conversation: id, key: key(), message: text('写错了') })
  const late = await server
    .as(bo)
    .call(ops.sendMessage, { conversation: id, key: key(), message: text('过时了'), quote: early.seq })
  await expect(server.as(cy).call(ops.recallMessage, { conversation: id, seq: early.seq })).rejects.toMatchObject({
    code: 'not_allowed',
  })
  await server.as(bo).call(ops.recallMessage, { conversation: id, seq: early.seq })
  server.clock.pass(limits.recallSeconds + 1)
  await expect(server.as(bo).call(ops.recallMessage, { conversation: id, seq: late.seq })).rejects.toMatchObject({
    code: 'recall_too_late',
  })
  await server.as(ann).call(ops.recallMessage, { conversation: id, seq: late.seq })
  const { messages } = await server.as(cy).call(ops.listMessages, { conversation: id, before: 1_000, limit: 50 })
  expect(messages.filter((m) => m.object.state === 'recalled').map((m) => m.object.body)).toEqual([null, null])
  await expect(
    server.as(cy).call(ops.sendMessage, { conversation: id, key: key(), message: text('?'), quote: early.seq }),
  ).rejects.toMatchObject({ code: 'quote_not_found' })
})

test('cursor, pin, mute, draft and hidden messages live in the member’s own feed', async () => {
  await using server = await startTestServer()
  const [ann, bo] = [await server.member(), await server.member()]
  const id = await group(server, ann, [bo])
  const one = await server.as(ann).call(ops.sendMessage, { conversation: id, key: key(), message: text('一') })
  const two = await server.as(ann).call(ops.sendMessage, {
    conversation: id,
    key: key(),
    message: { ...text('@所有人 二'), mentions: [{ principal: 'all', start: 0, length: 4 }] },
  })
  const below = async () =>
    (await server.as(bo).call(ops.listMessages, { conversation: id, before: 1, limit: 1 })).below
  const unread = async () => {
    const { feeds } = await server
      .as(bo)
      .call(sync.pull, { feeds: [{ feed: id, rev: null, view: null, floor: 0, take: 0 }] })
    return feeds[0] && 'below' in feeds[0] ? feeds[0].below : null
  }
  expect(await unread()).toMatchObject({ unread: 2, mentions: 1 })
  await server.as(bo).call(ops.hideMessages, { conversation: id, seqs: [one.seq] })
  expect(await unread()).toMatchObject({ unread: 1, hidden: 1 })
  await server.as(bo).call(ops.markRead, { conversation: id, seq: two.seq })
  await server.as(bo).call(ops.markRead, { conversation: id, seq: one.seq })
  expect(await unread()).toMatchObject({ unread: 0, readSeq: two.seq })
  const { version } = await server.as(bo).call(ops.updateMembership, { conversation: id, pinned: true, muted: true })
  await expect(
    server.as(bo).call(ops.markUnread, { conversation: id, seq: two.seq, version: version - 1 }),
  ).rejects.toMatchObject({ code: 'version_conflict' })
  await server.as(bo).call(ops.markUnread, { conversation: id, seq: two.seq, version })
  await server.as(bo).call(ops.saveDraft, { conversation: id, text: '写到一半', quote: null })
  const { feeds } = await server
    .as(bo)
    .call(sync.pull, { feeds: [{ feed: bo.id, rev: null, view: null, floor: 0, take: 0 }] })
  const mine = feeds[0] && 'changes' in feeds[0] ? feeds[0].changes : []
  expect(mine.find((c) => c.kind === 'membership')?.object).toMatchObject({
    pinned: true,
    muted: true,
    readSeq: two.seq - 1,
  })
  expect(mine.find((c) => c.kind === 'draft')?.object).toMatchObject({ text: '写到一半' })
  expect(mine.find((c) => c.kind === 'hidden')?.object).toEqual({ conversation: id, seq: one.seq })
  expect((await below()).unread).toBe(0)
})

test('heads tell what moved since the mark, and nothing when nothing did', async () => {
  await using server = await startTestServer()
  const [ann, bo] = [await server.member(), await server.member()]
  const id = await group(server, ann, [bo])
  const first = await server.as(bo).call(sync.heads, { mark: null })
  expect(first.heads.map(([feed]) => feed).sort()).toEqual([bo.id, id].sort())
  // A mark tells twice what was written beside another transaction, and other tests are in the same server.
  let { mark } = first
  await expect
    .poll(async () => {
      const quiet = await server.as(bo).call(sync.heads, { mark })
      mark = quiet.mark
      return quiet.heads.map(([feed]) => feed)
    })
    .toEqual([bo.id])
  const { seq } = await server.as(ann).call(ops.sendMessage, { conversation: id, key: key(), message: text('动了') })
  const moved = await server.as(bo).call(sync.heads, { mark })
  expect(moved.heads.find(([feed]) => feed === id)).toMatchObject([id, seq, seq, expect.any(String)])
  expect((await server.as(bo).call(sync.heads, { mark: 'elsewhere:7' })).heads).toHaveLength(2)
})

test('a thousand sends from fifty members at once: each once, in each sender’s order', async () => {
  await using server = await startTestServer({ checkAnswers: false })
  const members = await Promise.all(Array.from({ length: 50 }, () => server.member()))
  const [owner, ...others] = members
  if (!owner) throw new Error('nobody')
  const id = await group(server, owner, others)
  const acked: { sender: string; n: number; seq: number }[] = []
  await Promise.all(
    members.map(async (member) => {
      using socket = await server.as(member).socket()
      for (let n = 0; n < 20; n++) {
        const { seq } = await socket.call(ops.sendMessage, {
          conversation: id,
          key: `${member.id.slice(4)}-${n}`,
          message: text(`${n}`),
        })
        acked.push({ sender: member.id, n, seq })
      }
    }),
  )
  expect(new Set(acked.map((a) => a.seq)).size).toBe(1_000)
  for (const member of members) {
    const mine = acked.filter((a) => a.sender === member.id).sort((a, b) => a.seq - b.seq)
    expect(mine.map((a) => a.n)).toEqual([...Array(20).keys()])
  }
})
