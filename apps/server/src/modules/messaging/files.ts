import type * as ops from '@heyi/contract/messaging'
import type { SentFile } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberRead } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import * as store from './file-store.js'
import { requireConversation } from './gate.js'

export async function listFiles(
  ctx: MemberRead,
  input: z.output<typeof ops.listFiles.input>,
): Promise<{ items: SentFile[]; next: string | null }> {
  const { conversation, group, text, cursor, limit } = input
  await requireConversation(ctx, conversation, 'read')
  const before = cursor === null ? null : Number(cursor)
  if (before !== null && !Number.isSafeInteger(before)) throw fail('invalid_input', { path: 'cursor', reason: '' })
  const pattern = text === '' ? '' : `%${text.normalize('NFC').replace(/[\\%_]/g, '\\$&')}%`
  const found = await store.listFiles(ctx.db, ctx.actor, { conversation, group, pattern, before, limit: limit + 1 })
  const items = found.slice(0, limit)
  return { items, next: found.length > limit ? String(items.at(-1)?.seq) : null }
}
