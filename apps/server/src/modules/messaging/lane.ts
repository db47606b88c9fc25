import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import type { Kernel } from '../../kernel/context.js'
import { openConnection } from '../../kernel/db.js'
import { type AppError, fail, sqlState } from '../../kernel/errors.js'
import type { BusFrame } from '../../kernel/feeds/frame.js'
import type { Audience } from '../../kernel/feeds/kinds.js'
import type { Metrics } from '../../kernel/metrics.js'
import { databaseTrouble } from '../../kernel/operations.js'
import type { Policy } from './feed.js'
import { type LaneResult, type LaneRow, writeBatch } from './lane-store.js'
import { findSent } from './message-store.js'
import { whyMayNotSay } from './rules.js'

export interface Sent {
  seq: number
  rev: number
  sentAt: string
}

/** A message on its way: the row, and whoever waits for it. */
class Send {
  tries = 0
  constructor(
    readonly row: LaneRow,
    readonly open: () => boolean,
    readonly resolve: (sent: Sent) => void,
    readonly reject: (error: AppError) => void,
  ) {}
}

const maxBatch = 500
const maxQueued = 20_000
const maxTries = 3

/**
 * The group-commit writer. Messages that arrive while a commit is in flight go into the next one; conversations are
 * hashed onto lanes, each with one connection and one batch in flight, so that commits of a conversation keep their
 * order (ARCHITECTURE, the hot path).
 */
export class Lanes {
  readonly #lanes: Lane[]

  constructor(kernel: Kernel, metrics: Metrics) {
    this.#lanes = Array.from({ length: kernel.settings.HEYI_LANES }, () => new Lane(kernel, metrics))
  }

  /** Resolves when the message is durable. A key sent before resolves to the first answer. */
  send(row: LaneRow, open: () => boolean): Promise<Sent> {
    return new Promise((resolve, reject) => this.#laneOf(row.conversation).add(new Send(row, open, resolve, reject)))
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.close()))
  }

  #laneOf(conversation: string): Lane {
    let hash = 0
    for (let i = 4; i < conversation.length; i++) hash = (hash * 31 + conversation.charCodeAt(i)) | 0
    const lane = this.#lanes[(hash >>> 0) % this.#lanes.length]
    if (!lane) throw new Error('There is no lane.')
    return lane
  }
}

class Lane {
  #queue: Send[] = []
  #busy = false
  #scheduled = false
  /** Sends whose answer needs more reads; they do not hold up the next batch. */
  #aside = 0
  #client: pg.Client | null = null
  #closed = false

  constructor(
    private readonly kernel: Kernel,
    private readonly metrics: Metrics,
  ) {}

  add(send: Send): void {
    if (this.#closed) return send.reject(fail('unavailable'))
    if (this.#queue.length >= maxQueued) return send.reject(fail('busy'))
    this.#queue.push(send)
    this.#kick()
  }

  /** Finishes what it holds, then closes. */
  async close(): Promise<void> {
    while (this.#busy || this.#aside > 0 || this.#queue.length > 0) await wait(5)
    this.#closed = true
    await this.#client?.end()
  }

  #kick(): void {
    if (this.#busy || this.#scheduled) return
    this.#scheduled = true
    // No timer: what arrives in this turn of the loop goes together, so batches follow the load.
    setImmediate(() => {
      this.#scheduled = false
      void this.#run()
    })
  }

  async #run(): Promise<void> {
    if (this.#busy || this.#queue.length === 0) return
    this.#busy = true
    const batch = this.#queue.splice(0, maxBatch)
    try {
      await this.#write(batch)
    } catch (error) {
      this.#fail(batch, error)
    } finally {
      this.#busy = false
      if (this.#queue.length > 0) this.#kick()
    }
  }

  async #write(batch: Send[]): Promise<void> {
    const audiences = await this.#audiences(batch)
    const allowed: Send[] = []
    const refused: { send: Send; error: AppError }[] = []
    for (const send of batch) {
      // Whoever hung up tries again elsewhere; writing this one too could come after a later send.
      if (!send.open()) continue
      const error = refusal(send, audiences.get(send.row.conversation), this.kernel.clock.ms())
      if (error) refused.push({ send, error })
      else allowed.push(send)
    }
    if (allowed.length > 0) await this.#commit(allowed, audiences)
    for (const { send, error } of refused)
      this.#setAside(send, this.#refuse(send, error, audiences.get(send.row.conversation)))
  }

  async #audiences(batch: Send[]): Promise<Map<string, Audience<Policy>>> {
    const audiences = new Map<string, Audience<Policy>>()
    const unknown = new Map<string, string>()
    const { hub } = this.kernel
    for (const { row } of batch) {
      const { tenantId, conversation } = row
      if (audiences.has(conversation)) continue
      const audience = hub.knownAudience(conversation)
      if (audience) audiences.set(conversation, audience as Audience<Policy>)
      else unknown.set(conversation, tenantId)
    }
    await Promise.all(
      [...unknown].map(async ([conversation, tenantId]) =>
        audiences.set(conversation, (await hub.audience(tenantId, conversation)) as Audience<Policy>),
      ),
    )
    return audiences
  }

  async #commit(sends: Send[], audiences: Map<string, Audience<Policy>>): Promise<void> {
    const sentAt = this.kernel.clock.now()
    const epochs = new Map([...audiences].map(([conversation, audience]) => [conversation, audience.epoch]))
    const results = await this.#writeRows(sends, epochs, sentAt)
    const fresh: Fresh[] = []
    const stale: Send[] = []
    const known: Send[] = []
    sends.forEach((send, i) => {
      const { seq = null, prev = null } = results[i] ?? {}
      if (prev === null) stale.push(send)
      else if (seq === null) known.push(send)
      else fresh.push({ send, seq, prev })
    })
    this.metrics.batch(fresh.length)
    const frames = framesOf(fresh, epochs, sentAt)
    // Answers first: they leave in the same write as the frames, but before them.
    setImmediate(() => this.kernel.hub.publish({ frames, control: [] }))
    for (const { send, seq } of fresh) send.resolve({ seq, rev: seq, sentAt })
    for (const send of known) this.#setAside(send, this.#answerKnown(send))
    if (stale.length > 0) await this.#again(stale)
  }

  async #writeRows(sends: Send[], epochs: Map<string, number>, sentAt: string): Promise<LaneResult[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await writeBatch(
          await this.#connected(),
          sends.map((send) => send.row),
          this.kernel.rules.epochOnWrite ? epochs : null,
          sentAt,
        )
      } catch (error) {
        const state = sqlState(error)
        if (attempt === maxTries || (state !== '40P01' && state !== '40001')) throw error
      }
    }
  }

  /** Under a newer epoch it is decided again, in its old place at the front. */
  async #again(stale: Send[]): Promise<void> {
    for (const conversation of new Set(stale.map((s) => s.row.conversation))) {
      const { tenantId } = stale.find((s) => s.row.conversation === conversation)?.row ?? { tenantId: '' }
      await this.kernel.hub.reloadAudience(tenantId, conversation)
    }
    const again = stale.filter((send) => ++send.tries < maxTries)
    for (const send of stale) if (send.tries >= maxTries) send.reject(fail('busy'))
    this.#queue.unshift(...again)
  }

  /** A member has one send in flight in a conversation, so nothing overtakes what waits here. */
  #setAside(send: Send, work: Promise<void>): void {
    this.#aside++
    work
      .catch((error: unknown) => this.#fail([send], error))
      .finally(() => {
        this.#aside--
      })
  }

  async #answerKnown(send: Send): Promise<void> {
    const sent = await this.#findSent(send.row)
    if (sent) send.resolve(sent)
    else send.reject(fail('busy'))
  }

  /** A retry of what was sent before gets its answer even after removal; a refusal is given under a verified epoch. */
  async #refuse(send: Send, error: AppError, seen: Audience<Policy> | undefined): Promise<void> {
    const sent = await this.#findSent(send.row)
    if (sent) return send.resolve(sent)
    const now = (await this.kernel.hub.reloadAudience(send.row.tenantId, send.row.conversation)) as Audience<Policy>
    if (now.epoch === seen?.epoch || ++send.tries >= maxTries) return send.reject(error)
    this.#queue.unshift(send)
    this.#kick()
  }

  #findSent({ tenantId, conversation, sender, key }: LaneRow): Promise<Sent | undefined> {
    return findSent(this.kernel.db, tenantId, conversation, sender, key)
  }

  #fail(batch: Send[], error: unknown): void {
    const trouble = databaseTrouble(error)
    if (!trouble) this.kernel.log.error({ err: error, sends: batch.length }, 'a batch of messages failed')
    for (const send of batch) send.reject(fail(trouble ?? 'internal', undefined, { cause: error }))
  }

  async #connected(): Promise<pg.Client> {
    if (this.#client) return this.#client
    const client = await openConnection(this.kernel.database.connection, (lost, error) => {
      if (error) this.kernel.log.warn({ err: error }, 'a lane lost its connection')
      if (this.#client === lost) this.#client = null
    })
    this.#client = client
    return client
  }
}

function refusal({ row: { sender } }: Send, audience: Audience<Policy> | undefined, nowMs: number): AppError | null {
  if (!audience?.members.has(sender)) return fail('not_found')
  const { dissolved, muteAll, heads, silenced } = audience.policy
  const role = heads.has(sender) ? 'admin' : 'member'
  return whyMayNotSay({ dissolved, muteAll, seat: role, silencedUntil: silenced.get(sender) ?? null }, nowMs)
}

interface Fresh {
  send: Send
  seq: number
  prev: number
}

/** One frame for each conversation of the batch. The body is JSON already, so the frame is put together as text. */
function framesOf(fresh: Fresh[], epochs: Map<string, number>, sentAt: string): BusFrame[] {
  const frames = new Map<string, BusFrame>()
  for (const { send, seq, prev } of fresh) {
    const { tenantId, conversation, sender, kind, body, quote, receipt } = send.row
    const asks = receipt ? `,"receipt":"${receipt}"` : ''
    const change = `{"kind":"message","id":"${seq}","rev":${seq},"object":{"seq":${seq},"sender":"${sender}","kind":"${kind}","body":${body},"quote":${quote},"state":"sent","sentAt":"${sentAt}"${asks}}}`
    const frame = frames.get(conversation)
    if (frame) {
      // In the order of the batch, so the last is the newest.
      frame.rev = seq
      frame.json += `,${change}`
    } else {
      const epoch = epochs.get(conversation) ?? 0
      frames.set(conversation, { tenantId, feed: conversation, prev, rev: seq, minSeq: seq, epoch, json: change })
    }
  }
  for (const frame of frames.values())
    frame.json = `{"feed":"${frame.feed}","prev":${frame.prev},"rev":${frame.rev},"changes":[${frame.json}]}`
  return [...frames.values()]
}
