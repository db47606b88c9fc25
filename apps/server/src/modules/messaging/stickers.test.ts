import { signUrls } from '@heyi/contract/files'
import * as ops from '@heyi/contract/messaging'
import { expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'

const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const upload = (server: TestServer, by: TestMember, name: string, bytes: Uint8Array = gif) =>
  server.app.kernel.db.transaction().execute((tx) => server.app.files.store(tx, by.tenantId, by.id, { name, bytes }))
const list = async (server: TestServer, by: TestMember, retired = false) =>
  (await server.as(by).call(ops.listStickerPacks, { retired, cursor: null, limit: 50 })).items
let serial = 0
const sendSticker = (server: TestServer, by: TestMember, conversation: string, sticker: string) =>
  server
    .as(by)
    .call(ops.sendMessage, { conversation, key: `sticker-${++serial}`, message: { kind: 'sticker', sticker } })

test('admins keep packs, everybody sends from them, and what was sent stays when a pack is retired', async () => {
  await using server = await startTestServer()
  const [admin, bo, cy] = [await server.member({ role: 'admin' }), await server.member(), await server.member()]
  const [first, second] = [await upload(server, admin, '收到.gif'), await upload(server, admin, '辛苦了.gif')]
  const pack = await server.as(admin).call(ops.createStickerPack, {
    name: '小栖',
    pictures: [
      { file: first, label: '收到' },
      { file: second, label: '辛苦了' },
    ],
  })
  const other = await server
    .as(admin)
    .call(ops.createStickerPack, { name: '节日', pictures: [{ file: first, label: '中秋快乐' }] })
  expect((await list(server, bo)).map(({ name }) => name)).toEqual(['小栖', '节日'])
  await server.as(admin).call(ops.orderStickerPacks, { packs: [other.id] })
  expect((await list(server, bo)).map(({ name }) => name)).toEqual(['节日', '小栖'])
  const paged = await server.as(bo).call(ops.listStickerPacks, { retired: false, cursor: null, limit: 1 })
  const rest = await server.as(bo).call(ops.listStickerPacks, { retired: false, cursor: paged.next, limit: 1 })
  expect([...paged.items, ...rest.items].map(({ name }) => name)).toEqual(['节日', '小栖'])

  const { conversation } = await server.as(bo).call(ops.createGroup, { name: '表情', members: [cy.id] })
  const [yes, thanks] = pack.stickers
  const { seq } = await sendSticker(server, bo, conversation.id, yes?.id ?? '')
  const seen = async () =>
    (await server.as(cy).call(ops.getMessages, { conversation: conversation.id, seqs: [seq] })).messages[0]?.object
  expect(await seen()).toMatchObject({ kind: 'sticker', body: { sticker: yes?.id, picture: first, label: '收到' } })
  // Everybody in the company may see the picture; nobody else, and no other file by that way.
  const signed = (by: TestMember, file: string) =>
    server.as(by).call(signUrls, { items: [{ file, via: { sticker: true }, variant: 'original' }] })
  expect((await signed(cy, first)).items).toHaveLength(1)
  expect((await signed(cy, await upload(server, admin, '别的.gif'))).items).toEqual([])
  const outsider = await server.member({ tenant: await server.tenant() })
  expect((await signed(outsider, first)).items).toEqual([])
  await expect(sendSticker(server, outsider, conversation.id, yes?.id ?? '')).rejects.toMatchObject({
    code: 'not_found',
  })

  // One is taken out, then the whole pack.
  const now = await server.as(admin).call(ops.updateStickerPack, {
    pack: pack.id,
    version: pack.version,
    pictures: [{ sticker: thanks?.id ?? '' }],
  })
  expect(now.stickers.map(({ label }) => label)).toEqual(['辛苦了'])
  await expect(sendSticker(server, bo, conversation.id, yes?.id ?? '')).rejects.toMatchObject({ code: 'sticker_gone' })
  const change = { pack: pack.id, retired: true }
  await expect(
    server.as(admin).call(ops.updateStickerPack, { ...change, version: pack.version }),
  ).rejects.toMatchObject({ code: 'version_conflict' })
  await server.as(admin).call(ops.updateStickerPack, { ...change, version: now.version })
  expect((await list(server, bo)).map(({ name }) => name)).toEqual(['节日'])
  expect((await list(server, admin, true)).map(({ name, retired }) => [name, retired])).toEqual([
    ['节日', false],
    ['小栖', true],
  ])
  await expect(list(server, bo, true)).rejects.toMatchObject({ code: 'not_allowed' })
  await expect(sendSticker(server, bo, conversation.id, thanks?.id ?? '')).rejects.toMatchObject({
    code: 'sticker_gone',
  })
  expect(await seen()).toMatchObject({ body: { picture: first } })
  expect((await signed(cy, first)).items).toHaveLength(1)
})

test('what is no picture of the right kind and size becomes no sticker', async () => {
  await using server = await startTestServer()
  const [admin, bo] = [await server.member({ role: 'admin' }), await server.member()]
  const make = (file: string) =>
    server.as(admin).call(ops.createStickerPack, { name: '坏', pictures: [{ file, label: '坏' }] })
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  for (const [name, bytes] of [
    ['图.svg', Buffer.from(svg)],
    ['页.gif', Buffer.from('<html>')],
    ['大.gif', Buffer.concat([gif, Buffer.alloc(500_001)])],
  ] as const)
    await expect(make(await upload(server, admin, name, bytes))).rejects.toMatchObject({ code: 'sticker_invalid' })
  // Uploads of others are not there.
  await expect(make(await upload(server, bo, '别人的.gif'))).rejects.toMatchObject({ code: 'not_found' })
  expect(await list(server, admin, true)).toEqual([])
})
