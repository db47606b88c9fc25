import type { LadderStep } from '@heyi/contract/notifications'
import { type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

export interface LadderKey {
  tenantId: string
  conversation: string
  seq: number
}
export interface Ladder {
  sender: string
  steps: LadderStep[]
  state: 'running' | 'done' | 'stopped'
  createdAt: string
}

const columns = sql`sender, steps, state, created_at as "createdAt"`
const where = ({ tenantId, conversation, seq }: LadderKey) =>
  sql`tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`

/** False if this message has a ladder already. */
export async function insertLadder(
  tx: Tx,
  key: LadderKey,
  ladder: { sender: string; steps: LadderStep[]; createdAt: string },
): Promise<boolean> {
  const made = await row(
    tx,
    sql`insert into ladder (tenant_id, conversation_id, seq, sender, steps, created_at)
      values (${key.tenantId}, ${key.conversation}, ${key.seq}, ${ladder.sender}, ${JSON.stringify(ladder.steps)}::jsonb, ${ladder.createdAt})
      on conflict do nothing returning seq`,
  )
  return made !== undefined
}

export function findLadder(on: Queryable, key: LadderKey): Promise<Ladder | undefined> {
  return row(on, sql<Ladder>`select ${columns} from ladder where ${where(key)}`)
}

/** Held until the transaction ends. */
export function lockLadder(tx: Tx, key: LadderKey): Promise<Ladder | undefined> {
  return row(tx, sql<Ladder>`select ${columns} from ladder where ${where(key)} for update`)
}

export async function setState(tx: Tx, key: LadderKey, state: 'done' | 'stopped'): Promise<void> {
  await sql`update ladder set state = ${state} where ${where(key)} and state = 'running'`.execute(tx)
}

export interface Skipped {
  resting: number
  capped: number
  unreachable: number
}

/** False if this step has fired before. */
export async function insertStep(
  tx: Tx,
  key: LadderKey,
  step: number,
  now: string,
  skipped: Skipped,
): Promise<boolean> {
  const made = await row(
    tx,
    sql`insert into ladder_step (tenant_id, conversation_id, seq, step, fired_at, resting, capped, unreachable)
      values (${key.tenantId}, ${key.conversation}, ${key.seq}, ${step}, ${now}, ${skipped.resting}, ${skipped.capped}, ${skipped.unreachable})
      on conflict do nothing returning step`,
  )
  return made !== undefined
}

export function listSteps(on: Queryable, key: LadderKey): Promise<(Skipped & { step: number; firedAt: string })[]> {
  return rows(
    on,
    sql<Skipped & { step: number; firedAt: string }>`
      select step, fired_at as "firedAt", resting, capped, unreachable from ladder_step where ${where(key)} order by step`,
  )
}
