import * as ops from '@heyi/contract/messaging'
import { expect, test } from 'vitest'
import { startTestServer } from '../../../test/server.js'

test('who has read is told to nobody, until the company wants the sender to know how many', async () => {
  await using server = await startTestServer()
  const boss = await server.member({ role: 'owner' })
  const [ann, bo, cy] = [await server.member(), await server.member(), await server.member()]
  const { conversation } = await server.as(ann).call(ops.createGroup, { name: '已读', members: [bo.id, cy.id] })
  const say = async (text: string, key: string) =>
    (
      await server
        .as(ann)
        .call(ops.sendMessage, { conversation: conversation.id, key, message: { kind: 'text', text } })
    ).seq
  const first = await say('一', 'reads-first')
  const second = await say('二', 'reads-second')
  const reads = async (by: typeof ann) =>
    (await server.as(by).call(ops.listReads, { conversation: conversation.id, seqs: [first, second] })).items
  await server.as(bo).call(ops.markRead, { conversation: conversation.id, seq: first })
  expect(await reads(ann)).toEqual([])
  expect(await server.as(bo).call(ops.getReadPolicy, {})).toEqual({ visible: false })
  await expect(server.as(ann).call(ops.setReadPolicy, { visible: true })).rejects.toMatchObject({ code: 'not_allowed' })

  await server.as(boss).call(ops.setReadPolicy, { visible: true })
  expect(await reads(ann)).toEqual([
    { seq: first, read: 1, total: 2 },
    { seq: second, read: 0, total: 2 },
  ])
  // Only of one’s own, and only to whoever is in the conversation.
  expect(await reads(bo)).toEqual([])
  await expect(reads(boss)).rejects.toMatchObject({ code: 'not_found' })
  await server.as(cy).call(ops.markRead, { conversation: conversation.id, seq: second })
  expect(await reads(ann)).toEqual([
    { seq: first, read: 2, total: 2 },
    { seq: second, read: 1, total: 2 },
  ])
  // Who has left, and who came later without seeing it, do not count.
  await server.as(cy).call(ops.leaveConversation, { conversation: conversation.id })
  await server.as(ann).call(ops.updateGroup, { conversation: conversation.id, historyVisible: false })
  const dan = await server.member()
  await server.as(ann).call(ops.addMembers, { conversation: conversation.id, members: [dan.id] })
  expect(await reads(ann)).toEqual([
    { seq: first, read: 1, total: 1 },
    { seq: second, read: 0, total: 1 },
  ])
  await server.as(ann).call(ops.recallMessage, { conversation: conversation.id, seq: first })
  expect(await reads(ann)).toHaveLength(1)
  await server.as(boss).call(ops.setReadPolicy, { visible: false })
  expect(await reads(ann)).toEqual([])
})
