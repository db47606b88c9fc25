import { inflateRawSync } from 'node:zlib'

// Reads the text inside of a file. Runs in a thread of its own (`entry-extract.ts`), which is ended when it takes too long
// or too much; what is unpacked is bounded here as well, for buffers are not in a thread’s account.

/** Of one file, in the index. */
const mostChars = 100_000
const mostPages = 300
const mostParts = 60
/** Of all parts of an archive that are unpacked, together. */
const mostUnpacked = 48 * 1024 * 1024
const mostPlain = 1024 * 1024

const office = 'application/vnd.openxmlformats-officedocument.'
const docx = `${office}wordprocessingml.document`
const xlsx = `${office}spreadsheetml.sheet`

/** Whether there may be text inside that we can read. */
export const isReadable = (mime: string): boolean =>
  mime.startsWith('text/') || ['application/pdf', 'application/json', 'application/xml', docx, xlsx].includes(mime)

/** @param maps the folder of the tables that old Chinese PDFs need */
export async function extractText(bytes: Uint8Array, mime: string, maps: string): Promise<string> {
  if (mime === 'application/pdf') return tidy(await textOfPdf(bytes, maps))
  if (mime === docx)
    return tidy(
      textOfParts(
        bytes,
        /^word\/(document|footnotes|endnotes|header\d*|footer\d*)\.xml$/,
        /<w:(t|p|tab|br)\b[^>]*>([^<]*)/g,
      ),
    )
  if (mime === xlsx)
    return tidy(textOfParts(bytes, /^xl\/(sharedStrings|worksheets\/sheet\d+)\.xml$/, /<(t|si|row|is)\b[^>]*>([^<]*)/g))
  return tidy(decode(bytes.subarray(0, mostPlain)))
}

const tidy = (text: string): string =>
  text
    .replace(/\0/g, '')
    .replace(/[ \t\u3000]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim()
    .slice(0, mostChars)
    // Never through the middle of a character of two units.
    .replace(/[\ud800-\udbff]$/, '')

function decode(bytes: Uint8Array): string {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(mark, { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** What these parts of an archive say; the pattern’s first group is a tag, its second the text behind it. */
function textOfParts(bytes: Uint8Array, wanted: RegExp, pattern: RegExp): string {
  const lines: string[] = []
  let chars = 0
  let left = mostUnpacked
  for (const part of partsOf(bytes)
    .filter(({ name }) => wanted.test(name))
    .slice(0, mostParts)) {
    if (left <= 0 || chars > mostChars) break
    const xml = Buffer.from(unpack(bytes, part, left))
    left -= xml.length
    for (const [, tag, text = ''] of xml.toString('utf8').matchAll(pattern)) {
      if (tag === 't') {
        const said = unescapeXml(text)
        lines.push(said)
        chars += said.length
      } else lines.push(tag === 'tab' ? ' ' : '\n')
      if (chars > mostChars) break
    }
    lines.push('\n')
  }
  return lines.join('')
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const unescapeXml = (text: string): string =>
  text.replace(/&(#x?[0-9a-f]{1,6}|\w{2,4});/gi, (all, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? all
    const code = Number(name[1] === 'x' || name[1] === 'X' ? `0${name.slice(1)}` : name.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })

interface Part {
  name: string
  method: number
  packed: number
  offset: number
}

/** What an archive says it holds. @throws where it is none */
function partsOf(bytes: Uint8Array): Part[] {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = data.lastIndexOf('PK\x05\x06')
  if (end < 0) throw new Error('It is no archive.')
  const parts: Part[] = []
  let at = data.readUInt32LE(end + 16)
  while (at + 46 <= end && data.readUInt32LE(at) === 0x02014b50 && parts.length < 10_000) {
    const name = data.readUInt16LE(at + 28)
    parts.push({
      name: data.toString('utf8', at + 46, at + 46 + name),
      method: data.readUInt16LE(at + 10),
      packed: data.readUInt32LE(at + 20),
      offset: data.readUInt32LE(at + 42),
    })
    at += 46 + name + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32)
  }
  return parts
}

/** @throws RangeError where more comes out than is left */
function unpack(bytes: Uint8Array, { method, packed, offset }: Part, most: number): Uint8Array {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = offset + 30 + data.readUInt16LE(offset + 26) + data.readUInt16LE(offset + 28)
  const body = data.subarray(start, start + packed)
  return method === 0 ? body.subarray(0, most) : inflateRawSync(body, { maxOutputLength: most })
}

async function textOfPdf(bytes: Uint8Array, maps: string): Promise<string> {
  // Where nothing can be drawn, its place is only asked for when it loads.
  const globals = globalThis as { DOMMatrix?: unknown; pdfjsWorker?: unknown }
  globals.DOMMatrix ??= class {}
  // Its own half for a worker runs in this thread, which is one.
  globals.pdfjsWorker ??= await import('pdfjs-dist/legacy/build/pdf.worker.mjs')
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: maps,
    cMapPacked: true,
    disableFontFace: true,
    useWasm: false,
    verbosity: 0,
  })
  try {
    const file = await task.promise
    let text = ''
    for (let number = 1; number <= Math.min(file.numPages, mostPages) && text.length < mostChars; number++) {
      const page = await file.getPage(number)
      const { items } = await page.getTextContent()
      for (const item of items) if ('str' in item) text += item.hasEOL ? `${item.str}\n` : item.str
      text += '\n'
      page.cleanup()
    }
    return text
  } finally {
    await task.destroy()
  }
}
