/**
 * Files: bytes are kept once by their digest (`blobs.ts`), a file is what a member uploaded (`uploads.ts`, by tus at
 * `/upload`), a reference says which object carries it. Whoever may read such an object gets signed addresses
 * (`signer.ts`) and downloads without further questions (`downloads.ts`). What nothing carries for a day goes (`jobs.ts`).
 *
 * Locks are taken in this order: the objects of the caller, uploads, files, the tenant’s usage, blobs by digest.
 */
import { join } from 'node:path'
import * as ops from '@heyi/contract/files'
import type { AttachmentBody } from '@heyi/contract/messaging'
import type { MemberActor } from '../../kernel/actor.js'
import type { Kernel } from '../../kernel/context.js'
import type { Queryable, Tx } from '../../kernel/db.js'
import type { HttpServer } from '../../kernel/http.js'
import { newId } from '../../kernel/ids.js'
import type { Operations } from '../../kernel/operations.js'
import type { IdentityDoor } from '../identity/index.js'
import { Blobs } from './blobs.js'
import { routeDownloads } from './downloads.js'
import { Intake } from './intake.js'
import { deleteTenant, scheduleFileJobs } from './jobs.js'
import { cleanName } from './rules.js'
import type { Carrier, CarrierCheck, Files, NoticeCheck } from './service.js'
import * as service from './service.js'
import { Signer } from './signer.js'
import * as store from './store.js'
import { routeUploads } from './upload-routes.js'
import { Uploads } from './uploads.js'

export type { Blobs } from './blobs.js'
export type { Carrier } from './service.js'

/** The caller’s transaction, and for whom it is. */
interface FileCtx {
  db: Tx
  actor: MemberActor
}

export interface FilesDoor {
  /**
   * Makes an object carry a finished upload of the actor’s own; the answer is what the object says about it.
   *
   * @throws AppError `not_found`
   */
  attach(ctx: FileCtx, fileId: string, to: Carrier): Promise<AttachmentBody>
  /**
   * What some messages, or other carriers, carry is carried by others too. The caller has made sure that the first stay
   * while it does this.
   *
   * @throws AppError `not_found` where one of them does not carry that file
   */
  carryOn(
    tx: Tx,
    tenantId: string,
    files: { file: string; from: string; to: string }[],
    from?: Carrier['kind'],
  ): Promise<void>
  /** The files that an object carries, held until the transaction ends. */
  lockCarried(tx: Tx, tenantId: string, by: Carrier): Promise<string[]>
  /** The object carries nothing any more, or not that one file. A file that nothing carries goes a day later. */
  release(tx: Tx, tenantId: string, from: Carrier, only?: string): Promise<void>
  /** None of these messages carries anything any more. */
  releaseMessages(tx: Tx, tenantId: string, messages: string[]): Promise<void>
  /** How messages say whether they let a member read a file. The last one told counts. */
  onCarrier(kind: 'message', check: CarrierCheck): void
  /** How notices say the same. */
  onNotice(check: NoticeCheck): void
  /**
   * A member’s avatar becomes another upload of the actor’s own, or none; the whole tenant may read it.
   *
   * @throws AppError `not_found`, or `invalid_input` if it is no picture
   */
  setAvatar(ctx: FileCtx, memberId: string, before: string | null, after: string | null): Promise<void>
  /** Puts a file made by the program, as if its owner had uploaded it, without asking for quota; answers its id. */
  store(tx: Tx, tenantId: string, ownerId: string, file: { name: string; bytes: Uint8Array }): Promise<string>
  /** A whole file for the program itself; undefined where it is gone or larger than this. Who may read it, the caller knows. */
  readWhole(
    on: Queryable,
    tenantId: string,
    file: string,
    most: number,
  ): Promise<{ mime: string; bytes: Uint8Array } | undefined>
  /** What is said in a voice, written down; undefined until it was. It goes once nothing carries the file. */
  findTranscript(on: Queryable, tenantId: string, file: string): Promise<string | undefined>
  /** True for the one who is to have it written down, until then. */
  claimTranscript(on: Queryable, tenantId: string, file: string, now: string, until: string): Promise<boolean>
  /** Ends the claim with what was written down, or null. */
  keepTranscript(on: Queryable, tenantId: string, file: string, text: string | null): Promise<void>
  /** The bytes themselves, for backup and restore. */
  blobs: Pick<Blobs, 'listBlobs' | 'readBlob' | 'writeBlob'>
}

/** The blobs of a data folder, for commands that run without a server. */
export const openBlobs = (dataFolder: string): Blobs => new Blobs(join(dataFolder, 'blobs'))

/** Serves files.*, `/upload` and `/files`. */
export function registerFiles(
  kernel: Kernel,
  operations: Operations,
  http: HttpServer,
  identity: IdentityDoor,
): FilesDoor {
  const { HEYI_DATA, HEYI_QUOTA_BYTES, HEYI_FILE_LIMIT_BYTES } = kernel.settings
  const blobs = openBlobs(HEYI_DATA)
  const intake = new Intake(kernel, blobs)
  const uploads = new Uploads(kernel, intake, join(HEYI_DATA, 'uploads'))
  const signer = new Signer(kernel)
  const files: Files = { kernel, signer, identity, carrier: null, notice: null }

  operations.serve(ops.getFile, (ctx, input) => service.getFile(files, ctx, input))
  operations.serve(ops.signUrls, (ctx, input) => service.signUrls(files, ctx, input))
  operations.serve(ops.getUsage, (ctx) => service.getUsage(ctx))
  operations.serve(ops.setLimits, (ctx, input) => service.setLimits(files, ctx, input))
  routeUploads({ kernel, http, uploads, removeFile: (actor, id) => service.removeFile(files, actor, id) })
  routeDownloads({ kernel, http, blobs, signer })
  scheduleFileJobs(kernel, blobs, uploads)
  identity.onTenantCreated(({ db }, { tenantId }) =>
    store.insertUsage(db, tenantId, { quotaBytes: HEYI_QUOTA_BYTES || null, fileLimitBytes: HEYI_FILE_LIMIT_BYTES }),
  )
  identity.onTenantDeleted((tx, tenantId) => deleteTenant(kernel, tx, tenantId))

  return {
    attach: service.attach,
    carryOn: service.carryOn,
    lockCarried: (tx, tenantId, by) => store.lockCarried(tx, tenantId, by.kind, by.object),
    release: (tx, tenantId, from, only) =>
      store.removeRefs(tx, tenantId, { kind: from.kind, objects: [from.object] }, kernel.clock.now(), only ?? null),
    releaseMessages: (tx, tenantId, objects) =>
      store.removeRefs(tx, tenantId, { kind: 'message', objects }, kernel.clock.now(), null),
    onCarrier: (_kind, check) => {
      files.carrier = check
    },
    onNotice: (check) => {
      files.notice = check
    },
    setAvatar: (ctx, memberId, before, after) => service.setAvatar(files, ctx, memberId, before, after),
    store: (tx, tenantId, ownerId, file) => storeMade(kernel, intake, tx, { tenantId, ownerId, ...file }),
    readWhole: async (on, tenantId, id, most) => {
      const file = await store.findFile(on, tenantId, id)
      if (!file || file.sizeBytes > most) return undefined
      await using handle = await blobs.openBlob(file.digest)
      return { mime: file.mime, bytes: await handle.readFile() }
    },
    findTranscript: store.findTranscript,
    claimTranscript: store.claimTranscript,
    keepTranscript: store.keepTranscript,
    blobs,
  }
}

async function storeMade(
  kernel: Kernel,
  intake: Intake,
  tx: Tx,
  made: { tenantId: string; ownerId: string; name: string; bytes: Uint8Array },
): Promise<string> {
  const { tenantId, ownerId: owner, bytes } = made
  const name = cleanName(made.name)
  const prepared = await intake.prepare([bytes], name)
  try {
    return (await intake.keep(tx, { tenantId, id: newId('fil', kernel.clock.ms()), owner, name }, prepared)).id
  } finally {
    await intake.discard(prepared)
  }
}
