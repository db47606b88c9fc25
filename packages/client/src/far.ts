import { limits } from '@heyi/contract/limits'
import type { Change } from '@heyi/contract/sync'
import type { HeldMessage } from './api.js'
import { CallError } from './call-error.js'
import type { Environment } from './environment.js'
import { type FeedState, merge, messageAt, newFeed, settle, windowOf } from './feed-state.js'
import type { Persister } from './persister.js'
import type { Replica } from './replica.js'
import { type ClientRules, placeOf } from './rules.js'
import type { Store } from './store.js'
import type { Call } from './transport.js'

/** A jump further back than this shows a stretch of its own, instead of loading everything between. */
const farMessages = 2 * limits.pageSize

export interface FarPorts {
  replica: Replica
  store: Store
  persister: Persister
  environment: Environment
  rules: ClientRules
  call: Call
  onChanged(conversation: string): void
  /** The server does not know the conversation as mine. */
  onStrange(): void
}

/** Messages of (floor, ceiling], of which nothing is missing. */
interface Stretch {
  readonly id: number
  /** The feed it was read beside, whose changes it hears; another one has missed some, and the stretch is void. */
  readonly beside: FeedState
  readonly state: FeedState
  ceiling: number
}

interface Page {
  floor: number
  messages: HeldMessage[]
}

/** What a chat shows of old messages. */
export interface FarChat {
  /** Another jump shows another one. */
  id: number
  messages: HeldMessage[]
  floor: number
  /** Null where it has grown up to the messages held anyway, which then follow. */
  ceiling: number | null
}

/**
 * Stretches of old messages, one a conversation, away from the newest that the replica holds. They live in memory while
 * their chat is open; changes reach them by the conversation's feed, by the same rule of the newer rev.
 */
export class Far {
  readonly #ports: FarPorts
  readonly #stretches = new Map<string, Stretch>()
  readonly #opening = new Map<string, Stretch>()
  readonly #running = new Map<string, Promise<void>>()
  #count = 0

  constructor(ports: FarPorts) {
    this.#ports = ports
  }

  has(conversation: string): boolean {
    return this.#valid(conversation) !== undefined
  }

  chat(conversation: string): FarChat | null {
    const stretch = this.#valid(conversation)
    if (!stretch) return null
    const { id, state, ceiling, beside } = stretch
    const held = windowOf(state).filter(({ object }) => object.seq <= ceiling)
    if (ceiling < beside.loaded) return { id, messages: held, floor: state.floor, ceiling }
    const older = held.filter(({ object }) => object.seq <= beside.loaded)
    return { id, messages: [...older, ...windowOf(beside)], floor: state.floor, ceiling: null }
  }

  /** Whether a jump to this place is one for here. */
  isFar(conversation: string, seq: number): boolean {
    const stretch = this.#valid(conversation)
    const loaded = this.#ports.replica.feed(conversation)?.loaded ?? 0
    return stretch && stretch.ceiling >= loaded ? seq <= stretch.state.floor : loaded - seq > farMessages
  }

  /** A message of the stretch shown. */
  message(conversation: string, seq: number): HeldMessage | undefined {
    const stretch = this.#valid(conversation)
    return stretch && seq <= stretch.ceiling ? messageAt(stretch.state, seq) : undefined
  }

  /** Shows what stands around `seq`; whether the message is there. @throws CallError `unavailable` without a connection */
  async open(conversation: string, seq: number): Promise<boolean> {
    const { replica } = this.#ports
    const beside = replica.feed(conversation)
    const membership = replica.membership(conversation)
    if (!beside || !membership || seq <= membership.fromSeq || replica.hidden(conversation).has(seq)) return false
    const ceiling = Math.min(seq + limits.pageSize / 2, beside.loaded)
    const stretch = { id: ++this.#count, beside, state: newFeed(conversation, beside.view, ceiling), ceiling }
    this.#opening.set(conversation, stretch)
    // Another jump, or the end of the chat, takes its place.
    const isWanted = () => this.#opening.get(conversation) === stretch
    try {
      await this.#grow(stretch, ceiling)
      if (!isWanted() || !messageAt(stretch.state, seq) || replica.feed(conversation) !== beside) return false
    } finally {
      if (isWanted()) this.#opening.delete(conversation)
    }
    this.#stretches.set(conversation, stretch)
    this.#ports.onChanged(conversation)
    return true
  }

  older(conversation: string): Promise<void> {
    return this.#once(conversation, async (stretch) => {
      if (stretch.state.floor > 0) await this.#grow(stretch, stretch.state.floor)
    })
  }

  newer(conversation: string): Promise<void> {
    return this.#once(conversation, async (stretch) => {
      const upTo = Math.min(stretch.ceiling + limits.pageSize, stretch.beside.loaded)
      if (upTo > stretch.ceiling) await this.#grow(stretch, upTo)
    })
  }

  close(conversation: string): void {
    this.#opening.delete(conversation)
    if (this.#stretches.delete(conversation)) this.#ports.onChanged(conversation)
  }

  end(): void {
    this.#opening.clear()
    this.#stretches.clear()
  }

  /** A change of the conversation, wherever in it. */
  heard(conversation: string, change: Change): void {
    if (change.kind !== 'message') return
    const seq = placeOf(change.id)
    for (const stretch of [this.#stretches.get(conversation), this.#opening.get(conversation)]) {
      if (!stretch) continue
      const { state, ceiling } = stretch
      // While a page is on its way nobody knows which of its messages is older than this.
      if (state.openRequests > 0 || (seq > state.floor && seq <= ceiling))
        merge(state, change, undefined, this.#ports.rules)
    }
  }

  #valid(conversation: string): Stretch | undefined {
    const stretch = this.#stretches.get(conversation)
    return stretch && this.#ports.replica.feed(conversation) === stretch.beside ? stretch : undefined
  }

  #once(conversation: string, load: (stretch: Stretch) => Promise<void>): Promise<void> {
    const running = this.#running.get(conversation)
    if (running) return running
    const stretch = this.#valid(conversation)
    if (!stretch) return Promise.resolve()
    const loading = load(stretch).finally(() => this.#running.delete(conversation))
    this.#running.set(conversation, loading)
    return loading.then(() => this.#ports.onChanged(conversation))
  }

  /** Takes in the page that ends at `upTo`: at the floor for older messages, above the ceiling for newer ones. */
  async #grow(stretch: Stretch, upTo: number): Promise<void> {
    const { state, beside } = stretch
    state.openRequests++
    try {
      const inStore = upTo - limits.pageSize >= beside.floor
      const page = (inStore && (await this.#fromStore(stretch, upTo))) || (await this.#fromServer(stretch, upTo))
      if (!page) return
      if (page.floor < state.floor) state.floor = state.loaded = page.floor
      stretch.ceiling = Math.max(stretch.ceiling, upTo)
      for (const { rev, object } of page.messages)
        merge(state, { kind: 'message', id: String(object.seq), rev, object }, undefined, this.#ports.rules)
    } finally {
      state.openRequests--
      settle(state)
      if (state.openRequests === 0)
        state.messages = state.messages.filter(({ object }) => object.seq <= stretch.ceiling)
    }
  }

  async #fromStore({ state }: Stretch, upTo: number): Promise<Page | null> {
    const { store, persister, environment } = this.#ports
    const floor = upTo - limits.pageSize
    await persister.idle()
    try {
      return { floor, messages: await store.messages(state.feed, floor, upTo) }
    } catch (error) {
      environment.log('the store cannot be read', error)
      persister.fail()
      return null
    }
  }

  async #fromServer({ state }: Stretch, upTo: number): Promise<Page | null> {
    const { call, onStrange } = this.#ports
    const conversation = state.feed
    try {
      const page = await call('messaging.listMessages', { conversation, before: upTo + 1, limit: limits.pageSize })
      if (page.view === state.view) return page
      onStrange()
      return null
    } catch (error) {
      if (error instanceof CallError && error.code === 'not_found') onStrange()
      throw error
    }
  }
}
