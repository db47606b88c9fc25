import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { Receipt } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { Kernel, MemberRead, MemberWrite } from '../../kernel/context.js'
import { fail, sqlState } from '../../kernel/errors.js'
import { databaseTrouble } from '../../kernel/operations.js'
import { requireConversation } from './gate.js'
import type { Hooks } from './hooks.js'
import * as store from './receipt-store.js'
import { findPlace } from './store.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

const tapsAtOnce = 1_000
const queuedMost = 50_000
const tellEveryMs = 1_000
/** Members told of a reminder before the event loop gets a breath. */
const remindAtOnce = 500

interface Waiting {
  tap: store.Tap
  resolve: (counted: store.Counted) => void
  reject: (error: unknown) => void
}

/**
 * What comes of receipts in this copy. Taps that arrive while a commit is in flight go together into the next; a tap
 * changes no feed. Whoever asked hears of it by a hint, at most once a second for each message, in the copies where they
 * are connected (FEEDS, hole 30).
 */
export class Receipts {
  #queue: Waiting[] = []
  #writing: Promise<void> | null = null
  /** Messages told of within the last second, and whether more came meanwhile. */
  readonly #told = new Map<string, { timer: NodeJS.Timeout; again: boolean }>()
  #closed = false

  constructor(private readonly kernel: Kernel) {
    kernel.hub.onHint('receipt', ({ tenantId, to, data }) => {
      const { conversation, seq } = data as { conversation: string; seq: number }
      this.#progressed({ tenantId, sender: to, conversation, seq })
    })
    kernel.hub.onHint('receiptMine', ({ to, data }) => {
      const { conversation, seq, ...rest } = data as { conversation: string; seq: number; confirmedAt?: string }
      kernel.hub.whisper(to, { signal: 'receipt', feed: conversation, seq, ...rest })
    })
  }

  /** Resolves when the tap is durable. */
  tap(tap: store.Tap): Promise<store.Counted> {
    if (this.#closed || this.#queue.length >= queuedMost) throw fail(this.#closed ? 'unavailable' : 'busy')
    return new Promise((resolve, reject) => {
      this.#queue.push({ tap, resolve, reject })
      this.#writing ??= this.#write().finally(() => {
        this.#writing = null
      })
    })
  }

  /** Tells everybody’s devices of these members that they are asked again. */
  remind(tenantId: string, conversation: string, seq: number, members: string[]): void {
    for (const to of members)
      this.kernel.hub.signal({ tenantId, to, topic: 'receiptMine', data: { conversation, seq, reminded: true } })
  }

  confirmed(tap: store.Tap, sender: string, memberId: string, confirmedAt: string): void {
    const { tenantId, conversation, seq } = tap
    const { hub } = this.kernel
    hub.signal({ tenantId, to: sender, topic: 'receipt', data: { conversation, seq } })
    hub.signal({ tenantId, to: memberId, topic: 'receiptMine', data: { conversation, seq, confirmedAt } })
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const { timer } of this.#told.values()) clearTimeout(timer)
    this.#told.clear()
    await this.#writing
  }

  async #write(): Promise<void> {
    // What arrives in this turn of the loop goes together.
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, tapsAtOnce)
      try {
        const counted = await this.#commit(batch.map(({ tap }) => tap))
        batch.forEach(({ resolve, reject }, i) => {
          const one = counted[i]
          if (one) resolve(one)
          else reject(fail('internal'))
        })
      } catch (error) {
        const trouble = databaseTrouble(error)
        if (!trouble) this.kernel.log.error({ err: error, taps: batch.length }, 'a batch of receipts failed')
        for (const { reject } of batch) reject(fail(trouble ?? 'internal', undefined, { cause: error }))
      }
    }
  }

  async #commit(taps: store.Tap[]): Promise<store.Counted[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.kernel.db.transaction().execute((tx) => store.writeTaps(tx, taps, this.kernel.clock.now()))
      } catch (error) {
        const state = sqlState(error)
        if (attempt === 3 || (state !== '40P01' && state !== '40001')) throw error
      }
    }
  }

  #progressed(of: Told): void {
    const key = `${of.conversation} ${of.seq}`
    const told = this.#told.get(key)
    if (told) {
      told.again = true
      return
    }
    if (this.#closed) return
    const timer = setTimeout(() => {
      const again = this.#told.get(key)?.again
      this.#told.delete(key)
      if (again) this.#progressed(of)
    }, tellEveryMs)
    timer.unref()
    this.#told.set(key, { timer, again: false })
    this.#tell(of).catch((error: unknown) => this.kernel.log.warn({ err: error }, 'a receipt could not be counted'))
  }

  async #tell({ tenantId, sender, conversation, seq }: Told): Promise<void> {
    const { db, hub } = this.kernel
    if (!(await findPlace(db, tenantId, sender, conversation))) return
    const progress = (await store.readProgress(db, tenantId, conversation, [seq])).get(seq)
    if (progress) hub.whisper(sender, { signal: 'receipt', feed: conversation, seq, progress })
  }
}

interface Told {
  tenantId: string
  sender: string
  conversation: string
  seq: number
}

export async function confirmReceipt(
  ctx: MemberRead,
  receipts: Receipts,
  { conversation, seq }: Input<typeof ops.confirmReceipt>,
): Promise<{ confirmedAt: string }> {
  const { tenantId, memberId } = ctx.actor
  const asked = await store.findAsked(ctx.db, tenantId, memberId, conversation, seq)
  if (asked === undefined) throw fail('not_found')
  if (!asked || asked.slot === null) throw fail('receipt_not_asked')
  if (asked.confirmedAt) return { confirmedAt: asked.confirmedAt }
  const tap = { tenantId, conversation, seq, slot: asked.slot }
  const { at, isNew } = await receipts.tap(tap)
  if (isNew) receipts.confirmed(tap, asked.sender, memberId, at)
  return { confirmedAt: at }
}

export async function listReceipts(
  ctx: MemberRead,
  { conversation, seqs }: Input<typeof ops.listReceipts>,
): Promise<{ items: Receipt[] }> {
  const { tenantId, memberId } = ctx.actor
  await requireConversation(ctx, conversation, 'read')
  const asked = await store.listAsked(ctx.db, tenantId, memberId, conversation, seqs)
  const mine = asked.filter(({ sender }) => sender === memberId).map(({ seq }) => seq)
  const progress = await store.readProgress(ctx.db, tenantId, conversation, mine)
  const nobody = { confirmed: 0, total: 0 }
  return {
    items: asked.map(({ sender, ...receipt }) => ({
      ...receipt,
      progress: sender === memberId ? (progress.get(receipt.seq) ?? nobody) : null,
    })),
  }
}

/** The message is there, asks for a receipt, and is the caller’s. */
async function requireMine(ctx: MemberRead | MemberWrite, conversation: string, seq: number): Promise<void> {
  const { tenantId, memberId } = ctx.actor
  const asked = await store.findAsked(ctx.db, tenantId, memberId, conversation, seq)
  if (!asked) throw fail('not_found')
  if (asked.sender !== memberId) throw fail('not_allowed')
}

export async function listReceiptMembers(
  ctx: MemberRead,
  { conversation, seq, confirmed, cursor, limit }: Input<typeof ops.listReceiptMembers>,
) {
  await requireMine(ctx, conversation, seq)
  const after = cursor === null ? -1 : Number(cursor)
  if (!Number.isSafeInteger(after)) throw fail('invalid_input', { path: 'cursor', reason: '' })
  const list = confirmed ? store.listConfirmed : store.listUnconfirmed
  const found = await list(ctx.db, ctx.actor.tenantId, conversation, seq, after, limit + 1)
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const next = found.length > limit && last ? String(last.place) : null
  return { items: page.map(({ id, at }) => ({ id, at })), next }
}

/** Once in a while, so that a sender in a hurry does not become a nuisance. */
export async function remindReceipt(
  ctx: MemberWrite,
  { receipts, hooks }: { receipts: Receipts; hooks: Hooks },
  { conversation, seq }: Input<typeof ops.remindReceipt>,
): Promise<{ reminded: number; resting: number }> {
  const { tenantId } = ctx.actor
  await requireMine(ctx, conversation, seq)
  const since = new Date(ctx.clock.ms() - limits.remindSeconds * 1000).toISOString()
  if (!(await store.remind(ctx.db, tenantId, conversation, seq, ctx.clock.now(), since)))
    throw fail('reminded_lately', { seconds: limits.remindSeconds })
  const about = { tenantId, conversation, seq, sender: ctx.actor.memberId }
  const asked = await store.listUnconfirmed(ctx.db, tenantId, conversation, seq, -1, limits.groupMembers)
  const members = asked.map(({ id }) => id)
  const resting = new Set((await hooks.remind(ctx.db, { ...about, members })).resting)
  const waiting = members.filter((id) => !resting.has(id))
  ctx.afterCommit(() => {
    const rest = [...waiting]
    const next = () => {
      receipts.remind(tenantId, conversation, seq, rest.splice(0, remindAtOnce))
      if (rest.length > 0) setImmediate(next)
    }
    next()
  })
  return { reminded: waiting.length, resting: resting.size }
}
