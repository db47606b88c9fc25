import { open } from 'node:fs/promises'
import type { Log } from '../../kernel/log.js'
import { decodeText, headBytes, mimeOf, pixelLimit, thumbnailPixels } from './rules.js'
import { Slots } from './slots.js'

/** What a file turned out to be. Without `width` it is no picture that we can show, whatever its type. */
export interface Examined {
  mime: string
  width: number | null
  height: number | null
  /** WebP, upright, without metadata; only of pictures. */
  thumbnail: Buffer | null
}

const sniffMs = 10_000
const decodeSeconds = 20
/** One picture at a time, for a large one takes hundreds of megabytes while it is decoded. */
const decoding = new Slots(1, 1_000)

/** Looks into the bytes; what the sender claimed counts for nothing. A broken or too large picture is a plain file. */
export async function examine(log: Log, path: string, name: string, sizeBytes: number): Promise<Examined> {
  const mime = sizeBytes === 0 ? 'application/octet-stream' : await sniff(log, path, name, sizeBytes)
  const pixels = pixelLimit(mime)
  const plain = { mime, width: null, height: null, thumbnail: null }
  if (pixels === null) return plain
  try {
    return { mime, ...(await decoding.run(() => decodePicture(path, mime, pixels))) }
  } catch (error) {
    log.info({ err: error, mime, sizeBytes }, 'a picture could not be read; it is kept as a plain file')
    return plain
  }
}

async function sniff(log: Log, path: string, name: string, sizeBytes: number): Promise<string> {
  const text = decodeText(await readHead(path), name, sizeBytes <= headBytes)
  const { FileTypeParser } = await import('file-type/node')
  try {
    const parser = new FileTypeParser({ signal: AbortSignal.timeout(sniffMs) })
    return mimeOf((await parser.fromFile(path))?.mime, text, name)
  } catch (error) {
    // It follows structures that a sender can break at will.
    log.info({ err: error, sizeBytes }, 'the type of a file could not be told')
    return mimeOf(undefined, text, name)
  }
}

async function readHead(path: string): Promise<Uint8Array> {
  await using handle = await open(path, 'r')
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0)
  return buffer.subarray(0, bytesRead)
}

async function decodePicture(path: string, mime: string, pixels: number): Promise<Omit<Examined, 'mime'>> {
  const { default: sharp } = await import('sharp')
  sharp.concurrency(1)
  sharp.cache(false)
  // One page: of a moving picture its first frame.
  const picture = sharp(path, { limitInputPixels: pixels, failOn: 'error', pages: 1, sequentialRead: true })
  const { format, mediaType, autoOrient } = await picture.metadata()
  if (mediaType !== mime) throw new Error(`The picture reads as ${mediaType ?? format}.`)
  const thumbnail = await picture
    .autoOrient()
    .resize({ width: thumbnailPixels, height: thumbnailPixels, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .timeout({ seconds: decodeSeconds })
    .toBuffer()
  return { width: autoOrient.width, height: autoOrient.height, thumbnail }
}
