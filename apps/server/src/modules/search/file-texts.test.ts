import { deflateRawSync } from 'node:zlib'
import { createGroup, forwardMessages, hideMessages, recallMessage, sendMessage } from '@heyi/contract/messaging'
import { search } from '@heyi/contract/search'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDocx, makePdf, makeXlsx } from '../../../test/documents.js'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { zip } from '../../../test/zip.js'
import { row, sql } from '../../kernel/db.js'
import { extractText } from './extract.js'

let server: TestServer
let ann: TestMember
let bo: TestMember
let conversation: string
beforeAll(async () => {
  server = await startTestServer()
  ann = await server.member()
  bo = await server.member()
  conversation = await group(ann, [bo])
})
afterAll(() => server.stop())

async function group(by: TestMember, members: TestMember[]): Promise<string> {
  const made = await server.as(by).call(createGroup, { name: '文字', members: members.map(({ id }) => id) })
  return made.conversation.id
}
let serial = 0
async function send(name: string, bytes: Uint8Array, to = conversation): Promise<number> {
  const { db } = server.app.kernel
  const file = await db.transaction().execute((tx) => server.app.files.store(tx, ann.tenantId, ann.id, { name, bytes }))
  const key = `file-texts-${++serial}`
  return (await server.as(ann).call(sendMessage, { conversation: to, key, message: { kind: 'file', file } })).seq
}
const find = async (by: TestMember, text: string, more: object = {}) =>
  (await server.as(by).call(search, { text, group: 'files', limit: 20, ...more })).files
const names = async (by: TestMember, text: string) => (await find(by, text)).items.map(({ file }) => file?.name)
const patient = { timeout: 20_000, interval: 100 }
const waiting = () =>
  row(
    server.app.kernel.db,
    sql<{ count: number }>`select count(*)::int as count from search_file where state = 'waiting'`,
  ).then((found) => found?.count)

const docx = (...paragraphs: string[]) => makeDocx(paragraphs)

test('what is inside of a PDF, a Word or Excel file, a text or an old Chinese one is found, with its context', async () => {
  await send('甲.pdf', makePdf('违约金条款'))
  await send('乙.docx', docx('第一章', '展厅灯具的采购由行政部门负责，每季度盘点一次。'))
  const seq = await send(
    '丙.xlsx',
    makeXlsx({
      渠道: [
        ['门店', '负责人'],
        ['西湖银泰', '欧阳菲菲'],
      ],
      备注: [['补货周期七天']],
    }),
  )
  await send('丁.md', Buffer.from('# Release\n\nThe quarterly roadmap & budget'))
  await send('戊.txt', Buffer.from('d0d5c3fbb5e7bbb0', 'hex'))
  await expect.poll(() => names(bo, '违约金'), patient).toEqual(['甲.pdf'])
  await expect.poll(() => names(bo, '灯具的采购'), patient).toEqual(['乙.docx'])
  await expect.poll(() => names(bo, '西湖银泰'), patient).toEqual(['丙.xlsx'])
  expect(await names(bo, '补货周期')).toEqual(['丙.xlsx'])
  await expect.poll(() => names(bo, 'roadmap'), patient).toEqual(['丁.md'])
  await expect.poll(() => names(bo, '姓名电话'), patient).toEqual(['戊.txt'])
  const { items } = await find(bo, '欧阳菲菲')
  expect(items).toMatchObject([{ conversation, seq, kind: 'file', inside: true, file: { name: '丙.xlsx' } }])
  const [hit] = items
  expect(hit?.ranges.map(([from, to]) => hit.text.slice(from, to))).toEqual(['欧阳菲菲'])
  // Part in the name, part inside; by the name alone it is no hit inside.
  expect(await names(bo, '乙.docx 灯具')).toEqual(['乙.docx'])
  expect((await find(bo, '乙.docx')).items).toMatchObject([{ file: { name: '乙.docx' } }])
  expect((await find(bo, '乙.docx')).items[0]?.inside).toBeUndefined()
})

test('only who may read the message finds it; recalled and hidden files vanish; one sent on is found there too', async () => {
  const seq = await send('密.docx', docx('并购意向书的底价'))
  await expect.poll(() => names(bo, '并购意向书'), patient).toEqual(['密.docx'])
  const eve = await server.member()
  expect(await names(eve, '并购意向书')).toEqual([])
  const theirs = await group(ann, [eve])
  await server.as(ann).call(forwardMessages, { from: conversation, seqs: [seq], to: [theirs] })
  await expect.poll(() => names(eve, '并购意向书'), patient).toEqual(['密.docx'])
  expect((await find(ann, '并购意向书')).items).toHaveLength(2)
  await server.as(bo).call(hideMessages, { conversation, seqs: [seq] })
  expect(await names(bo, '并购意向书')).toEqual([])
  await server.as(ann).call(recallMessage, { conversation, seq })
  expect((await find(ann, '并购意向书')).items).toHaveLength(1)
  const kept = () =>
    row(
      server.app.kernel.db,
      sql<{
        count: number
      }>`select count(*)::int as count from search_file where conversation_id = ${conversation} and seq = ${seq}`,
    ).then((found) => found?.count)
  await expect.poll(kept, patient).toBe(0)
})

test('files that are broken, lie or would become huge are found by their names, and the next one is read', async () => {
  const zeros = Buffer.alloc(200 * 1024 * 1024, 'x')
  const body = { name: 'word/document.xml', bytes: zeros }
  await send('炸弹.docx', zip([{ name: '[Content_Types].xml', bytes: docxTypes }, body]))
  await send(
    '坏.pdf',
    Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer << /Root 1 0 R >>'),
  )
  await send('之后.txt', Buffer.from('轮到后面的文件'))
  await expect.poll(() => names(bo, '轮到后面'), patient).toEqual(['之后.txt'])
  await expect.poll(waiting, patient).toBe(0)
  for (const name of ['炸弹.docx', '坏.pdf']) expect(await names(bo, name)).toEqual([name])
})

const docxTypes =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'

test('what comes out of a file is bounded', async () => {
  const mime = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  const text = await extractText(docx(...Array.from({ length: 30_000 }, () => '很长的一段')), mime, '')
  expect(text.length).toBeLessThanOrEqual(100_000)
  const bomb = zip([{ name: 'word/document.xml', bytes: Buffer.alloc(100 * 1024 * 1024) }])
  await expect(extractText(bomb, mime, '')).rejects.toThrow()
  await expect(extractText(deflateRawSync('no archive'), mime, '')).rejects.toThrow()
  expect(await extractText(docx('a &lt; &#20320;&amp;b', '\u0000'), mime, '')).toBe('a &lt; &#20320;&amp;b')
})
