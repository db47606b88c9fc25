import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { RecordBody, RecordItem } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberRead } from '../../kernel/context.js'
import type { Queryable } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import type { DirectoryDoor } from '../directory/index.js'
import { requireConversation } from './gate.js'
import type { StoredMessage } from './message-store.js'
import { findRecordBody, findRecords, type KeptItem } from './record-store.js'
import { depthOf, forwardedBody, recordLine } from './rules.js'
import { findConversationName } from './store.js'

/** Several messages as one: what is seen from outside, what is inside, and the files anywhere in it. */
export interface Merged {
  body: RecordBody
  items: KeptItem[]
  files: string[]
}

/**
 * Merges messages of one conversation, with what records among them hold.
 *
 * @throws AppError `record_too_large` where it would be too much or too deep
 */
export async function mergeMessages(
  on: Queryable,
  directory: DirectoryDoor,
  tenantId: string,
  from: string,
  messages: StoredMessage[],
): Promise<Merged> {
  const senders = [...new Set(messages.map(({ sender }) => sender))]
  const names = new Map((await directory.profilesByIds(on, tenantId, senders)).map(({ id, name }) => [id, name]))
  const within = await findRecords(
    on,
    tenantId,
    from,
    messages.filter(({ kind }) => kind === 'record').map(({ seq }) => seq),
  )
  const items = messages.map((message): KeptItem => {
    const { sender, kind, sentAt } = message
    const item = { sender, name: names.get(sender) ?? '', sentAt, kind, body: forwardedBody(message) } as RecordItem
    const held = within.get(message.seq)
    return held ? { ...item, items: held.items } : item
  })
  if (depthOf(items) > limits.recordDepth + 1 || JSON.stringify(items).length > limits.recordChars)
    throw fail('record_too_large')
  const own = items.flatMap(({ body }) => ('file' in body ? [body.file] : []))
  const files = [...new Set([...own, ...[...within.values()].flatMap((record) => record.files)])]
  const body: RecordBody = {
    of: await sourceOf(on, directory, tenantId, from),
    count: items.length,
    first: items.slice(0, 3).map(recordLine),
    from: items[0]?.sentAt ?? '',
    until: items.at(-1)?.sentAt ?? '',
  }
  return { body, items, files }
}

/** Whose conversation it was: the group’s name, or the two. */
async function sourceOf(
  on: Queryable,
  directory: DirectoryDoor,
  tenantId: string,
  conversation: string,
): Promise<RecordBody['of']> {
  const found = await findConversationName(on, tenantId, conversation)
  if (found?.kind === 'group') return { kind: 'group', names: [found.name] }
  const profiles = await directory.profilesByIds(on, tenantId, found?.members ?? [])
  return { kind: 'direct', names: profiles.map(({ name }) => name).slice(0, 2) }
}

export async function getRecord(
  ctx: MemberRead,
  { conversation, seq, path }: z.output<typeof ops.getRecord.input>,
): Promise<{ of: RecordBody['of']; items: RecordItem[] }> {
  const { tenantId } = ctx.actor
  const place = await requireConversation(ctx, conversation, 'read')
  const message = seq > place.fromSeq ? await findRecordBody(ctx.db, tenantId, conversation, seq) : undefined
  let items = (await findRecords(ctx.db, tenantId, conversation, [seq])).get(seq)?.items
  let of = message?.body.of
  for (const step of path) {
    const item = items?.[step]
    items = item?.items
    of = item?.kind === 'record' ? item.body.of : undefined
  }
  if (!items || !of) throw fail('not_found')
  return { of, items: items.map(({ items: _within, ...item }) => item as RecordItem) }
}
