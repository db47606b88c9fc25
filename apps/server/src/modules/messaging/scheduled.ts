import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { Scheduled } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { Clock } from '../../kernel/clock.js'
import type { Kernel, MemberWrite } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import { AppError, fail } from '../../kernel/errors.js'
import type { Changes } from '../../kernel/feeds/changes.js'
import { newId } from '../../kernel/ids.js'
import { addJob } from '../../kernel/jobs.js'
import { writeTransaction } from '../../kernel/write.js'
import { requireMaySay, requireOpen } from './gate.js'
import type { Hooks } from './hooks.js'
import { findMessage, insertMessage } from './message-store.js'
import * as store from './scheduled-store.js'
import { findPlace } from './store.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

const job = 'messaging.sendScheduled'
interface Due {
  tenantId: string
  memberId: string
  id: string
  version: number
}

export async function scheduleMessage(ctx: MemberWrite, input: Input<typeof ops.scheduleMessage>): Promise<Scheduled> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireOpen(ctx, input.conversation)
  requireTime(ctx.clock, input.sendAt)
  if (input.ladder && !input.receipt) throw fail('invalid_input', { path: 'ladder', reason: 'only with a receipt' })
  if (input.quote !== null && input.quote <= place.fromSeq) throw fail('not_found')
  await ctx.changes.lock(tenantId, [memberId])
  if ((await store.countScheduled(ctx.db, tenantId, memberId)) >= limits.scheduledPerMember)
    throw fail('too_many_scheduled', { limit: limits.scheduledPerMember })
  const sendAt = new Date(input.sendAt).toISOString()
  const scheduled = { ...input, id: newId('sch', ctx.clock.ms()), sendAt, failed: null, version: 1 }
  await store.insertScheduled(ctx.db, tenantId, memberId, scheduled)
  await plan(ctx, scheduled)
  return scheduled
}

export async function updateScheduled(ctx: MemberWrite, input: Input<typeof ops.updateScheduled>): Promise<Scheduled> {
  const { tenantId } = ctx.actor
  const held = await requireScheduled(ctx, input)
  if (input.sendAt !== undefined || held.failed) requireTime(ctx.clock, input.sendAt ?? held.sendAt)
  const scheduled = {
    ...held,
    body: input.body ?? held.body,
    sendAt: input.sendAt === undefined ? held.sendAt : new Date(input.sendAt).toISOString(),
    failed: null,
    version: held.version + 1,
  }
  await ctx.changes.lock(tenantId, [ctx.actor.memberId])
  await store.saveScheduled(ctx.db, tenantId, scheduled)
  await plan(ctx, scheduled)
  return scheduled
}

export async function cancelScheduled(
  ctx: MemberWrite,
  { id }: Input<typeof ops.cancelScheduled>,
): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  await requireScheduled(ctx, { id })
  await ctx.changes.lock(tenantId, [memberId])
  await store.deleteScheduled(ctx.db, tenantId, id)
  ctx.changes.remove(memberId, 'scheduled', id)
  return {}
}

export async function sendScheduled(
  ctx: MemberWrite,
  hooks: Hooks,
  input: Input<typeof ops.sendScheduled>,
): Promise<{ seq: number }> {
  const { tenantId, memberId } = ctx.actor
  const scheduled = await requireScheduled(ctx, input)
  return {
    seq: await send({ tx: ctx.db, changes: ctx.changes, clock: ctx.clock, hooks }, tenantId, memberId, scheduled),
  }
}

/** Sends what is due; what cannot be sent stays with the reason, for its writer to decide. */
export function registerScheduled(kernel: Kernel, hooks: Hooks): void {
  kernel.kinds.addObjects('mem', { scheduled: store.loadScheduled })
  kernel.jobs.handle(job, ({ data }) =>
    writeTransaction(kernel, async (tx, changes) => {
      const { tenantId, memberId, id, version } = data as Due
      const scheduled = await store.lockScheduled(tx, tenantId, memberId, id)
      // Sent, cancelled or put off meanwhile.
      if (scheduled?.version !== version) return
      try {
        await send({ tx, changes, clock: kernel.clock, hooks }, tenantId, memberId, scheduled)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        await changes.lock(tenantId, [memberId])
        await store.saveScheduled(tx, tenantId, { ...scheduled, failed: error.code, version: version + 1 })
        changes.put(memberId, 'scheduled', id)
      }
    }),
  )
}

/** Its time is noted down together with it, and told to the member’s devices. */
async function plan(ctx: MemberWrite, { id, sendAt, version }: Scheduled): Promise<void> {
  const { tenantId, memberId } = ctx.actor
  await addJob(ctx.db, ctx.clock, { kind: job, data: { tenantId, memberId, id, version } satisfies Due, runAt: sendAt })
  ctx.changes.put(memberId, 'scheduled', id)
}

function requireTime(clock: Clock, sendAt: string): void {
  const ahead = Date.parse(sendAt) - clock.ms()
  if (!(ahead > 0 && ahead <= limits.scheduleDays * 24 * 3600_000))
    throw fail('time_not_allowed', { days: limits.scheduleDays })
}

async function requireScheduled(ctx: MemberWrite, of: { id: string; version?: number }): Promise<Scheduled> {
  const { tenantId, memberId } = ctx.actor
  const scheduled = await store.lockScheduled(ctx.db, tenantId, memberId, of.id)
  if (!scheduled) throw fail('not_found')
  if (of.version !== undefined && scheduled.version !== of.version)
    throw fail('version_conflict', { version: scheduled.version })
  return scheduled
}

interface Sending {
  tx: Tx
  changes: Changes
  clock: Clock
  hooks: Hooks
}

/** In the transaction that also takes it off the list: it is sent once, whatever is killed meanwhile. */
async function send(
  { tx, changes, clock, hooks }: Sending,
  tenantId: string,
  memberId: string,
  scheduled: Scheduled,
): Promise<number> {
  const { id, conversation, body, receipt, ladder } = scheduled
  const place = await findPlace(tx, tenantId, memberId, conversation)
  if (!place) throw fail('not_found')
  requireMaySay(place, clock)
  changes.see(conversation, place.epoch)
  const quote = await stillThere(tx, tenantId, conversation, scheduled.quote)
  await changes.lock(tenantId, [conversation, memberId])
  const seq = changes.next(conversation)
  const sentAt = clock.now()
  const message = { seq, sender: memberId, kind: 'text' as const, body, quote, sentAt, ...(receipt && { receipt }) }
  await insertMessage(tx, tenantId, conversation, { ...message, key: id })
  changes.message(conversation, seq, seq, { ...message, state: 'sent' }, sentAt)
  await store.deleteScheduled(tx, tenantId, id)
  changes.remove(memberId, 'scheduled', id)
  if (ladder) await hooks.startLadder(tx, { tenantId, conversation, seq, sender: memberId, steps: ladder })
  return seq
}

/** What was quoted may be gone by then: the text stands without it. */
async function stillThere(
  tx: Tx,
  tenantId: string,
  conversation: string,
  quote: number | null,
): Promise<number | null> {
  if (quote === null) return null
  const quoted = await findMessage(tx, tenantId, conversation, quote)
  return quoted?.state === 'sent' ? quote : null
}
