import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { Favourite, RecordItem } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { Kernel, MemberRead, MemberWrite } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'
import { memberRemoved } from '../directory/index.js'
import * as store from './favourite-store.js'
import { requireConversation } from './gate.js'
import type { Doors } from './index.js'
import { findReadableMessages } from './readable-store.js'
import { asSentOn, forwardedBody } from './rules.js'
import { findConversationName } from './store.js'

// Favourites 收藏: copies that a member keeps (docs/decisions/0017).

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

export async function addFavourites(ctx: MemberWrite, doors: Doors, input: Input<typeof ops.addFavourites>) {
  const { db, actor, clock } = ctx
  const { tenantId, memberId } = actor
  const { conversation } = input
  const seqs = [...new Set(input.seqs)]
  const place = await requireConversation(ctx, conversation, 'keepMine')
  ctx.changes.see(conversation, place.epoch)
  // Under the conversation’s feed nothing is recalled meanwhile, under mine nothing is kept twice.
  await ctx.changes.lock(tenantId, [conversation, memberId])
  const before = await store.keptAlready(db, actor, conversation, seqs)
  const wanted = seqs.filter((seq) => !before.some((one) => one.seq === seq))
  const found = await findReadableMessages(
    db,
    actor,
    wanted.map((seq) => ({ conversation, seq })),
  )
  const messages = found
    .filter(({ kind }) => kind !== 'system')
    .map(asSentOn)
    .sort((a, b) => a.seq - b.seq)
  if (messages.length < wanted.length) throw fail('message_gone')
  if ((await store.countFavourites(db, actor)) + messages.length > limits.favouritesPerMember)
    throw fail('too_many_favourites', { limit: limits.favouritesPerMember })
  const names = new Map(
    (
      await doors.directory.profilesByIds(
        db,
        tenantId,
        messages.map(({ sender }) => sender),
      )
    ).map(({ id, name }) => [id, name]),
  )
  const of = (await findConversationName(db, tenantId, conversation))?.name ?? ''
  const kept = messages.map((message, n) => {
    const { seq, sender, kind, sentAt } = message
    const name = names.get(sender) ?? ''
    const item = { sender, name, sentAt, kind, body: forwardedBody(message) } as RecordItem
    const file = 'file' in item.body ? item.body.file : null
    const id = newId('fav', clock.ms() + n)
    return { id, conversation, seq, of, item, tags: [], savedAt: clock.now(), file, words: wordsOf(item, of) }
  })
  const carried = kept.flatMap(({ id, seq, file }) =>
    file === null ? [] : [{ file, from: `${conversation}:${seq}`, to: carrierOf(id) }],
  )
  await doors.files.carryOn(db, tenantId, carried)
  await store.insertFavourites(db, actor, kept)
  return { items: [...before, ...kept.map(({ seq, id }) => ({ seq, id }))] }
}

/** A file that a favourite carries stays when its message is recalled. */
const carrierOf = (id: string): string => `favourite:${id}`

export async function removeFavourite(
  ctx: MemberWrite,
  doors: Doors,
  { id }: Input<typeof ops.removeFavourite>,
): Promise<Record<string, never>> {
  if (!(await store.deleteFavourite(ctx.db, ctx.actor, id))) throw fail('not_found')
  await doors.files.release(ctx.db, ctx.actor.tenantId, { kind: 'message', object: carrierOf(id) })
  return {}
}

export async function tagFavourite(ctx: MemberWrite, { id, tags }: Input<typeof ops.tagFavourite>): Promise<Favourite> {
  const favourite = await store.setTags(ctx.db, ctx.actor, id, [...new Set(tags)])
  if (!favourite) throw fail('not_found')
  return favourite
}

export async function listFavourites(ctx: MemberRead, input: Input<typeof ops.listFavourites>) {
  const { text, tag, cursor, limit } = input
  const found = await store.listFavourites(ctx.db, ctx.actor, { words: fold(text), tag }, cursor, limit + 1)
  const items = found.slice(0, limit)
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export const listFavouriteTags = async (ctx: MemberRead) => ({ items: await store.listTags(ctx.db, ctx.actor) })

export function forgetFavouritesOfLeavers(kernel: Kernel, doors: Doors): void {
  kernel.events.on(memberRemoved, 'messaging.forgetFavourites', async (tx, { tenantId, memberId }) => {
    for (const id of await store.forgetFavourites(tx, tenantId, memberId))
      await doors.files.release(tx, tenantId, { kind: 'message', object: carrierOf(id) })
  })
}

/** The same text whatever its case and width. */
const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

/** All that a favourite is found by: what was said or what it is called, by whom, and where. */
function wordsOf(item: RecordItem, of: string): string {
  const { name, body } = item
  const said =
    'of' in body
      ? [...body.of.names, ...body.first.flatMap((line) => [line.name, line.text])]
      : 'question' in body
        ? [body.question, ...body.options]
        : [wordsOfOne(body)]
  return fold([...said, name, of].join('\n'))
}

const wordsOfOne = (body: Exclude<RecordItem['body'], { of: unknown } | { question: string }>): string =>
  'text' in body
    ? body.text
    : 'title' in body
      ? body.title
      : 'name' in body
        ? body.name
        : 'label' in body
          ? body.label
          : ''
