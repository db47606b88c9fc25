import { limits } from '@heyi/contract/limits'
import type { Reaction } from '@heyi/contract/messaging'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'
import { messageColumns, type StoredMessage } from './message-store.js'
import { pollTally, relayTally } from './poll-store.js'

// What messages count.

/** When the counts of a message were renewed last; undefined where they never were. Locks nothing. */
export async function renewedAt(
  on: Queryable,
  tenantId: string,
  conversation: string,
  seq: number,
): Promise<string | undefined> {
  const found = await row(
    on,
    sql<{ at: string }>`
      select at from message_tally where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`,
  )
  return found?.at
}

/** Whether nobody else renews the counts of this message now; until the transaction ends nobody else does. */
export async function isFirst(tx: Tx, tenantId: string, conversation: string, seq: number): Promise<boolean> {
  const found = await row(
    tx,
    sql<{ first: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${`tally ${tenantId} ${conversation} ${seq}`}, 0)) as first`,
  )
  return found?.first ?? false
}

export async function noteRenewed(
  tx: Tx,
  tenantId: string,
  conversation: string,
  seq: number,
  now: string,
): Promise<void> {
  await sql`
    insert into message_tally (tenant_id, conversation_id, seq, at) values (${tenantId}, ${conversation}, ${seq}, ${now})
    on conflict (tenant_id, conversation_id, seq) do update set at = excluded.at`.execute(tx)
}

/** Counts anew into the message. What was taken back still shows its thread. */
export function renew(
  tx: Tx,
  tenantId: string,
  conversation: string,
  seq: number,
  rev: number,
): Promise<StoredMessage | undefined> {
  return row(
    tx,
    sql<StoredMessage>`
      update message set rev = ${rev}, reactions = case when state = 'sent' then (
        select jsonb_agg(jsonb_build_object('emoji', emoji, 'count', count, 'members', members) order by since, emoji) from (
          select emoji, count(*) as count, min(at) as since, (array_agg(member_id order by at, member_id))[:${sql.lit(limits.reactionMembers)}] as members
          from reaction r where r.tenant_id = ${tenantId} and r.conversation_id = ${conversation} and r.seq = ${seq} group by emoji) e) end,
        thread = (
          select jsonb_build_object('replies', replies, 'lastSeq', last_seq, 'lastAt', to_char(last_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'members', members)
          from thread t where t.tenant_id = ${tenantId} and t.conversation_id = ${conversation} and t.root = ${seq}),
        poll = case when state = 'sent' and kind = 'poll' then (${pollTally(tenantId, conversation, seq)}) end,
        relay = case when state = 'sent' and kind = 'relay' then (${relayTally(tenantId, conversation, seq)}) end
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq} returning ${messageColumns}`,
  )
}

// Reactions.

/** Whether that changed anything. */
export async function addReaction(
  tx: Tx,
  tenantId: string,
  conversation: string,
  seq: number,
  memberId: string,
  emoji: string,
  now: string,
): Promise<boolean> {
  const added = await changed(
    tx,
    sql`insert into reaction (tenant_id, conversation_id, seq, emoji, member_id, at)
      values (${tenantId}, ${conversation}, ${seq}, ${emoji}, ${memberId}, ${now}) on conflict do nothing`,
  )
  return added > 0
}

export async function removeReaction(
  tx: Tx,
  tenantId: string,
  conversation: string,
  seq: number,
  memberId: string,
  emoji: string,
): Promise<boolean> {
  const removed = await changed(
    tx,
    sql`delete from reaction where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq} and emoji = ${emoji} and member_id = ${memberId}`,
  )
  return removed > 0
}

export async function emojisOf(on: Queryable, tenantId: string, conversation: string, seq: number): Promise<string[]> {
  const found = await rows(
    on,
    sql<Pick<Reaction, 'emoji'>>`
      select distinct emoji from reaction where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`,
  )
  return found.map(({ emoji }) => emoji)
}

export function listReactions(
  on: Queryable,
  tenantId: string,
  conversation: string,
  seq: number,
  emoji: string,
  after: { at: string; id: string } | null,
  limit: number,
): Promise<{ id: string; at: string }[]> {
  return rows(
    on,
    sql<{ id: string; at: string }>`
      select member_id as id, at from reaction
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq} and emoji = ${emoji}
        and ${after === null ? sql`true` : sql`(at, member_id) > (${after.at}::timestamptz, ${after.id})`}
      order by at, member_id limit ${limit}`,
  )
}
