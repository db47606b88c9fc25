import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import * as ops from '@heyi/contract/files'
import { createGroup, recallMessage, sendMessage } from '@heyi/contract/messaging'
import { createTenant, deleteTenant, setTenantState } from '@heyi/contract/operator'
import sharp from 'sharp'
import * as tus from 'tus-js-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { until } from '../../../test/until.js'
import { rows, sql } from '../../kernel/db.js'
import { sizeOf } from './blobs.js'

const start = '2030-01-01T00:05:00.000Z'
let server: TestServer
let ann: TestMember
let bo: TestMember
let eve: TestMember

beforeAll(async () => {
  server = await startTestServer({ now: start })
  ann = await server.member()
  bo = await server.member()
  eve = await server.member({ tenant: await server.tenant('别的公司') })
})
afterAll(() => server.stop())

type Headers = Record<string, string>
type Bytes = Uint8Array<ArrayBuffer>
const headersOf = (member: TestMember | null): Headers => ({
  'tus-resumable': '1.0.0',
  ...(member && { authorization: `Bearer ${member.token}` }),
})
const named = (name: string) => `filename ${Buffer.from(name).toString('base64')},filetype aW1hZ2UvcG5n`

const create = (member: TestMember | null, length: number | string, name = 'a.bin', more: Headers = {}, on = server) =>
  fetch(`${on.url}/upload`, {
    method: 'POST',
    headers: { ...headersOf(member), 'upload-length': String(length), 'upload-metadata': named(name), ...more },
  })
const patch = (member: TestMember, id: string, offset: number, bytes: Bytes, on = server) =>
  fetch(`${on.url}/upload/${id}`, {
    method: 'PATCH',
    headers: {
      ...headersOf(member),
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
    body: bytes,
  })
const ask = (method: 'HEAD' | 'DELETE', member: TestMember | null, id: string, more: Headers = {}) =>
  fetch(`${server.url}/upload/${id}`, { method, headers: { ...headersOf(member), ...more } })
const idOf = (response: Response) =>
  /^\/upload\/(fil_[0-9a-z]{20})$/.exec(response.headers.get('location') ?? '')?.[1] ?? ''
const codeOf = async (response: Response) => (await response.json()).error.code

async function begin(member: TestMember, length: number, name?: string, on = server): Promise<string> {
  const response = await create(member, length, name, {}, on)
  expect(response.status).toBe(201)
  return idOf(response)
}

async function upload(member: TestMember, bytes: Bytes, name = 'a.bin', on = server): Promise<string> {
  const id = await begin(member, bytes.length, name, on)
  if (bytes.length === 0) return id
  const response = await patch(member, id, 0, bytes, on)
  expect([response.status, response.headers.get('heyi-file')]).toEqual([204, id])
  return id
}

const info = (member: TestMember, file: string) => server.as(member).call(ops.getFile, { file })
type Item = z.input<typeof ops.signUrls.input>['items'][number]
async function urlOf(member: TestMember, file: string, variant: Item['variant'] = 'original', via: Item['via'] = null) {
  const { items } = await server.as(member).call(ops.signUrls, { items: [{ file, via, variant }] })
  return items[0] ? server.url + items[0].url : null
}
async function get(member: TestMember, file: string, more: Headers = {}, variant?: Item['variant']) {
  const url = await urlOf(member, file, variant)
  return fetch(url ?? 'no address', { headers: more })
}
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const stored = (digest: string) => existsSync(join(server.dataDir, 'blobs', digest.slice(0, 2), digest.slice(2)))
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 90, b: 20 } } })
const usageOf = async (member: TestMember) => {
  const [usage] = await rows(
    server.app.kernel.db,
    sql<{
      used: number
      files: number
    }>`select used_bytes as used, files from file_usage where tenant_id = ${member.tenantId}`,
  )
  return usage
}
const inTx = <T>(work: (tx: Parameters<typeof server.app.files.release>[0]) => Promise<T>) =>
  server.app.kernel.db.transaction().execute(work)
const carry = (member: TestMember, file: string, object: string) =>
  inTx((db) => server.app.files.attach({ db, actor: actorOf(member) }, file, { kind: 'message', object }))
const actorOf = ({ tenantId, id, personId, sessionId }: TestMember) =>
  ({ kind: 'member', tenantId, memberId: id, personId, sessionId, role: 'member', scopes: null }) as const

test('an upload becomes a file that its owner reads and nobody else does', async () => {
  const bytes = randomBytes(100_000)
  const id = await upload(ann, bytes, '数据.bin')
  expect(await info(ann, id)).toEqual({
    id,
    name: '数据.bin',
    sizeBytes: 100_000,
    mime: 'application/octet-stream',
    width: null,
    height: null,
    createdAt: start,
  })
  const response = await get(ann, id)
  expect(await bytesOf(response)).toEqual(bytes)
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="__.bin"; filename*=UTF-8''%E6%95%B0%E6%8D%AE.bin`,
  )
  for (const other of [bo, eve]) {
    await expect(info(other, id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await urlOf(other, id)).toBeNull()
    expect(await urlOf(other, id, 'original', { avatar: true })).toBeNull()
    expect((await ask('HEAD', other, id)).status).toBe(404)
    await expect(carry(other, id, 'con_1:1')).rejects.toMatchObject({ code: 'not_found' })
  }
  expect(await readdir(join(server.dataDir, 'uploads'))).toEqual([])
})

test('tus-js-client uploads in chunks and finds the id in the last answer', async () => {
  const bytes = randomBytes(300_000)
  let id: string | undefined
  const url = await new Promise<string | null>((resolve, reject) => {
    const one = new tus.Upload(bytes, {
      endpoint: `${server.url}/upload`,
      headers: { authorization: `Bearer ${ann.token}` },
      metadata: { filename: '照片 "1".png', filetype: 'image/png' },
      chunkSize: 128 * 1024,
      onAfterResponse: (_, response) => {
        id = response.getHeader('heyi-file') ?? id
      },
      onSuccess: () => resolve(one.url),
      onError: reject,
    })
    one.start()
  })
  expect(url).toBe(`${server.url}/upload/${id}`)
  expect(await info(ann, id ?? '')).toMatchObject({
    name: '照片 "1".png',
    sizeBytes: 300_000,
    mime: 'application/octet-stream',
  })
})

test('a broken connection loses nothing that arrived: the upload goes on where it stopped', async () => {
  const bytes = randomBytes(400_000)
  const id = await begin(ann, bytes.length)
  await expect(info(ann, id)).rejects.toMatchObject({ code: 'upload_incomplete' })
  await expect(info(bo, id)).rejects.toMatchObject({ code: 'not_found' })
  const socket = request(`${server.url}/upload/${id}`, {
    method: 'PATCH',
    headers: {
      ...headersOf(ann),
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
      'content-length': '400000',
    },
  })
  socket.on('error', () => undefined)
  socket.write(bytes.subarray(0, 150_000))
  const path = join(server.dataDir, 'uploads', id)
  await until(async () => (await sizeOf(path)) === 150_000)
  socket.destroy()
  const head = await ask('HEAD', ann, id)
  const offset = Number(head.headers.get('upload-offset'))
  expect([head.status, offset, head.headers.get('upload-length'), head.headers.get('heyi-file')]).toEqual([
    200,
    150_000,
    '400000',
    null,
  ])
  expect((await patch(ann, id, offset + 1, bytes.subarray(offset + 1))).status).toBe(409)
  expect((await patch(bo, id, offset, bytes.subarray(offset))).status).toBe(404)
  expect((await patch(ann, id, offset, randomBytes(300_000))).status).toBe(413)
  expect((await patch(ann, id, offset, bytes.subarray(offset))).headers.get('heyi-file')).toBe(id)
  expect(await bytesOf(await get(ann, id))).toEqual(bytes)
})

test('a request whose connection is dead gives way to the one that goes on', async () => {
  const bytes = randomBytes(200_000)
  const id = await begin(ann, bytes.length)
  const dead = request(`${server.url}/upload/${id}`, {
    method: 'PATCH',
    headers: {
      ...headersOf(ann),
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
      'content-length': '200000',
    },
  })
  dead.on('error', () => undefined)
  dead.write(bytes.subarray(0, 70_000))
  const path = join(server.dataDir, 'uploads', id)
  await until(async () => (await sizeOf(path)) === 70_000)
  const head = await ask('HEAD', ann, id)
  expect(head.headers.get('upload-offset')).toBe('70000')
  expect((await patch(ann, id, 70_000, bytes.subarray(70_000))).headers.get('heyi-file')).toBe(id)
  dead.destroy()
  expect(await bytesOf(await get(ann, id))).toEqual(bytes)
})

test('whoever missed the last answer hears it again, also after a crash before the file was made', async () => {
  const bytes = randomBytes(1_000)
  const id = await upload(ann, bytes)
  const head = await ask('HEAD', ann, id)
  expect([head.headers.get('upload-offset'), head.headers.get('upload-length'), head.headers.get('heyi-file')]).toEqual(
    ['1000', '1000', id],
  )
  const again = await patch(ann, id, 1_000, new Uint8Array())
  expect([again.status, again.headers.get('heyi-file')]).toEqual([204, id])
  expect((await patch(ann, id, 0, bytes)).status).toBe(409)

  const crashed = await begin(ann, 500)
  await writeFile(join(server.dataDir, 'uploads', crashed), bytes.subarray(0, 500))
  const heads = await Promise.all([1, 2, 3].map(() => ask('HEAD', ann, crashed)))
  expect(heads.map((one) => one.headers.get('heyi-file'))).toEqual([crashed, crashed, crashed])
  expect(await bytesOf(await get(ann, crashed))).toEqual(bytes.subarray(0, 500))
})

test('creation with upload, an empty file, and termination', async () => {
  const bytes = randomBytes(64)
  const whole = await fetch(`${server.url}/upload`, {
    method: 'POST',
    headers: {
      ...headersOf(ann),
      'upload-length': '64',
      'upload-metadata': named('x'),
      'content-type': 'application/offset+octet-stream',
    },
    body: bytes,
  })
  expect([whole.status, whole.headers.get('heyi-file'), whole.headers.get('upload-offset')]).toEqual([
    201,
    idOf(whole),
    '64',
  ])
  expect(await bytesOf(await get(ann, idOf(whole)))).toEqual(bytes)

  const empty = await create(ann, 0, '空.txt')
  expect(empty.headers.get('heyi-file')).toBe(idOf(empty))
  expect(await info(ann, idOf(empty))).toMatchObject({ sizeBytes: 0, mime: 'application/octet-stream', name: '空.txt' })
  const nothing = await get(ann, idOf(empty))
  expect([nothing.status, nothing.headers.get('content-length')]).toEqual([200, '0'])
  expect((await get(ann, idOf(empty), { range: 'bytes=0-' })).status).toBe(416)

  const id = await begin(ann, 10)
  expect((await ask('DELETE', bo, id)).status).toBe(404)
  expect((await ask('DELETE', ann, id)).status).toBe(204)
  expect((await ask('HEAD', ann, id)).status).toBe(404)
  expect((await ask('DELETE', ann, idOf(whole))).status).toBe(204)
  await expect(info(ann, idOf(whole))).rejects.toMatchObject({ code: 'not_found' })
  const carried = await upload(ann, bytes)
  await carry(ann, carried, 'con_x:1')
  expect(await codeOf(await ask('DELETE', ann, carried))).toBe('not_allowed')
})

test('only members upload, a cookie only from our own pages, and only what is a number of bytes', async () => {
  expect((await create(null, 1)).status).toBe(401)
  const cookie = { cookie: `heyi_session=${ann.token}` }
  expect((await create(null, 1, 'a', { ...cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await create(null, 1, 'a', { ...cookie, origin: 'https://elsewhere.example' })).status).toBe(403)
  expect((await create(null, 1, 'a', { ...cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(201)
  for (const length of ['-1', 'x', '1e3']) expect((await create(ann, length)).status).toBe(400)
  expect((await create(ann, 1, 'a', { 'tus-resumable': '0.2.0' })).status).toBe(400)
  const preflight = await fetch(`${server.url}/upload`, {
    method: 'OPTIONS',
    headers: { origin: 'https://elsewhere.example' },
  })
  expect([
    preflight.status,
    preflight.headers.get('access-control-allow-origin'),
    preflight.headers.get('tus-extension'),
  ]).toEqual([204, null, 'creation,creation-with-upload,termination'])
  const created = await create(ann, 1, 'a', { origin: 'https://elsewhere.example' })
  expect([created.headers.get('access-control-allow-origin'), created.headers.get('x-content-type-options')]).toEqual([
    null,
    'nosniff',
  ])
})

test('the type is told by the bytes: a page named .png is saved, never shown', async () => {
  const html = await upload(ann, Buffer.from('<!doctype html><script>alert(1)</script>'), 'nice.png')
  expect(await info(ann, html)).toMatchObject({ mime: 'text/html', width: null })
  const response = await get(ann, html)
  expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(response.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  const svg = await upload(ann, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'a.svg')
  expect((await info(ann, svg)).mime).toBe('application/xml')
  const png = await upload(ann, await picture(8, 8).png().toBuffer(), 'really.txt')
  expect((await info(ann, png)).mime).toBe('image/png')
  expect((await get(ann, png)).headers.get('content-disposition')).toMatch(/^inline/)
})

test('pictures have their size upright and a small WebP without metadata; of a moving one the first frame', async () => {
  const turned = await picture(2000, 1000).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  expect((await sharp(turned).metadata()).exif).toBeDefined()
  const id = await upload(ann, turned, 'photo.jpg')
  expect(await info(ann, id)).toMatchObject({ mime: 'image/jpeg', width: 1000, height: 2000 })
  const response = await get(ann, id, {}, 'thumbnail')
  expect(response.headers.get('content-type')).toBe('image/webp')
  const thumbnail = await sharp(await bytesOf(response)).metadata()
  expect(thumbnail).toMatchObject({ format: 'webp', width: 280, height: 560 })
  expect(thumbnail.exif).toBeUndefined()

  const frames = await Promise.all(
    [picture(900, 600), picture(900, 600).negate()].map((frame) => frame.png().toBuffer()),
  )
  const gif = await upload(
    ann,
    await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer(),
    'moving.gif',
  )
  expect(await info(ann, gif)).toMatchObject({ mime: 'image/gif', width: 900, height: 600 })
  const first = await sharp(await bytesOf(await get(ann, gif, {}, 'thumbnail'))).metadata()
  expect([first.pages ?? 1, first.width, first.height]).toEqual([1, 560, 373])
})

test('a bomb or a broken picture is a plain file; a small one stands in for its own thumbnail', async () => {
  const bomb = await upload(ann, Buffer.from(bombPng(30_000, 30_000)), 'bomb.png')
  expect(await info(ann, bomb)).toMatchObject({ mime: 'image/png', width: null, height: null })
  const broken = (await picture(400, 400).png().toBuffer()).subarray(0, 300)
  const small = await upload(ann, broken, 'broken.png')
  expect(await info(ann, small)).toMatchObject({ mime: 'image/png', width: null })
  expect(await urlOf(ann, small, 'thumbnail')).toContain('/original?')
  const large = await upload(ann, Buffer.concat([broken, randomBytes(70_000)]), 'broken.png')
  expect(await urlOf(ann, large, 'thumbnail')).toBeNull()
  expect(await urlOf(ann, await upload(ann, Buffer.from('text'), 'a.txt'), 'thumbnail')).toBeNull()
})

/** The head of a picture with these measures, and nothing in it. */
function bombPng(width: number, height: number): Uint8Array {
  const head = Buffer.alloc(25)
  head.writeUInt32BE(13, 0)
  head.write('IHDR', 4)
  head.writeUInt32BE(width, 8)
  head.writeUInt32BE(height, 12)
  head.set([8, 2, 0, 0, 0], 16)
  head.writeUInt32BE(0, 21)
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), head, Buffer.alloc(200)])
}

test('ranges, validators and HEAD', async () => {
  const bytes = Buffer.from('0123456789')
  const id = await upload(ann, bytes)
  const etag = `"${digestOf(bytes)}"`
  const part = await get(ann, id, { range: 'bytes=2-4' })
  expect([
    part.status,
    await part.text(),
    part.headers.get('content-range'),
    part.headers.get('content-length'),
  ]).toEqual([206, '234', 'bytes 2-4/10', '3'])
  expect(await (await get(ann, id, { range: 'bytes=-2' })).text()).toBe('89')
  const beyond = await get(ann, id, { range: 'bytes=10-' })
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10'])
  expect((await get(ann, id, { range: 'bytes=2-4', 'if-range': '"other"' })).status).toBe(200)
  expect((await get(ann, id, { range: 'bytes=2-4', 'if-range': etag })).status).toBe(206)
  const same = await get(ann, id, { 'if-none-match': etag })
  expect([same.status, same.headers.get('etag'), same.headers.get('cache-control')]).toEqual([
    304,
    etag,
    'private, max-age=3300, immutable',
  ])
  const head = await fetch((await urlOf(ann, id)) ?? '', { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length'), head.headers.get('accept-ranges')]).toEqual([
    200,
    '10',
    'bytes',
  ])
})

test('an address that ended, was changed, or is of another file opens nothing', async () => {
  const id = await upload(ann, Buffer.from('secret'))
  const other = await upload(ann, Buffer.from('other'))
  const url = (await urlOf(ann, id)) ?? ''
  const status = async (address: string) => (await fetch(address)).status
  expect(await status(url)).toBe(200)
  expect(await status(url.replace(id, other))).toBe(403)
  expect(await status(url.replace('/original', '/thumbnail'))).toBe(403)
  expect(await status(url.replace(ann.tenantId, eve.tenantId))).toBe(403)
  expect(await status(url.replace(/e=(\d+)/, (_, e) => `e=${Number(e) + 3600}`))).toBe(403)
  expect(await status(url.replace(/k=./, 'k=_'))).toBe(403)
  expect(await status(url.split('?')[0] ?? '')).toBe(403)
  const { expiresAt } = await server
    .as(ann)
    .call(ops.signUrls, { items: [{ file: id, via: null, variant: 'original' }] })
  await using copy = await startTestServer({ beside: server })
  expect(await status(url.replace(server.url, copy.url))).toBe(200)
  server.clock.set(expiresAt)
  expect(await status(url)).toBe(403)
})

test('names come back as they were, without what would break a header or a folder', async () => {
  const id = await upload(ann, Buffer.from('x'), 'ä "季度"\r\nSet-Cookie: a=b/..\\报告.txt')
  expect((await info(ann, id)).name).toBe('ä "季度" Set-Cookie: a=b_.._报告.txt')
  const header = (await get(ann, id)).headers.get('content-disposition') ?? ''
  expect(decodeURIComponent(/filename\*=UTF-8''(.*)$/.exec(header)?.[1] ?? '')).toBe(
    'ä "季度" Set-Cookie: a=b_.._报告.txt',
  )
})

test('the limits of a tenant: a file too large, storage full, uploads under way counted; only admins set them', async () => {
  const tenant = await server.tenant('小公司')
  const [owner, worker] = [await server.member({ tenant, role: 'owner' }), await server.member({ tenant })]
  await expect(server.as(worker).call(ops.setLimits, { quotaBytes: 1, fileLimitBytes: 1 })).rejects.toMatchObject({
    code: 'not_allowed',
  })
  await server.as(owner).call(ops.setLimits, { quotaBytes: 1000, fileLimitBytes: 600 })
  const large = await create(worker, 601)
  expect([large.status, await large.json()]).toEqual([
    413,
    { error: { code: 'file_too_large', data: { limitBytes: 600 } } },
  ])
  const id = await begin(worker, 600)
  const full = await create(owner, 401)
  expect([full.status, await full.json()]).toEqual([
    507,
    { error: { code: 'quota_exceeded', data: { quotaBytes: 1000 } } },
  ])
  await patch(worker, id, 0, randomBytes(600))
  expect((await create(owner, 401)).status).toBe(507)
  await upload(owner, randomBytes(400))
  expect(await server.as(owner).call(ops.getUsage, {})).toEqual({
    usedBytes: 1000,
    files: 2,
    quotaBytes: 1000,
    fileLimitBytes: 600,
  })
  expect((await ask('DELETE', worker, id)).status).toBe(204)
  expect(await server.as(owner).call(ops.getUsage, {})).toMatchObject({ usedBytes: 400, files: 1 })
  expect((await create(owner, 600)).status).toBe(201)
})

test('a member has so many uploads under way, not more', async () => {
  const many = await server.member({ tenant: await server.tenant() })
  for (let n = 0; n < 100; n++) expect((await create(many, 1)).status).toBe(201)
  expect(await codeOf(await create(many, 1))).toBe('rate_limited')
})

test('the same content at the same time is many files and one blob, which goes with the last of them', async () => {
  const bytes = await picture(700, 701).png().toBuffer()
  const before = await usageOf(ann)
  const ids = await Promise.all(Array.from({ length: 6 }, () => upload(ann, bytes, 'same.png')))
  const kept = ids[0] ?? ''
  expect(await usageOf(ann)).toEqual({ used: (before?.used ?? 0) + 6 * bytes.length, files: (before?.files ?? 0) + 6 })
  const [file] = await rows(
    server.app.kernel.db,
    sql<{ thumbnail: string }>`select distinct digest, thumbnail from file where digest = ${digestOf(bytes)}`,
  )
  const thumbnail = file?.thumbnail ?? ''
  for (const id of ids.slice(1)) expect((await ask('DELETE', ann, id)).status).toBe(204)
  server.clock.pass(7 * 3600)
  await settled()
  expect(await bytesOf(await get(ann, kept))).toEqual(bytes)
  expect((await ask('DELETE', ann, kept)).status).toBe(204)
  expect(stored(digestOf(bytes))).toBe(true)
  server.clock.pass(7 * 3600)
  await until(() => !stored(digestOf(bytes)) && !stored(thumbnail))
  const back = await upload(ann, bytes, 'again.png')
  expect(await bytesOf(await get(ann, back))).toEqual(bytes)
})

/** Waits until no job is due. */
const settled = () =>
  until(async () => {
    const due = await rows(
      server.app.kernel.db,
      sql`select from job where state = 'waiting' and run_at <= ${server.clock.now()}`,
    )
    return due.length === 0
  })

test('content that is stored while its last file is removed stays', async () => {
  const bytes = randomBytes(5_000)
  for (let round = 0; round < 15; round++) {
    const id = await upload(ann, bytes)
    expect((await ask('DELETE', ann, id)).status).toBe(204)
    const next = await begin(ann, bytes.length)
    server.clock.pass(7 * 3600)
    const [response] = await Promise.all([patch(ann, next, 0, bytes), settled()])
    expect(response.headers.get('heyi-file')).toBe(next)
    expect(await bytesOf(await get(ann, next))).toEqual(bytes)
    await ask('DELETE', ann, next)
  }
})

test('files go a day after nothing carries them, uploads a day after nobody went on', async () => {
  const [loose, held, released] = [
    await upload(ann, randomBytes(10)),
    await upload(ann, randomBytes(11)),
    await upload(ann, randomBytes(12)),
  ]
  await carry(ann, held, 'con_a:1')
  await carry(ann, released, 'con_a:2')
  const idle = await begin(ann, 10)
  const active = await begin(ann, 10)
  server.clock.pass(20 * 3600)
  await inTx((tx) => server.app.files.release(tx, ann.tenantId, { kind: 'message', object: 'con_a:2' }))
  await patch(ann, active, 0, randomBytes(5))
  server.clock.pass(8 * 3600)
  await until(async () => !(await readdir(join(server.dataDir, 'uploads'))).includes(idle))
  expect([404, 410]).toContain((await ask('HEAD', ann, idle)).status)
  await until(() =>
    info(ann, loose).then(
      () => false,
      ({ code }) => code === 'not_found',
    ),
  )
  expect((await ask('HEAD', ann, active)).headers.get('upload-offset')).toBe('5')
  expect((await info(ann, held)).sizeBytes).toBe(11)
  expect((await info(ann, released)).sizeBytes).toBe(12)
  server.clock.pass(17 * 3600)
  await until(() =>
    info(ann, released).then(
      () => false,
      ({ code }) => code === 'not_found',
    ),
  )
  expect((await info(ann, held)).sizeBytes).toBe(11)
})

test('a full disk is said so, and the upload goes on when there is room again', async () => {
  const bytes = randomBytes(3_000)
  const id = await begin(ann, bytes.length)
  await patch(ann, id, 0, bytes.subarray(0, 1_000))
  const path = join(server.dataDir, 'uploads', id)
  await rename(path, `${path}.aside`)
  await symlink('/dev/full', path)
  const response = await patch(ann, id, 0, bytes)
  expect([response.status, await response.json()]).toEqual([507, { error: { code: 'disk_full' } }])
  await rm(path)
  await rename(`${path}.aside`, path)
  expect((await ask('HEAD', ann, id)).headers.get('upload-offset')).toBe('1000')
  expect((await patch(ann, id, 1_000, bytes.subarray(1_000))).headers.get('heyi-file')).toBe(id)
  expect(await bytesOf(await get(ann, id))).toEqual(bytes)
})

test('a reader who goes away leaves no file open', async () => {
  const bytes = randomBytes(20_000_000)
  const id = await upload(ann, bytes)
  const url = (await urlOf(ann, id)) ?? ''
  const blob = digestOf(bytes).slice(2)
  const open = () => {
    const paths = readdirSync('/proc/self/fd').map((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`)
      } catch (error) {
        return String(error)
      }
    })
    return paths.filter((path) => path.includes(blob)).length
  }
  for (let n = 0; n < 3; n++) {
    const abort = new AbortController()
    const response = await fetch(url, { signal: abort.signal })
    await response.body?.getReader().read()
    expect(open()).toBe(1)
    abort.abort()
    await until(() => open() === 0)
  }
})

test('who may read a message reads its file, until it is recalled; an avatar is for the whole company', async () => {
  const { conversation } = await server.as(ann).call(createGroup, { name: '组', members: [bo.id] })
  const cat = await server.member()
  const file = await upload(ann, await picture(1200, 600).png().toBuffer(), '图.png')
  const { seq } = await server
    .as(ann)
    .call(sendMessage, { conversation: conversation.id, key: 'file-key-1', message: { kind: 'image', file } })
  const via = { conversation: conversation.id, seq }
  expect((await info(bo, file)).name).toBe('图.png')
  for (const variant of ['original', 'thumbnail'] as const)
    expect((await fetch((await urlOf(bo, file, variant, via)) ?? '')).status).toBe(200)
  for (const stranger of [cat, eve]) {
    expect(await urlOf(stranger, file, 'original', via)).toBeNull()
    await expect(info(stranger, file)).rejects.toMatchObject({ code: 'not_found' })
  }
  const another = await upload(ann, randomBytes(5))
  expect(await urlOf(bo, another, 'original', via)).toBeNull()
  expect(await urlOf(bo, file, 'original', { ...via, seq: seq + 1 })).toBeNull()

  await inTx((db) => server.app.files.setAvatar({ db, actor: actorOf(ann) }, ann.id, null, file))
  expect(await urlOf(cat, file, 'thumbnail', { avatar: true })).not.toBeNull()
  expect(await urlOf(eve, file, 'thumbnail', { avatar: true })).toBeNull()
  await expect(
    inTx((db) => server.app.files.setAvatar({ db, actor: actorOf(ann) }, ann.id, file, another)),
  ).rejects.toMatchObject({ code: 'invalid_input' })
  expect((await info(cat, file)).id).toBe(file)
  await inTx((db) => server.app.files.setAvatar({ db, actor: actorOf(ann) }, ann.id, file, null))
  expect(await urlOf(cat, file, 'thumbnail', { avatar: true })).toBeNull()

  await server.as(ann).call(recallMessage, via)
  expect(await urlOf(bo, file, 'original', via)).toBeNull()
  await expect(info(bo, file)).rejects.toMatchObject({ code: 'not_found' })
})

test('two copies that finish one upload at once make one file', async () => {
  await using copy = await startTestServer({ beside: server })
  const bytes = randomBytes(400_000)
  for (let round = 0; round < 5; round++) {
    const id = await begin(ann, bytes.length)
    await writeFile(join(server.dataDir, 'uploads', id), bytes)
    const before = await usageOf(ann)
    const answers = await Promise.all(
      [server, copy, server, copy].map(({ url }) =>
        fetch(`${url}/upload/${id}`, { method: 'HEAD', headers: headersOf(ann) }),
      ),
    )
    expect(answers.map((one) => one.headers.get('heyi-file'))).toEqual([id, id, id, id])
    expect((await usageOf(ann))?.files).toBe((before?.files ?? 0) + 1)
    expect(await bytesOf(await get(ann, id))).toEqual(bytes)
  }
})

test('a new company has the limits of the settings; with a deleted one its files go', async () => {
  await using own = await startTestServer({
    now: start,
    env: { HEYI_QUOTA_BYTES: '5000', HEYI_FILE_LIMIT_BYTES: '4000' },
  })
  own.app.identity.setOperatorToken('operator-token-of-this-test')
  const operator = own.withToken('operator-token-of-this-test')
  const company = { name: '短命公司', locale: 'zh-CN', timeZone: 'Asia/Shanghai' } as const
  const { tenant } = await operator.call(createTenant, { ...company, ownerName: '某', ownerAccount: 'boss' })
  const boss = await own.member({ tenant: { id: tenant.id, name: company.name }, role: 'owner' })
  const usage = { usedBytes: 0, files: 0, quotaBytes: 5000, fileLimitBytes: 4000 }
  expect(await own.as(boss).call(ops.getUsage, {})).toEqual(usage)
  const bytes = await picture(100, 100).png().toBuffer()
  await upload(boss, Buffer.from(bytes), 'a.png', own)
  await begin(boss, 10, 'b', own)
  await operator.call(setTenantState, { tenant: tenant.id, state: 'suspended' })
  await operator.call(deleteTenant, { tenant: tenant.id, name: company.name })
  const { db } = own.app.kernel
  await until(async () => (await rows(db, sql`select from tenant where id = ${tenant.id}`)).length === 0)
  own.clock.pass(7 * 3600)
  await until(() => {
    const found = readdirSync(join(own.dataDir, 'blobs'), { recursive: true, withFileTypes: true })
    return found.every((entry) => !entry.isFile())
  })
  await until(async () => (await rows(db, sql`select from blob`)).length === 0)
})

test('the program stores files of its own the same way', async () => {
  const bytes = await picture(1120, 560).png().toBuffer()
  const id = await inTx((tx) => server.app.files.store(tx, ann.tenantId, ann.id, { name: '示例.png', bytes }))
  expect(await info(ann, id)).toMatchObject({ mime: 'image/png', width: 1120, height: 560 })
  expect((await sharp(await bytesOf(await get(ann, id, {}, 'thumbnail'))).metadata()).width).toBe(560)
  const listed = []
  for await (const blob of server.app.files.blobs.listBlobs()) listed.push(blob.digest)
  expect(listed).toContain(digestOf(bytes))
})
