import { z } from 'zod'
import { Cursor, Empty, FileId, Name, pageOf, StickerId, StickerPackId } from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'

// Stickers 表情包: pictures that the company gives its people to send.

const Label = z.string().trim().min(1).max(limits.stickerLabelChars)
const NewPicture = z.object({ file: FileId.describe('An upload of mine: PNG, WebP or GIF.'), label: Label })

export const Sticker = z.object({
  id: StickerId,
  picture: FileId,
  label: z.string(),
  width: z.int(),
  height: z.int(),
})
export type Sticker = z.infer<typeof Sticker>
export const StickerPack = z.object({
  id: StickerPackId,
  name: Name,
  retired: z.boolean().describe('No longer offered; what was sent stays.'),
  stickers: z.array(Sticker).max(limits.stickersPerPack),
  version: z.int(),
})
export type StickerPack = z.infer<typeof StickerPack>

export const listStickerPacks = operation({
  name: 'messaging.listStickerPacks',
  kind: 'read',
  summary: 'The packs of the company in their order; retired ones for owners and admins alone.',
  scope: 'messaging:read',
  input: z.object({ retired: z.boolean(), cursor: Cursor.nullable(), limit: z.int().min(1).max(limits.stickerPacks) }),
  output: pageOf(StickerPack),
  errors: [],
})

export const createStickerPack = operation({
  name: 'messaging.createStickerPack',
  kind: 'write',
  summary: 'A new pack at the end of the company’s.',
  scope: 'messaging:write',
  input: z.object({ name: Name, pictures: z.array(NewPicture).min(1).max(limits.stickersPerPack) }),
  output: StickerPack,
  errors: ['too_many_sticker_packs', 'sticker_invalid'],
})

export const updateStickerPack = operation({
  name: 'messaging.updateStickerPack',
  kind: 'write',
  summary: 'Rename a pack, retire it or offer it again, or say which pictures it has in which order.',
  scope: 'messaging:write',
  input: z.object({
    pack: StickerPackId,
    version: z.int(),
    name: Name.optional(),
    retired: z.boolean().optional(),
    pictures: z
      .array(z.union([z.object({ sticker: StickerId }), NewPicture]))
      .min(1)
      .max(limits.stickersPerPack)
      .optional()
      .describe('Those left out are offered no longer.'),
  }),
  output: StickerPack,
  errors: ['version_conflict', 'sticker_invalid'],
})

export const orderStickerPacks = operation({
  name: 'messaging.orderStickerPacks',
  kind: 'write',
  summary: 'Put packs in this order, before all others.',
  scope: 'messaging:write',
  input: z.object({ packs: z.array(StickerPackId).min(1).max(limits.stickerPacks) }),
  output: Empty,
  errors: [],
})
