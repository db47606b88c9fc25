import type { Kernel } from './context.js'
import { sql } from './db.js'

const requestKeptMs = 24 * 3600_000
const outboxKeptMs = 3600_000
const pruneEveryMs = 60_000

/** Forgets what the kernel keeps only for a while: answered requests for a day, the outbox for an hour. */
export function scheduleHousekeeping(kernel: Kernel): { stop(): void } {
  const before = (ms: number) => new Date(kernel.clock.ms() - ms).toISOString()
  kernel.jobs.schedule({ kind: 'kernel.forgetRequests', cron: '17 * * * *' }, async ({ tx }) => {
    await sql`delete from request where created_at < ${before(requestKeptMs)}`.execute(tx)
  })
  kernel.jobs.schedule({ kind: 'kernel.forgetOutbox', cron: '*/10 * * * *' }, async ({ tx }) => {
    // The database wrote the time, so its clock tells the age: a program whose clock is ahead must not forget what is new.
    await sql`delete from outbox where created_at < now() - make_interval(secs => ${outboxKeptMs / 1000})`.execute(tx)
  })
  const timer = setInterval(() => kernel.hub.prune(), pruneEveryMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
