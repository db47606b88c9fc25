import { limits } from '@heyi/contract/limits'
import type { Change } from '@heyi/contract/sync'
import { rows, sql, type Tx } from '../db.js'
import { type BusFrame, type Control, makeFrame } from './frame.js'
import { type FeedKinds, loadObjects } from './kinds.js'
import type { FeedRules } from './rules.js'

/** Thrown when a feed moved on to another epoch since the decision: the kernel decides again, three times. */
export class StaleDecision extends Error {}

interface LockedFeed {
  tenantId: string
  feed: string
  prev: number
  rev: number
  epoch: number
  lastSeq: number
  lastAt: string | null
  messages: Change[]
  /** By `kind id`; a second change of one object takes a newer rev and replaces the first. */
  entries: Map<string, { kind: string; id: string; rev: number; removed: boolean }>
}

/** One object and exactly the feeds that shall carry it from now on. */
export interface Emission {
  kind: string
  id: string
  feeds: string[]
}

/**
 * The feed changes of one transaction (FEEDS, write path). Order matters: `see` while deciding, then one `lock` with
 * everything, then rows, then `put`, `remove` and `message`; the kernel calls `write` last.
 */
export class Changes {
  readonly #seen = new Map<string, number>()
  readonly #locked = new Map<string, LockedFeed>()
  #control: Control[] = []

  constructor(
    private readonly tx: Tx,
    private readonly kinds: FeedKinds,
    private readonly rules: FeedRules,
  ) {}

  /** Remembers the epoch under which the caller decides about a feed. */
  see(feed: string, epoch: number): void {
    this.#seen.set(feed, epoch)
  }

  /** Makes a feed in this transaction; it counts as locked. */
  async create(tenantId: string, feed: string): Promise<void> {
    await sql`insert into feed (tenant_id, id) values (${tenantId}, ${feed})`.execute(this.tx)
    this.#hold({ tenantId, feed, rev: 0, epoch: 0 })
  }

  /**
   * Locks feeds in id order and, for each emission, the feeds that carried the object before, so that all of them are
   * locked at once. Rows of objects that live in several feeds are locked by the caller before.
   *
   * @throws StaleDecision if a feed seen before stands at another epoch
   */
  async lock(tenantId: string, feeds: string[], emissions: Emission[] = []): Promise<void> {
    const wanted = new Set([...feeds, ...emissions.flatMap((e) => e.feeds)])
    const former = emissions.length > 0 ? await this.#formerFeeds(tenantId, emissions) : []
    for (const { feed } of former) wanted.add(feed)
    const ids = [...wanted].filter((id) => !this.#locked.has(id)).sort()
    if (ids.length + this.#locked.size > limits.emitFeeds + 2)
      throw new Error(`A transaction locks at most ${limits.emitFeeds} feeds, not ${ids.length}.`)
    const found = await rows(
      this.tx,
      sql<{ id: string; rev: number; epoch: number }>`
        select id, rev, epoch from feed where tenant_id = ${tenantId} and id = any(${ids}) order by id for no key update`,
    )
    if (found.length < ids.length) throw new StaleDecision()
    for (const { id, rev, epoch } of found) {
      const seen = this.#seen.get(id)
      if (this.rules.epochOnWrite && seen !== undefined && seen !== epoch) throw new StaleDecision()
      this.#hold({ tenantId, feed: id, rev, epoch })
    }
    for (const { kind, id, feeds: audience } of emissions) for (const feed of audience) this.put(feed, kind, id)
    if (!this.rules.leaverTombstone) return
    for (const { kind, id, feed } of former)
      if (!emissions.some((e) => e.kind === kind && e.id === id && e.feeds.includes(feed))) this.remove(feed, kind, id)
  }

  /** The object has a new state in this feed; it is read when the transaction is written. Returns its rev. */
  put(feed: string, kind: string, id: string): number {
    return this.#entry(feed, kind, id, false)
  }

  /** The object is no longer in this feed. */
  remove(feed: string, kind: string, id: string): number {
    return this.#entry(feed, kind, id, true)
  }

  /** The feed’s next rev, for a message row that the caller writes; then `message` puts it into the frame. */
  next(feed: string): number {
    return ++this.#of(feed).rev
  }

  message(feed: string, rev: number, seq: number, object: unknown, sentAt: string): void {
    const locked = this.#of(feed)
    locked.messages.push({ kind: 'message', id: String(seq), rev, object })
    if (rev !== seq) return
    locked.lastSeq = seq
    locked.lastAt = sentAt
  }

  /** Who may do what here changed: the feed’s epoch becomes its rev. Call it after the change that caused it. */
  newEpoch(feed: string): void {
    const locked = this.#of(feed)
    locked.epoch = locked.rev
  }

  /** Tells every copy something besides feeds, at once and, if that is lost, by the sweep. */
  control(message: Control): void {
    this.#control.push(message)
  }

  /** Writes revs, entries and the outbox row; returns what to publish after the commit. */
  async write(): Promise<{ frames: BusFrame[]; control: Control[] }> {
    const touched = [...this.#locked.values()].filter((feed) => feed.rev > feed.prev)
    const count = touched.reduce((n, feed) => n + feed.rev - feed.prev, 0)
    if (count > limits.transactionChanges)
      throw new Error(`A transaction makes at most ${limits.transactionChanges} changes, not ${count}.`)
    if (touched.length === 0 && this.#control.length === 0) return { frames: [], control: [] }
    if (touched.length > 0) await this.#writeFeeds(touched)
    const heads = touched.map((f) => [f.tenantId, f.feed, f.prev, f.rev])
    const control = this.#control.length > 0 ? JSON.stringify(this.#control) : null
    await sql`insert into outbox (heads, control) values (${JSON.stringify(heads)}::jsonb, ${control}::jsonb)`.execute(
      this.tx,
    )
    return { frames: await this.#frames(touched), control: this.#control }
  }

  async #writeFeeds(touched: LockedFeed[]): Promise<void> {
    await sql`
      update feed f set rev = i.rev, epoch = i.epoch, last_seq = greatest(f.last_seq, i.last_seq),
        last_at = coalesce(i.last_at, f.last_at), xid = pg_current_xact_id()
      from unnest(${touched.map((f) => f.tenantId)}::text[], ${touched.map((f) => f.feed)}::text[], ${touched.map((f) => f.rev)}::bigint[],
        ${touched.map((f) => f.epoch)}::bigint[], ${touched.map((f) => f.lastSeq)}::bigint[], ${touched.map((f) => f.lastAt)}::timestamptz[])
        as i(tenant_id, id, rev, epoch, last_seq, last_at)
      where f.tenant_id = i.tenant_id and f.id = i.id`.execute(this.tx)
    const entries = touched.flatMap((f) =>
      [...f.entries.values()].map((e) => ({ ...e, tenantId: f.tenantId, feed: f.feed })),
    )
    if (entries.length === 0) return
    await sql`
      insert into feed_entry (tenant_id, feed, kind, object, rev, removed)
      select * from unnest(${entries.map((e) => e.tenantId)}::text[], ${entries.map((e) => e.feed)}::text[], ${entries.map((e) => e.kind)}::text[],
        ${entries.map((e) => e.id)}::text[], ${entries.map((e) => e.rev)}::bigint[], ${entries.map((e) => e.removed)}::boolean[])
      on conflict (tenant_id, feed, kind, object) do update set rev = excluded.rev, removed = excluded.removed`.execute(
      this.tx,
    )
  }

  async #frames(touched: LockedFeed[]): Promise<BusFrame[]> {
    const frames: BusFrame[] = []
    for (const tenantId of new Set(touched.map((f) => f.tenantId))) {
      const here = touched.filter((f) => f.tenantId === tenantId)
      const refs = here.flatMap((f) =>
        [...f.entries.values()].filter((e) => !e.removed).map((e) => ({ feed: f.feed, kind: e.kind, id: e.id })),
      )
      const objects =
        refs.length > 0 ? await loadObjects(this.kinds, this.tx, tenantId, refs) : new Map<string, unknown>()
      for (const feed of here) {
        const entries = [...feed.entries.values()].map(({ kind, id, rev, removed }): Change => {
          const object = objects.get(`${kind} ${feed.feed} ${id}`)
          return removed || object === undefined ? { kind, id, rev, removed: true } : { kind, id, rev, object }
        })
        const changes = [...feed.messages, ...entries].sort((a, b) => a.rev - b.rev)
        frames.push(makeFrame(feed, changes))
      }
    }
    return frames
  }

  #formerFeeds(tenantId: string, emissions: Emission[]): Promise<{ kind: string; id: string; feed: string }[]> {
    return rows(
      this.tx,
      sql<{ kind: string; id: string; feed: string }>`
        select e.kind, e.object as id, e.feed from feed_entry e
        join unnest(${emissions.map((e) => e.kind)}::text[], ${emissions.map((e) => e.id)}::text[]) as i(kind, object)
          on e.kind = i.kind and e.object = i.object
        where e.tenant_id = ${tenantId} and not e.removed`,
    )
  }

  #hold(feed: { tenantId: string; feed: string; rev: number; epoch: number }): void {
    this.#locked.set(feed.feed, { ...feed, prev: feed.rev, lastSeq: 0, lastAt: null, messages: [], entries: new Map() })
  }

  #entry(feed: string, kind: string, id: string, removed: boolean): number {
    const locked = this.#of(feed)
    const rev = ++locked.rev
    locked.entries.set(`${kind} ${id}`, { kind, id, rev, removed })
    return rev
  }

  #of(feed: string): LockedFeed {
    const locked = this.#locked.get(feed)
    if (!locked) throw new Error(`The feed ${feed} is changed without being locked.`)
    return locked
  }
}
