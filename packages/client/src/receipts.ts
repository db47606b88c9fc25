import { limits } from '@heyi/contract/limits'
import type { Receipt } from '@heyi/contract/messaging'
import type { ReceiptSignal } from '@heyi/contract/sync'
import { isTransient } from './call-error.js'
import type { Environment } from './environment.js'
import type { Call } from './transport.js'

/** What one screen asks for goes in one call. */
const gatherMs = 20
const againMs = 5_000
/** Of one conversation; the oldest are asked for again. */
const heldMost = 200

interface ReceiptsPorts {
  environment: Environment
  call: Call
  isOnline(): boolean
  onChanged(): void
  /** A sender asks again. */
  onReminded(conversation: string, seq: number): void
}

interface Chat {
  readonly held: Map<number, Receipt>
  readonly wanted: Set<number>
}

/** How receipts stand, of the messages that are shown: asked for once, then moved by signals, asked again after a break. */
export class Receipts {
  readonly #ports: ReceiptsPorts
  readonly #chats = new Map<string, Chat>()
  #timer: unknown = null
  #ended = false

  constructor(ports: ReceiptsPorts) {
    this.#ports = ports
  }

  /** Null until it is known. */
  get(conversation: string, seq: number): Receipt | null {
    const chat = this.#chats.get(conversation) ?? { held: new Map<number, Receipt>(), wanted: new Set<number>() }
    this.#chats.set(conversation, chat)
    const held = chat.held.get(seq)
    if (!held && !chat.wanted.has(seq)) this.#want(chat, seq)
    return held ?? null
  }

  heard({ feed, seq, progress, confirmedAt, reminded }: ReceiptSignal): void {
    if (reminded) this.#ports.onReminded(feed, seq)
    const chat = this.#chats.get(feed)
    const held = chat?.held.get(seq)
    if (!chat || !held) return
    chat.held.set(seq, { ...held, ...(progress && { progress }), ...(confirmedAt && { confirmedAt }) })
    this.#ports.onChanged()
  }

  /** Confirms at once on the screen, and again not where the server refuses. */
  async confirm(conversation: string, seq: number): Promise<void> {
    const { environment, call, onChanged } = this.#ports
    const put = (confirmedAt: string | null) => {
      const chat = this.#chats.get(conversation)
      const held = chat?.held.get(seq)
      if (chat && held) chat.held.set(seq, { ...held, confirmedAt })
      onChanged()
    }
    put(new Date(environment.now()).toISOString())
    try {
      put((await call('messaging.confirmReceipt', { conversation, seq })).confirmedAt)
    } catch (error) {
      put(null)
      throw error
    }
  }

  /** What moved while there was no connection is asked for again; until then what is held stays. */
  connected(): void {
    this.#ports.environment.clearTimeout(this.#timer)
    this.#timer = null
    for (const chat of this.#chats.values()) for (const seq of chat.held.keys()) this.#want(chat, seq)
    if ([...this.#chats.values()].some(({ wanted }) => wanted.size > 0)) this.#gather(gatherMs)
  }

  close(conversation: string): void {
    this.#chats.delete(conversation)
  }

  end(): void {
    this.#ended = true
    this.#ports.environment.clearTimeout(this.#timer)
    this.#chats.clear()
  }

  #want(chat: Chat, seq: number): void {
    chat.wanted.add(seq)
    this.#gather(gatherMs)
  }

  #gather(ms: number): void {
    if (!this.#ended) this.#timer ??= this.#ports.environment.setTimeout(() => void this.#fetch(), ms)
  }

  async #fetch(): Promise<void> {
    let again: number | null = null
    for (const [conversation, chat] of this.#chats) {
      if (chat.wanted.size === 0) continue
      if (!(await this.#ask(conversation, chat))) again = againMs
      else if (chat.wanted.size > 0) again ??= gatherMs
    }
    this.#timer = null
    if (again !== null && this.#ports.isOnline()) this.#gather(again)
  }

  /** False where it has to be tried again later. */
  async #ask(conversation: string, chat: Chat): Promise<boolean> {
    const { environment, call, onChanged } = this.#ports
    const seqs = [...chat.wanted].slice(0, limits.receiptsPerCall)
    try {
      const { items } = await call('messaging.listReceipts', { conversation, seqs })
      for (const receipt of items) chat.held.set(receipt.seq, receipt)
    } catch (error) {
      if (isTransient(error)) return false
      environment.log('receipts', error)
    }
    for (const seq of seqs) chat.wanted.delete(seq)
    for (const seq of chat.held.keys()) {
      if (chat.held.size <= heldMost) break
      chat.held.delete(seq)
    }
    onChanged()
    return true
  }
}
