// Recorders of browsers write WebM as it comes and do not say how long it is; players then show no length.
// Elements and their sizes: RFC 8794 (EBML) and the Matroska specification.

const segmentId = [0x18, 0x53, 0x80, 0x67]
const infoId = [0x15, 0x49, 0xa9, 0x66]
const durationId = [0x44, 0x89]
const headBytes = 4096

/** The film with its length written down; as it was where that is there already, or is not known where to put it. */
export function withDuration(film: Uint8Array<ArrayBuffer>, durationMs: number): Uint8Array<ArrayBuffer> {
  const segment = find(film, segmentId, 0)
  const info = find(film, infoId, segment + segmentId.length)
  if (segment < 0 || info < 0) return film
  const inSegment = readSize(film, segment + segmentId.length)
  const inInfo = readSize(film, info + infoId.length)
  // A segment that says how large it is was not written as it came.
  if (!inSegment || inSegment.value !== null || inInfo?.value == null) return film
  const body = film.subarray(inInfo.end, inInfo.end + inInfo.value)
  if (body.length < inInfo.value || hasDuration(body)) return film
  // In ticks of a millisecond, which is what Matroska counts in unless it says otherwise.
  const duration = new Uint8Array(11)
  duration.set([...durationId, 0x88])
  new DataView(duration.buffer).setFloat64(3, durationMs)
  const head = film.subarray(0, info)
  const rest = film.subarray(inInfo.end + inInfo.value)
  const size = sizeOf(duration.length + body.length)
  const parts = [head, Uint8Array.from(infoId), size, duration, body, rest]
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

function find(bytes: Uint8Array, id: readonly number[], from: number): number {
  const last = Math.min(bytes.length, headBytes) - id.length
  for (let at = Math.max(0, from); at <= last; at++) if (id.every((byte, i) => bytes[at + i] === byte)) return at
  return -1
}

/** A size as EBML writes it; null is “unknown”, all ones. */
function readSize(bytes: Uint8Array, at: number): { value: number | null; end: number } | null {
  const first = bytes[at]
  if (!first) return null
  const length = Math.clz32(first) - 23
  if (at + length > bytes.length) return null
  let value = first & (0xff >> length)
  let isUnknown = value === 0xff >> length
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0
    value = value * 256 + byte
    isUnknown &&= byte === 0xff
  }
  return { value: isUnknown ? null : value, end: at + length }
}

/** In eight bytes. */
function sizeOf(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0x01_000000)
  view.setUint32(4, value)
  return bytes
}

/** Whether an element of this name stands among the children. */
function hasDuration(body: Uint8Array): boolean {
  for (let at = 0; at < body.length; ) {
    const length = Math.clz32(body[at] ?? 1) - 23
    if (length === 2 && durationId.every((byte, i) => body[at + i] === byte)) return true
    const size = readSize(body, at + length)
    if (size?.value == null) return false
    at = size.end + size.value
  }
  return false
}
