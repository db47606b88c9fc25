import type { Scheduled } from '@heyi/contract/messaging'
import { type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

// What waits for its time. Whoever writes holds the member’s feed.

const columns = sql`id, conversation_id as conversation, body, parts, quote, receipt, ladder, send_at as "sendAt", failed, version`

export async function countScheduled(on: Queryable, tenantId: string, memberId: string): Promise<number> {
  const found = await row(
    on,
    sql<{
      count: number
    }>`select count(*) as count from scheduled_message where tenant_id = ${tenantId} and member_id = ${memberId}`,
  )
  return found?.count ?? 0
}

const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value))

export async function insertScheduled(tx: Tx, tenantId: string, memberId: string, s: Scheduled): Promise<void> {
  await sql`
    insert into scheduled_message (tenant_id, id, member_id, conversation_id, body, parts, quote, receipt, ladder, send_at)
    values (${tenantId}, ${s.id}, ${memberId}, ${s.conversation}, ${json(s.body)}::jsonb, ${json(s.parts)}::jsonb, ${s.quote}, ${s.receipt}, ${json(s.ladder)}::jsonb, ${s.sendAt})`.execute(
    tx,
  )
}

type Row = Omit<Scheduled, 'parts'> & { parts: Scheduled['parts'] | null }
const toScheduled = ({ parts, ...rest }: Row): Scheduled => ({ ...rest, ...(parts && { parts }) })

/** What this member has waiting under the id, locked. */
export async function lockScheduled(
  tx: Tx,
  tenantId: string,
  memberId: string,
  id: string,
): Promise<Scheduled | undefined> {
  const found = await row(
    tx,
    sql<Row>`
      select ${columns} from scheduled_message where tenant_id = ${tenantId} and id = ${id} and member_id = ${memberId} for update`,
  )
  return found && toScheduled(found)
}

export async function saveScheduled(tx: Tx, tenantId: string, s: Scheduled): Promise<void> {
  await sql`
    update scheduled_message set body = ${json(s.body)}::jsonb, parts = ${json(s.parts)}::jsonb, send_at = ${s.sendAt}, failed = ${s.failed}, version = ${s.version}
    where tenant_id = ${tenantId} and id = ${s.id}`.execute(tx)
}

export async function deleteScheduled(tx: Tx, tenantId: string, id: string): Promise<void> {
  await sql`delete from scheduled_message where tenant_id = ${tenantId} and id = ${id}`.execute(tx)
}

/** Those of the members whose feeds these are. */
export async function loadScheduled(
  on: Queryable,
  tenantId: string,
  refs: { feed: string; id: string }[],
): Promise<Map<string, Scheduled>> {
  const found = await rows(
    on,
    sql<Row & { member: string }>`
      select member_id as member, ${columns} from scheduled_message where tenant_id = ${tenantId} and id = any(${refs.map((r) => r.id)})`,
  )
  return new Map(found.map(({ member, ...scheduled }) => [`${member} ${scheduled.id}`, toScheduled(scheduled)]))
}
