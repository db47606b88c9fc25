import { type Queryable, rows, sql } from '../src/kernel/db.js'
import { until } from './until.js'

/**
 * Resolves once a reader that begins now is handed everything written so far: before that a transaction that began
 * earlier is open somewhere on this PostgreSQL, perhaps another test’s in another database.
 */
export async function outboxSettled(on: Queryable): Promise<void> {
  await until(async () => {
    const open = await rows(on, sql`select 1 from outbox where xid >= pg_snapshot_xmin(pg_current_snapshot()) limit 1`)
    return open.length === 0
  })
}
