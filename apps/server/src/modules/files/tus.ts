/**
 * The tus protocol (https://tus.io/protocols/resumable-upload, 1.0.0) by @tus/server. Who may do what with which upload
 * is decided before (`upload-routes.ts`), which runs the library inside `current`.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { FileStore } from '@tus/file-store'
import { type KvStore, type Lock, type Locker, Server, Upload } from '@tus/server'
import type { Kernel } from '../../kernel/context.js'
import { AppError, errorBody, fail } from '../../kernel/errors.js'
import { databaseTrouble } from '../../kernel/operations.js'
import { isDiskFull } from './blobs.js'
import type { UploadRow } from './upload-store.js'
import type { Uploads } from './uploads.js'

const lockWaitMs = 30_000
/** How long a request that lost its upload to a newer one may go on writing what it has. */
const lockDrainMs = 1_000

/** The upload that the request at hand is about. */
export const current = new AsyncLocalStorage<UploadRow>()

function here(): UploadRow {
  const upload = current.getStore()
  if (!upload) throw new Error('A tus request came past its gate.')
  return upload
}

export function createTus(kernel: Kernel, uploads: Uploads): Server {
  return new Server({
    path: '/upload',
    relativeLocation: true,
    datastore: new UploadFiles(uploads),
    locker: new UploadLocker(),
    lockDrainTimeout: lockDrainMs,
    // Only pages of our own upload; the library’s default is everybody.
    allowedOrigins: () => false,
    namingFunction: () => here().id,
    getFileIdFromRequest: () => here().id,
    onUploadFinish: async () => ({ headers: { 'heyi-file': (await uploads.finish(here())).id } }),
    onResponseError: (_request, error) => refusal(kernel, error),
  })
}

/** Refusals of ours as JSON; those of the protocol stay as the library words them. */
function refusal(
  kernel: Kernel,
  error: Error | { status_code: number; body: string },
): { status_code: number; body: string } | undefined {
  if (!(error instanceof AppError) && 'status_code' in error) return undefined
  const told = error instanceof AppError ? error : unexpected(kernel, error)
  return { status_code: told.status, body: JSON.stringify({ error: errorBody(told) }) }
}

function unexpected(kernel: Kernel, error: unknown): AppError {
  if (isDiskFull(error)) return fail('disk_full')
  const trouble = databaseTrouble(error)
  if (trouble) return fail(trouble)
  kernel.log.error({ err: error }, 'an upload failed')
  return fail('internal')
}

/** Bytes in one file for each upload; the rest of what is known of an upload is its row. */
class UploadFiles extends FileStore {
  constructor(private readonly uploads: Uploads) {
    super({ directory: uploads.folder, configstore: rows })
    this.extensions = ['creation', 'creation-with-upload', 'termination']
  }

  override async remove(id: string): Promise<void> {
    await this.uploads.drop({ ...here(), id })
  }

  /** What was written is on disk when this resolves; the size of the file is the offset, also after a crash. */
  override async write(bytes: Readable, id: string, offset: number): Promise<number> {
    const file = createWriteStream(this.uploads.pathOf(id), { flags: 'r+', start: offset, flush: true })
    try {
      await pipeline(bytes, file)
    } catch (error) {
      throw isDiskFull(error) ? fail('disk_full', undefined, { cause: error }) : error
    }
    return offset + file.bytesWritten
  }
}

const rows: KvStore = {
  get: async (id) => {
    const { sizeBytes, createdAt } = here()
    return new Upload({ id, size: sizeBytes, offset: 0, creation_date: createdAt })
  },
  set: async () => undefined,
  delete: async () => undefined,
}

/**
 * One request at a time for each upload; a newer one asks the older to let go, for its connection may be dead. The
 * library’s own locker polls while it waits, which takes a whole core.
 */
class UploadLocker implements Locker {
  readonly #held = new Map<string, { letGo: () => void; free: Promise<void> }>()

  newLock(id: string): Lock {
    let release = (): void => undefined
    return {
      lock: async (stopped, letGo) => {
        const late = AbortSignal.any([stopped, AbortSignal.timeout(lockWaitMs)])
        for (let holder = this.#held.get(id); holder; holder = this.#held.get(id)) {
          holder.letGo()
          await Promise.race([holder.free, aborted(late)])
          if (late.aborted) throw fail('busy')
        }
        const free = new Promise<void>((resolve) => {
          release = resolve
        })
        this.#held.set(id, { letGo: () => void letGo(), free })
      },
      unlock: async () => {
        this.#held.delete(id)
        release()
      },
    }
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
