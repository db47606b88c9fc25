import { type Queryable, row, sql, type Tx } from '../../kernel/db.js'
import type { Failures } from './rules.js'

export function findFailures(on: Queryable, key: string): Promise<Failures | undefined> {
  return row(on, sql<Failures>`select failures, last_at as "lastAt" from sign_in_failure where key = ${key}`)
}

/** The same, held until the transaction ends, so that tries at the same moment count one after the other. */
export async function lockFailures(tx: Tx, key: string, now: string): Promise<Failures | undefined> {
  await sql`insert into sign_in_failure (key, failures, last_at) values (${key}, 0, ${now}) on conflict do nothing`.execute(
    tx,
  )
  return row(tx, sql<Failures>`select failures, last_at as "lastAt" from sign_in_failure where key = ${key} for update`)
}

export async function setFailures(tx: Tx, key: string, failures: number, now: string): Promise<void> {
  await sql`update sign_in_failure set failures = ${failures}, last_at = ${now} where key = ${key}`.execute(tx)
}

export async function clearFailures(on: Queryable, key: string): Promise<void> {
  await sql`delete from sign_in_failure where key = ${key}`.execute(on)
}

export async function deleteOldFailures(tx: Tx, before: string): Promise<void> {
  await sql`delete from sign_in_failure where last_at < ${before}`.execute(tx)
}
