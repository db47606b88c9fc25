import { limits } from '@heyi/contract/limits'
import type { FollowedThread, Message } from '@heyi/contract/messaging'
import type { Change } from '@heyi/contract/sync'
import { isTransient } from './call-error.js'
import type { Environment } from './environment.js'
import { keyOf } from './feed-state.js'
import type { Replica } from './replica.js'
import { mentions, placeOf } from './rules.js'
import type { Call } from './transport.js'

/** What one flush brings goes in one question. */
const gatherMs = 300
const againMs = 5_000
/** My place in a thread is told so often. */
const moveEveryMs = 500

interface ThreadsPorts {
  replica: Replica
  environment: Environment
  call: Call
  isOnline(): boolean
  onChanged(): void
}

/** What the server counted, and the replies that were heard since. */
interface Counted {
  unread: number
  mentions: number
  /** The rev of the conversation when it was counted, and the newest reply then. */
  rev: number
  lastSeq: number
  heard: { seq: number; mentions: boolean }[]
}
interface Moving {
  conversation: string
  root: number
  seq: number
  sentSeq: number
  timer: unknown
}

const idOf = (conversation: string, root: number): string => `${conversation}:${root}`
const nothing: Counted = { unread: 0, mentions: 0, rev: 0, lastSeq: 0, heard: [] }

/**
 * What is unread in the threads that I follow. The server counts, for a device holds few of their replies; new ones are
 * added as they are heard, anything else is asked again.
 */
export class Threads {
  readonly #ports: ThreadsPorts
  #counted = new Map<string, Counted>()
  readonly #moving = new Map<string, Moving>()
  #timer: unknown = null
  #asking = false
  #due = false
  #ended = false

  constructor(ports: ThreadsPorts) {
    this.#ports = ports
  }

  followed(conversation: string, root: number): FollowedThread | null {
    const { replica } = this.#ports
    const row = replica.feed(replica.member)?.objects.get(keyOf('thread', idOf(conversation, root)))
    return (row?.object as FollowedThread | undefined) ?? null
  }

  unread(conversation: string, root: number): { unread: number; mentions: number } {
    const counted = this.#counted.get(idOf(conversation, root))
    const followed = this.followed(conversation, root)
    if (!counted || !followed) return nothing
    const readSeq = this.#readSeq(followed)
    const base = readSeq >= counted.lastSeq ? nothing : counted
    const heard = counted.heard.filter(({ seq }) => seq > readSeq)
    return {
      unread: Math.min(limits.unreadMax, base.unread + heard.length),
      mentions: Math.min(limits.unreadMax, base.mentions + heard.filter((one) => one.mentions).length),
    }
  }

  /** Threads with something unread; and what they add to the badge, by the rule of conversations. */
  total(): { threads: number; badge: number } {
    const total = { threads: 0, badge: 0 }
    for (const id of this.#counted.keys()) {
      const [conversation = '', root] = id.split(':')
      const membership = this.#ports.replica.membership(conversation)
      const { unread, mentions: named } = membership ? this.unread(conversation, Number(root)) : nothing
      if (unread === 0) continue
      const isShown = !membership?.muted || named > 0
      if (isShown) total.threads++
      total.badge += membership?.muted ? Number(named > 0) : unread
    }
    return total
  }

  markRead(conversation: string, root: number, seq: number): void {
    const followed = this.followed(conversation, root)
    const id = idOf(conversation, root)
    const before = this.#moving.get(id)
    if (this.#ended || !followed || seq <= Math.max(followed.readSeq, before?.seq ?? 0)) return
    const moving = before ?? { conversation, root, seq, sentSeq: 0, timer: null }
    moving.seq = seq
    this.#moving.set(id, moving)
    this.#move(moving, 0)
    this.#ports.onChanged()
  }

  /** A change of one of my feeds. */
  heard(feed: string, change: Change, before: unknown): void {
    const { replica } = this.#ports
    if (feed === replica.member && change.kind === 'thread') this.#placeMoved(change, before === undefined)
    if (feed === replica.member && change.kind === 'hidden' && this.#counted.size > 0) this.ask()
    if (change.kind !== 'message' || !change.object) return
    const message = change.object as Message
    if (message.root === undefined) return
    const followed = this.followed(feed, message.root)
    if (!followed || message.sender === replica.member || message.seq <= this.#readSeq(followed)) return
    // Another state of one that was counted may count no more.
    if (change.rev !== placeOf(change.id)) return this.ask()
    const id = idOf(feed, message.root)
    const counted = this.#counted.get(id) ?? { ...nothing, heard: [] }
    this.#counted.set(id, counted)
    if (message.seq > counted.rev && !counted.heard.some(({ seq }) => seq === message.seq))
      counted.heard.push({ seq: message.seq, mentions: mentions(message, replica.member) })
  }

  connected(): void {
    for (const moving of this.#moving.values()) if (moving.timer === null) this.#move(moving, 0)
    const { replica } = this.#ports
    for (const { kind } of replica.feed(replica.member)?.objects.values() ?? [])
      if (kind === 'thread') return this.ask()
  }

  end(): void {
    this.#ended = true
    const { environment } = this.#ports
    environment.clearTimeout(this.#timer)
    for (const { timer } of this.#moving.values()) environment.clearTimeout(timer)
  }

  /** Has the server count again, soon. */
  ask(afterMs = gatherMs): void {
    if (this.#ended || !this.#ports.isOnline()) return
    if (this.#asking) this.#due = true
    else
      this.#timer ??= this.#ports.environment.setTimeout(() => {
        this.#timer = null
        void this.#ask()
      }, afterMs)
  }

  #readSeq({ conversation, root, readSeq }: FollowedThread): number {
    return Math.max(readSeq, this.#moving.get(idOf(conversation, root))?.seq ?? 0)
  }

  #placeMoved({ id, object }: Change, isNew: boolean): void {
    const followed = object as FollowedThread | undefined
    const counted = this.#counted.get(id)
    const moving = this.#moving.get(id)
    if (moving && (!followed || followed.readSeq >= moving.seq)) {
      this.#ports.environment.clearTimeout(moving.timer)
      this.#moving.delete(id)
    }
    if (!followed) this.#counted.delete(id)
    // New here, or read in part: how much is left only the server knows.
    else if (isNew || (counted && counted.unread > 0 && followed.readSeq < counted.lastSeq)) this.ask()
  }

  async #ask(): Promise<void> {
    const { call, environment, onChanged } = this.#ports
    this.#asking = true
    this.#due = false
    let again: number | null = null
    try {
      const { items } = await call('messaging.listThreads', { unread: true, cursor: null, limit: limits.pageSize })
      const counted = new Map<string, Counted>()
      for (const { conversation, root, unread, mentions: named, rev, summary } of items)
        counted.set(idOf(conversation, root), { unread, mentions: named, rev, lastSeq: summary.lastSeq, heard: [] })
      // What was heard meanwhile is newer than the count.
      for (const [id, { heard }] of this.#counted) {
        const now = counted.get(id)
        const newer = heard.filter(({ seq }) => seq > (now?.rev ?? 0))
        if (now) now.heard = newer
        else if (newer.length > 0 && this.#due) counted.set(id, { ...nothing, heard: newer })
      }
      this.#counted = counted
      onChanged()
    } catch (error) {
      if (isTransient(error)) again = againMs
      else environment.log('threads', error)
    }
    this.#asking = false
    if (again !== null || this.#due) this.ask(again ?? gatherMs)
  }

  #move(moving: Moving, afterMs: number): void {
    const { environment, call, isOnline } = this.#ports
    if (moving.timer !== null || !isOnline()) return
    moving.timer = environment.setTimeout(async () => {
      const { conversation, root, seq } = moving
      try {
        if (moving.sentSeq < seq) await call('messaging.markThreadRead', { conversation, root, seq })
        moving.sentSeq = seq
      } catch (error) {
        if (!isTransient(error)) this.#moving.delete(idOf(conversation, root))
      }
      moving.timer = null
      if (moving.sentSeq < moving.seq && this.#moving.has(idOf(conversation, root)) && !this.#ended)
        this.#move(moving, moveEveryMs)
    }, afterMs)
  }
}
