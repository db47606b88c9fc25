/** Why a file is not shown, in the words of the viewer’s catalogue. */
export class CannotShow extends Error {
  constructor(readonly why: 'large' | 'broken') {
    super(why)
  }
}

/** All bytes of a file that is not larger than this. */
export async function wholeFile(
  url: string,
  sizeBytes: number,
  most: number,
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  if (sizeBytes > most) throw new CannotShow('large')
  const response = await fetch(url, { signal })
  if (!response.ok) throw new CannotShow('broken')
  return response.arrayBuffer()
}

/** Some bytes of a file, `end` not included. */
export async function partOf(url: string, start: number, end: number, signal: AbortSignal): Promise<Uint8Array> {
  if (end <= start) return new Uint8Array()
  const response = await fetch(url, { signal, headers: { range: `bytes=${start}-${end - 1}` } })
  if (!response.ok) throw new CannotShow('broken')
  const bytes = new Uint8Array(await response.arrayBuffer())
  // A server may answer with the whole.
  return response.status === 206 ? bytes : bytes.subarray(start, end)
}

/** Text as it was written: by its mark, as UTF-8, or in the encoding of old Chinese files. `cut`: more follows. */
export function decodeText(bytes: Uint8Array, cut: boolean): string {
  const name =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes, { stream: cut })
  } catch {
    return new TextDecoder('gb18030').decode(bytes, { stream: cut })
  }
}
