import type { Reminder } from '@heyi/contract/reminders'
import type { MemberActor } from '../../kernel/actor.js'
import { type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

// Reminders of messages. A member’s own are written under the member’s feed.

type Keeper = Pick<MemberActor, 'tenantId' | 'memberId'>

const columns = sql`id, conversation_id as conversation, seq, remind_at as "remindAt", reminded_at as "remindedAt"`

export async function loadReminders(
  on: Queryable,
  tenantId: string,
  refs: { feed: string; id: string }[],
): Promise<Map<string, Reminder>> {
  const found = await rows(
    on,
    sql<Reminder & { member: string }>`
      select member_id as member, ${columns} from message_reminder where tenant_id = ${tenantId} and id = any(${refs.map(({ id }) => id)})`,
  )
  return new Map(found.map(({ member, ...reminder }) => [`${member} ${reminder.id}`, reminder]))
}

export async function countReminders(on: Queryable, { tenantId, memberId }: MemberActor): Promise<number> {
  const found = await row(
    on,
    sql<{
      count: number
    }>`select count(*) as count from message_reminder where tenant_id = ${tenantId} and member_id = ${memberId}`,
  )
  return found?.count ?? 0
}

export function findOf(
  on: Queryable,
  { tenantId, memberId }: MemberActor,
  conversation: string,
  seq: number,
): Promise<Reminder | undefined> {
  return row(
    on,
    sql<Reminder>`select ${columns} from message_reminder where tenant_id = ${tenantId} and member_id = ${memberId} and conversation_id = ${conversation} and seq = ${seq}`,
  )
}

/** For a job, which acts for nobody. */
export function findAny(
  on: Queryable,
  tenantId: string,
  id: string,
): Promise<(Reminder & { member: string }) | undefined> {
  return row(
    on,
    sql<
      Reminder & { member: string }
    >`select member_id as member, ${columns} from message_reminder where tenant_id = ${tenantId} and id = ${id}`,
  )
}

export async function saveReminder(tx: Tx, { tenantId, memberId }: Keeper, r: Reminder): Promise<void> {
  await sql`
    insert into message_reminder (tenant_id, member_id, id, conversation_id, seq, remind_at, reminded_at)
    values (${tenantId}, ${memberId}, ${r.id}, ${r.conversation}, ${r.seq}, ${r.remindAt}, ${r.remindedAt})
    on conflict (tenant_id, id) do update set remind_at = excluded.remind_at, reminded_at = excluded.reminded_at`.execute(
    tx,
  )
}

/** Whether there was one of this member’s by that id. */
export async function deleteReminder(tx: Tx, tenantId: string, memberId: string, id: string): Promise<boolean> {
  const gone = await row(
    tx,
    sql`delete from message_reminder where tenant_id = ${tenantId} and member_id = ${memberId} and id = ${id} returning 1`,
  )
  return gone !== undefined
}

export function listReminders(
  on: Queryable,
  { tenantId, memberId }: MemberActor,
  after: { at: string; id: string } | null,
  limit: number,
): Promise<Reminder[]> {
  return rows(
    on,
    sql<Reminder>`
      select ${columns} from message_reminder where tenant_id = ${tenantId} and member_id = ${memberId}
        and ${after === null ? sql`true` : sql`(remind_at, id) > (${after.at}::timestamptz, ${after.id})`}
      order by remind_at, id limit ${limit}`,
  )
}

export async function forgetMember(tx: Tx, tenantId: string, memberId: string): Promise<void> {
  await sql`delete from message_reminder where tenant_id = ${tenantId} and member_id = ${memberId}`.execute(tx)
}

export async function deleteTenantRows(tx: Tx, tenantId: string): Promise<void> {
  await sql`delete from message_reminder where tenant_id = ${tenantId}`.execute(tx)
}
