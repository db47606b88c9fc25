import { Cron } from 'croner'
import type { Clock } from './clock.js'
import { changed, type Db, type Queryable, rows, sql, type Tx } from './db.js'
import { newId } from './ids.js'
import type { Log } from './log.js'

export interface JobRun {
  tx: Tx
  data: unknown
  /** Which try this is, from 1. */
  tries: number
}
/** Does the work inside the transaction that also ends the job; must bear being run again. */
export type JobHandler = (run: JobRun) => Promise<void>

export interface Schedule {
  kind: string
  /** Cron in five fields, UTC. */
  cron: string
}

export interface DeadJob {
  id: string
  kind: string
  tries: number
  lastError: string
  createdAt: string
}

const maxTries = 8
const firstBackOffMs = 2_000

interface JobRow {
  id: string
  kind: string
  data: unknown
  tries: number
  unique_key: string | null
}

/** Puts a job into the caller’s transaction: it runs if and only if that commits. One job for each `key` at a time. */
export async function addJob(
  on: Queryable,
  clock: Clock,
  job: { kind: string; data: unknown; runAt?: string; key?: string },
): Promise<void> {
  const now = clock.now()
  await sql`
    insert into job (id, kind, unique_key, data, run_at, created_at)
    values (${newId('job', clock.ms())}, ${job.kind}, ${job.key ?? null}, ${JSON.stringify(job.data)}::jsonb, ${job.runAt ?? now}, ${now})
    on conflict (unique_key) do nothing`.execute(on)
}

/**
 * Runs jobs from the database, in any number of copies at once (`for update skip locked`). A job that fails comes back
 * after 2, 4, 8 … seconds; after eight tries it lies in the dead-letter list until somebody replays it.
 */
export class Jobs {
  readonly #handlers = new Map<string, JobHandler>()
  readonly #schedules: Schedule[] = []
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null
  #stopped = false

  constructor(private readonly deps: { db: Db; clock: Clock; log: Log; everyMs: number }) {}

  handle(kind: string, handler: JobHandler): void {
    if (this.#handlers.has(kind)) throw new Error(`The job ${kind} has two handlers.`)
    this.#handlers.set(kind, handler)
  }

  /** Runs `kind` at times given by cron, once across all copies, missed times made good once. */
  schedule(schedule: Schedule, handler: JobHandler): void {
    this.#schedules.push(schedule)
    this.handle(schedule.kind, async (run) => {
      // Counted from before the work, so that a time that passes meanwhile is not missed.
      const from = this.deps.clock.ms()
      await handler(run)
      await this.#plan(run.tx, schedule, from)
    })
  }

  async start(): Promise<void> {
    const from = this.deps.clock.ms()
    for (const schedule of this.#schedules) await this.#plan(this.deps.db, schedule, from)
    this.#again()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer) clearTimeout(this.#timer)
    await this.#running
  }

  /** Runs everything that is due, after what this copy runs already; how many ran. Tests call it by hand. */
  runDue(): Promise<number> {
    const run = (this.#running ?? Promise.resolve()).then(() => this.#drain())
    this.#running = run.then(
      () => undefined,
      () => undefined,
    )
    return run
  }

  async #drain(): Promise<number> {
    let ran = 0
    while (!this.#stopped && (await this.#runOne())) ran++
    return ran
  }

  /** Those that failed for good, oldest first. */
  dead(after: string | null, limit: number): Promise<DeadJob[]> {
    return rows(
      this.deps.db,
      sql<DeadJob>`select id, kind, tries, last_error as "lastError", created_at as "createdAt" from job
        where state = 'dead' and (${after}::text is null or id > ${after}) order by id limit ${limit}`,
    )
  }

  /** Puts a dead job back to work; false if there is none by that id. */
  async replay(on: Queryable, id: string): Promise<boolean> {
    return (
      (await changed(
        on,
        sql`update job set state = 'waiting', tries = 0, run_at = ${this.deps.clock.now()} where id = ${id} and state = 'dead'`,
      )) > 0
    )
  }

  #again(): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.runDue()
        .catch((error: unknown) => this.deps.log.warn({ err: error }, 'jobs could not be read; trying again'))
        .finally(() => this.#again())
    }, this.deps.everyMs)
  }

  async #plan(on: Queryable, { kind, cron }: Schedule, fromMs: number): Promise<void> {
    const next = new Cron(cron, { timezone: 'UTC' }).nextRun(new Date(fromMs))
    if (next)
      await addJob(on, this.deps.clock, {
        kind,
        data: {},
        runAt: next.toISOString(),
        key: `schedule ${kind} ${next.toISOString()}`,
      })
  }

  async #runOne(): Promise<boolean> {
    let taken: JobRow | undefined
    try {
      return await this.deps.db.transaction().execute(async (tx) => {
        const due = await rows(
          tx,
          sql<JobRow>`
            select id, kind, data, tries, unique_key from job where state = 'waiting' and run_at <= ${this.deps.clock.now()} and kind = any(${[...this.#handlers.keys()]})
            order by run_at limit 1 for update skip locked`,
        )
        taken = due[0]
        const handler = taken && this.#handlers.get(taken.kind)
        if (!taken || !handler) return false
        await sql`delete from job where id = ${taken.id}`.execute(tx)
        await handler({ tx, data: taken.data, tries: taken.tries + 1 })
        return true
      })
    } catch (error) {
      if (!taken) throw error
      await this.#failed(taken, error)
      return true
    }
  }

  async #failed(job: JobRow, error: unknown): Promise<void> {
    const tries = job.tries + 1
    const dead = tries >= maxTries
    const runAt = new Date(this.deps.clock.ms() + firstBackOffMs * 2 ** job.tries).toISOString()
    const reason = error instanceof Error ? error.message : String(error)
    this.deps.log.warn(
      { err: error, job: job.id, kind: job.kind, tries },
      dead ? 'a job failed for good; it waits in the dead-letter list' : 'a job failed and will be tried again',
    )
    await sql`update job set tries = ${tries}, run_at = ${runAt}, last_error = ${reason.slice(0, 2000)}, state = ${dead ? 'dead' : 'waiting'} where id = ${job.id}`.execute(
      this.deps.db,
    )
  }
}
