import { createGroup, hideMessages, listFiles, recallMessage, sendMessage } from '@heyi/contract/messaging'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'

let server: TestServer
let ann: TestMember
let bo: TestMember
let conversation: string
beforeAll(async () => {
  server = await startTestServer()
  ann = await server.member()
  bo = await server.member()
  const made = await server.as(ann).call(createGroup, { name: '文件', members: [bo.id] })
  conversation = made.conversation.id
})
afterAll(() => server.stop())

let serial = 0
async function send(name: string, bytes: Uint8Array, kind: 'file' | 'image' = 'file', receipt?: 'open') {
  const { db } = server.app.kernel
  const file = await db.transaction().execute((tx) => server.app.files.store(tx, ann.tenantId, ann.id, { name, bytes }))
  const key = `list-files-${++serial}`
  const message = { conversation, key, message: { kind, file }, ...(receipt && { receipt }) }
  return (await server.as(ann).call(sendMessage, message)).seq
}
type Asked = { group?: 'all' | 'images' | 'media' | 'documents'; text?: string; cursor?: string | null; limit?: number }
const list = (by: TestMember, asked: Asked = {}) =>
  server.as(by).call(listFiles, { conversation, group: 'all', text: '', cursor: null, limit: 50, ...asked })
const names = async (by: TestMember, asked?: Asked) => (await list(by, asked)).items.map(({ body }) => body.name)

test('files of a conversation are listed newest first, by kind and by name, page by page', async () => {
  const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#111' } })
    .png()
    .toBuffer()
  await send('年度预算_v1.txt', Buffer.from('一'))
  await send('封面.png', png, 'image')
  await send('会议.webm', Buffer.from('1a45dfa3a3428681014282847765626d', 'hex'))
  await send('年度预算%终稿.TXT', Buffer.from('二'))
  await server
    .as(bo)
    .call(sendMessage, { conversation, key: 'list-files-text', message: { kind: 'text', text: '预算' } })
  expect(await names(bo)).toEqual(['年度预算%终稿.TXT', '会议.webm', '封面.png', '年度预算_v1.txt'])
  expect(await names(bo, { group: 'images' })).toEqual(['封面.png'])
  expect(await names(bo, { group: 'media' })).toEqual(['会议.webm'])
  expect(await names(bo, { text: '预算', group: 'documents' })).toEqual(['年度预算%终稿.TXT', '年度预算_v1.txt'])
  expect(await names(bo, { text: 'txt' })).toHaveLength(2)
  expect(await names(bo, { text: '%' })).toEqual(['年度预算%终稿.TXT'])
  expect(await names(bo, { text: '_' })).toEqual(['年度预算_v1.txt'])
  const first = await list(bo, { limit: 3 })
  expect(first.items).toHaveLength(3)
  expect((await list(bo, { limit: 3, cursor: first.next })).items.map(({ body }) => body.name)).toEqual([
    '年度预算_v1.txt',
  ])
  await expect(list(bo, { cursor: 'x' })).rejects.toMatchObject({ code: 'invalid_input' })
})

test('what was recalled, hidden, sent before I came, or is not opened yet where opening counts is not listed', async () => {
  const recalled = await send('撤回.txt', Buffer.from('三'))
  const hidden = await send('隐藏.txt', Buffer.from('四'))
  await send('未开.txt', Buffer.from('五'), 'file', 'open')
  await server.as(ann).call(recallMessage, { conversation, seq: recalled })
  await server.as(bo).call(hideMessages, { conversation, seqs: [hidden] })
  for (const name of ['撤回.txt', '隐藏.txt', '未开.txt']) expect(await names(bo)).not.toContain(name)
  expect(await names(ann)).toEqual(expect.arrayContaining(['隐藏.txt', '未开.txt']))
  const eve = await server.member()
  await expect(list(eve)).rejects.toMatchObject({ code: 'not_found' })
  const other = await server.as(ann).call(createGroup, { name: '新人', members: [] })
  expect(
    (
      await server
        .as(ann)
        .call(listFiles, { conversation: other.conversation.id, group: 'all', text: '', cursor: null, limit: 5 })
    ).items,
  ).toEqual([])
})
