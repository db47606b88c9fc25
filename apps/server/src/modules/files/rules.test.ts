import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  cleanName,
  decodeText,
  disposition,
  extensionOf,
  mimeOf,
  parseRange,
  requireRoom,
  uploadLength,
  urlExpiry,
} from './rules.js'

test.each([
  ['报告 第一稿.docx', '报告 第一稿.docx'],
  ['a"b\'c.txt', 'a"b\'c.txt'],
  ['line\r\nbreak\u0000.txt', 'line break .txt'],
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['C:\\fakepath\\x.png', 'C:_fakepath_x.png'],
  ['photo\u202egpj.exe', 'photo gpj.exe'],
  ['..', 'file'],
  ['', 'file'],
  ['e\u0301.txt', 'é.txt'],
])('the name %j becomes %j', (raw, name) => expect(cleanName(raw)).toBe(name))

test('a clean name is short, one line, safe in a header, keeps its extension, and stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (raw) => {
      const name = cleanName(raw)
      expect(Array.from(name).length).toBeLessThanOrEqual(200)
      expect(name).toMatch(/^[^\p{Cc}\\/]+$/u)
      expect(cleanName(name)).toBe(name)
      expect(disposition('text/plain', name)).toMatch(
        /^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w.!#$&+^`|~%-]*$/,
      )
    }),
  )
  expect(cleanName(`${'长'.repeat(300)}.xlsx`)).toMatch(/^长{195}\.xlsx$/)
})

test('what is safe to show is shown, the rest is saved, under its own name', () => {
  expect(disposition('image/png', '图.png')).toBe(`inline; filename="_.png"; filename*=UTF-8''%E5%9B%BE.png`)
  for (const mime of ['text/html', 'application/xml', 'image/svg+xml', 'application/pdf', 'text/plain'])
    expect(disposition(mime, 'x')).toMatch(/^attachment;/)
})

test.each([
  [undefined, 10, 'whole'],
  ['bytes=0-3', 10, { start: 0, end: 3 }],
  ['bytes=4-', 10, { start: 4, end: 9 }],
  ['bytes=-3', 10, { start: 7, end: 9 }],
  ['bytes=-30', 10, { start: 0, end: 9 }],
  ['bytes=8-99', 10, { start: 8, end: 9 }],
  ['bytes=10-', 10, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  ['bytes=-0', 10, 'unsatisfiable'],
  ['bytes=5-4', 10, 'whole'],
  ['bytes=0-1,4-5', 10, 'whole'],
  ['bytes=-', 10, 'whole'],
  ['lines=1-2', 10, 'whole'],
] as const)('the range %j of %i bytes is %j', (header, size, range) => expect(parseRange(header, size)).toEqual(range))

test('an address lives for ten to seventy minutes, and is the same for all who ask within an hour', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (now) => {
      const left = urlExpiry(now) - now
      expect(left).toBeGreaterThanOrEqual(600_000)
      expect(left).toBeLessThan(600_000 + 3_600_000)
      expect(urlExpiry(now) % 3_600_000).toBe(0)
    }),
  )
})

const text = (value: string) => new TextEncoder().encode(value)
test.each([
  ['a.png', text('<!DOCTYPE html><script>1</script>'), undefined, 'text/html'],
  ['a.png', text('\ufeff  <svg xmlns="http://www.w3.org/2000/svg"/>'), undefined, 'application/xml'],
  ['a.svg', text('<?xml version="1.0"?><svg/>'), 'application/xml', 'application/xml'],
  ['BMW.txt', text('BMW 说明书'), 'image/bmp', 'text/plain'],
  ['a.csv', text('name,age\n张三,3'), undefined, 'text/csv'],
  ['a.md', text('# 标题'), undefined, 'text/markdown'],
  ['a.json', text('{"a":1}'), undefined, 'application/json'],
  ['a.json', text('not json'), undefined, 'text/plain'],
  ['a.csv', Uint8Array.of(0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0x31), undefined, 'text/csv'],
  ['a.bin', Uint8Array.of(0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0x31), undefined, 'application/octet-stream'],
  ['a.txt', Uint8Array.of(0xff, 0xfe, 0x41, 0), undefined, 'text/plain'],
  ['a.txt', Uint8Array.of(1, 2, 3, 0), undefined, 'application/octet-stream'],
  ['a.doc', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0), 'application/x-cfb', 'application/msword'],
  ['a.txt', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0), 'image/png', 'image/png'],
])('%s: %s is told by its bytes', (name, bytes, sniffed, mime) =>
  expect(mimeOf(sniffed, decodeText(bytes, name, true), name)).toBe(mime),
)

test('a letter that is cut at the end of the head is still text, in the middle of a file it is not', () => {
  const cut = text('中文').slice(0, 5)
  expect(decodeText(cut, 'a', false)).toBe('中')
  expect(decodeText(cut, 'a', true)).toBeNull()
})

test.each([
  ['a.TXT', 'txt'],
  ['.env', ''],
  ['a.tar.gz', 'gz'],
  ['a', ''],
])('the extension of %s is %j', (name, extension) => expect(extensionOf(name)).toBe(extension))

test('a file begins if it is small enough and there is room, counting what is under way', () => {
  const usage = { usedBytes: 50, files: 1, quotaBytes: 100, fileLimitBytes: 40 }
  requireRoom(usage, { bytes: 20, mine: 0 }, 30)
  expect(() => requireRoom(usage, { bytes: 21, mine: 0 }, 30)).toThrow('quota_exceeded')
  expect(() => requireRoom(usage, { bytes: 0, mine: 0 }, 41)).toThrow('file_too_large')
  expect(() => requireRoom(usage, { bytes: 0, mine: 100 }, 1)).toThrow('rate_limited')
  requireRoom({ ...usage, quotaBytes: null }, { bytes: 1e15, mine: 0 }, 40)
})

test.each(['-1', '1.5', '', '1e3', undefined, '9'.repeat(16), ['1', '2']])('%j is no length', (header) =>
  expect(() => uploadLength(header)).toThrow('invalid_input'),
)
