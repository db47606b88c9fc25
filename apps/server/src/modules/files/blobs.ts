import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, opendir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { fail } from '../../kernel/errors.js'

/** Bytes that are safe on disk under a temporary name, not yet a blob. */
export interface Staged {
  digest: string
  sizeBytes: number
  path: string
}

/**
 * Blobs on disk, each once, named by the SHA-256 of its bytes in hex: `<folder>/ab/cdef…`. What `place` or `writeBlob`
 * has answered survives a power failure; nothing is ever seen under its name half-written.
 */
export class Blobs {
  /** Names of what this process has staged: it is never stale, whatever the clocks say. */
  readonly #staged = new Set<string>()

  constructor(private readonly folder: string) {}

  /**
   * Copies bytes to a temporary name beside the blobs and hashes them on the way.
   *
   * @throws AppError `disk_full`, leaving nothing behind
   */
  async stage(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Staged> {
    const name = randomBytes(16).toString('hex')
    const path = join(await this.#temporary(), name)
    this.#staged.add(name)
    const hash = createHash('sha256')
    let sizeBytes = 0
    const measured = async function* () {
      for await (const chunk of bytes) {
        hash.update(chunk)
        sizeBytes += chunk.byteLength
        yield chunk
      }
    }
    try {
      // Opened before and closed after: what is discarded cannot come up behind the removal.
      await using file = await open(path, 'wx', 0o600)
      await writeFile(file, measured())
      await file.sync()
    } catch (error) {
      await this.discard({ path })
      throw isDiskFull(error) ? fail('disk_full', undefined, { cause: error }) : error
    }
    return { digest: hash.digest('hex'), sizeBytes, path }
  }

  /** Makes it a blob; the same bytes that are there already stay. May be repeated. */
  async place(staged: Staged): Promise<void> {
    const path = this.#path(staged.digest)
    if ((await sizeOf(path)) === staged.sizeBytes) await this.discard(staged)
    else {
      const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await rename(staged.path, path)
      this.#staged.delete(basename(staged.path))
      if (made) await syncFolder(this.folder)
    }
    // Also for bytes that were there: whoever renamed them may have died before this.
    await syncFolder(dirname(path))
  }

  /** Forgets what was staged; nothing happens if it was placed. */
  async discard({ path }: Pick<Staged, 'path'>): Promise<void> {
    await rm(path, { force: true })
    this.#staged.delete(basename(path))
  }

  /** Opened for reading; whoever opens it closes it. @throws the file system’s ENOENT where there is none */
  openBlob(digest: string): Promise<FileHandle> {
    return open(this.#path(digest), 'r')
  }

  readBlob(digest: string): Readable {
    return createReadStream(this.#path(digest), { highWaterMark: 256 * 1024 })
  }

  async writeBlob(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<{ digest: string; size: number }> {
    const staged = await this.stage(bytes)
    await this.place(staged)
    return { digest: staged.digest, size: staged.sizeBytes }
  }

  /** All blobs on disk, ordered by digest within each folder; also those that no file refers to any more. */
  async *listBlobs(): AsyncIterable<{ digest: string; size: number }> {
    for (const shard of (await listFolder(this.folder)).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
      for (const rest of await listFolder(join(this.folder, shard))) {
        const size = await sizeOf(join(this.folder, shard, rest))
        if (/^[0-9a-f]{62}$/.test(rest) && size !== null) yield { digest: shard + rest, size }
      }
    }
  }

  /** Nothing happens if there is no such blob. */
  async remove(digest: string): Promise<void> {
    await rm(this.#path(digest), { force: true })
  }

  /** Removes what a program that died had staged before this moment. */
  async removeStale(beforeMs: number): Promise<void> {
    await removeOld(await this.#temporary(), beforeMs, this.#staged)
  }

  #path(digest: string): string {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new Error(`“${digest}” is no SHA-256 digest.`)
    return join(this.folder, digest.slice(0, 2), digest.slice(2))
  }

  async #temporary(): Promise<string> {
    const folder = join(this.folder, 'tmp')
    const made = await mkdir(folder, { recursive: true, mode: 0o700 })
    if (made) await syncFolder(dirname(made))
    return folder
  }
}

/** Removes files of a folder that nobody wrote to since this moment and that are not to be kept. */
export async function removeOld(folder: string, beforeMs: number, keep: ReadonlySet<string>): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name)
    if (keep.has(entry.name) || !entry.isFile()) continue
    const modified = await stat(path).then(({ mtimeMs }) => mtimeMs, absent)
    if (modified !== null && modified < beforeMs) await rm(path, { force: true })
  }
}

export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')

/** The size of a file; null if there is none. */
export const sizeOf = (path: string): Promise<number | null> => stat(path).then(({ size }) => size, absent)

const listFolder = (folder: string): Promise<string[]> =>
  readdir(folder).then(
    (names) => names.sort(),
    (error: unknown) => absent(error) ?? [],
  )

function absent(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}

/** Makes a rename in this folder survive a power failure. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  await using handle = await open(folder, 'r')
  await handle.sync()
}
