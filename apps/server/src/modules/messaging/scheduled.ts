import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { Message, Scheduled, ScheduledPart } from '@heyi/contract/messaging'
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
import type { Doors } from './index.js'
import { findMessage, insertMessage } from './message-store.js'
import { requirePollable } from './polls.js'
import * as store from './scheduled-store.js'
import { insertBeside, partBody } from './shapes.js'
import { stickerBody } from './stickers.js'
import { findPlace } from './store.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

const job = 'messaging.sendScheduled'
interface Due {
  tenantId: string
  memberId: string
  id: string
  version: number
}

const carrier = (id: string) => ({ kind: 'scheduled' as const, object: id })

export async function scheduleMessage(
  ctx: MemberWrite,
  doors: Doors,
  { parts: wanted = [], ...input }: Input<typeof ops.scheduleMessage>,
): Promise<Scheduled> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireOpen(ctx, input.conversation)
  requireTime(ctx.clock, input.sendAt)
  if (input.ladder && !input.receipt) throw fail('invalid_input', { path: 'ladder', reason: 'only with a receipt' })
  if (input.quote !== null && input.quote <= place.fromSeq) throw fail('not_found')
  requireSomething(input.body, wanted)
  await ctx.changes.lock(tenantId, [memberId])
  if ((await store.countScheduled(ctx.db, tenantId, memberId)) >= limits.scheduledPerMember)
    throw fail('too_many_scheduled', { limit: limits.scheduledPerMember })
  const id = newId('sch', ctx.clock.ms())
  const sendAt = new Date(input.sendAt).toISOString()
  const parts: ScheduledPart[] = []
  for (const part of wanted)
    parts.push(
      (await partBody(ctx, doors, part, { atMs: Date.parse(sendAt), by: carrier(id) })) as (typeof parts)[number],
    )
  const scheduled = { ...input, ...(parts.length > 0 && { parts }), id, sendAt, failed: null, version: 1 }
  await store.insertScheduled(ctx.db, tenantId, memberId, scheduled)
  await plan(ctx, scheduled)
  return scheduled
}

export async function updateScheduled(
  ctx: MemberWrite,
  doors: Doors,
  input: Input<typeof ops.updateScheduled>,
): Promise<Scheduled> {
  const { tenantId } = ctx.actor
  const { parts: before = [], ...held } = await requireScheduled(ctx, input)
  if (input.sendAt !== undefined || held.failed) requireTime(ctx.clock, input.sendAt ?? held.sendAt)
  const parts = before.filter((_, place) => !input.without?.includes(place))
  const body = input.body === undefined ? held.body : input.body
  requireSomething(body, parts)
  const scheduled = {
    ...held,
    body,
    ...(parts.length > 0 && { parts }),
    sendAt: input.sendAt === undefined ? held.sendAt : new Date(input.sendAt).toISOString(),
    failed: null,
    version: held.version + 1,
  }
  requireOpenPolls(parts, Date.parse(scheduled.sendAt))
  await ctx.changes.lock(tenantId, [ctx.actor.memberId])
  const kept = filesOf(parts)
  for (const file of filesOf(before))
    if (!kept.includes(file)) await doors.files.release(ctx.db, tenantId, carrier(held.id), file)
  await store.saveScheduled(ctx.db, tenantId, scheduled)
  await plan(ctx, scheduled)
  return scheduled
}

const filesOf = (parts: readonly ScheduledPart[]): string[] => [
  ...new Set(parts.flatMap(({ body }) => ('file' in body ? [body.file] : []))),
]

function requireSomething(body: Scheduled['body'], parts: readonly unknown[]): void {
  if (body === null && parts.length === 0) throw fail('invalid_input', { path: 'body', reason: 'nothing to send' })
}

/** @throws AppError `time_not_allowed` where a poll would be over before it is sent */
function requireOpenPolls(parts: readonly ScheduledPart[], atMs: number): void {
  for (const { kind, body } of parts)
    if (kind === 'poll') requirePollable(atMs, { kind, ...body })
    else if (kind === 'relay') requirePollable(atMs, { kind, ...body })
}

export async function cancelScheduled(
  ctx: MemberWrite,
  doors: Doors,
  { id }: Input<typeof ops.cancelScheduled>,
): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  await requireScheduled(ctx, { id })
  await ctx.changes.lock(tenantId, [memberId])
  await doors.files.release(ctx.db, tenantId, carrier(id))
  await store.deleteScheduled(ctx.db, tenantId, id)
  ctx.changes.remove(memberId, 'scheduled', id)
  return {}
}

export async function sendScheduled(
  ctx: MemberWrite,
  deps: { doors: Doors; hooks: Hooks },
  input: Input<typeof ops.sendScheduled>,
): Promise<{ seq: number }> {
  const { tenantId, memberId } = ctx.actor
  const scheduled = await requireScheduled(ctx, input)
  return {
    seq: await send({ tx: ctx.db, changes: ctx.changes, clock: ctx.clock, ...deps }, tenantId, memberId, scheduled),
  }
}

/** Sends what is due; what cannot be sent stays with the reason, for its writer to decide. */
export function registerScheduled(kernel: Kernel, doors: Doors, hooks: Hooks): void {
  kernel.kinds.addObjects('mem', { scheduled: store.loadScheduled })
  kernel.jobs.handle(job, ({ data }) =>
    writeTransaction(kernel, async (tx, changes) => {
      const { tenantId, memberId, id, version } = data as Due
      const scheduled = await store.lockScheduled(tx, tenantId, memberId, id)
      // Sent, cancelled or put off meanwhile.
      if (scheduled?.version !== version) return
      try {
        await send({ tx, changes, clock: kernel.clock, doors, hooks }, tenantId, memberId, scheduled)
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
  doors: Doors
  hooks: Hooks
}

/**
 * In the transaction that also takes it off the list: it is sent once, whatever is killed meanwhile. Whatever may be
 * refused is found out before anything is written, for the refusal is noted down in the same transaction.
 */
async function send(
  { tx, changes, clock, doors, hooks }: Sending,
  tenantId: string,
  memberId: string,
  scheduled: Scheduled,
): Promise<number> {
  const { id, conversation, body, parts = [], receipt, ladder } = scheduled
  const place = await findPlace(tx, tenantId, memberId, conversation)
  if (!place) throw fail('not_found')
  requireMaySay(place, clock)
  changes.see(conversation, place.epoch)
  const quote = await stillThere(tx, tenantId, conversation, scheduled.quote)
  await changes.lock(tenantId, [conversation, memberId])
  await requireStill(tx, clock, doors, tenantId, { id, parts })
  const shapes: { kind: Message['kind']; body: unknown }[] = [
    ...(body ? [{ kind: 'text' as const, body }] : []),
    ...parts,
  ]
  const sentAt = clock.now()
  const sent: { seq: number; body: unknown }[] = []
  for (const [n, shape] of shapes.entries()) {
    const seq = changes.next(conversation)
    const asked = n === 0 && receipt && { receipt }
    const message = { seq, sender: memberId, ...shape, quote: n === 0 ? quote : null, sentAt, ...asked }
    await insertBeside(tx, clock, tenantId, { conversation, seq, sender: memberId }, shape)
    await insertMessage(tx, tenantId, conversation, { ...message, key: n === 0 ? id : `${id}-${n}` })
    changes.message(conversation, seq, seq, { ...message, state: 'sent' }, sentAt)
    sent.push({ seq, body: shape.body })
  }
  const moved = sent.flatMap(({ seq, body }) => {
    const { file } = body as { file?: string }
    return file ? [{ file, from: id, to: `${conversation}:${seq}` }] : []
  })
  await doors.files.carryOn(tx, tenantId, moved, 'scheduled')
  await doors.files.release(tx, tenantId, carrier(id))
  await store.deleteScheduled(tx, tenantId, id)
  changes.remove(memberId, 'scheduled', id)
  const first = sent[0]?.seq ?? 0
  if (ladder) await hooks.startLadder(tx, { tenantId, conversation, seq: first, sender: memberId, steps: ladder })
  return first
}

/**
 * What waits with it may have gone meanwhile.
 *
 * @throws AppError `file_gone`, `sticker_gone`, `time_not_allowed` where a poll would be over already
 */
async function requireStill(
  tx: Tx,
  clock: Clock,
  doors: Doors,
  tenantId: string,
  { id, parts }: { id: string; parts: readonly ScheduledPart[] },
): Promise<void> {
  const files = filesOf(parts)
  const there = files.length > 0 ? await doors.files.lockCarried(tx, tenantId, carrier(id)) : []
  if (files.some((file) => !there.includes(file))) throw fail('file_gone')
  for (const { kind, body } of parts) if (kind === 'sticker') await stickerBody(tx, tenantId, body.sticker)
  requireOpenPolls(parts, clock.ms())
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
