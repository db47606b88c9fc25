import { readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as ops from '@heyi/contract/files'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestMember, type TestServer } from '../../../test/server.js'
import { zip } from '../../../test/zip.js'
import { examine } from './examine.js'

// What somebody uploads who means harm: it becomes a file like any other, or is refused, and that is all.

let server: TestServer
let ann: TestMember
beforeAll(async () => {
  server = await startTestServer({ now: '2030-01-01T00:05:00.000Z' })
  ann = await server.member()
})
afterAll(() => server.stop())

const uploadAs = (name: Uint8Array | string, bytes: Uint8Array<ArrayBuffer>, type = 'image/png') =>
  fetch(`${server.url}/upload`, {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      authorization: `Bearer ${ann.token}`,
      'content-type': 'application/offset+octet-stream',
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')},filetype ${Buffer.from(type).toString('base64')}`,
    },
    body: bytes,
  })

/** The file it became, and how it is handed out. */
async function put(name: Uint8Array | string, bytes: Uint8Array<ArrayBuffer>, type?: string) {
  const response = await uploadAs(name, bytes, type)
  expect(response.status).toBe(201)
  const file = response.headers.get('heyi-file') ?? ''
  const info = await server.as(ann).call(ops.getFile, { file })
  const { items } = await server.as(ann).call(ops.signUrls, {
    items: (['original', 'thumbnail'] as const).map((variant) => ({ file, via: null, variant })),
  })
  const [original, thumbnail] = await Promise.all(items.map(({ url }) => fetch(server.url + url)))
  if (!original) throw new Error('It has no address.')
  return { info, original, thumbnail: thumbnail ?? null }
}

/** Whatever it is, a browser runs nothing of it in our name, and asks nobody else for anything. */
function expectHarmless({ headers }: Response): void {
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  expect(headers.get('set-cookie')).toBeNull()
}

/** Every file below the data folder that is not a blob under its digest or the database. */
async function strays(): Promise<string[]> {
  const all = await readdir(server.dataDir, { recursive: true, withFileTypes: true })
  return all
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(server.dataDir.length + 1))
    .filter((path) => !/^blobs[\\/][0-9a-f]{2}[\\/][0-9a-f]{62}$/.test(path))
}

const word = (text: string) => Buffer.from(text)

test.each([
  ['../../../etc/cron.d/heyi', '.._.._.._etc_cron.d_heyi'],
  ['..\\..\\Windows\\System32\\drivers\\etc\\hosts', '.._.._Windows_System32_drivers_etc_hosts'],
  ['/etc/passwd', '_etc_passwd'],
  ['a\u0000.png', 'a .png'],
  ['x\r\nSet-Cookie: a=b\r\n\r\n<script>.txt', 'x Set-Cookie: a=b <script>.txt'],
  ['photo\u202egpj.exe', 'photo gpj.exe'],
  ['\u2066\u061cinvoice\u200b\u2069.pdf', 'invoice .pdf'],
  ['CON', '_CON'],
  ['con.tar.gz', '_con.tar.gz'],
  ['LPT9 .txt', '_LPT9 .txt'],
  ['report.exe. . .', 'report.exe'],
  ['...', 'file'],
  ['%2e%2e%2fa', '%2e%2e%2fa'],
  ['"; filename="x.html', '"; filename="x.html'],
  ['\u{1F468}\u200d\u{1F469}\u200d\u{1F467} 家庭.png', '\u{1F468}\u200d\u{1F469}\u200d\u{1F467} 家庭.png'],
])('the name %j is kept as %j', async (name, kept) => {
  const { info, original } = await put(name, word('text'))
  expect(info.name).toBe(kept)
  expectHarmless(original)
  const header = original.headers.get('content-disposition') ?? ''
  expect(header).toMatch(/^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w.!#$&+^`|~%-]*$/)
  expect(decodeURIComponent(/filename\*=UTF-8''(.*)$/.exec(header)?.[1] ?? '')).toBe(kept)
  expect(await strays()).toEqual([])
})

test('a name of bytes that are no text, or of ten thousand letters, is cut; one beyond a header’s size is refused', async () => {
  expect((await put(Buffer.from([0xff, 0xfe, 0x41, 0xed, 0xa0, 0x80]), word('x'))).info.name.length).toBeLessThan(10)
  const long = await put(`${'长'.repeat(2_000)}.txt`, word('x'))
  expect(Array.from(long.info.name)).toHaveLength(200)
  expect(long.info.name.endsWith('.txt')).toBe(true)
  const refused = await uploadAs('长'.repeat(10_000), word('x')).catch(() => null)
  expect(refused?.status ?? 431).toBe(431)
  expect((await put('after.txt', word('x'))).info.name).toBe('after.txt')
})

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>fetch("https://evil.example")</script></svg>'
const entities = `<!DOCTYPE svg [<!ENTITY a "${'x'.repeat(50)}"><!ENTITY b "${'&a;'.repeat(50)}">]><svg>&b;</svg>`

test.each([
  ['a.svg', word(svg), 'application/xml'],
  ['a.png', word(`<?xml version="1.0"?>${svg}`), 'application/xml'],
  ['laughs.svg', word(entities), 'application/xml'],
  ['a.jpg', word('<!doctype html><script>alert(document.cookie)</script>'), 'text/html'],
  ['a.txt', word('  \n<html><iframe src="//evil.example"></iframe></html>'), 'text/html'],
  ['a.svgz', gzipSync(svg), 'application/gzip'],
  ['a.pdf', word('%PDF-1.7\n<script>alert(1)</script>\n%%EOF'), 'application/pdf'],
  ['macro.docm', zip([{ name: 'word/vbaProject.bin', bytes: 'x' }]), 'application/zip'],
  ['a.png', Buffer.from('MZ\u0090\u0000program', 'latin1'), 'application/x-msdownload'],
])('%s is saved, never shown, and has no small picture', async (name, bytes, mime) => {
  const { info, original, thumbnail } = await put(name, bytes)
  expect(info).toMatchObject({ mime, width: null, height: null })
  expect(original.headers.get('content-disposition')).toMatch(/^attachment;/)
  expectHarmless(original)
  expect(thumbnail).toBeNull()
})

test('a picture that is something else as well stays a picture, and its small one is made anew', async () => {
  const png = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#888' } })
    .png()
    .toBuffer()
  const both = Buffer.concat([png, word('<script>alert(1)</script>'), zip([{ name: '../../x', bytes: 'x' }])])
  const { info, original, thumbnail } = await put('both.html', both)
  expect(info).toMatchObject({ mime: 'image/png', width: 900, height: 600 })
  expect(original.headers.get('content-type')).toBe('image/png')
  expectHarmless(original)
  const small = Buffer.from((await thumbnail?.arrayBuffer()) ?? new ArrayBuffer())
  expect(await sharp(small).metadata()).toMatchObject({ format: 'webp', width: 560 })
  expect(small.includes('script')).toBe(false)

  const script = await put('gif.js', word('GIF89a/*\u0001\u0001*/=1;alert(document.cookie)//'))
  expect(script.info.width).toBeNull()
  expect(script.original.headers.get('content-type')).not.toMatch(/script/)
  expectHarmless(script.original)
})

test('archives that would unpack to gigabytes are kept as they came, and nobody unpacks them', async () => {
  const before = process.memoryUsage().rss
  const zeros = Buffer.alloc(64 * 1024 * 1024)
  const deflated = zip([
    { name: '[Content_Types].xml', bytes: zeros },
    { name: 'mimetype', bytes: zeros },
  ])
  const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
  const stored = zip([{ name: '[Content_Types].xml', bytes: `<a ContentType="${type}"/>${zeros}`, stored: true }])
  const liar = zip([{ name: '[Content_Types].xml', bytes: 'x', claims: 0xffff_fff0 }])
  const many = zip(Array.from({ length: 20_000 }, (_, n) => ({ name: `../${n}`, bytes: '' })))
  const nested = gzipSync(gzipSync(gzipSync(zeros)))
  for (const bytes of [deflated, stored, liar, many, nested]) {
    const { info, original, thumbnail } = await put('innocent.docx', bytes)
    expect(info.sizeBytes).toBe(bytes.length)
    expect(['application/zip', 'application/gzip', 'application/octet-stream']).toContain(info.mime)
    expect(original.headers.get('content-disposition')).toMatch(/^attachment;/)
    expect(thumbnail).toBeNull()
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(700 * 1024 * 1024)
  expect(await strays()).toEqual([])
})

test('an entry of gigabytes at the beginning of an archive is not read into memory', async () => {
  const path = join(server.dataDir, 'huge.zip')
  const large = 1_900_000_000
  const start = zip([{ name: '[Content_Types].xml', bytes: '', stored: true }]).subarray(0, 49)
  start.writeUInt32LE(large, 18)
  await writeFile(path, start)
  await truncate(path, large + start.length)
  const before = process.memoryUsage().rss
  const { mime } = await examine(server.app.kernel.log, path, 'huge.zip', large + start.length)
  expect(process.memoryUsage().rss - before).toBeLessThan(500 * 1024 * 1024)
  expect(mime).not.toMatch(/office/)
  await rm(path)
})

test('pictures that would be huge once decoded, or never end, are plain files', async () => {
  const head = (width: number, height: number) => {
    const bytes = Buffer.alloc(60)
    bytes.write('RIFF', 0)
    bytes.writeUInt32LE(52, 4)
    bytes.write('WEBPVP8X', 8)
    bytes.writeUInt32LE(10, 16)
    bytes.writeUIntLE(width - 1, 24, 3)
    bytes.writeUIntLE(height - 1, 27, 3)
    return bytes
  }
  const gif = Buffer.from('GIF89a\u00ff\u00ff\u00ff\u00ff', 'latin1')
  for (const bytes of [
    head(16_000_000, 16_000_000),
    gif,
    Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
    word(`BM${'A'.repeat(100)}`),
  ]) {
    const { info, original } = await put('a.png', bytes)
    expect(info.width).toBeNull()
    expectHarmless(original)
  }
})
