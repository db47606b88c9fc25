import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * The file of a backup: a plain tar (ustar), so that any tar opens it in an emergency. Its last entry, `sha256`, is the
 * digest of every byte before that entry, and whatever follows is known in advance: no flipped byte goes unseen.
 */
const block = 512
const digestName = 'sha256'
const tailBytes = 4 * block
const readBytes = 1024 * 1024

const padded = (size: number): number => Math.ceil(size / block) * block

/** A header of POSIX ustar; sizes over 8 GiB in the base-256 form that GNU and BSD tar read. */
function headerOf(name: string, size: number): Buffer {
  const header = Buffer.alloc(block)
  if (Buffer.byteLength(name) > 100) throw new Error(`The name ${name} is too long for a tar entry.`)
  header.write(name, 0)
  header.write('0000600\0' + '0000000\0' + '0000000\0', 100)
  if (size < 8 ** 11) header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  else {
    header.writeUInt8(0x80, 124)
    header.writeBigUInt64BE(BigInt(size), 128)
  }
  header.write('00000000000\0' + '        ' + '0', 136)
  header.write('ustar\0' + '00', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

function tailOf(digest: string): Buffer {
  const content = `${digest}\n`
  return Buffer.concat([headerOf(digestName, content.length), Buffer.from(content)], tailBytes)
}

/** Writes a backup beside its name and gives it the name when all of it is on disk. */
export class ArchiveWriter {
  readonly #hash: Hash = createHash('sha256')
  #bytes = 0

  private constructor(
    readonly path: string,
    private readonly draft: string,
    private readonly file: FileHandle,
  ) {}

  static async create(path: string): Promise<ArchiveWriter> {
    const draft = `${path}.${process.pid}.part`
    return new ArchiveWriter(path, draft, await open(draft, 'w', 0o600))
  }

  async add(name: string, content: Uint8Array): Promise<void> {
    await this.#write(headerOf(name, content.byteLength))
    await this.#write(content)
    await this.#pad(content.byteLength)
  }

  /** @throws Error if there come more or fewer bytes than `size` */
  async addStream(name: string, size: number, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    await this.#write(headerOf(name, size))
    let written = 0
    for await (const chunk of chunks) {
      written += chunk.byteLength
      if (written > size) break
      await this.#write(chunk)
    }
    if (written !== size) throw new Error(`A file changed while it was backed up: ${name}.`)
    await this.#pad(size)
  }

  /** @returns the size of the whole file */
  async finish(): Promise<number> {
    await this.file.writeFile(tailOf(this.#hash.digest('hex')))
    await this.file.sync()
    await this.file.close()
    await rename(this.draft, this.path)
    await syncFolder(dirname(this.path))
    return this.#bytes + tailBytes
  }

  async discard(): Promise<void> {
    await this.file.close().catch(() => undefined)
    await rm(this.draft, { force: true })
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes)
    this.#bytes += bytes.byteLength
    await this.file.writeFile(bytes)
  }

  #pad(size: number): Promise<void> {
    return this.#write(Buffer.alloc(padded(size) - size))
  }
}

export interface Entry {
  name: string
  offset: number
  size: number
}

const damaged = (path: string, what: string) =>
  new Error(`The backup ${path} is damaged (${what}); nothing was changed. Use another copy of it.`)

/** Reads a backup whose every byte was checked. */
export class ArchiveReader implements AsyncDisposable {
  private constructor(
    readonly path: string,
    private readonly file: FileHandle,
    readonly entries: Entry[],
  ) {}

  /**
   * @param onProgress hears how much of the file was checked, 0 to 1
   * @throws Error one sentence, if it is no backup or not as it was written
   */
  static async open(path: string, onProgress: (part: number) => void = () => undefined): Promise<ArchiveReader> {
    const file = await open(path, 'r')
    try {
      await requireWhole(path, file, onProgress)
      return new ArchiveReader(path, file, await readEntries(path, file))
    } catch (error) {
      await file.close()
      throw error
    }
  }

  find(name: string): Entry {
    const entry = this.entries.find((e) => e.name === name)
    if (!entry) throw damaged(this.path, `it has no ${name}`)
    return entry
  }

  async read(entry: Entry): Promise<Buffer> {
    const content = Buffer.alloc(entry.size)
    await this.file.read(content, 0, entry.size, entry.offset)
    return content
  }

  async *stream(entry: Entry): AsyncGenerator<Buffer> {
    for (let at = 0; at < entry.size; at += readBytes) {
      const chunk = Buffer.allocUnsafe(Math.min(readBytes, entry.size - at))
      await this.file.read(chunk, 0, chunk.length, entry.offset + at)
      yield chunk
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.file.close()
  }
}

async function requireWhole(path: string, file: FileHandle, onProgress: (part: number) => void): Promise<void> {
  const { size } = await file.stat()
  if (size < tailBytes || size % block !== 0) throw damaged(path, 'it is cut short, or no backup of Heyi at all')
  const hash = createHash('sha256')
  const end = size - tailBytes
  const chunk = Buffer.allocUnsafe(readBytes)
  for (let at = 0; at < end; at += readBytes) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(readBytes, end - at), at)
    hash.update(chunk.subarray(0, bytesRead))
    onProgress(at / end)
  }
  const tail = Buffer.alloc(tailBytes)
  await file.read(tail, 0, tailBytes, end)
  if (!tail.equals(tailOf(hash.digest('hex')))) throw damaged(path, 'its digest is not right')
}

async function readEntries(path: string, file: FileHandle): Promise<Entry[]> {
  const { size: whole } = await file.stat()
  const entries: Entry[] = []
  const header = Buffer.alloc(block)
  for (let at = 0; at < whole - tailBytes; ) {
    await file.read(header, 0, block, at)
    const name = textAt(header, 0, 100)
    const size =
      header[124] === 0x80 ? Number(header.readBigUInt64BE(128)) : Number.parseInt(textAt(header, 124, 12), 8)
    if (!header.equals(headerOf(name, size))) throw damaged(path, 'an entry cannot be read')
    entries.push({ name, offset: at + block, size })
    at += block + padded(size)
  }
  return entries
}

const textAt = (bytes: Buffer, from: number, length: number): string =>
  bytes.toString('utf8', from, from + length).replace(/\0.*$/s, '')

/** Makes a new name in a folder last through a power loss; Windows has no such call and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
