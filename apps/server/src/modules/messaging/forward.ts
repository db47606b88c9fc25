import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { Kernel, MemberWrite } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import { AppError, fail } from '../../kernel/errors.js'
import type { Changes } from '../../kernel/feeds/changes.js'
import { newId } from '../../kernel/ids.js'
import { addJob } from '../../kernel/jobs.js'
import type { RateLimiter } from '../../kernel/limiter.js'
import { writeTransaction } from '../../kernel/write.js'
import type { FilesDoor } from '../files/index.js'
import { findMessages, findSent, insertMessages, type NewMessage } from './message-store.js'
import { forwardedBody } from './rules.js'
import { findPlace } from './store.js'

/** What is sent on, by whom and to whom; what a job carries where one transaction is not enough. */
interface Forward {
  tenantId: string
  memberId: string
  from: string
  seqs: number[]
  to: string[]
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
  { files, limiter }: { files: FilesDoor; limiter: RateLimiter },
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
    comment,
    key: newId('job', ctx.clock.ms()),
  }
  const { db, changes, clock } = ctx
  await prepare(db, changes, forward)
  const atOnce = Math.floor(limits.transactionChanges / (seqs.length + (comment === null ? 0 : 1)))
  await writeForward(db, changes, files, { ...forward, to: to.slice(0, atOnce) }, clock.now())
  const rest = to.slice(atOnce)
  if (rest.length > 0) await addJob(db, clock, { kind: forwardJob, data: { ...forward, to: rest } })
  return {}
}

/** The rest of what was too much for one transaction: one for each target. */
export function registerForwardJob(kernel: Kernel, files: FilesDoor): void {
  kernel.jobs.handle(forwardJob, async ({ data }) => {
    const forward = data as Forward
    for (const target of forward.to) await forwardTo(kernel, files, { ...forward, to: [target] })
  })
}

/** Where the sender was put out meanwhile, or a message was taken back, nothing is sent. */
async function forwardTo(kernel: Kernel, files: FilesDoor, forward: Forward): Promise<void> {
  const { tenantId, memberId, to, key } = forward
  try {
    await writeTransaction(kernel, async (db, changes) => {
      if (await findSent(db, tenantId, to[0] ?? '', memberId, `${key}-0`)) return
      await prepare(db, changes, forward)
      await writeForward(db, changes, files, forward, kernel.clock.now())
    })
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'busy') throw error
  }
}

/** Decides about the source and every target, then locks all of their feeds at once. */
async function prepare(db: Tx, changes: Changes, { tenantId, memberId, from, to }: Forward): Promise<void> {
  const source = await findPlace(db, tenantId, memberId, from)
  if (!source) throw fail('not_found')
  changes.see(from, source.epoch)
  for (const target of to) {
    const place = await findPlace(db, tenantId, memberId, target)
    if (!place) throw fail('not_found', { conversation: target })
    if (place.dissolved) throw fail('conversation_closed', { conversation: target })
    if (place.muteAll && place.role === 'member') throw fail('muted', { conversation: target })
    changes.see(target, place.epoch)
  }
  await changes.lock(tenantId, [from, ...to])
}

async function writeForward(
  db: Tx,
  changes: Changes,
  files: FilesDoor,
  { tenantId, memberId, from, seqs, to, comment, key }: Forward,
  now: string,
): Promise<void> {
  // Read under the lock of the source: what is recalled after this was forwarded before.
  const place = await findPlace(db, tenantId, memberId, from)
  const found = await findMessages(db, tenantId, from, seqs)
  const messages = found.filter((m) => m.seq > (place?.fromSeq ?? 0) && m.state === 'sent' && m.kind !== 'system')
  if (messages.length < seqs.length) throw fail('message_gone')
  const carried: { file: string; from: string; to: string }[] = []
  const rows: (NewMessage & { conversation: string })[] = []
  for (const conversation of to) {
    const put = (kind: NewMessage['kind'], body: unknown) => {
      const seq = changes.next(conversation)
      const n = rows.filter((row) => row.conversation === conversation).length
      const message = { seq, sender: memberId, kind, body, quote: null, sentAt: now }
      rows.push({ ...message, conversation, key: `${key}-${n}` })
      changes.message(conversation, seq, seq, { ...message, state: 'sent' }, now)
      return seq
    }
    for (const message of messages) {
      const body = forwardedBody(message)
      const seq = put(message.kind, body)
      const { file } = body as { file?: string }
      if (file) carried.push({ file, from: `${from}:${message.seq}`, to: `${conversation}:${seq}` })
    }
    if (comment !== null) put('text', { text: comment })
  }
  await files.carryOn(db, tenantId, carried)
  await insertMessages(db, tenantId, rows)
}
