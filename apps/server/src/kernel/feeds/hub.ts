import { setImmediate as breathe } from 'node:timers/promises'
import type { ServerMessage } from '@heyi/contract/sync'
import type { Bus } from '../bus.js'
import type { Clock } from '../clock.js'
import type { Db } from '../db.js'
import type { Log } from '../log.js'
import { type BusFrame, blankFrame, type Control, socketBytes } from './frame.js'
import type { Audience, FeedKinds } from './kinds.js'
import { repairFrame } from './read.js'
import type { FeedRules } from './rules.js'
import type { FeedSocket } from './socket.js'

/** Sockets written in one go before the event loop gets a breath. */
const sliceSockets = 500
/** How long a frame waits for the one before it. */
const holdMs = 50
const forgetAfterMs = 10 * 60_000

/** What a copy keeps of a feed that somebody here follows. */
interface Followed {
  tenantId: string
  /** How far this copy has served it; null until the first head or frame. */
  at: number | null
  audience: Audience | null
  /** Sockets here that are in the audience; valid while `onlineAt` is the hub’s version. */
  online: { socket: FeedSocket; fromSeq: number }[]
  onlineAt: number
  held: BusFrame[]
  holding: NodeJS.Timeout | null
  /** Frames wait here while the audience is read, so that they leave in order. */
  waiting: BusFrame[] | null
  touchedAt: number
}

/** The live side of feeds in one copy: who is connected, what each followed feed was served up to, who gets a push. */
export class Hub {
  readonly #feeds = new Map<string, Followed>()
  readonly #members = new Map<string, Set<FeedSocket>>()
  readonly #watchers = new Map<string, Set<FeedSocket>>()
  readonly #due = new Set<FeedSocket>()
  #flushing = false
  /** Grows with every socket that comes or goes. */
  #version = 0
  #controlListeners: ((control: Control) => void)[] = []
  readonly #hintListeners = new Map<string, (hint: Hint) => void>()

  constructor(private readonly deps: { db: Db; kinds: FeedKinds; bus: Bus; clock: Clock; log: Log; rules: FeedRules }) {
    deps.bus.onFrame((frame) => this.receive(frame))
    deps.bus.onControl((control) => this.hearControl(control))
    deps.bus.onSignal((signal) => this.#hear(signal))
  }

  get sockets(): number {
    let count = 0
    for (const set of this.#members.values()) count += set.size
    return count
  }

  /** The audiences include the socket from here on; call it before its first answer. */
  join(socket: FeedSocket): void {
    const { memberId } = socket.actor
    const set = this.#members.get(memberId) ?? new Set()
    this.#members.set(memberId, set.add(socket))
    this.#version++
  }

  leave(socket: FeedSocket): void {
    const { memberId } = socket.actor
    const set = this.#members.get(memberId)
    set?.delete(socket)
    if (set?.size === 0) this.#members.delete(memberId)
    for (const feed of socket.watched ?? []) this.#unwatch(socket, feed)
    this.#due.delete(socket)
    this.#version++
  }

  socketsOf(memberId: string): ReadonlySet<FeedSocket> {
    return this.#members.get(memberId) ?? new Set()
  }

  *everySocket(): Iterable<FeedSocket> {
    for (const set of this.#members.values()) yield* set
  }

  /** Replaces what the socket watches; access was checked by the caller. */
  watch(socket: FeedSocket, feeds: string[]): void {
    for (const feed of socket.watched ?? []) if (!feeds.includes(feed)) this.#unwatch(socket, feed)
    for (const feed of feeds) {
      const set = this.#watchers.get(feed) ?? new Set()
      this.#watchers.set(feed, set.add(socket))
      socket.watched ??= new Set()
      socket.watched.add(feed)
    }
  }

  #unwatch(socket: FeedSocket, feed: string): void {
    socket.watched?.delete(feed)
    const set = this.#watchers.get(feed)
    set?.delete(socket)
    if (set?.size === 0) this.#watchers.delete(feed)
  }

  /** Heads that were read for a socket here: a feed not yet followed is followed from there. */
  follow(tenantId: string, heads: readonly (readonly [feed: string, rev: number, ...rest: unknown[]])[]): void {
    for (const [feed, rev] of heads) {
      const followed = this.#feeds.get(feed)
      if (!followed) this.#feeds.set(feed, this.#newFollowed(tenantId, rev))
      else followed.at ??= rev
    }
  }

  /** Publishes what a transaction here changed: to this copy at once, to the others by the bus. */
  publish(result: { frames: BusFrame[]; control: Control[] }): void {
    for (const frame of result.frames) this.deps.bus.publishFrame(frame)
    for (const control of result.control) this.deps.bus.publishControl(control)
  }

  signal(signal: Signal | Hint): void {
    this.deps.bus.publishSignal(signal)
  }

  onControl(listener: (control: Control) => void): void {
    this.#controlListeners.push(listener)
  }

  /** A frame from this copy or another. Old ones are dropped, a gap waits and is then repaired with one read. */
  receive(frame: BusFrame): void {
    const followed = this.#feeds.get(frame.feed) ?? this.#newFollowed(frame.tenantId, null)
    this.#feeds.set(frame.feed, followed)
    followed.touchedAt = this.deps.clock.ms()
    if (followed.at !== null && frame.rev <= followed.at) return
    if (followed.at !== null && frame.prev > followed.at) return this.#hold(followed, frame)
    this.#serve(followed, frame)
    this.#release(followed)
  }

  /** What the sweep found in the outbox. */
  caughtUp(tenantId: string, feed: string, prev: number, rev: number): void {
    const followed = this.#feeds.get(feed)
    if (followed && followed.at !== null && followed.at >= rev) return
    if (!followed && !this.#wanted(feed)) return
    const state = followed ?? this.#newFollowed(tenantId, prev)
    state.at ??= prev
    this.#feeds.set(feed, state)
    this.#repairNow(feed, state)
  }

  /** The cached audience, without waiting; null where it must be read. */
  knownAudience(feed: string): Audience | null {
    const followed = this.#feeds.get(feed)
    if (!followed?.audience) return null
    followed.touchedAt = this.deps.clock.ms()
    return followed.audience
  }

  /** The cached or freshly read audience of a conversation. */
  async audience(tenantId: string, feed: string): Promise<Audience> {
    const followed = this.#feeds.get(feed) ?? this.#newFollowed(tenantId, null)
    this.#feeds.set(feed, followed)
    followed.touchedAt = this.deps.clock.ms()
    return followed.audience ?? this.reloadAudience(tenantId, feed)
  }

  async reloadAudience(tenantId: string, feed: string): Promise<Audience> {
    const kind = this.deps.kinds.of(feed)
    if (!kind?.audience) throw new Error(`${feed} has no audience of its own.`)
    const audience = await kind.audience(this.deps.db, tenantId, feed)
    const followed = this.#feeds.get(feed) ?? this.#newFollowed(tenantId, null)
    this.#feeds.set(feed, followed)
    // A slower read must not put an older audience over a newer one.
    if (!followed.audience || followed.audience.epoch <= audience.epoch) {
      followed.audience = audience
      followed.onlineAt = -1
    }
    return followed.audience
  }

  /** Everybody here asks for heads again: after a long silence of the database, or another generation of it. */
  allBehind(): void {
    for (const followed of this.#feeds.values()) if (followed.holding) clearTimeout(followed.holding)
    this.#feeds.clear()
    for (const socket of this.everySocket()) socket.behind()
  }

  /** Forgets feeds that nobody here follows any more. */
  prune(): void {
    const old = this.deps.clock.ms() - forgetAfterMs
    for (const [feed, followed] of this.#feeds)
      if (
        followed.touchedAt < old &&
        !followed.holding &&
        !followed.waiting &&
        this.#audienceHere(feed, followed).length === 0
      )
        this.#feeds.delete(feed)
  }

  /** A socket has bytes waiting; they leave together at the end of this turn. */
  readonly due = (socket: FeedSocket): void => {
    this.#due.add(socket)
    if (this.#flushing) return
    this.#flushing = true
    setImmediate(() => void this.#flush())
  }

  /** Writes everything that is due now; the lane calls it after a batch, so that an answer does not wait a turn. */
  flushNow(): void {
    if (this.#due.size > sliceSockets) return
    for (const socket of this.#due) socket.flush()
    this.#due.clear()
  }

  async #flush(): Promise<void> {
    while (this.#due.size > 0) {
      let slice = sliceSockets
      for (const socket of this.#due) {
        this.#due.delete(socket)
        socket.flush()
        if (--slice === 0) break
      }
      if (this.#due.size > 0) await breathe()
    }
    this.#flushing = false
  }

  #newFollowed(tenantId: string, at: number | null): Followed {
    return {
      tenantId,
      at,
      audience: null,
      online: [],
      onlineAt: -1,
      held: [],
      holding: null,
      waiting: null,
      touchedAt: this.deps.clock.ms(),
    }
  }

  #hold(followed: Followed, frame: BusFrame): void {
    followed.held.push(frame)
    followed.holding ??= setTimeout(() => {
      followed.holding = null
      followed.held = []
      this.#repairNow(frame.feed, followed)
    }, holdMs)
  }

  #release(followed: Followed): void {
    if (followed.held.length === 0) return
    followed.held.sort((a, b) => a.rev - b.rev)
    while (followed.held[0] && followed.held[0].prev <= (followed.at ?? 0)) {
      const next = followed.held.shift()
      if (next && next.rev > (followed.at ?? 0)) this.#serve(followed, next)
    }
    if (followed.held.length > 0 || !followed.holding) return
    clearTimeout(followed.holding)
    followed.holding = null
  }

  /** One read of (at, head], sent as one frame to everybody here. */
  #repairNow(feed: string, followed: Followed): void {
    const repair = async () => {
      const frame = await repairFrame(this.deps, followed.tenantId, feed, followed.at ?? 0)
      if (frame && frame.rev > (followed.at ?? 0)) {
        this.#serve(followed, frame)
        this.#release(followed)
      }
    }
    repair().catch((error: unknown) =>
      this.deps.log.warn({ err: error, feed }, 'a feed could not be repaired; the sweep tries again'),
    )
  }

  #serve(followed: Followed, frame: BusFrame): void {
    followed.at = frame.rev
    this.#serveInOrder(followed, frame)
  }

  #serveInOrder(followed: Followed, frame: BusFrame): void {
    if (followed.waiting) return void followed.waiting.push(frame)
    const stale = followed.audience && this.deps.rules.epochOnPush && frame.epoch > followed.audience.epoch
    if (this.deps.kinds.of(frame.feed)?.audience && (!followed.audience || stale))
      return this.#serveAfterReload(followed, frame)
    this.#deliver(followed, frame)
  }

  #serveAfterReload(followed: Followed, frame: BusFrame): void {
    followed.waiting = [frame]
    this.reloadAudience(followed.tenantId, frame.feed).then(
      () => {
        const waiting = followed.waiting ?? []
        followed.waiting = null
        // The first is served as it is: the audience was read after it was committed, so it is at least as new.
        const [first, ...rest] = waiting
        if (first) this.#deliver(followed, first)
        for (const next of rest) this.#serveInOrder(followed, next)
      },
      (error: unknown) => {
        // Nobody is served under an audience that may be wrong: forget how far we were, the sweep repairs.
        this.deps.log.warn({ err: error, feed: frame.feed }, 'an audience could not be read')
        followed.waiting = null
        followed.at = frame.prev
      },
    )
  }

  #deliver(followed: Followed, frame: BusFrame): void {
    const online = this.#audienceHere(frame.feed, followed)
    if (online.length === 0) return
    let whole: Buffer | null = null
    const blanked = new Map<number, Buffer>()
    for (const { socket, fromSeq } of online) {
      if (frame.minSeq === null || frame.minSeq > fromSeq || !this.deps.rules.blankBefore) {
        whole ??= socketBytes(frame.json)
        socket.push(whole)
        continue
      }
      const bytes = blanked.get(fromSeq) ?? socketBytes(blankFrame(frame.json, fromSeq))
      blanked.set(fromSeq, bytes)
      socket.push(bytes)
    }
  }

  #wanted(feed: string): boolean {
    if (feed.startsWith('mem_')) return this.#members.has(feed)
    if (feed.startsWith('dep_')) return this.#watchers.has(feed)
    return this.#members.size > 0
  }

  #audienceHere(feed: string, followed: Followed): Followed['online'] {
    if (feed.startsWith('mem_')) return [...this.socketsOf(feed)].map((socket) => ({ socket, fromSeq: -1 }))
    if (feed.startsWith('dep_')) return [...(this.#watchers.get(feed) ?? [])].map((socket) => ({ socket, fromSeq: -1 }))
    if (followed.onlineAt === this.#version) return followed.online
    const online: Followed['online'] = []
    const members = followed.audience?.members ?? new Map<string, number>()
    if (members.size <= this.#members.size) {
      for (const [member, fromSeq] of members)
        for (const socket of this.#members.get(member) ?? []) online.push({ socket, fromSeq })
    } else {
      for (const [member, sockets] of this.#members) {
        const fromSeq = members.get(member)
        if (fromSeq !== undefined) for (const socket of sockets) online.push({ socket, fromSeq })
      }
    }
    followed.online = online
    followed.onlineAt = this.#version
    return online
  }

  /** From the bus or, where that lost it, from the sweep: hearing it twice does no harm. */
  hearControl(control: Control): void {
    for (const listener of this.#controlListeners) listener(control)
  }

  /** Writes something fleeting to everybody’s sockets of one member here. */
  whisper(memberId: string, message: ServerMessage): void {
    const sockets = this.socketsOf(memberId)
    if (sockets.size === 0) return
    const bytes = socketBytes(JSON.stringify(message))
    for (const socket of sockets) socket.push(bytes)
  }

  /** Hears hints of one topic, in every copy that has the member they are for. */
  onHint(topic: string, listener: (hint: Hint) => void): void {
    this.#hintListeners.set(topic, listener)
  }

  #hear(signal: Signal | Hint): void {
    if ('topic' in signal) {
      if (this.#members.has(signal.to)) this.#hintListeners.get(signal.topic)?.(signal)
    } else this.#signal(signal)
  }

  #signal(signal: Signal): void {
    const followed = this.#feeds.get(signal.feed)
    if (!followed) return
    // Fleeting, yet not for everybody: an audience that is missing or older than the sender’s is read first.
    if (!followed.audience || followed.audience.epoch < signal.epoch) {
      this.reloadAudience(followed.tenantId, signal.feed).then(
        () => this.#sendSignal(followed, signal),
        () => undefined,
      )
      return
    }
    this.#sendSignal(followed, signal)
  }

  #sendSignal(followed: Followed, signal: Signal): void {
    const bytes = socketBytes(JSON.stringify({ signal: signal.signal, feed: signal.feed, from: signal.from }))
    for (const { socket } of this.#audienceHere(signal.feed, followed))
      if (socket.actor.memberId !== signal.from) socket.push(bytes)
  }
}

/** Something fleeting told to the audience of a feed. */
export interface Signal {
  tenantId: string
  feed: string
  epoch: number
  signal: 'typing'
  from: string
}

/** Tells the copies that have this member’s sockets that something may be worth telling them. */
export interface Hint {
  tenantId: string
  to: string
  topic: string
  data: unknown
}
