import { limits } from '@heyi/contract/limits'
import type { Message } from '@heyi/contract/messaging'
import type { Change } from '@heyi/contract/sync'
import type { HeldMessage } from './api.js'
import { isTransient } from './call-error.js'
import type { Environment } from './environment.js'
import type { FeedState } from './feed-state.js'
import type { Replica } from './replica.js'
import { placeOf } from './rules.js'
import type { Call } from './transport.js'

/** What one screen asks for goes in one call. */
const gatherMs = 20
const againMs = 5_000
/** Of one conversation; the oldest are asked for again. */
const heldMost = 500

export interface QuotedPorts {
  replica: Replica
  environment: Environment
  call: Call
  onChanged(): void
}

/** Null is a message that may not be read, or is gone. */
type Found = HeldMessage | null

interface Quotes {
  /** The feed whose changes they hear; beside another one they are asked for again. */
  readonly beside: FeedState
  readonly found: Map<number, Found>
  readonly wanted: Set<number>
}

/** Single messages that the device does not hold, as answers quote them; asked for in batches, true while their chat is open. */
export class Quoted {
  readonly #ports: QuotedPorts
  readonly #quotes = new Map<string, Quotes>()
  #timer: unknown = null

  constructor(ports: QuotedPorts) {
    this.#ports = ports
  }

  /** Undefined until it is known. */
  get(conversation: string, seq: number): Message | null | undefined {
    const beside = this.#ports.replica.feed(conversation)
    if (!beside) return undefined
    const quotes = this.#of(conversation, beside)
    const held = quotes.found.get(seq)
    if (held !== undefined) return held?.object ?? null
    if (!quotes.wanted.has(seq)) {
      quotes.wanted.add(seq)
      this.#gather(gatherMs)
    }
    return undefined
  }

  /** A change of the conversation: newer than what an open request will bring. */
  heard(conversation: string, change: Change): void {
    const quotes = this.#quotes.get(conversation)
    if (!quotes || change.kind !== 'message') return
    const seq = placeOf(change.id)
    if (!quotes.found.has(seq) && !quotes.wanted.has(seq)) return
    if (change.removed) quotes.found.set(seq, null)
    else if (change.object) put(quotes, { rev: change.rev, object: change.object as Message })
  }

  connected(): void {
    this.#ports.environment.clearTimeout(this.#timer)
    this.#timer = null
    if ([...this.#quotes.values()].some(({ wanted }) => wanted.size > 0)) this.#gather(gatherMs)
  }

  close(conversation: string): void {
    this.#quotes.delete(conversation)
  }

  end(): void {
    this.#ports.environment.clearTimeout(this.#timer)
    this.#quotes.clear()
  }

  #of(conversation: string, beside: FeedState): Quotes {
    const held = this.#quotes.get(conversation)
    if (held?.beside === beside) return held
    const quotes = { beside, found: new Map<number, Found>(), wanted: new Set<number>() }
    this.#quotes.set(conversation, quotes)
    return quotes
  }

  #gather(ms: number): void {
    this.#timer ??= this.#ports.environment.setTimeout(() => void this.#fetch(), ms)
  }

  async #fetch(): Promise<void> {
    let again: number | null = null
    for (const [conversation, quotes] of this.#quotes) {
      if (quotes.wanted.size === 0) continue
      if (!(await this.#ask(conversation, quotes))) again = againMs
      else if (quotes.wanted.size > 0) again ??= gatherMs
    }
    this.#timer = null
    if (again !== null) this.#gather(again)
  }

  /** False where it has to be tried again later. */
  async #ask(conversation: string, quotes: Quotes): Promise<boolean> {
    const { environment, call, onChanged } = this.#ports
    const seqs = [...quotes.wanted].slice(0, limits.messagesPerCall)
    try {
      const { view, messages } = await call('messaging.getMessages', { conversation, seqs })
      // Another view is for the member feed to bring.
      if (view === quotes.beside.view) for (const message of messages) put(quotes, message)
    } catch (error) {
      if (isTransient(error)) return false
      environment.log('quoted', error)
    }
    for (const seq of seqs) {
      quotes.wanted.delete(seq)
      if (!quotes.found.has(seq)) quotes.found.set(seq, null)
    }
    for (const seq of quotes.found.keys()) {
      if (quotes.found.size <= heldMost) break
      quotes.found.delete(seq)
    }
    onChanged()
    return true
  }
}

function put({ found }: Quotes, message: HeldMessage): void {
  const { seq } = message.object
  if ((found.get(seq)?.rev ?? 0) < message.rev) found.set(seq, message)
}
