import { limits } from '@heyi/contract/limits'
import * as ops from '@heyi/contract/messaging'
import * as sync from '@heyi/contract/sync'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'

async function group(server: TestServer, owner: TestMember, others: TestMember[]) {
  const { conversation } = await server
    .as(owner)
    .call(ops.createGroup, { name: '项目组', members: others.map((m) => m.id) })
  return conversation.id
}

async function lastLine(server: TestServer, as: TestMember, conversation: string) {
  const { messages } = await server.as(as).call(ops.listMessages, { conversation, before: 100_000, limit: 1 })
  return messages.at(-1)?.object
}

test('a notice is set by owner and admins, told in a line, and taken down again', async () => {
  await using server = await startTestServer({ now: '2030-01-01T09:00:00.000Z' })
  const [ann, bo, eve] = [await server.member(), await server.member(), await server.member()]
  const id = await group(server, ann, [bo])
  const text = '周五 17:00 前交周报'
  await expect(server.as(bo).call(ops.setGroupNotice, { conversation: id, text })).rejects.toMatchObject({
    code: 'not_allowed',
  })
  await expect(server.as(eve).call(ops.setGroupNotice, { conversation: id, text })).rejects.toMatchObject({
    code: 'not_found',
  })
  using socket = await server.as(bo).socket()
  await socket.call(sync.heads, { mark: null })
  const set = await server.as(ann).call(ops.setGroupNotice, { conversation: id, text: ` ${text}\n` })
  expect(set.notice).toEqual({ text, by: ann.id, at: '2030-01-01T09:00:00.000Z', seq: null })
  const frame = await socket.frame((f) => f.feed === id)
  expect(frame.changes).toMatchObject([
    { kind: 'conversation', object: { notice: { text } } },
    { kind: 'message', object: { kind: 'system', sender: ann.id, body: { event: 'notice_set' } } },
  ])
  // The same words again are no news.
  const before = await lastLine(server, bo, id)
  await server.as(ann).call(ops.setGroupNotice, { conversation: id, text })
  expect(await lastLine(server, bo, id)).toEqual(before)
  expect((await server.as(ann).call(ops.setGroupNotice, { conversation: id, text: '' })).notice).toBeNull()
  expect(await lastLine(server, bo, id)).toMatchObject({ body: { event: 'notice_removed' } })
  await expect(
    server.as(ann).call(ops.setGroupNotice, { conversation: id, text: '长'.repeat(limits.groupNoticeChars + 1) }),
  ).rejects.toMatchObject({ code: 'invalid_input' })
  await server.as(ann).call(ops.dissolveGroup, { conversation: id })
  await expect(server.as(ann).call(ops.setGroupNotice, { conversation: id, text })).rejects.toMatchObject({
    code: 'conversation_closed',
  })
})

test('a nickname is one’s own in that group, on its page of members, in the members object, and kept when they leave', async () => {
  await using server = await startTestServer()
  const [ann, bo, eve] = [await server.member(), await server.member(), await server.member()]
  const [id, other] = [await group(server, ann, [bo]), await group(server, ann, [bo])]
  expect(await server.as(bo).call(ops.setNickname, { conversation: id, nickname: ' 波波 ' })).toMatchObject({
    nickname: '波波',
  })
  const listed = await server.as(ann).call(ops.listMembers, { conversation: id, cursor: null, limit: 10 })
  expect(listed.items.map((m) => [m.id, m.nickname])).toEqual([
    [ann.id, null],
    [bo.id, '波波'],
  ])
  const search = async (among: string[], nickname: string) =>
    (
      await server
        .as(ann)
        .call(ops.listMembers, { conversation: id, cursor: null, limit: 10, only: { among, nickname } })
    ).items.map((m) => m.id)
  expect(await search([], '波')).toEqual([bo.id])
  expect(await search([ann.id, eve.id], '')).toEqual([ann.id])
  expect(await search([ann.id], '波')).toEqual([ann.id, bo.id])
  expect(await search([], '%')).toEqual([])
  const { members } = await server.as(ann).call(ops.getConversation, { conversation: id })
  expect(members.nicknames).toMatchObject([{ id: bo.id, nickname: '波波' }])
  const elsewhere = await server.as(ann).call(ops.getConversation, { conversation: other })
  expect(elsewhere.members.nicknames).toEqual([])
  await server.as(bo).call(ops.leaveConversation, { conversation: id })
  const asked = { conversation: id, members: [ann.id, bo.id, eve.id] }
  expect(await server.as(ann).call(ops.listNicknames, asked)).toEqual({
    rev: members.nicknames[0]?.rev,
    items: [{ id: bo.id, nickname: '波波' }],
  })
  for (const stranger of [bo, eve])
    await expect(server.as(stranger).call(ops.listNicknames, asked)).rejects.toMatchObject({ code: 'not_found' })
  await expect(server.as(eve).call(ops.setNickname, { conversation: id, nickname: '伊' })).rejects.toMatchObject({
    code: 'not_found',
  })
  // Taking it away is a change like any other: devices hear of it.
  await server.as(bo).call(ops.setNickname, { conversation: other, nickname: '波' })
  await server.as(bo).call(ops.setNickname, { conversation: other, nickname: '' })
  const after = await server.as(ann).call(ops.getConversation, { conversation: other })
  expect(after.members.nicknames).toMatchObject([{ id: bo.id, nickname: null }])
  expect(await server.as(ann).call(ops.listNicknames, { conversation: other, members: [bo.id] })).toMatchObject({
    items: [],
  })
  const { conversation } = await server.as(ann).call(ops.openDirect, { with: bo.id })
  await expect(
    server.as(ann).call(ops.setNickname, { conversation: conversation.id, nickname: '安' }),
  ).rejects.toMatchObject({ code: 'not_allowed' })
})

test('the members object carries the nicknames that changed last, never more than its most', async () => {
  await using server = await startTestServer()
  const members = await Promise.all(Array.from({ length: limits.recentNicknames + 2 }, () => server.member()))
  const [owner, ...others] = members
  if (!owner) throw new Error('nobody')
  const id = await group(server, owner, others)
  for (const [i, member] of members.entries())
    await server.as(member).call(ops.setNickname, { conversation: id, nickname: `第${i}位` })
  const { members: object } = await server.as(owner).call(ops.getConversation, { conversation: id })
  expect(object.nicknames.map((n) => n.id)).toEqual(
    members
      .map((m) => m.id)
      .reverse()
      .slice(0, limits.recentNicknames),
  )
})

test('shared groups: those both are in now, newest first, page by page; nothing of strangers', async () => {
  await using server = await startTestServer({ now: '2030-01-01T09:00:00.000Z' })
  const elsewhere = await server.tenant('另一家')
  const [ann, bo, eve] = [await server.member(), await server.member(), await server.member()]
  const [outsider, removed] = [await server.member({ tenant: elsewhere }), await server.member({ state: 'removed' })]
  const make = async (others: TestMember[]) => {
    server.clock.pass(1)
    return group(server, ann, others)
  }
  const [first, second, third] = [await make([bo]), await make([bo, eve]), await make([bo])]
  // Not in common: a group without the other, what only the two of them say, one that was left, one that is over.
  await make([eve])
  await server.as(ann).call(ops.openDirect, { with: bo.id })
  const [left, over] = [await make([bo]), await make([bo])]
  await server.as(bo).call(ops.leaveConversation, { conversation: left })
  await server.as(ann).call(ops.dissolveGroup, { conversation: over })

  const shared = (as: TestMember, other: TestMember, limit = 9, cursor: string | null = null) =>
    server.as(as).call(ops.listSharedGroups, { with: other.id, cursor, limit })
  const ids = async (as: TestMember, other: TestMember) => (await shared(as, other)).items.map(({ id }) => id)
  expect(await shared(ann, bo)).toEqual({
    items: [third, second, first].map((id) => ({ id, name: '项目组' })),
    next: null,
  })
  expect(await ids(bo, ann)).toEqual([third, second, first])
  expect([await ids(bo, eve), await ids(eve, bo)]).toEqual([[second], [second]])
  const page = await shared(ann, bo, 2)
  expect(page.items.map(({ id }) => id)).toEqual([third, second])
  expect(await shared(ann, bo, 2, page.next)).toMatchObject({ items: [{ id: first }], next: null })

  // Whoever comes back shares it again.
  await server.as(ann).call(ops.addMembers, { conversation: left, members: [bo.id] })
  expect(await ids(bo, ann)).toEqual([left, third, second, first])
  for (const [as, other] of [
    [outsider, ann],
    [ann, outsider],
    [ann, removed],
  ] as const)
    await expect(shared(as, other)).rejects.toMatchObject({ code: 'not_found' })
})

test('a notice may ask to be confirmed: who has and who has not is counted, the rest is reminded, and all of them are kept', async () => {
  await using server = await startTestServer({ now: '2024-01-08T01:00:00.000Z' })
  const [ann, bo, cy, late] = [
    await server.member(),
    await server.member(),
    await server.member(),
    await server.member(),
  ]
  const { conversation } = await server.as(ann).call(ops.createGroup, { name: '物料组', members: [bo.id, cy.id] })
  const { id } = conversation
  const set = (text: string, confirm: boolean) =>
    server.as(ann).call(ops.setGroupNotice, { conversation: id, text, confirm })
  await set('物料统一放在文档里', false)
  server.clock.pass(1)
  const asked = await set('周五前核对尺寸', true)
  const seq = asked.notice?.seq ?? 0
  expect(asked.notice).toMatchObject({ text: '周五前核对尺寸', by: ann.id })
  server.clock.pass(1)
  await server.as(ann).call(ops.addMembers, { conversation: id, members: [late.id] })
  const of = async (by: TestMember) =>
    (await server.as(by).call(ops.listReceipts, { conversation: id, seqs: [seq] })).items
  expect(await of(bo)).toMatchObject([{ asked: true, confirmedAt: null, progress: null }])
  expect(await of(ann)).toMatchObject([{ progress: { confirmed: 0, total: 2 } }])
  await server.as(bo).call(ops.confirmReceipt, { conversation: id, seq })
  expect(await of(ann)).toMatchObject([{ progress: { confirmed: 1, total: 2 } }])
  const missing = { conversation: id, seq, confirmed: false, cursor: null, limit: 5 }
  expect((await server.as(ann).call(ops.listReceiptMembers, missing)).items).toEqual([{ id: cy.id, at: null }])
  expect(await server.as(ann).call(ops.remindReceipt, { conversation: id, seq })).toEqual({ reminded: 1, resting: 0 })
  // The same text again is a new question; without it nothing has changed.
  expect((await set('周五前核对尺寸', false)).notice?.seq).toBe(seq)
  await set('', false)
  const page = (cursor: string | null) =>
    server.as(bo).call(ops.listGroupNotices, { conversation: id, cursor, limit: 1 })
  const first = await page(null)
  expect(first.items).toMatchObject([{ seq, text: '周五前核对尺寸', confirm: true }])
  const second = await page(first.next)
  expect(second).toMatchObject({ items: [{ text: '物料统一放在文档里', confirm: false }], next: null })
  // Who came later and may not read what was before finds none of it.
  const none = await server.as(late).call(ops.listGroupNotices, { conversation: id, cursor: null, limit: 5 })
  expect(none.items).toEqual([])
})
