import { limits } from '@heyi/contract/limits'

/** What the head of a page says about itself; addresses are whole. */
export interface Page {
  title: string
  description: string
  site: string
  images: string[]
}

const link = /https?:\/\/[^\s<>"'，。；：！？、（）【】《》“”‘’]+/i
/** A sentence’s own punctuation at the end of an address is not part of it. */
const trailing = /[.,;:!?)\]}]+$/
const mostUrlChars = 2_000

/** The first address of the web in a text, without the place in the page that it names. */
export function firstLink(text: string): string | null {
  const found = link.exec(text)?.[0].replace(trailing, '')
  if (!found || found.length > mostUrlChars || !URL.canParse(found)) return null
  const url = new URL(found)
  if (url.username || url.password) return null
  url.hash = ''
  return url.href
}

/** The text of a page, by what its server, its first bytes or its own head say; else UTF-8. */
export function decodePage(bytes: Uint8Array, type: string): string {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
  const told = /charset\s*=\s*["']?([\w-]{1,40})/i
  const head = Array.from(bytes.subarray(0, 2_048), (byte) => String.fromCharCode(byte)).join('')
  const names = [mark, told.exec(type)?.[1], told.exec(head)?.[1], 'utf-8']
  for (const name of names) {
    if (!name) continue
    try {
      return new TextDecoder(name).decode(bytes)
    } catch (error) {
      // A name that nobody knows.
      if (!(error instanceof RangeError)) throw error
    }
  }
  return ''
}

const mostTagChars = 2_048

/** Reads the head of a page, in time that grows with its length; null where it has no title. */
export function readPage(html: string, url: string): Page | null {
  const metas = new Map<string, string>()
  const icons: string[] = []
  let title = ''
  const lower = html.toLowerCase()
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    if (lower.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at + 4)
      if (end < 0) break
      at = end + 3
      continue
    }
    const name = /^[a-z]+/.exec(lower.slice(at + 1, at + 9))?.[0] ?? ''
    if (name === 'body') break
    const end = tagEnd(html, at)
    if (end < 0 || name === '') {
      at += 1
      continue
    }
    const tag = html.slice(at + 1 + name.length, end)
    at = end + 1
    if (name === 'script' || name === 'style' || name === 'title') {
      const close = lower.indexOf(`</${name}`, at)
      if (close < 0) break
      if (name === 'title') title ||= html.slice(at, Math.min(close, at + mostTagChars))
      at = close + 2
    } else if (name === 'meta') {
      const { property, name: named, content } = attributes(tag)
      const key = (property ?? named ?? '').toLowerCase()
      if (content && !metas.has(key)) metas.set(key, content)
    } else if (name === 'link') {
      const { rel = '', href } = attributes(tag)
      if (href && /(^|[\s-])icon(\s|$)/i.test(rel)) icons.push(href)
    }
  }
  const first = (...keys: string[]) => keys.map((key) => metas.get(key)).find(Boolean) ?? ''
  const said = line(first('og:title', 'twitter:title') || title, limits.linkTitleChars)
  if (said === '') return null
  const images = [first('og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image'), ...icons]
  return {
    title: said,
    description: line(first('og:description', 'description', 'twitter:description'), limits.linkTextChars),
    site: line(first('og:site_name'), limits.linkTitleChars) || new URL(url).host,
    images: [...new Set(images.flatMap((image) => whole(image, url)))].slice(0, 3),
  }
}

/** Where the tag that begins here ends; quotes may hold the sign of its end. */
function tagEnd(html: string, start: number): number {
  const most = Math.min(html.length, start + mostTagChars)
  let quote = ''
  for (let at = start + 1; at < most; at++) {
    const letter = html[at] ?? ''
    if (quote) quote = letter === quote ? '' : quote
    else if (letter === '"' || letter === "'") quote = letter
    else if (letter === '>') return at
    else if (letter === '<') return -1
  }
  return -1
}

function attributes(tag: string): Partial<Record<'property' | 'name' | 'content' | 'rel' | 'href', string>> {
  const found: Record<string, string> = {}
  for (const [, name = '', , a, b, c] of tag.matchAll(
    /([a-z:]{1,20})\s{0,5}=\s{0,5}("([^"]*)"|'([^']*)'|([^\s"'>]+))/gi,
  ))
    found[name.toLowerCase()] ??= a ?? b ?? c ?? ''
  return found
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  middot: '·',
}
const unprintable = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]/gu

/** One line as people read it, at most so long. */
function line(raw: string, most: number): string {
  const text = raw
    .slice(0, mostTagChars)
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (all, name: string) => {
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
      if (!name.startsWith('#')) return named[name.toLowerCase()] ?? all
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ''
    })
    .normalize('NFC')
    .replace(unprintable, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length <= most ? text : `${Array.from(text.slice(0, most - 2)).join('')}…`
}

function whole(address: string, base: string): string[] {
  const plain = line(address, mostUrlChars)
  if (plain === '' || !URL.canParse(plain, base)) return []
  const url = new URL(plain, base)
  return url.protocol === 'http:' || url.protocol === 'https:' ? [url.href] : []
}
