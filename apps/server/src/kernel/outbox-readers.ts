import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from './clock.js'
import { type Db, row, rows, sql, type Tx } from './db.js'
import { readGeneration } from './feeds/read.js'
import type { Log } from './log.js'

/** What happened to one feed: changes in (prev, rev], perhaps over several transactions. */
export interface Span {
  tenantId: string
  feed: string
  prev: number
  rev: number
}

/** Somebody who must learn of every committed change, such as the search index. */
export interface OutboxReader {
  /** Kept in the database: do not rename it lightly. */
  name: string
  /**
   * In the transaction that also moves the mark, so what it writes is written exactly once for each span. Keep it
   * short: while it runs, other readers wait for what committed after its start.
   */
  read(tx: Tx, spans: Span[]): Promise<void>
  /** New, or it slept longer than the outbox is kept, or this is another database: it finds out itself what it missed. */
  missed(tx: Tx): Promise<void>
  /** Whether it would like to wait for now, since others need the machine. */
  yields?(): boolean
}

/** Outbox rows, each one transaction, that a reader takes at once. */
const rowsAtOnce = 500
/** Less than the outbox is kept. */
const keptMs = 50 * 60_000
const whileYieldingMs = 200
/** Between two looks while changes come: bites so small that nobody waits long behind one. */
const busyMs = 100

interface Mark {
  generation: string
  mark: string
  lookedAt: string
}

/**
 * Hands the outbox to durable readers, each from where it stopped, one copy at a time. A transaction is read once all
 * that began before it have ended (FEEDS, hole 6: any other mark passes what commits late).
 */
export class OutboxReaders {
  readonly #readers: OutboxReader[] = []
  #loops: Promise<void>[] = []
  readonly #stop = new AbortController()
  /** How often something was said to have changed. */
  #changes = 0
  readonly #sleepers = new Set<() => void>()

  /** @param deps.everyMs between two looks while nothing is said to have changed */
  constructor(private readonly deps: { db: Db; clock: Clock; log: Log; everyMs: number }) {}

  add(reader: OutboxReader): void {
    this.#readers.push(reader)
  }

  start(): void {
    this.#loops = this.#readers.map((reader) => this.#loop(reader))
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    for (const wake of this.#sleepers) wake()
    await Promise.all(this.#loops)
  }

  /** Something was committed, here or elsewhere: readers that sleep look soon. */
  stir(): void {
    this.#changes++
    for (const wake of this.#sleepers) wake()
  }

  /** One look of each reader until nothing is left; tests call it by hand. */
  async readAll(): Promise<void> {
    for (const reader of this.#readers) while (await this.#once(reader));
  }

  async #loop(reader: OutboxReader): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      let more = false
      const before = this.#changes
      if (!reader.yields?.())
        more = await this.#once(reader).catch((error: unknown) => {
          if (!signal.aborted)
            this.deps.log.warn({ err: error, reader: reader.name }, 'the outbox could not be read on; trying again')
          return false
        })
      if (more && !reader.yields?.()) continue
      const { everyMs } = this.deps
      await pause(reader.yields?.() ? whileYieldingMs : Math.min(busyMs, everyMs), signal)
      if (this.#changes === before && !signal.aborted) await this.#sleep(everyMs - busyMs)
    }
  }

  /** At most so long; less if something changes or the readers stop. */
  async #sleep(ms: number): Promise<void> {
    const woken = new AbortController()
    const wake = () => woken.abort()
    this.#sleepers.add(wake)
    await pause(ms, woken.signal)
    this.#sleepers.delete(wake)
  }

  /** Whether there is more at once. */
  #once(reader: OutboxReader): Promise<boolean> {
    return this.deps.db.transaction().execute(async (tx) => {
      const { generation, xmin } = await readGeneration(tx)
      const now = this.deps.clock.now()
      const mark = await lockMark(tx, reader.name)
      if (mark === 'elsewhere') return false
      const lost = !mark || mark.generation !== generation || this.deps.clock.ms() - Date.parse(mark.lookedAt) > keptMs
      if (lost) {
        await saveMark(tx, reader.name, { generation, mark: xmin, lookedAt: now })
        await reader.missed(tx)
        return false
      }
      const { spans, next, more } = await readSpans(tx, mark.mark)
      if (spans.length > 0) await reader.read(tx, spans)
      if (next !== mark.mark || this.deps.clock.ms() - Date.parse(mark.lookedAt) > keptMs / 10)
        await saveMark(tx, reader.name, { generation, mark: next, lookedAt: now })
      return more
    })
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(Math.max(0, ms), undefined, { signal }).catch(() => undefined)

/** Locked until the transaction ends; `elsewhere` while another copy has it. */
async function lockMark(tx: Tx, name: string): Promise<Mark | 'elsewhere' | undefined> {
  const got = await row(
    tx,
    sql<{ got: boolean }>`select pg_try_advisory_xact_lock(hashtext(${`outbox ${name}`})) as got`,
  )
  if (!got?.got) return 'elsewhere'
  return row(
    tx,
    sql<Mark>`select generation, mark::text as mark, looked_at as "lookedAt" from outbox_reader where name = ${name}`,
  )
}

async function saveMark(tx: Tx, name: string, { generation, mark, lookedAt }: Mark): Promise<void> {
  await sql`
    insert into outbox_reader (name, generation, mark, looked_at) values (${name}, ${generation}, ${mark}::xid8, ${lookedAt})
    on conflict (name) do update set generation = excluded.generation, mark = excluded.mark, looked_at = excluded.looked_at`.execute(
    tx,
  )
}

/** Everything from the mark up to the oldest transaction still running, merged by feed, and the mark after it. */
async function readSpans(tx: Tx, mark: string): Promise<{ spans: Span[]; next: string; more: boolean }> {
  const found = await rows(
    tx,
    sql<{ xmin: string; xid: string | null; heads: [string, string, number, number][] | null }>`
      select pg_snapshot_xmin(s.now)::text as xmin, o.xid::text as xid, o.heads from (select pg_current_snapshot() as now) s
      left join lateral (
        select xid, id, heads from outbox where xid >= ${mark}::xid8 and xid < pg_snapshot_xmin(s.now) order by xid, id limit ${rowsAtOnce + 1}
      ) o on true order by o.xid, o.id`,
  )
  const more = found.length > rowsAtOnce
  // A transaction is taken whole: what bears the last number waits.
  const after = more ? found.at(-1)?.xid : undefined
  const taken = after === undefined || after === null ? found : found.filter((one) => one.xid !== after)
  const spans = new Map<string, Span>()
  for (const { heads } of taken)
    for (const [tenantId, feed, prev, rev] of heads ?? []) {
      const span = spans.get(feed)
      if (span) {
        span.prev = Math.min(span.prev, prev)
        span.rev = Math.max(span.rev, rev)
      } else spans.set(feed, { tenantId, feed, prev, rev })
    }
  return { spans: [...spans.values()], next: after ?? found[0]?.xmin ?? mark, more }
}
