import { limits } from '@heyi/contract/limits'
import type { Frame, PullRequest } from '@heyi/contract/sync'
import { ConnectionError } from './call-error.js'
import { backOff, type Environment } from './environment.js'
import type { Replica } from './replica.js'
import type { Call } from './transport.js'

const headsEveryMs = 60_000
/** A lost push hits many devices at once; they do not all pull in the same moment. */
const jitterFirstMs = 200
const jitterMoreMs = 800
/** Pull calls in flight. */
const callsMost = 2
/** Newest messages of a conversation on a fresh start: of one on screen, and of one that only the list shows. */
const takeOpen = 40
const takeClosed = 1
const strikeMostMs = 60_000

export interface FeedsPorts {
  replica: Replica
  environment: Environment
  call: Call
  isOnline(): boolean
  /** On screen, so pulled first and with a page of messages. */
  isOpen(conversation: string): boolean
  /** When something was last said there, for the order of pulls. */
  lastAt(conversation: string): string
  /** Something was merged or dropped. */
  onMerged(): void
  /** The conversation may have to be read from the store or filled. */
  onConsidered(conversation: string): void
  onHeads(heads: readonly [string, number, number, string | null][]): void
  /** The heads are another member's: the session was switched to another company. */
  onStranger(): void
}

/**
 * Asks for what the replica lacks: heads on connecting, on `behind`, on waking and every minute; pulls for feeds behind
 * their heads, one in flight per feed, while which its frames wait (FEEDS section 1, Client).
 */
export class Feeds {
  readonly #ports: FeedsPorts
  readonly #due = new Set<string>()
  readonly #busy = new Set<string>()
  readonly #waiting = new Map<string, Frame[]>()
  readonly #later = new Set<string>()
  readonly #watched = new Set<string>()
  /** Answers in a row that were of no use, by feed: such a feed is asked for ever more slowly. */
  readonly #strikes = new Map<string, number>()
  readonly #paused = new Map<string, unknown>()
  #laterTimer: unknown = null
  #heartbeat: unknown = null
  #memberForced = false
  #headsBusy = false
  #headsDue = false
  #calls = 0
  #ended = false

  constructor(ports: FeedsPorts) {
    this.#ports = ports
  }

  /** Whether the member feed is known up to its head, as far as this device has heard. */
  get memberIsCurrent(): boolean {
    const { replica } = this.#ports
    return !this.#memberForced && !this.#busy.has(replica.member) && !replica.behind(replica.member)
  }

  /** Whether nothing is known to be missing and nothing is on its way. */
  get isCurrent(): boolean {
    return this.memberIsCurrent && !this.#headsBusy && !this.#headsDue && this.#due.size + this.#busy.size === 0
  }

  /** The same of one conversation alone. */
  holdsAll(conversation: string): boolean {
    const isAsked = this.#due.has(conversation) || this.#busy.has(conversation)
    return this.memberIsCurrent && !this.#headsBusy && !this.#headsDue && !isAsked
  }

  connected(): void {
    this.#due.clear()
    this.#considerAll()
    for (const feed of this.#watched) this.#due.add(feed)
    this.askHeads()
    this.#pump()
  }

  disconnected(): void {
    this.#due.clear()
    this.#clear(this.#heartbeat)
    this.#heartbeat = null
  }

  end(): void {
    this.#ended = true
    this.disconnected()
    this.#clear(this.#laterTimer)
    for (const timer of this.#paused.values()) this.#clear(timer)
  }

  /** Asks for the heads now, or once more where they are being asked for. */
  askHeads(): void {
    this.#headsDue = true
    if (!this.#headsBusy) void this.#askHeads()
  }

  /** A feed is known to reach `rev`; if no frame brings that soon, it is pulled. */
  expect(feed: string, rev: number): void {
    this.#ports.replica.mustReach(feed, rev)
    this.#pullLater(feed)
  }

  /** The member feed has news that did not come by itself. */
  forceMember(): void {
    this.#memberForced = true
    this.#consider(this.#ports.replica.member)
    this.#pump()
  }

  /** Its need for a pull may be different now. */
  consider(feed: string): void {
    this.#consider(feed)
    this.#pump()
  }

  watch(departments: readonly string[]): void {
    for (const feed of [...this.#watched]) {
      if (departments.includes(feed)) continue
      this.#watched.delete(feed)
      this.#ports.replica.drop(feed)
    }
    for (const feed of departments) {
      this.#watched.add(feed)
      this.#due.add(feed)
    }
    this.#pump()
  }

  receive(frame: Frame): void {
    const waiting = this.#waiting.get(frame.feed)
    if (waiting) waiting.push(frame)
    else {
      this.#apply(frame)
      this.settle()
    }
  }

  behind(): void {
    for (const feed of this.#watched) this.#due.add(feed)
    this.askHeads()
    this.#pump()
  }

  // ---- heads

  async #askHeads(): Promise<void> {
    const { replica, call, environment } = this.#ports
    this.#headsBusy = true
    let failed = false
    while (this.#headsDue && this.#ports.isOnline() && !this.#ended) {
      this.#headsDue = false
      try {
        const answer = await call('sync.heads', { mark: replica.mark })
        if (this.#ended) return
        const mine = answer.heads.find(([feed]) => feed.startsWith('mem_'))?.[0]
        if (mine !== undefined && mine !== replica.member) return this.#ports.onStranger()
        replica.applyHeads(answer.mark, answer.generation, answer.heads)
        this.#ports.onHeads(answer.heads)
        this.settle()
      } catch (error) {
        if (!(error instanceof ConnectionError)) environment.log('heads', error)
        failed = true
        break
      }
    }
    this.#headsBusy = false
    if (!failed) this.#ports.onMerged()
    this.#clear(this.#heartbeat)
    if (this.#ended || !this.#ports.isOnline()) return
    this.#heartbeat = environment.setTimeout(() => this.behind(), failed ? this.#jitter() * 5 : headsEveryMs)
  }

  // ---- frames

  #apply(frame: Frame): void {
    const { replica } = this.#ports
    const outcome = replica.applyFrame(frame)
    if (outcome === 'behind') this.expect(frame.feed, frame.rev)
    if (outcome !== 'unknown') return
    if (frame.feed === replica.member || this.#watched.has(frame.feed)) this.expect(frame.feed, frame.rev)
    else if (frame.feed.startsWith('con_')) {
      replica.mustReach(frame.feed, frame.rev)
      if (replica.membership(frame.feed)) replica.touched.add(frame.feed)
      else {
        this.#memberForced = true
        this.#pullLater(replica.member)
      }
    }
  }

  #pullLater(feed: string): void {
    this.#later.add(feed)
    if (this.#laterTimer !== null || this.#ended) return
    this.#laterTimer = this.#ports.environment.setTimeout(() => {
      this.#laterTimer = null
      const feeds = [...this.#later]
      this.#later.clear()
      for (const later of feeds) this.#consider(later)
      this.#pump()
    }, this.#jitter())
  }

  #jitter(): number {
    return jitterFirstMs + this.#ports.environment.random() * jitterMoreMs
  }

  // ---- what to pull

  #considerAll(): void {
    const { replica } = this.#ports
    this.#consider(replica.member)
    for (const conversation of replica.memberships().keys()) this.#consider(conversation)
    for (const state of [...replica.feeds()]) if (!replica.membership(state.feed)) this.#consider(state.feed)
  }

  #consider(feed: string): void {
    const { replica } = this.#ports
    if (feed.startsWith('con_')) {
      replica.reconcile(feed)
      this.#ports.onConsidered(feed)
    }
    if (this.#isNeeded(feed) && !this.#paused.has(feed)) this.#due.add(feed)
    else this.#due.delete(feed)
  }

  #isNeeded(feed: string): boolean {
    const { replica } = this.#ports
    if (feed === replica.member) return this.#memberForced || replica.behind(feed)
    if (feed.startsWith('dep_')) return this.#watched.has(feed) && replica.behind(feed)
    return (replica.membership(feed) !== undefined || replica.feed(feed) !== undefined) && replica.behind(feed)
  }

  /** After something was merged: looks again at what that touched, then tells. */
  settle(): void {
    const { replica } = this.#ports
    while (replica.touched.size > 0) {
      const touched = [...replica.touched]
      replica.touched.clear()
      for (const feed of touched) if (!this.#later.has(feed)) this.#consider(feed)
    }
    this.#pump()
    this.#ports.onMerged()
  }

  // ---- pulls

  #pump(): void {
    // Before the first heads the generation is not known, so that another one would go unnoticed.
    while (
      !this.#ended &&
      this.#ports.isOnline() &&
      this.#ports.replica.generation !== null &&
      this.#calls < callsMost
    ) {
      const batch = this.#next()
      if (batch.length === 0) return
      void this.#pull(batch)
    }
  }

  #next(): string[] {
    const { replica, isOpen, lastAt } = this.#ports
    const free = [...this.#due].filter((feed) => !this.#busy.has(feed))
    const rank = (feed: string) => (feed === replica.member ? 0 : isOpen(feed) || this.#watched.has(feed) ? 1 : 2)
    const ranked = free.map((feed) => ({ feed, rank: rank(feed), at: lastAt(feed) }))
    ranked.sort((a, b) => a.rank - b.rank || (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    return ranked.slice(0, limits.pullFeeds).map(({ feed }) => feed)
  }

  async #pull(batch: readonly string[]): Promise<void> {
    const { replica, call, isOpen, environment } = this.#ports
    const requests = batch.map((feed) =>
      replica.request(feed, feed.startsWith('con_') ? (isOpen(feed) ? takeOpen : takeClosed) : 0),
    )
    for (const feed of batch) {
      this.#due.delete(feed)
      this.#busy.add(feed)
      this.#waiting.set(feed, [])
      if (feed === replica.member) this.#memberForced = false
    }
    this.#calls++
    try {
      const answer = await call('sync.pull', { feeds: requests })
      if (this.#ended) return
      if (answer.generation === replica.generation) this.#applyAnswers(requests, answer.feeds)
      else {
        for (const feed of batch) this.#strike(feed)
        this.askHeads()
      }
    } catch (error) {
      if (this.#ended) return
      if (batch.includes(replica.member)) this.#memberForced = true
      if (!(error instanceof ConnectionError)) {
        environment.log('pull', error)
        for (const feed of batch) this.#strike(feed)
      }
    } finally {
      this.#calls--
    }
    this.#release(batch)
  }

  #applyAnswers(requests: readonly PullRequest[], answers: Parameters<Replica['applyAnswer']>[1][]): void {
    const { replica } = this.#ports
    const byFeed = new Map(answers.map((answer) => [answer.feed, answer]))
    // One snapshot: the member feed's part of it says which conversations may be kept.
    const ordered = [...requests].sort((a, b) => Number(b.feed === replica.member) - Number(a.feed === replica.member))
    for (const request of ordered) {
      const answer = byFeed.get(request.feed)
      replica.touched.add(request.feed)
      // Left out of a large answer: asked for again. Where nothing at all is answered, ever more slowly.
      if (!answer && answers.length > 0) continue
      const outcome = answer ? replica.applyAnswer(request, answer) : 'stale'
      if (outcome === 'strange') this.#memberForced = true
      if (outcome === 'applied') this.#strikes.delete(request.feed)
      else this.#strike(request.feed)
    }
    if (byFeed.has(replica.member) && !replica.behind(replica.member)) this.#considerAll()
    if (this.#memberForced) replica.touched.add(replica.member)
  }

  /** The pull is over, whatever came of it: the frames that waited are judged now. */
  #release(batch: readonly string[]): void {
    for (const feed of batch) {
      const frames = this.#waiting.get(feed) ?? []
      this.#waiting.delete(feed)
      this.#busy.delete(feed)
      for (const frame of frames.sort((a, b) => a.rev - b.rev)) this.#apply(frame)
      this.#ports.replica.touched.add(feed)
    }
    this.settle()
  }

  #strike(feed: string): void {
    const { environment } = this.#ports
    const strikes = this.#strikes.get(feed) ?? 0
    this.#strikes.set(feed, strikes + 1)
    if (this.#paused.has(feed)) return
    const pause = backOff(strikes, environment.random(), jitterFirstMs, strikeMostMs)
    this.#paused.set(
      feed,
      environment.setTimeout(() => {
        this.#paused.delete(feed)
        this.consider(feed)
      }, pause),
    )
  }

  #clear(timer: unknown): void {
    if (timer !== null) this.#ports.environment.clearTimeout(timer)
  }
}
