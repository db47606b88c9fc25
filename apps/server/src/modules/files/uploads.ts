import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { MemberActor } from '../../kernel/actor.js'
import type { Kernel } from '../../kernel/context.js'
import type { Queryable, Tx } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'
import { writeTransaction } from '../../kernel/write.js'
import { removeOld, sizeOf } from './blobs.js'
import type { Intake } from './intake.js'
import { abandonedMs, requireRoom } from './rules.js'
import { Slots } from './slots.js'
import * as store from './store.js'
import type { UploadRow } from './upload-store.js'
import * as uploadStore from './upload-store.js'

const finishAtOnce = 2
const finishWaiting = 200
const readBytes = 256 * 1024
const expiredPerRun = 500

/**
 * Uploads under way. An upload has the id of the file it becomes, so that whoever missed the last answer finds the
 * file under the upload’s own address.
 */
export class Uploads {
  readonly #finishing = new Map<string, Promise<store.FileRow>>()
  readonly #slots = new Slots(finishAtOnce, finishWaiting)

  constructor(
    private readonly kernel: Kernel,
    private readonly intake: Intake,
    readonly folder: string,
  ) {}

  /** Makes room for an upload. @throws AppError `file_too_large`, `quota_exceeded`, `rate_limited` */
  async begin(actor: MemberActor, name: string, sizeBytes: number): Promise<UploadRow> {
    const { clock, db } = this.kernel
    const { tenantId, memberId: owner } = actor
    const upload = { tenantId, id: newId('fil', clock.ms()), owner, name, sizeBytes, createdAt: clock.now() }
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    await db.transaction().execute(async (tx) => {
      const usage = await store.lockUsage(tx, tenantId)
      if (!usage) throw new Error(`The tenant ${tenantId} has no storage.`)
      requireRoom(usage, await uploadStore.sumPending(tx, tenantId, owner), sizeBytes)
      await uploadStore.insertUpload(tx, upload)
    })
    return upload
  }

  async drop({ tenantId, id }: UploadRow): Promise<void> {
    await uploadStore.takeUpload(this.kernel.db, tenantId, id)
    await rm(this.pathOf(id), { force: true })
  }

  /** Whether all of its bytes are here. */
  async isComplete({ id, sizeBytes }: UploadRow): Promise<boolean> {
    return (await sizeOf(this.pathOf(id))) === sizeBytes
  }

  /**
   * Makes a complete upload a file, once, however often and by however many copies of the program it is asked for.
   *
   * @throws AppError `busy` when too many wait, `disk_full`; the upload then stays and may be finished later
   */
  finish(upload: UploadRow): Promise<store.FileRow> {
    const running = this.#finishing.get(upload.id)
    if (running) return running
    const finished = this.#slots.run(() => this.#finish(upload)).finally(() => this.#finishing.delete(upload.id))
    this.#finishing.set(upload.id, finished)
    return finished
  }

  /** Resolves when nothing is being finished. */
  idle(): Promise<void> {
    return this.#slots.idle()
  }

  /** One round of removing what nobody went on with for a day; true if there may be more. */
  async removeAbandoned(tx: Tx): Promise<boolean> {
    const beforeMs = this.kernel.clock.ms() - abandonedMs
    const gone = await uploadStore.deleteAbandoned(tx, new Date(beforeMs).toISOString(), expiredPerRun)
    for (const id of gone) await rm(this.pathOf(id), { force: true })
    if (gone.length === expiredPerRun) return true
    // Bytes whose row went without them, because the program died or the company was deleted. Files bear the machine's
    // time: by a clock that is ahead of it, one that came after the rows were listed would be old.
    await removeOld(
      this.folder,
      Math.min(beforeMs, Date.now() - abandonedMs),
      new Set(await uploadStore.listUploadIds(tx)),
    )
    return false
  }

  pathOf(id: string): string {
    if (!/^fil_[0-9a-z]{20}$/.test(id)) throw new Error(`“${id}” is no id of an upload.`)
    return join(this.folder, id)
  }

  /**
   * The bytes are copied, not renamed: until the transaction commits the upload stays as it was, and no connection
   * that still writes to it, here or in another copy of the program, can reach the blob.
   */
  async #finish(upload: UploadRow): Promise<store.FileRow> {
    const { db } = this.kernel
    // Asked again when the bytes are gone: another copy of the program may have finished it meanwhile.
    const done =
      (await store.findFile(db, upload.tenantId, upload.id)) ??
      ((await this.isComplete(upload)) ? undefined : await requireDone(db, upload))
    if (done) return done
    const bytes = createReadStream(this.pathOf(upload.id), { highWaterMark: readBytes })
    const prepared = await this.intake.prepare(bytes, upload.name)
    try {
      const file = await writeTransaction(this.kernel, async (tx) => {
        if (await uploadStore.takeUpload(tx, upload.tenantId, upload.id)) return this.intake.keep(tx, upload, prepared)
        return requireDone(tx, upload)
      })
      await rm(this.pathOf(upload.id), { force: true })
      return file
    } finally {
      await this.intake.discard(prepared)
    }
  }
}

async function requireDone(on: Queryable, { tenantId, id }: UploadRow): Promise<store.FileRow> {
  const file = await store.findFile(on, tenantId, id)
  if (!file) throw fail('not_found')
  return file
}
