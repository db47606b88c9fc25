import { getLinkCards, getLinkPolicy, setLinkPolicy } from '@heyi/contract/linkcards'
import { createGroup, recallMessage, sendMessage } from '@heyi/contract/messaging'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { startSite } from '../../../test/web-site.js'

let server: TestServer
let boss: TestMember
let bo: TestMember
let eve: TestMember
let conversation: string
beforeAll(async () => {
  server = await startTestServer({ env: { HEYI_CALL_INSIDE: 'on' } })
  boss = await server.member({ role: 'owner' })
  bo = await server.member()
  eve = await server.member()
  const made = await server.as(boss).call(createGroup, { name: '链接', members: [bo.id] })
  conversation = made.conversation.id
})
afterAll(() => server.stop())

let serial = 0
const say = async (text: string) =>
  (
    await server
      .as(bo)
      .call(sendMessage, { conversation, key: `linkcards-${++serial}`, message: { kind: 'text', text } })
  ).seq
const cards = async (by: TestMember, ...seqs: number[]) =>
  (await server.as(by).call(getLinkCards, { conversation, seqs })).items
const turn = (on: boolean) => server.as(boss).call(setLinkPolicy, { on })

const gbk = Buffer.from('c8abceddcafaceefccb9d7d3', 'hex')
async function site() {
  const png = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#c96' } })
    .png()
    .toBuffer()
  const pages: Record<string, [string, string | Buffer]> = {
    '/page': ['text/html; charset=utf-8', '<title>亚麻面料养护指南</title><meta property=og:image content=/cover.png>'],
    '/gbk': ['text/html; charset=gbk', Buffer.concat([Buffer.from('<title>'), gbk, Buffer.from('</title>')])],
    '/huge': ['text/html', `<title>大</title>${'<p>字</p>'.repeat(400_000)}`],
    '/svg': ['text/html', '<title>图</title><meta property=og:image content=/evil.png>'],
    '/evil.png': ['image/png', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'],
    '/cover.png': ['image/png', png],
    '/file.pdf': ['application/pdf', '%PDF'],
  }
  return startSite((request, response) => {
    const page = pages[request.url ?? '']
    if (!page) return response.writeHead(404, { 'content-type': 'text/html' }).end('<title>Not here</title>')
    response.writeHead(200, { 'content-type': page[0] }).end(page[1])
  })
}

test('off until an admin turns it on: nobody is called; then a page is read once for everybody', async () => {
  await using web = await site()
  const seq = await say(`看看 ${web.url}/page`)
  expect(await server.as(bo).call(getLinkPolicy, {})).toEqual({ on: false })
  expect(await cards(bo, seq)).toEqual([])
  expect(web.asked).toEqual([])
  await expect(server.as(bo).call(setLinkPolicy, { on: true })).rejects.toMatchObject({ code: 'not_allowed' })
  await turn(true)
  const [[one], [two]] = await Promise.all([cards(boss, seq), cards(bo, seq)])
  expect(two).toEqual(one)
  expect(one).toMatchObject({
    seq,
    url: `${web.url}/page`,
    state: 'ready',
    card: { title: '亚麻面料养护指南', description: '', site: `127.0.0.1:${web.port}` },
  })
  const image = Buffer.from(one?.card?.image ?? '', 'base64')
  expect(await sharp(image).metadata()).toMatchObject({ format: 'webp', width: 112, height: 112 })
  expect(web.asked.sort()).toEqual(['/cover.png', '/page'])
  // Turned off, it is forgotten.
  await turn(false)
  expect(await cards(bo, seq)).toEqual([])
  await turn(true)
  expect(await cards(bo, seq)).toMatchObject([{ state: 'ready' }])
  expect(web.asked).toHaveLength(4)
})

test('only who may read the message learns what is behind its link, and only by the message', async () => {
  await using web = await site()
  await turn(true)
  const seq = await say(`${web.url}/page`)
  expect(await cards(eve, seq)).toEqual([])
  expect(web.asked).toEqual([])
  expect(await cards(bo, seq, seq + 50)).toHaveLength(1)
  await server.as(bo).call(recallMessage, { conversation, seq })
  expect(await cards(bo, seq)).toEqual([])
})

test('old Chinese letters, endless pages, drawings with scripts, other files, what is not there', async () => {
  await using web = await site()
  await turn(true)
  const seqs: number[] = []
  for (const path of ['gbk', 'huge', 'svg', 'file.pdf', 'missing']) seqs.push(await say(`${web.url}/${path}`))
  const [old, huge, svg, pdf, missing] = await cards(bo, ...seqs)
  expect(old?.card?.title).toBe(new TextDecoder('gbk').decode(gbk))
  expect(huge?.card?.title).toBe('大')
  expect(svg).toMatchObject({ state: 'ready', card: { title: '图', image: null } })
  expect(pdf).toMatchObject({ state: 'none', card: null })
  expect(missing).toMatchObject({ state: 'none', card: null })
})

test('without the operator’s leave nothing of this machine or its network is called', async () => {
  await using web = await site()
  await using other = await startTestServer()
  const ann = await other.member({ role: 'owner' })
  const made = await other.as(ann).call(createGroup, { name: '内网', members: [] })
  await other.as(ann).call(setLinkPolicy, { on: true })
  const seqs: number[] = []
  for (const url of [`${web.url}/page`, `http://localhost:${web.port}/page`, 'http://10.0.0.1/', 'http://[::1]/'])
    seqs.push(
      (
        await other.as(ann).call(sendMessage, {
          conversation: made.conversation.id,
          key: `linkcards-${++serial}`,
          message: { kind: 'text', text: url },
        })
      ).seq,
    )
  const { items } = await other.as(ann).call(getLinkCards, { conversation: made.conversation.id, seqs })
  expect(items.map(({ state }) => state)).toEqual(['none', 'none', 'none', 'none'])
  expect(web.asked).toEqual([])
})

test('a slow page keeps nobody waiting for long; what it says comes later', async () => {
  let finish = () => undefined as unknown
  await using web = await startSite((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.write('<title>慢')
    finish = () => response.end('</title>')
  })
  await turn(true)
  const seq = await say(`${web.url}/`)
  expect(await cards(bo, seq)).toMatchObject([{ state: 'pending', card: null }])
  finish()
  await expect
    .poll(() => cards(bo, seq), { timeout: 10_000 })
    .toMatchObject([{ state: 'ready', card: { title: '慢' } }])
})
