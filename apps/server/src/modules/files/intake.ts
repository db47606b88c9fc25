import type { Kernel } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import type { Blobs, Staged } from './blobs.js'
import { type Examined, examine } from './examine.js'
import * as store from './store.js'

/** What will be a file: its bytes lie safe on disk and were looked at; nothing is in the database yet. */
export interface Prepared {
  original: Staged
  thumbnail: Staged | null
  examined: Omit<Examined, 'thumbnail'>
}

export interface NewFile {
  tenantId: string
  id: string
  owner: string
  name: string
}

/** The one way in for bytes, uploaded or made by the program. */
export class Intake {
  constructor(
    private readonly kernel: Kernel,
    private readonly blobs: Blobs,
  ) {}

  /** @throws AppError `disk_full`, leaving nothing behind */
  async prepare(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, name: string): Promise<Prepared> {
    const original = await this.blobs.stage(bytes)
    try {
      const { thumbnail, ...examined } = await examine(this.kernel.log, original.path, name, original.sizeBytes)
      return { original, examined, thumbnail: thumbnail && (await this.blobs.stage([thumbnail])) }
    } catch (error) {
      await this.blobs.discard(original)
      throw error
    }
  }

  /**
   * Makes it a file. The rows of its blobs are held while the bytes are put into place, so that a removal of the same
   * content comes wholly before or wholly after. May be repeated with a new transaction.
   */
  async keep(tx: Tx, { tenantId, id, owner, name }: NewFile, prepared: Prepared): Promise<store.FileRow> {
    const { original, thumbnail, examined } = prepared
    const createdAt = this.kernel.clock.now()
    if (!(await store.lockUsage(tx, tenantId))) throw new Error(`The tenant ${tenantId} has no storage.`)
    const staged = thumbnail ? [original, thumbnail] : [original]
    for (const one of staged.sort((a, b) => (a.digest < b.digest ? -1 : 1))) {
      await store.holdBlob(tx, one.digest, one.sizeBytes, createdAt)
      await this.blobs.place(one)
    }
    const row: store.FileRow = {
      id,
      owner,
      name,
      ...examined,
      sizeBytes: original.sizeBytes,
      digest: original.digest,
      thumbnail: thumbnail?.digest ?? null,
      createdAt,
    }
    await store.insertFile(tx, tenantId, row)
    return row
  }

  /** Forgets what did not become a file. */
  async discard({ original, thumbnail }: Prepared): Promise<void> {
    await this.blobs.discard(original)
    if (thumbnail) await this.blobs.discard(thumbnail)
  }
}
