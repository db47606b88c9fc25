import { type Db, rows, sql } from '../db.js'
import type { Log } from '../log.js'
import type { Control } from './frame.js'
import type { Hub } from './hub.js'
import type { FeedRules } from './rules.js'

/** The outbox is kept an hour; a copy that slept longer cannot know what it missed. */
const outboxKeptMs = 55 * 60_000
const rememberedControls = 1_000

interface SweptRow {
  generation: string
  xmin: string
  xmax: string
  id: number | null
  heads: [tenantId: string, feed: string, prev: number, rev: number][] | null
  control: Control[] | null
}

/**
 * Reads what transactions put into the outbox since the last look, so that a lost push is made good within about a
 * second. The mark is the snapshot’s xmin: any other passes what commits late (FEEDS, hole 6).
 */
export class Sweep {
  #mark: string | null = null
  #generation: string | null = null
  #lastAt = 0
  #timer: NodeJS.Timeout | null = null
  #stopped = false
  readonly #heard = new Set<number>()

  constructor(
    private readonly deps: {
      db: Db
      hub: Hub
      log: Log
      rules: FeedRules
      everyMs: number
      onControl: (control: Control) => void
      now: () => number
    },
  ) {}

  /** Takes its first mark, which must be before the first socket, and goes on from there. */
  async start(): Promise<void> {
    if (!this.deps.rules.sweep) return
    await this.once()
    const again = () => {
      if (this.#stopped) return
      this.#timer = setTimeout(() => {
        this.once()
          .catch((error: unknown) => this.deps.log.warn({ err: error }, 'the outbox could not be read; trying again'))
          .finally(again)
      }, this.deps.everyMs)
    }
    again()
  }

  stop(): void {
    this.#stopped = true
    if (this.#timer) clearTimeout(this.#timer)
  }

  /** One look; tests call it by hand. */
  async once(): Promise<void> {
    const swept = await rows(
      this.deps.db,
      sql<SweptRow>`
        select g.id || '-' || c.timeline_id as generation, pg_snapshot_xmin(s.now)::text as xmin, pg_snapshot_xmax(s.now)::text as xmax, o.id, o.heads, o.control
        from generation g cross join pg_control_checkpoint() c cross join (select pg_current_snapshot() as now) s
        left join outbox o on o.xid >= coalesce(${this.#mark}::xid8, pg_snapshot_xmin(s.now)) order by o.id`,
    )
    const first = swept[0]
    if (!first) throw new Error('The database has no generation.')
    const now = this.deps.now()
    const lost =
      (this.#generation !== null && this.#generation !== first.generation) ||
      (this.#lastAt > 0 && now - this.#lastAt > outboxKeptMs)
    this.#mark = this.deps.rules.xminMark ? first.xmin : first.xmax
    this.#generation = first.generation
    this.#lastAt = now
    if (lost) return this.deps.hub.allBehind()
    for (const { id, heads, control } of swept) {
      for (const [tenantId, feed, prev, rev] of heads ?? []) this.deps.hub.caughtUp(tenantId, feed, prev, rev)
      if (id !== null && control && !this.#heard.has(id)) this.#hear(id, control)
    }
  }

  #hear(id: number, controls: Control[]): void {
    this.#heard.add(id)
    const oldest = this.#heard.values().next().value
    if (this.#heard.size > rememberedControls && oldest !== undefined) this.#heard.delete(oldest)
    for (const control of controls) this.deps.onControl(control)
  }
}
