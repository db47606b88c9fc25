import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/reminders'
import type { Reminder } from '@heyi/contract/reminders'
import type { z } from 'zod'
import type { Kernel, MemberRead, MemberWrite } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'
import { addJob } from '../../kernel/jobs.js'
import { writeTransaction } from '../../kernel/write.js'
import type { MessagingDoor } from '../messaging/index.js'
import type { NotificationsDoor } from '../notifications/index.js'
import * as store from './store.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

export interface Doors {
  messaging: MessagingDoor
  notifications: NotificationsDoor
}

const job = 'reminders.remind'
interface Due {
  tenantId: string
  id: string
  remindAt: string
}

export async function addReminder(
  ctx: MemberWrite,
  { messaging }: Doors,
  { conversation, seq, remindAt }: Input<typeof ops.addReminder>,
): Promise<Reminder> {
  const { tenantId, memberId } = ctx.actor
  const ahead = Date.parse(remindAt) - ctx.clock.ms()
  if (!(ahead > 0 && ahead <= limits.scheduleDays * 24 * 3600_000))
    throw fail('time_not_allowed', { days: limits.scheduleDays })
  const [message] = await messaging.findReadableMessages(ctx.db, ctx.actor, [{ conversation, seq }])
  if (!message || message.kind === 'system') throw fail('not_found')
  await ctx.changes.lock(tenantId, [memberId])
  const before = await store.findOf(ctx.db, ctx.actor, conversation, seq)
  if (!before && (await store.countReminders(ctx.db, ctx.actor)) >= limits.remindersPerMember)
    throw fail('too_many_reminders', { limit: limits.remindersPerMember })
  const id = before?.id ?? newId('rem', ctx.clock.ms())
  const reminder = { id, conversation, seq, remindAt: new Date(remindAt).toISOString(), remindedAt: null }
  await store.saveReminder(ctx.db, ctx.actor, reminder)
  ctx.changes.put(memberId, 'reminder', id)
  const data: Due = { tenantId, id, remindAt: reminder.remindAt }
  await addJob(ctx.db, ctx.clock, { kind: job, data, runAt: reminder.remindAt })
  return reminder
}

export async function cancelReminder(
  ctx: MemberWrite,
  { id }: Input<typeof ops.cancelReminder>,
): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  await ctx.changes.lock(tenantId, [memberId])
  if (!(await store.deleteReminder(ctx.db, tenantId, memberId, id))) throw fail('not_found')
  ctx.changes.remove(memberId, 'reminder', id)
  return {}
}

export async function listReminders(ctx: MemberRead, { cursor, limit }: Input<typeof ops.listReminders>) {
  const found = await store.listReminders(ctx.db, ctx.actor, readCursor(cursor), limit + 1)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: found.length > limit && last ? `${last.remindAt} ${last.id}` : null }
}

/**
 * A reminder whose time has come: once, for what was told, put off or given up is none any more. What its keeper may not
 * read any longer they are not reminded of.
 */
export function remindDue(kernel: Kernel, { messaging, notifications }: Doors): void {
  kernel.jobs.handle(job, ({ data }) =>
    writeTransaction(kernel, async (tx, changes) => {
      const { tenantId, id, remindAt } = data as Due
      const member = (await store.findAny(tx, tenantId, id))?.member
      if (!member) return
      await changes.lock(tenantId, [member])
      // As it is under the lock of its keeper’s feed.
      const found = await store.findAny(tx, tenantId, id)
      if (!found || found.remindedAt || found.remindAt !== remindAt) return
      const { member: _keeper, ...reminder } = found
      const actor = { tenantId, memberId: member }
      const { conversation, seq } = reminder
      const [message] = await messaging.findReadableMessages(tx, actor, [{ conversation, seq }])
      if (!message) {
        await store.deleteReminder(tx, tenantId, member, id)
        changes.remove(member, 'reminder', id)
        return
      }
      await store.saveReminder(tx, actor, { ...reminder, remindedAt: kernel.clock.now() })
      changes.put(member, 'reminder', id)
      await notifications.remindOfMessage(tx, { tenantId, id, remindAt, member, conversation, seq })
    }),
  )
}

function readCursor(cursor: string | null): { at: string; id: string } | null {
  if (cursor === null) return null
  const [at, id] = cursor.split(' ')
  if (!at || !id || Number.isNaN(Date.parse(at))) throw fail('invalid_input', { path: 'cursor', reason: '' })
  return { at, id }
}
