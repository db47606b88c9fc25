import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { Clock } from '../../kernel/clock.js'
import type { Kernel, MemberWrite } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import { AppError, fail } from '../../kernel/errors.js'
import type { Changes } from '../../kernel/feeds/changes.js'
import { newId } from '../../kernel/ids.js'
import { addJob } from '../../kernel/jobs.js'
import type { RateLimiter } from '../../kernel/limiter.js'
import { writeTransaction } from '../../kernel/write.js'
import type { Doors } from './index.js'
import { findMessages, findSent, insertMessages, type NewMessage, type StoredMessage } from './message-store.js'
import { findRecords, insertRecords, type NewRecord } from './record-store.js'
import { mergeMessages } from './records.js'
import { asSentOn, forwardedBody, whyMayNotSay } from './rules.js'
import { findPlace } from './store.js'

/** What is sent on, by whom and to whom; what a job carries where one transaction is not enough. */
interface Forward {
  tenantId: string
  memberId: string
  from: string
  seqs: number[]
  to: string[]
  merged: boolean
  comment: string | null
  /** Begins the keys of the messages it makes, so that a job that runs again writes nothing twice. */
  key: string
}

const forwardJob = 'messaging.forward'

/**
 * Sends messages on: read here and now, never as the client has them. All targets are checked before anything is
 * written; those that one transaction has no room for follow in a job.
 */
export async function forwardMessages(
  ctx: MemberWrite,
  { doors, limiter }: { doors: Doors; limiter: RateLimiter },
  input: z.output<typeof ops.forwardMessages.input>,
): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  const to = [...new Set(input.to)]
  for (const _target of to) if (!limiter.take(memberId)) throw fail('rate_limited')
  const seqs = [...new Set(input.seqs)].sort((a, b) => a - b)
  const comment = input.comment ?? null
  const forward: Forward = {
    tenantId,
    memberId,
    from: input.from,
    seqs,
    to,
    merged: input.merged ?? false,
    comment,
    key: newId('job', ctx.clock.ms()),
  }
  const { db, changes, clock } = ctx
  await prepare(db, changes, clock, forward)
  const atOnce = Math.floor(
    limits.transactionChanges / ((forward.merged ? 1 : seqs.length) + (comment === null ? 0 : 1)),
  )
  await writeForward(db, changes, doors, { ...forward, to: to.slice(0, atOnce) }, clock.now())
  const rest = to.slice(atOnce)
  if (rest.length > 0) await addJob(db, clock, { kind: forwardJob, data: { ...forward, to: rest } })
  return {}
}

/** The rest of what was too much for one transaction: one for each target. */
export function registerForwardJob(kernel: Kernel, doors: Doors): void {
  kernel.jobs.handle(forwardJob, async ({ data }) => {
    const forward = data as Forward
    for (const target of forward.to) await forwardTo(kernel, doors, { ...forward, to: [target] })
  })
}

/** Where the sender was put out meanwhile, or a message was taken back, nothing is sent. */
async function forwardTo(kernel: Kernel, doors: Doors, forward: Forward): Promise<void> {
  const { tenantId, memberId, to, key } = forward
  try {
    await writeTransaction(kernel, async (db, changes) => {
      if (await findSent(db, tenantId, to[0] ?? '', memberId, `${key}-0`)) return
      await prepare(db, changes, kernel.clock, forward)
      await writeForward(db, changes, doors, forward, kernel.clock.now())
    })
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'busy') throw error
  }
}

/** Decides about the source and every target, then locks all of their feeds at once. */
async function prepare(
  db: Tx,
  changes: Changes,
  clock: Clock,
  { tenantId, memberId, from, to }: Forward,
): Promise<void> {
  const source = await findPlace(db, tenantId, memberId, from)
  if (!source) throw fail('not_found')
  changes.see(from, source.epoch)
  for (const target of to) {
    const place = await findPlace(db, tenantId, memberId, target)
    if (!place) throw fail('not_found', { conversation: target })
    const refusal = whyMayNotSay(place, clock.ms())
    if (refusal) throw fail(refusal.code, { ...refusal.data, conversation: target })
    changes.see(target, place.epoch)
  }
  await changes.lock(tenantId, [from, ...to])
}

async function writeForward(
  db: Tx,
  changes: Changes,
  doors: Doors,
  { tenantId, memberId, from, seqs, to, merged, comment, key }: Forward,
  now: string,
): Promise<void> {
  // Read under the lock of the source: what is recalled after this was forwarded before.
  const place = await findPlace(db, tenantId, memberId, from)
  const found = await findMessages(db, tenantId, from, seqs)
  const messages = found
    .filter((m) => m.seq > (place?.fromSeq ?? 0) && m.state === 'sent' && m.kind !== 'system')
    .map(asSentOn)
  if (messages.length < seqs.length) throw fail('message_gone')
  const parcels = merged
    ? [await mergedParcel(db, doors, tenantId, from, messages)]
    : await singleParcels(db, tenantId, from, messages)
  const carried: { file: string; from: string; to: string }[] = []
  const rows: (NewMessage & { conversation: string })[] = []
  const records: NewRecord[] = []
  for (const conversation of to) {
    const put = (kind: NewMessage['kind'], body: unknown) => {
      const seq = changes.next(conversation)
      const n = rows.filter((row) => row.conversation === conversation).length
      const message = { seq, sender: memberId, kind, body, quote: null, sentAt: now }
      rows.push({ ...message, conversation, key: `${key}-${n}` })
      changes.message(conversation, seq, seq, { ...message, state: 'sent' }, now)
      return seq
    }
    for (const { kind, body, record, files } of parcels) {
      const seq = put(kind, body)
      for (const { file, at } of files) carried.push({ file, from: `${from}:${at}`, to: `${conversation}:${seq}` })
      if (record) records.push({ ...record, conversation, seq })
    }
    if (comment !== null) put('text', { text: comment })
  }
  await doors.files.carryOn(db, tenantId, carried)
  await insertMessages(db, tenantId, rows)
  await insertRecords(db, tenantId, records)
}

/** A message to be made in each target, with the files that it takes along and where they are now. */
interface Parcel {
  kind: NewMessage['kind']
  body: unknown
  record: Pick<NewRecord, 'items' | 'files'> | null
  files: { file: string; at: number }[]
}

async function singleParcels(db: Tx, tenantId: string, from: string, messages: StoredMessage[]): Promise<Parcel[]> {
  const records = await findRecords(db, tenantId, from, recordsAmong(messages))
  return messages.map((message) => {
    const record = records.get(message.seq) ?? null
    return { kind: message.kind, body: forwardedBody(message), record, files: filesOf(message, record) }
  })
}

async function mergedParcel(
  db: Tx,
  doors: Doors,
  tenantId: string,
  from: string,
  messages: StoredMessage[],
): Promise<Parcel> {
  const { body, items, files } = await mergeMessages(db, doors.directory, tenantId, from, messages)
  const records = await findRecords(db, tenantId, from, recordsAmong(messages))
  const at = new Map(messages.flatMap((m) => filesOf(m, records.get(m.seq) ?? null)).map((one) => [one.file, one.at]))
  return { kind: 'record', body, record: { items, files }, files: [...at].map(([file, seq]) => ({ file, at: seq })) }
}

const recordsAmong = (messages: StoredMessage[]) =>
  messages.filter(({ kind }) => kind === 'record').map(({ seq }) => seq)

function filesOf({ seq, body }: StoredMessage, record: { files: string[] } | null): { file: string; at: number }[] {
  const { file } = body as { file?: string }
  return [...(file ? [file] : []), ...(record?.files ?? [])].map((one) => ({ file: one, at: seq }))
}
