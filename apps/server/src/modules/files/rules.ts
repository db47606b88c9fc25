import { limits } from '@heyi/contract/limits'
import { fail } from '../../kernel/errors.js'

/** Longest side of a thumbnail. */
export const thumbnailPixels = 560
/** An image smaller than this may stand in for a thumbnail that it does not have. */
export const smallImageBytes = 64 * 1024
/** How long an upload may rest, and a file may be carried by nothing, before it goes. */
export const abandonedMs = 24 * 3600_000
/** Bytes outlive their last file by this, so that a backup under way still finds what its snapshot names. */
export const bytesKeptMs = 6 * 3600_000
/** Bytes at the beginning of a file that decide whether it is text. */
export const headBytes = 64 * 1024

const minUrlMs = 10 * 60_000
const urlStepMs = 3600_000
const nameChars = 200

/** The picture formats that every browser shows and that get thumbnails, with the most pixels that are decoded. */
const pictures: Readonly<Record<string, number>> = {
  // Photos of telephones reach 108 megapixels; a JPEG is scaled down while it is decoded, the others hardly.
  'image/jpeg': 120_000_000,
  'image/png': 50_000_000,
  'image/gif': 50_000_000,
  'image/webp': 50_000_000,
  'image/avif': 50_000_000,
}
const inline = new Set([
  ...Object.keys(pictures),
  'video/mp4',
  'video/webm',
  'video/ogg',
  'audio/mpeg',
  'audio/mp4',
  'audio/x-m4a',
  'audio/webm',
  'audio/ogg',
])

/** The most pixels of this picture that may be decoded; null if it is no picture. */
export const pixelLimit = (mime: string): number | null => pictures[mime] ?? null
/** Whether a browser may show it at our address, instead of saving it. */
export const mayShowInline = (mime: string): boolean => inline.has(mime)

export interface Usage {
  usedBytes: number
  files: number
  quotaBytes: number | null
  fileLimitBytes: number
}

/**
 * Whether one more file may begin.
 *
 * @param pending of uploads under way: bytes of the tenant, count of this member
 * @throws AppError `file_too_large`, `quota_exceeded`, `rate_limited`
 */
export function requireRoom(usage: Usage, pending: { bytes: number; mine: number }, sizeBytes: number): void {
  const { fileLimitBytes: limitBytes, quotaBytes } = usage
  if (sizeBytes > limitBytes) throw fail('file_too_large', { limitBytes })
  if (quotaBytes !== null && usage.usedBytes + pending.bytes + sizeBytes > quotaBytes)
    throw fail('quota_exceeded', { quotaBytes })
  if (pending.mine >= limits.uploadsPerMember) throw fail('rate_limited')
}

/** `Upload-Length` of a tus creation. @throws AppError `invalid_input` */
export function uploadLength(header: unknown): number {
  const length = typeof header === 'string' && /^\d{1,16}$/.test(header) ? Number(header) : Number.NaN
  if (!Number.isSafeInteger(length)) throw fail('invalid_input', { path: 'Upload-Length', reason: 'a number of bytes' })
  return length
}

// Control characters, invisible ones, and those that turn the direction of writing: “photo‮gpj.exe” must not read
// “photoexe.jpg”. Joiners stay, for some scripts and emojis are made with them.
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g
/** Names of devices on Windows, whatever follows their first point. */
const device = /^(con|prn|aux|nul|(com|lpt)[0-9¹²³])\s*(\.|$)/i

// Windows leaves them out, so that “a.exe.” would become a program again.
const ending = /[\s.]+$/

/** A name that is safe in any file system and header: one line, without path separators, at most 200 characters. */
export function cleanName(raw: string): string {
  const name = raw
    .normalize('NFC')
    .replace(unprintable, ' ')
    .replace(/[\\/]/g, '_')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(ending, '')
  const letters = Array.from(name).filter((letter) => !/^[\ud800-\udfff]$/.test(letter))
  if (device.test(name)) letters.unshift('_')
  if (letters.length === 0) return 'file'
  if (letters.length <= nameChars) return letters.join('')
  const extension = Array.from(extensionOf(name) && `.${extensionOf(name)}`)
  return [...letters.slice(0, nameChars - extension.length), ...extension].join('').replace(ending, '')
}

/** In lower case without the point; empty where there is none of a usual length. */
export const extensionOf = (name: string): string => /[^.]\.([\p{L}\p{N}]{1,10})$/u.exec(name)?.[1]?.toLowerCase() ?? ''

/** RFC 6266, with the name once for old readers and once as it is (RFC 8187). */
export function disposition(mime: string, name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${mayShowInline(mime) ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encoded}`
}

/** When an address that is signed now ends: the next full hour that is ten minutes away, so that caches can keep it. */
export const urlExpiry = (nowMs: number): number => Math.ceil((nowMs + minUrlMs) / urlStepMs) * urlStepMs

export type Range = { start: number; end: number } | 'whole' | 'unsatisfiable'

/** RFC 9110, section 14: one range of bytes, `end` included; several at once, or what does not parse, get the whole. */
export function parseRange(header: string | undefined, size: number): Range {
  const [, first = '', last = ''] = /^bytes=(\d{0,16})-(\d{0,16})$/.exec(header?.trim() ?? '') ?? []
  if (first === '' && last === '') return 'whole'
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length > 0 ? { start: size - length, end: size - 1 } : 'unsatisfiable'
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return 'whole'
  return start < size ? { start, end } : 'unsatisfiable'
}

const textNames: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  md: 'text/markdown',
  markdown: 'text/markdown',
  html: 'text/html',
  htm: 'text/html',
}
/** Extensions under which old Chinese encodings are still met. */
const oldText = new Set(['txt', 'csv', 'tsv', 'md', 'log', 'srt', 'ini', 'sql'])
// biome-ignore lint/suspicious/noControlCharactersInRegex: text has none of them
const binary = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/

/** The beginning of a file as text; null if it is none. `whole`: nothing follows. */
export function decodeText(head: Uint8Array, name: string, whole: boolean): string | null {
  const encodings =
    head[0] === 0xff && head[1] === 0xfe
      ? ['utf-16le']
      : head[0] === 0xfe && head[1] === 0xff
        ? ['utf-16be']
        : oldText.has(extensionOf(name))
          ? ['utf-8', 'gb18030']
          : ['utf-8']
  for (const encoding of encodings) {
    const text = decode(head, encoding, whole)
    if (text !== null && !binary.test(text)) return text
  }
  return null
}

function decode(bytes: Uint8Array, encoding: string, whole: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !whole })
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

const oldOffice: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
}

/**
 * What a file is, from its bytes; the name only tells kinds of text and of old office files apart.
 *
 * @param sniffed by its magic number, if it has one
 * @param text its beginning, where that is text
 */
export function mimeOf(sniffed: string | undefined, text: string | null, name: string): string {
  // “BM…” is a bitmap and “GIF8” a picture to whoever looks at two letters: no picture, sound or film is plain text.
  if (text !== null && (!sniffed || /^(image|audio|video|model|font)\//.test(sniffed))) return textMime(text, name)
  if (!sniffed) return 'application/octet-stream'
  if (sniffed === 'image/apng') return 'image/png'
  if (sniffed === 'application/x-cfb') return oldOffice[extensionOf(name)] ?? sniffed
  return sniffed
}

function textMime(text: string, name: string): string {
  const start = text.replace(/^\ufeff/, '').trimStart()
  if (start === '') return 'text/plain'
  if (/^<(svg|\?xml)\b/i.test(start) || /^<!doctype svg/i.test(start)) return 'application/xml'
  if (/^<(!doctype html|html|head|body|script|iframe|!--)/i.test(start)) return 'text/html'
  const extension = extensionOf(name)
  if (extension === 'json' && /^[[{"\d-]|^(true|false|null)/.test(start)) return 'application/json'
  return textNames[extension] ?? 'text/plain'
}
