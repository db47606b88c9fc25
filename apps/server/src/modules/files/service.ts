import type * as ops from '@heyi/contract/files'
import type { FileInfo } from '@heyi/contract/files'
import type { AttachmentBody } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberActor } from '../../kernel/actor.js'
import type { Kernel, MemberRead, MemberWrite } from '../../kernel/context.js'
import type { Queryable, Tx } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import { addJob } from '../../kernel/jobs.js'
import type { IdentityDoor } from '../identity/index.js'
import { bytesKeptMs, pixelLimit, smallImageBytes } from './rules.js'
import type { Signer, Variant } from './signer.js'
import * as store from './store.js'
import * as uploadStore from './upload-store.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>
type Output<O extends { output: z.ZodType }> = z.output<O['output']>

export interface Carrier {
  kind: store.RefKind
  object: string
}
/** Whether this member may read the message at this place, and it does carry this file. */
export type CarrierCheck = (
  on: Queryable,
  actor: MemberActor,
  file: string,
  via: { conversation: string; seq: number },
) => Promise<boolean>

/** What a deleted file leaves to `removeBlobs`. */
export const removeBlobsJob = 'files.removeBlobs'
const blobsPerJob = 200
/** Messages that are asked whether they let somebody read a file that is named without its carrier. */
const carriersAsked = 20

/** Whether this member may read the notice, and it does carry this file. */
export type NoticeCheck = (on: Queryable, actor: MemberActor, file: string, notice: string) => Promise<boolean>

export interface Files {
  kernel: Kernel
  signer: Signer
  identity: IdentityDoor
  carrier: CarrierCheck | null
  notice: NoticeCheck | null
}

export async function attach(
  ctx: { db: Tx; actor: MemberActor },
  fileId: string,
  to: Carrier,
): Promise<AttachmentBody> {
  const { tenantId, memberId } = ctx.actor
  const file = await store.lockOwnFile(ctx.db, tenantId, fileId, memberId)
  if (!file) throw fail('not_found')
  await store.addRef(ctx.db, tenantId, fileId, to)
  const { id, name, sizeBytes, mime, width, height } = file
  return { file: id, name, sizeBytes, mime, width, height }
}

export async function carryOn(
  tx: Tx,
  tenantId: string,
  files: { file: string; from: string; to: string }[],
  from: store.RefKind = 'message',
): Promise<void> {
  if (files.length === 0) return
  if ((await store.copyRefs(tx, tenantId, from, files)) < files.length) throw fail('not_found')
}

export async function setAvatar(
  files: Files,
  ctx: { db: Tx; actor: MemberActor },
  memberId: string,
  before: string | null,
  after: string | null,
): Promise<void> {
  if (before === after) return
  const { tenantId } = ctx.actor
  const objects = { kind: 'avatar' as const, objects: [memberId] }
  if (before) await store.removeRefs(ctx.db, tenantId, objects, files.kernel.clock.now(), before)
  if (!after) return
  const { width } = await attach(ctx, after, { kind: 'avatar', object: memberId })
  if (width === null) throw fail('invalid_input', { path: 'avatar', reason: 'not a picture' })
}

export async function getFile(files: Files, ctx: MemberRead, input: Input<typeof ops.getFile>): Promise<FileInfo> {
  const { tenantId, memberId } = ctx.actor
  const file = await store.findFile(ctx.db, tenantId, input.file)
  if (file && (file.owner === memberId || (await isCarried(files, ctx, file.id)))) return infoOf(file)
  if (await uploadStore.findUpload(ctx.db, tenantId, input.file, memberId)) throw fail('upload_incomplete')
  throw fail('not_found')
}

const infoOf = ({ id, name, sizeBytes, mime, width, height, createdAt }: store.FileRow): FileInfo => ({
  id,
  name,
  sizeBytes,
  mime,
  width,
  height,
  createdAt,
})

async function isCarried(files: Files, ctx: MemberRead, file: string): Promise<boolean> {
  for (const { kind, object } of await store.listRefs(ctx.db, ctx.actor.tenantId, file, carriersAsked)) {
    if (kind === 'avatar' || kind === 'sticker') return true
    if (kind === 'notice') {
      if (await files.notice?.(ctx.db, ctx.actor, file, object)) return true
      continue
    }
    // Its owner alone, who was asked for before.
    if (kind === 'scheduled') continue
    const [conversation = '', seq] = object.split(':')
    if (await files.carrier?.(ctx.db, ctx.actor, file, { conversation, seq: Number(seq) })) return true
  }
  return false
}

export async function signUrls(
  files: Files,
  ctx: MemberRead,
  { items }: Input<typeof ops.signUrls>,
): Promise<Output<typeof ops.signUrls>> {
  const { tenantId } = ctx.actor
  const known = await store.listFiles(ctx.db, tenantId, [...new Set(items.map(({ file }) => file))])
  const byId = new Map(known.map((file) => [file.id, file]))
  const readable: { file: string; variant: Variant; serve: Variant }[] = []
  for (const { file: id, via, variant } of items) {
    const file = byId.get(id)
    const serve = file && servedAs(file, variant)
    if (file && serve && (await mayRead(files, ctx, file, via))) readable.push({ file: id, variant, serve })
  }
  const signed = await files.signer.sign(
    tenantId,
    readable.map(({ file, serve }) => ({ file, variant: serve })),
  )
  return {
    expiresAt: signed.expiresAt,
    items: signed.items.map(({ file, url }, index) => ({ file, url, variant: readable[index]?.variant ?? 'original' })),
  }
}

/** The bytes that stand for a variant: a small picture is its own thumbnail, anything else may have none. */
function servedAs(file: store.FileRow, variant: Variant): Variant | null {
  if (variant === 'original' || file.thumbnail !== null) return variant
  return pixelLimit(file.mime) !== null && file.sizeBytes < smallImageBytes ? 'original' : null
}

type Via = Input<typeof ops.signUrls>['items'][number]['via']

async function mayRead(
  files: Files,
  ctx: MemberRead,
  file: { id: string; owner: string; isAvatar: boolean; isSticker: boolean },
  via: Via,
): Promise<boolean> {
  if (via === null) return file.owner === ctx.actor.memberId
  if ('avatar' in via) return file.isAvatar
  if ('sticker' in via) return file.isSticker
  if ('notice' in via) return (await files.notice?.(ctx.db, ctx.actor, file.id, via.notice)) ?? false
  return (await files.carrier?.(ctx.db, ctx.actor, file.id, via)) ?? false
}

export async function getUsage(ctx: MemberRead): Promise<Output<typeof ops.getUsage>> {
  const usage = await store.findUsage(ctx.db, ctx.actor.tenantId)
  if (!usage) throw fail('not_found')
  return usage
}

export async function setLimits(
  files: Files,
  ctx: MemberWrite,
  limits: Input<typeof ops.setLimits>,
): Promise<Output<typeof ops.setLimits>> {
  await files.identity.requireRole(ctx, 'admin')
  if (!(await store.setLimits(ctx.db, ctx.actor.tenantId, limits))) throw fail('not_found')
  await files.identity.auditLog(ctx, 'files.limitsSet', null, limits)
  return limits
}

/** Deletes a finished upload that nothing carries. @throws AppError `not_found`, `not_allowed` while it is carried */
export async function removeFile({ kernel }: Files, actor: MemberActor, id: string): Promise<void> {
  await kernel.db.transaction().execute(async (tx) => {
    if (!(await store.lockOwnFile(tx, actor.tenantId, id, actor.memberId))) throw fail('not_found')
    const digests = await store.deleteIfUnreferenced(tx, actor.tenantId, id)
    if (digests.length === 0) throw fail('not_allowed')
    await removeBytesLater(kernel, tx, digests)
  })
}

/** Bytes go some hours after the last file that has them, unless another comes to have them until then. */
export async function removeBytesLater({ clock }: Kernel, tx: Tx, digests: string[]): Promise<void> {
  const runAt = new Date(clock.ms() + bytesKeptMs).toISOString()
  for (let from = 0; from < digests.length; from += blobsPerJob) {
    const data = { digests: digests.slice(from, from + blobsPerJob) }
    await addJob(tx, clock, { kind: removeBlobsJob, data, runAt })
  }
}
