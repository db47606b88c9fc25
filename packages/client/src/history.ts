import { limits } from '@heyi/contract/limits'
import type { HeldMessage } from './api.js'
import { CallError, ConnectionError } from './call-error.js'
import type { Environment } from './environment.js'
import { type FeedState, indexOf, messageAt } from './feed-state.js'
import type { Persister } from './persister.js'
import type { Replica } from './replica.js'
import type { Store } from './store.js'
import type { Call } from './transport.js'

/** Messages of one page, from the store or the server. */
const pageMessages = 40
/** Who asks for the next page so soon is on the way up: each page is then twice the last one. */
const soonMs = 1_000
/** A chat on screen is filled up to this many messages by itself. */
const screenMessages = 20
/** Pages that a jump to an old message may take; one further back shows a stretch of its own (`far.ts`). */
const jumpPages = 10
/** Messages that a jump wants above the one it leads to. */
const aboveMessages = 20

export interface HistoryPorts {
  replica: Replica
  store: Store
  persister: Persister
  environment: Environment
  call: Call
  isOnline(): boolean
  onMerged(): void
  /** The server does not know the conversation as mine. */
  onStrange(): void
}

/** Older messages: first what the store holds, then pages from the server, one request per conversation at a time. */
export class History {
  readonly #ports: HistoryPorts
  readonly #running = new Map<string, Promise<void>>()
  readonly #lastPage = new Map<string, { at: number; messages: number }>()

  constructor(ports: HistoryPorts) {
    this.#ports = ports
  }

  isLoading(conversation: string): boolean {
    return this.#running.has(conversation)
  }

  /** The next older page. @throws CallError `unavailable` without a connection */
  older(conversation: string, messages: number = this.#nextPage(conversation)): Promise<void> {
    return this.#once(conversation, async (state) => {
      if (state.loaded > state.floor) await this.#fromStore(conversation, state, state.floor, messages)
      else if (state.floor > 0) await this.#fromServer(conversation, state, messages)
    })
  }

  #nextPage(conversation: string): number {
    const at = this.#ports.environment.now()
    const last = this.#lastPage.get(conversation)
    const messages = last && at - last.at < soonMs ? Math.min(2 * last.messages, limits.pageSize) : pageMessages
    this.#lastPage.set(conversation, { at, messages })
    return messages
  }

  /** Loads until `seq` is among the messages held, and a few above it where they can be had; whether it is then. */
  async until(conversation: string, seq: number): Promise<boolean> {
    const { replica } = this.#ports
    for (let page = 0; page < jumpPages; page++) {
      const state = replica.feed(conversation)
      const membership = replica.membership(conversation)
      if (!state || !membership || seq <= membership.fromSeq || replica.hidden(conversation).has(seq)) return false
      const before = state.loaded
      if (before < seq) {
        if (before > 0 && before > seq - aboveMessages) await this.older(conversation).catch(() => undefined)
        return messageAt(state, seq) !== undefined
      }
      await this.older(conversation, limits.pageSize)
      if (replica.feed(conversation)?.loaded === before) return false
    }
    return false
  }

  /** What an open chat, or an exact unread count, needs without anybody's asking. */
  look(conversation: string, isOpen: boolean): void {
    const { replica } = this.#ports
    const state = replica.feed(conversation)
    if (!state || this.#running.has(conversation)) return
    if (replica.mustLoad(conversation)) {
      const membership = replica.membership(conversation)
      const above = Math.max(state.floor, membership?.readSeq ?? 0, membership?.fromSeq ?? 0)
      this.#quietly(this.#once(conversation, (current) => this.#fromStore(conversation, current, above)))
    } else if (isOpen && this.#isThin(state)) this.#quietly(this.older(conversation))
  }

  /** Reads the newest page from the store, so that it is there when somebody opens the conversation. Asks no server. */
  async warm(conversation: string): Promise<void> {
    const state = this.#ports.replica.feed(conversation)
    if (!state || state.loaded <= state.floor || !this.#isThin(state)) return
    await this.older(conversation).catch((error: unknown) => this.#ports.environment.log('history', error))
  }

  #isThin(state: FeedState): boolean {
    let held = 0
    // Replies stand in their threads; a screen of nothing but them is empty.
    for (let i = indexOf(state.messages, state.loaded + 1); i < state.messages.length && held < screenMessages; i++)
      if (state.messages[i]?.object.root === undefined) held++
    return held < screenMessages && state.loaded > 0 && (state.loaded > state.floor || this.#ports.isOnline())
  }

  #quietly(loading: Promise<void>): void {
    loading.catch((error: unknown) => {
      if (!(error instanceof ConnectionError)) this.#ports.environment.log('history', error)
    })
  }

  #once(conversation: string, load: (state: FeedState) => Promise<void>): Promise<void> {
    const running = this.#running.get(conversation)
    if (running) return running
    const state = this.#ports.replica.feed(conversation)
    if (!state) return Promise.resolve()
    const done = this.#ports.replica.openRequest(state)
    const loading = load(state).finally(() => {
      done()
      this.#running.delete(conversation)
    })
    this.#running.set(conversation, loading)
    // The next look comes with what this one brought.
    return loading.then(() => this.#ports.onMerged())
  }

  async #fromStore(conversation: string, state: FeedState, above: number, newest?: number): Promise<void> {
    const { replica, store, persister, environment } = this.#ports
    await persister.idle()
    const upTo = state.loaded
    let messages: HeldMessage[]
    try {
      messages = await store.messages(conversation, above, upTo, newest)
    } catch (error) {
      // As with a failed write: memory is all there is, and the server has the rest.
      environment.log('the store cannot be read', error)
      persister.fail()
      return
    }
    const oldest = messages[0]
    const loaded = newest !== undefined && oldest && messages.length >= newest ? oldest.object.seq - 1 : above
    replica.applyLoaded(conversation, state, loaded, messages)
  }

  async #fromServer(conversation: string, state: FeedState, limit: number): Promise<void> {
    const { replica, call, onStrange } = this.#ports
    const { floor } = state
    try {
      const page = await call('messaging.listMessages', { conversation, before: floor + 1, limit })
      if (replica.membership(conversation)?.view !== page.view) onStrange()
      else replica.applyPage(conversation, floor, page)
    } catch (error) {
      if (error instanceof CallError && error.code === 'not_found') onStrange()
      throw error
    }
  }
}
