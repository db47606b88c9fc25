import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { Sticker, StickerBody, StickerPack } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberRead, MemberWrite } from '../../kernel/context.js'
import type { Queryable } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'
import type { Doors } from './index.js'
import { isSticker } from './rules.js'
import * as store from './sticker-store.js'

// Stickers 表情包 of the company: packs that its admins keep and everybody sends from. A picture stays readable for all once
// it was in a pack, so that what was sent stays.

type Input<O extends { input: z.ZodType }> = z.output<O['input']>
type Picture = NonNullable<Input<typeof ops.updateStickerPack>['pictures']>[number]

export async function listStickerPacks(
  ctx: MemberRead,
  { identity }: Doors,
  { retired, cursor, limit }: Input<typeof ops.listStickerPacks>,
) {
  if (retired) await identity.requireRole(ctx, 'admin')
  const after = cursor === null ? -1 : Number(cursor)
  if (!Number.isSafeInteger(after)) throw fail('invalid_input', { path: 'cursor', reason: '' })
  const found = await store.listPacks(ctx.db, ctx.actor.tenantId, { retired, after, limit: limit + 1 })
  const page = found.slice(0, limit)
  const next = found.length > limit ? String(page.at(-1)?.position) : null
  return { items: page.map(({ position: _position, ...pack }) => pack), next }
}

export async function createStickerPack(
  ctx: MemberWrite,
  doors: Doors,
  { name, pictures }: Input<typeof ops.createStickerPack>,
): Promise<StickerPack> {
  const { tenantId } = ctx.actor
  await doors.identity.requireRole(ctx, 'admin')
  const packs = await store.lockPacks(ctx.db, tenantId)
  if (packs.length >= limits.stickerPacks) throw fail('too_many_sticker_packs', { limit: limits.stickerPacks })
  const id = newId('spk', ctx.clock.ms())
  await store.insertPack(ctx.db, tenantId, { id, name, position: (packs.at(-1)?.position ?? 0) + 1 })
  await fillPack(ctx, doors, id, pictures)
  await doors.identity.auditLog(ctx, 'messaging.stickerPackCreated', id, { name })
  return requirePack(ctx, id)
}

export async function updateStickerPack(
  ctx: MemberWrite,
  doors: Doors,
  { pack: id, version, name, retired, pictures }: Input<typeof ops.updateStickerPack>,
): Promise<StickerPack> {
  const { tenantId } = ctx.actor
  const held = await store.lockPack(ctx.db, tenantId, id)
  if (held === undefined) throw fail('not_found')
  await doors.identity.requireRole(ctx, 'admin')
  if (held !== version) throw fail('version_conflict', { version: held })
  await store.savePack(ctx.db, tenantId, { id, name: name ?? null, retired: retired ?? null })
  if (pictures) {
    await store.clearPack(ctx.db, tenantId, id)
    await fillPack(ctx, doors, id, pictures)
  }
  const change = { ...(name && { name }), ...(retired !== undefined && { retired }) }
  await doors.identity.auditLog(ctx, 'messaging.stickerPackUpdated', id, change)
  return requirePack(ctx, id)
}

export async function orderStickerPacks(
  ctx: MemberWrite,
  { identity }: Doors,
  { packs: wanted }: Input<typeof ops.orderStickerPacks>,
): Promise<Record<string, never>> {
  const { tenantId } = ctx.actor
  const known = (await store.lockPacks(ctx.db, tenantId)).map(({ id }) => id)
  if (wanted.some((id) => !known.includes(id))) throw fail('not_found')
  await identity.requireRole(ctx, 'admin')
  await store.orderPacks(ctx.db, tenantId, [...new Set([...wanted, ...known])])
  return {}
}

/** What a message says that shows a sticker. */
export async function stickerBody(on: Queryable, tenantId: string, id: string): Promise<StickerBody> {
  const found = await store.findOffered(on, tenantId, id)
  if (!found) throw fail('sticker_gone')
  const { id: sticker, ...shown } = found
  return { sticker, ...shown }
}

async function fillPack(ctx: MemberWrite, { files }: Doors, pack: string, pictures: Picture[]): Promise<void> {
  const { tenantId } = ctx.actor
  for (const [n, picture] of pictures.entries()) {
    if ('sticker' in picture) {
      if (!(await store.placeSticker(ctx.db, tenantId, pack, picture.sticker, n))) throw fail('not_found')
      continue
    }
    const id = newId('stk', ctx.clock.ms())
    const attached = await files.attach(ctx, picture.file, { kind: 'sticker', object: id })
    if (!isSticker(attached)) throw fail('sticker_invalid', { name: attached.name })
    const { file, width, height } = attached
    const sticker: Sticker = { id, picture: file, label: picture.label, width: width ?? 0, height: height ?? 0 }
    await store.insertSticker(ctx.db, tenantId, pack, sticker, n)
  }
}

async function requirePack(ctx: MemberWrite, id: string): Promise<StickerPack> {
  const pack = await store.findPack(ctx.db, ctx.actor.tenantId, id)
  if (!pack) throw fail('not_found')
  return pack
}
