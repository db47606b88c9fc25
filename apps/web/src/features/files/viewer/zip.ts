import { CannotShow, decodeText } from './bytes'

// Reads what an archive says it holds, from its end. Nothing in it is ever unpacked.

interface ZipEntry {
  name: string
  sizeBytes: number
  folder: boolean
}
export interface ZipList {
  entries: ZipEntry[]
  /** How many there are, listed or not. */
  count: number
  /** What all of them say they would take. */
  totalBytes: number
}

const mostListed = 5_000
const mostBytes = 8 * 1024 * 1024
const endBytes = 22
const longestComment = 65_535
const entryBytes = 46

/** What all parts of a document may take once they are unpacked, and how many there may be. */
const mostUnpacked = 120 * 1024 * 1024
const mostParts = 5_000

type Read = (start: number, end: number) => Promise<Uint8Array>

/** @throws CannotShow where it is no archive, or too large a one */
export async function listZip(read: Read, sizeBytes: number): Promise<ZipList> {
  const from = Math.max(0, sizeBytes - endBytes - longestComment)
  const end = await read(from, sizeBytes)
  const at = lastIndexOf(end, 0x06054b50)
  if (at < 0) throw new CannotShow('broken')
  const last = view(end)
  const count = last.getUint16(at + 10, true)
  const size = last.getUint32(at + 12, true)
  const offset = last.getUint32(at + 16, true)
  if (count === 0xffff || offset === 0xffffffff || size > mostBytes) throw new CannotShow('large')
  if (offset + size > sizeBytes) throw new CannotShow('broken')
  return readEntries(await read(offset, offset + size), count)
}

function readEntries(bytes: Uint8Array, count: number): ZipList {
  const data = view(bytes)
  const entries: ZipEntry[] = []
  let totalBytes = 0
  let found = 0
  for (let at = 0; at + entryBytes <= bytes.length && data.getUint32(at, true) === 0x02014b50; found++) {
    const sizeBytes = data.getUint32(at + 24, true)
    const nameBytes = data.getUint16(at + 28, true)
    const rest = data.getUint16(at + 30, true) + data.getUint16(at + 32, true)
    const name = cleanName(decodeText(bytes.subarray(at + entryBytes, at + entryBytes + nameBytes), false))
    totalBytes += sizeBytes
    if (entries.length < mostListed) entries.push({ name, sizeBytes, folder: name.endsWith('/') })
    at += entryBytes + nameBytes + rest
  }
  if (found === 0 && count > 0) throw new CannotShow('broken')
  return { entries, count: found, totalBytes }
}

/** On one line, and read in one direction. */
const cleanName = (name: string): string =>
  name.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, '�').slice(0, 300)

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function lastIndexOf(bytes: Uint8Array, mark: number): number {
  const data = view(bytes)
  for (let at = bytes.length - endBytes; at >= 0; at--) if (data.getUint32(at, true) === mark) return at
  return -1
}

/** An archive that says it would become too large is not opened. @throws CannotShow */
export async function requireUnpackable(bytes: ArrayBuffer): Promise<void> {
  const all = new Uint8Array(bytes)
  const { totalBytes, count } = await listZip(async (start, end) => all.subarray(start, end), all.length)
  if (totalBytes > mostUnpacked || count > mostParts) throw new CannotShow('large')
}
