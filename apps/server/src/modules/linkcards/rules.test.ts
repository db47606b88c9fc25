import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodePage, firstLink, readPage } from './rules.js'

test.each([
  ['看这里：https://a.example/路径?x=1#top，谢谢', 'https://a.example/%E8%B7%AF%E5%BE%84?x=1'],
  ['(http://b.example).', 'http://b.example/'],
  ['https://me:secret@c.example/', null],
  ['javascript:alert(1)', null],
  ['没有链接', null],
  [`https://d.example/${'x'.repeat(3_000)}`, null],
])('the first link of %j is %j', (text, url) => expect(firstLink(text)).toBe(url))

const base = 'https://site.example/a/b'
test('a page says its title, text, name and picture; its own words before those for others', () => {
  const html = `<!doctype html><html><head><!-- <title>no</title> --><script>"<title>no</title>"</script>
    <title>Plain &amp; simple</title><meta name=description content="Text &#20320;&#x597d; &lt;b&gt;">
    <meta property="og:title" content="亚麻面料 '养护' 指南"><meta content='/p/1.png' property='og:image'>
    <link rel="shortcut icon" href="icon.png"><link rel=stylesheet href=x.css></head><body><title>no</title>`
  expect(readPage(html, base)).toEqual({
    title: "亚麻面料 '养护' 指南",
    description: 'Text 你好 <b>',
    site: 'site.example',
    images: ['https://site.example/p/1.png', 'https://site.example/a/icon.png'],
  })
  expect(readPage('<title> a\u202e \n b\u0000</title>', base)?.title).toBe('a b')
  expect(readPage('<p>nothing</p>', base)).toBeNull()
  expect(readPage('<title>x</title><meta property=og:image content="javascript:alert(1)">', base)?.images).toEqual([])
  expect(readPage(`<title>${'长'.repeat(5_000)}</title>`, base)?.title.length).toBeLessThanOrEqual(200)
})

test('letters are told by the server, by the first bytes, or by the page itself', () => {
  const gbk = Uint8Array.of(0xb1, 0xea, 0xcc, 0xe2)
  expect(decodePage(gbk, 'text/html; charset=GBK')).toBe('标题')
  const meta = new TextEncoder().encode('<meta charset="gb2312">')
  expect(decodePage(Uint8Array.from([...meta, ...gbk]), 'text/html')).toContain('标题')
  expect(decodePage(Uint8Array.of(0xff, 0xfe, 0x41, 0), 'text/html; charset=GBK')).toBe('A')
  expect(decodePage(new TextEncoder().encode('标题'), 'text/html; charset=nonsense')).toBe('标题')
})

test('no page takes long or breaks it', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '<!--',
    '-->',
    '<meta ',
    'content=',
    '<title>',
    '</title',
    ' ',
    'a',
    '&#x41;',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 300 }), (parts) => {
      const page = readPage(parts.join(''), base)
      expect(page === null || page.title.length > 0).toBe(true)
    }),
  )
  for (const bad of ['<meta "', "<a '", '<', '<meta content=', '<!--', '<script>']) {
    const began = performance.now()
    readPage(bad.repeat(Math.floor(262_144 / bad.length)), base)
    expect(performance.now() - began).toBeLessThan(3_000)
  }
})
