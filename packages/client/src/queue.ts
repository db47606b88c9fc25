import type { Operations } from '@heyi/contract'
import type { HeldMessage, Outgoing, Pending } from './api.js'
import { CallError, ConnectionError, isTransient } from './call-error.js'
import { backOff, type Environment, newKey } from './environment.js'
import { looksLike, splitText } from './rules.js'
import type { SendRow, Store } from './store.js'
import type { Call } from './transport.js'

/** Answers that blame neither the message nor its sender; after so many the send counts as failed. */
const internalMost = 5
const retryMostMs = 30_000
/** How often sends of tabs that are gone are looked for. */
const adoptEveryMs = 30_000

export interface QueuePorts {
  environment: Environment
  store: Pick<Store, 'saveOwn' | 'sends'>
  call: Call
  me: string
  /** The tab under which sends are stored. */
  tab: string
  isOnline(): boolean
  /** Whether this tab adopts, and which of these tabs are gone. */
  leads(): boolean
  goneAmong(tabs: string[]): Promise<string[]>
  messages(conversation: string): readonly HeldMessage[]
  /** Whether the feed of the conversation has come as far as `rev`; true for one that is not held. */
  hasReached(conversation: string, rev: number): boolean
  onChanged(conversation: string): void
  onAnswered(conversation: string, rev: number): void
}

interface Item {
  row: SendRow
  /** The newest place held when it was first tried: its message comes after. */
  after: number | null
  /** It is stored; what shows the message is its feed, once it has come to this rev. */
  answeredRev: number | null
  tries: number
}

/**
 * Sends on their way: stored before `add` resolves, sent in order with one in flight per conversation, repeated under
 * the same key until they are answered (FEEDS section 1, Send). Only a refusal makes one fail.
 */
export class Queue {
  readonly #ports: QueuePorts
  #items: Item[] = []
  readonly #inFlight = new Set<string>()
  readonly #waiting = new Map<string, unknown>()
  #lastOrder = 0
  #adoptTimer: unknown = null
  #ended = false

  constructor(ports: QueuePorts) {
    this.#ports = ports
  }

  /** Takes over what this tab stored, and what tabs that are gone stored. */
  load(rows: readonly SendRow[]): void {
    const known = new Set(this.#items.map(({ row }) => row.key))
    for (const row of rows) {
      if (known.has(row.key)) continue
      const state = row.state === 'failed' ? 'failed' : 'queued'
      this.#items.push({ row: { ...row, tab: this.#ports.tab, state }, after: null, answeredRev: null, tries: 0 })
      this.#lastOrder = Math.max(this.#lastOrder, row.order)
      this.#ports.onChanged(row.conversation)
    }
    this.#items.sort((a, b) => a.row.order - b.row.order)
  }

  /** Looks for sends of tabs that are gone, now and from time to time. */
  async adopt(): Promise<void> {
    const { environment, store, tab, leads, goneAmong } = this.#ports
    try {
      const rows = leads() ? await store.sends() : []
      const others = rows.filter((row) => row.tab !== tab)
      const gone = await goneAmong([...new Set(others.map((row) => row.tab))])
      if (this.#ended) return
      const orphans = others.filter((row) => gone.includes(row.tab))
      this.load(orphans)
      if (orphans.length > 0) await this.#save({ sends: orphans.map((row) => ({ ...row, tab })) })
      this.connected()
    } catch (error) {
      environment.log('sends of other tabs', error)
    }
    if (!this.#ended) this.#adoptTimer = environment.setTimeout(() => void this.adopt(), adoptEveryMs)
  }

  end(): void {
    this.#ended = true
    const { environment } = this.#ports
    if (this.#adoptTimer !== null) environment.clearTimeout(this.#adoptTimer)
    for (const timer of this.#waiting.values()) environment.clearTimeout(timer)
    this.#waiting.clear()
  }

  clear(): void {
    this.#items = []
  }

  connected(): void {
    for (const timer of this.#waiting.values()) this.#ports.environment.clearTimeout(timer)
    this.#waiting.clear()
    for (const conversation of new Set(this.#items.map(({ row }) => row.conversation))) this.#next(conversation)
  }

  /** Sends to be shown, in order; one whose message is held is left out. */
  pending(conversation: string): Pending[] {
    const { messages, me } = this.#ports
    const claimed = new Set<number>()
    const landed = ({ row, after }: Item) => {
      if (after === null) return false
      const held = messages(conversation)
      for (let i = held.length - 1; i >= 0; i--) {
        const message = held[i]?.object
        if (!message || message.seq <= after) return false
        if (claimed.has(message.seq) || !looksLike(message, row.outgoing, after, me)) continue
        claimed.add(message.seq)
        return true
      }
      return false
    }
    return this.#items.filter((item) => item.row.conversation === conversation && !landed(item)).map(({ row }) => row)
  }

  /** The feed of the conversation has moved: answered sends whose message is held are done. */
  settle(conversation: string): void {
    const done = (item: Item) =>
      item.row.conversation === conversation &&
      item.answeredRev !== null &&
      this.#ports.hasReached(conversation, item.answeredRev)
    if (this.#items.some(done)) this.#items = this.#items.filter((item) => !done(item))
  }

  /** Queued durably when it resolves. A long text becomes several sends; the key is the last one's. */
  async add(
    conversation: string,
    outgoing: Outgoing,
    quote: number | null,
    root: number | null = null,
  ): Promise<string> {
    const parts = outgoing.kind === 'text' ? splitText(outgoing) : [outgoing]
    const rows = parts.map((part, index) => this.#row(conversation, part, index === 0 ? quote : null, root))
    const items = rows.map((row) => ({ row, after: null, answeredRev: null, tries: 0 }))
    this.#items.push(...items)
    this.#ports.onChanged(conversation)
    await this.#save({ sends: rows })
    this.#next(conversation)
    return rows.at(-1)?.key ?? ''
  }

  #row(conversation: string, outgoing: Outgoing, quote: number | null, root: number | null): SendRow {
    const now = this.#ports.environment.now()
    this.#lastOrder = Math.max(this.#lastOrder + 1, now * 1000)
    const queuedAt = new Date(now).toISOString()
    return {
      key: newKey(),
      conversation,
      outgoing,
      quote,
      root,
      queuedAt,
      state: 'queued',
      tab: this.#ports.tab,
      order: this.#lastOrder,
    }
  }

  async retry(key: string): Promise<void> {
    const item = this.#find(key)
    if (item?.row.state !== 'failed') return
    item.tries = 0
    const { error: _refusal, ...row } = item.row
    this.#set(item, { ...row, state: 'queued' })
    await this.#save({ sends: [item.row] })
    this.#next(item.row.conversation)
  }

  /**
   * The text of a send that failed, which then is no send any more; null where there is none. A failed answer to a
   * notification may not have been adopted yet.
   */
  async takeBack(key: string): Promise<string | null> {
    const row = this.#find(key)?.row ?? (await this.#ports.store.sends()).find((stored) => stored.key === key)
    if (row?.state !== 'failed' || row.outgoing.kind !== 'text') return null
    const { text } = row.outgoing
    if (this.#find(key)) await this.discard(key)
    else await this.#save({ sent: [key] })
    return text
  }

  async discard(key: string): Promise<void> {
    const item = this.#find(key)
    if (!item) return
    this.#remove(item)
    await this.#save({ sent: [key] })
    this.#next(item.row.conversation)
  }

  #find(key: string): Item | undefined {
    return this.#items.find(({ row }) => row.key === key)
  }

  #set(item: Item, row: SendRow): void {
    item.row = row
    this.#ports.onChanged(row.conversation)
  }

  #remove(item: Item): void {
    this.#items = this.#items.filter((other) => other !== item)
    this.#ports.onChanged(item.row.conversation)
  }

  #next(conversation: string): void {
    if (this.#ended || this.#inFlight.has(conversation) || this.#waiting.has(conversation) || !this.#ports.isOnline())
      return
    const item = this.#items.find(
      ({ row, answeredRev }) => row.conversation === conversation && row.state === 'queued' && answeredRev === null,
    )
    if (item) void this.#send(item)
  }

  async #send(item: Item): Promise<void> {
    const { conversation, key, outgoing, quote, root = null } = item.row
    this.#inFlight.add(conversation)
    item.after ??= this.#ports.messages(conversation).at(-1)?.object.seq ?? 0
    this.#set(item, { ...item.row, state: 'sending' })
    let pauseMs = 0
    try {
      const message = toMessage(outgoing)
      const answer = await this.#ports.call('messaging.sendMessage', {
        conversation,
        key,
        message,
        ...(quote === null ? {} : { quote }),
        ...(root === null ? {} : { root }),
        ...(outgoing.receipt && { receipt: outgoing.receipt }),
        ...('ladder' in outgoing && outgoing.ladder && { ladder: outgoing.ladder }),
      })
      if (this.#ended) return
      item.answeredRev = answer.rev
      this.settle(conversation)
      this.#ports.onChanged(conversation)
      this.#ports.onAnswered(conversation, answer.rev)
      void this.#save({ sent: [key] })
    } catch (error) {
      if (this.#ended) return
      pauseMs = this.#failed(item, error)
    }
    this.#inFlight.delete(conversation)
    if (pauseMs === 0) this.#next(conversation)
    else this.#waitFor(conversation, pauseMs)
  }

  /** What becomes of a send that was not taken: how long to wait before the next try. */
  #failed(item: Item, error: unknown): number {
    const { environment } = this.#ports
    const isInternal = !(error instanceof CallError) || error.code === 'internal'
    // The session's end ends the client too; should it not, the send is not to blame.
    const isOver = error instanceof CallError && error.code === 'unauthenticated'
    if (isTransient(error) || isOver || (isInternal && item.tries < internalMost)) {
      this.#set(item, { ...item.row, state: 'queued' })
      // Without a connection the next one begins it.
      return error instanceof ConnectionError && !this.#ports.isOnline()
        ? 0
        : backOff(item.tries++, environment.random(), 300, retryMostMs)
    }
    if (isInternal) environment.log('send', error)
    item.after = null
    const refusal = error instanceof CallError ? { code: error.code, data: error.data } : { code: 'internal' }
    this.#set(item, { ...item.row, state: 'failed', error: refusal })
    void this.#save({ sends: [item.row] })
    return 0
  }

  #waitFor(conversation: string, ms: number): void {
    const timer = this.#ports.environment.setTimeout(() => {
      this.#waiting.delete(conversation)
      this.#next(conversation)
    }, ms)
    this.#waiting.set(conversation, timer)
  }

  async #save(changes: { sends?: SendRow[]; sent?: string[] }): Promise<void> {
    try {
      await this.#ports.store.saveOwn(changes)
    } catch (error) {
      this.#ports.environment.log('sends are in memory only', error)
    }
  }
}

function toMessage(outgoing: Outgoing): Operations['messaging.sendMessage']['input']['message'] {
  if (outgoing.kind === 'voice') {
    const { kind, file, durationMs, waveform } = outgoing
    return { kind, file, durationMs, waveform }
  }
  switch (outgoing.kind) {
    case 'text':
      return { kind: 'text', text: outgoing.text, ...(outgoing.mentions ? { mentions: outgoing.mentions } : {}) }
    case 'image':
    case 'file':
      return { kind: outgoing.kind, file: outgoing.file }
    case 'sticker':
      return { kind: 'sticker', sticker: outgoing.sticker }
    default: {
      const { receipt: _receipt, ...card } = outgoing
      return card
    }
  }
}
