import { limits } from '@heyi/contract/limits'
import type { Message } from '@heyi/contract/messaging'
import type { Change } from '@heyi/contract/sync'
import type { HeldMessage, ThreadState } from './api.js'
import { isTransient } from './call-error.js'
import type { Environment } from './environment.js'
import type { Replica } from './replica.js'
import { placeOf } from './rules.js'
import type { Call } from './transport.js'

const pageReplies = 50
const againMs = 2_000

interface RepliesPorts {
  replica: Replica
  environment: Environment
  call: Call
  isOnline(): boolean
  onChanged(): void
}

interface Open {
  readonly conversation: string
  readonly root: number
  readonly messages: Map<number, HeldMessage>
  /** Nothing is missing above it; null before the first page. */
  floor: number | null
  loading: boolean
  failed: boolean
  timer: unknown
}

/** The replies of threads that are on screen: pages from the server, true by the conversation’s feed while they are open. */
export class Replies {
  readonly #ports: RepliesPorts
  readonly #open = new Map<string, Open>()

  constructor(ports: RepliesPorts) {
    this.#ports = ports
  }

  open(conversation: string, root: number): void {
    const thread = { conversation, root, messages: new Map(), floor: null, loading: false, failed: false, timer: null }
    this.#open.set(`${conversation}:${root}`, thread)
    void this.#load(thread, null)
  }

  close(conversation: string, root: number): void {
    const thread = this.#open.get(`${conversation}:${root}`)
    if (thread) this.#ports.environment.clearTimeout(thread.timer)
    this.#open.delete(`${conversation}:${root}`)
  }

  /** In order of place, hidden ones left out. */
  held(conversation: string, root: number): Omit<ThreadState, 'pending'> {
    const thread = this.#open.get(`${conversation}:${root}`)
    if (!thread || thread.floor === null)
      return { replies: [], more: false, loading: !thread?.failed, failed: thread?.failed ?? false }
    const { floor, failed, messages } = thread
    const hidden = this.#ports.replica.hidden(conversation)
    const replies = [...messages.values()]
      .filter(({ object }) => object.seq > floor && !hidden.has(object.seq))
      .sort((a, b) => a.object.seq - b.object.seq)
    return { replies, more: floor > 0, loading: thread.loading, failed }
  }

  message(conversation: string, seq: number): HeldMessage | undefined {
    for (const thread of this.#open.values())
      if (thread.conversation === conversation && thread.messages.has(seq)) return thread.messages.get(seq)
    return undefined
  }

  async older(conversation: string, root: number): Promise<void> {
    const thread = this.#open.get(`${conversation}:${root}`)
    if (thread?.floor) await this.#load(thread, thread.floor + 1)
  }

  heard(conversation: string, change: Change): void {
    if (change.kind !== 'message' || !change.object) return
    const message = change.object as Message
    const thread = message.root === undefined ? undefined : this.#open.get(`${conversation}:${message.root}`)
    if (thread) put(thread, { rev: change.rev, object: message }, placeOf(change.id))
  }

  /** What was missed may be more than the feed brings. */
  connected(): void {
    for (const thread of this.#open.values()) void this.#load(thread, null)
  }

  end(): void {
    for (const { conversation, root } of [...this.#open.values()]) this.close(conversation, root)
  }

  async #load(thread: Open, before: number | null): Promise<void> {
    const { replica, environment, call, isOnline, onChanged } = this.#ports
    const { conversation, root } = thread
    if (thread.loading) return
    thread.loading = true
    thread.failed = false
    environment.clearTimeout(thread.timer)
    onChanged()
    try {
      const limit = before === null ? pageReplies : limits.pageSize
      const page = await call('messaging.listReplies', { conversation, root, before, limit })
      const newest = Math.max(0, ...thread.messages.keys())
      // Another view is for the member feed to bring.
      if (replica.membership(conversation)?.view === page.view) {
        // Something between what was held and this page may be missing.
        if (before === null && page.floor > newest) thread.messages.clear()
        if (thread.floor === null || page.floor < thread.floor || page.floor > newest) thread.floor = page.floor
        for (const message of page.messages) put(thread, message, message.object.seq)
      } else thread.timer = environment.setTimeout(() => void this.#load(thread, null), againMs)
    } catch (error) {
      thread.failed = true
      if (!isTransient(error)) environment.log('replies', error)
      else if (isOnline()) thread.timer = environment.setTimeout(() => void this.#load(thread, before), againMs)
    }
    thread.loading = false
    onChanged()
  }
}

function put({ messages }: Open, message: HeldMessage, seq: number): void {
  if ((messages.get(seq)?.rev ?? 0) < message.rev) messages.set(seq, message)
}
