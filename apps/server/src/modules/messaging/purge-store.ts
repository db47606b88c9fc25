import type { DissolvePolicy } from '@heyi/contract/messaging'
import { type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

// What becomes of the history of dissolved groups.

export async function findPolicy(on: Queryable, tenantId: string): Promise<DissolvePolicy> {
  const found = await row(
    on,
    sql<{ days: number }>`select purge_after_days as days from dissolve_policy where tenant_id = ${tenantId}`,
  )
  return { purgeAfterDays: found?.days ?? null }
}

export async function savePolicy(tx: Tx, tenantId: string, { purgeAfterDays }: DissolvePolicy): Promise<void> {
  if (purgeAfterDays === null) await sql`delete from dissolve_policy where tenant_id = ${tenantId}`.execute(tx)
  else
    await sql`
      insert into dissolve_policy (tenant_id, purge_after_days) values (${tenantId}, ${purgeAfterDays})
      on conflict (tenant_id) do update set purge_after_days = excluded.purge_after_days`.execute(tx)
}

export async function planPurge(tx: Tx, tenantId: string, conversation: string, at: string): Promise<void> {
  await sql`update conversation set purge_at = ${at} where tenant_id = ${tenantId} and id = ${conversation}`.execute(tx)
}

/** A dissolved group whose history is to go, and how far that has come. */
export interface Purge {
  owner: string
  purgeSeq: number | null
}

/** Undefined where there is nothing to go, or nothing any more. */
export function findPurge(on: Queryable, tenantId: string, conversation: string): Promise<Purge | undefined> {
  return row(
    on,
    sql<Purge>`
      select owner, purge_seq as "purgeSeq" from conversation
      where tenant_id = ${tenantId} and id = ${conversation} and dissolved and purge_at is not null and purged_at is null`,
  )
}

/** From here on what stands before this line goes. What the group itself said of it goes at once: its notice and pins. */
export async function beginPurge(tx: Tx, tenantId: string, conversation: string, purgeSeq: number): Promise<void> {
  await sql`
    update conversation set purge_seq = ${purgeSeq}, notice_text = null, notice_by = null, notice_at = null, notice_seq = null
    where tenant_id = ${tenantId} and id = ${conversation}`.execute(tx)
  await sql`delete from conversation_pin where tenant_id = ${tenantId} and conversation_id = ${conversation}`.execute(
    tx,
  )
}

/** Some of those who could still read what stands before the line; whoever left counts too. */
export function findReaders(
  on: Queryable,
  tenantId: string,
  conversation: string,
  purgeSeq: number,
  limit: number,
): Promise<{ member: string; left: boolean }[]> {
  return rows(
    on,
    sql<{ member: string; left: boolean }>`
      select member_id as member, left_rev is not null as left from membership
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and from_seq < ${purgeSeq - 1}
      order by member_id limit ${limit}`,
  )
}

/**
 * Lets these members see the conversation from the line on, which is another view of it: their devices drop what they hold.
 * Answers whose draft and whose marks of voices went with it. The caller holds their feeds.
 */
export async function closeHistory(
  tx: Tx,
  tenantId: string,
  conversation: string,
  purgeSeq: number,
  members: string[],
): Promise<{ drafts: string[]; played: string[] }> {
  const start = purgeSeq - 1
  await sql`
    update membership set from_seq = ${start}, read_seq = greatest(read_seq, ${start}), version = version + 1
    where tenant_id = ${tenantId} and conversation_id = ${conversation} and member_id = any(${members})`.execute(tx)
  await sql`
    delete from hidden_message where tenant_id = ${tenantId} and conversation_id = ${conversation} and member_id = any(${members})`.execute(
    tx,
  )
  await sql`
    delete from thread_follow
    where tenant_id = ${tenantId} and conversation_id = ${conversation} and member_id = any(${members}) and not following`.execute(
    tx,
  )
  const gone = async (table: 'draft' | 'played') =>
    (
      await rows(
        tx,
        sql<{ member: string }>`
          delete from ${sql.table(table)} where tenant_id = ${tenantId} and conversation_id = ${conversation} and member_id = any(${members})
          returning member_id as member`,
      )
    ).map(({ member }) => member)
  return { drafts: await gone('draft'), played: await gone('played') }
}

export interface Follow {
  member: string
  root: number
}

/** Some of those who follow a thread of a conversation. */
export function findFollows(on: Queryable, tenantId: string, conversation: string, limit: number): Promise<Follow[]> {
  return rows(
    on,
    sql<Follow>`
      select member_id as member, root from thread_follow
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and following order by root limit ${limit}`,
  )
}

/** The caller holds the feeds of these members. */
export async function deleteFollows(tx: Tx, tenantId: string, conversation: string, follows: Follow[]): Promise<void> {
  await sql`
    delete from thread_follow f using unnest(${follows.map((f) => f.member)}::text[], ${follows.map((f) => f.root)}::bigint[]) as i(member, root)
    where f.tenant_id = ${tenantId} and f.conversation_id = ${conversation} and f.member_id = i.member and f.root = i.root`.execute(
    tx,
  )
}

/** The places of the first messages between two others, up to so many. */
export async function messagesBetween(
  on: Queryable,
  tenantId: string,
  conversation: string,
  [after, before]: [number, number],
  limit: number,
): Promise<number[]> {
  const found = await rows(
    on,
    sql<{ seq: number }>`
      select seq from message where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq > ${after} and seq < ${before}
      order by seq limit ${limit}`,
  )
  return found.map(({ seq }) => seq)
}

/** Everything about the messages behind one place and up to another, and they themselves. */
export async function deleteMessages(
  tx: Tx,
  tenantId: string,
  conversation: string,
  [after, upTo]: [number, number],
): Promise<void> {
  for (const table of [
    'message_edit',
    'reaction',
    'message_tally',
    'message_record',
    'receipt_tap',
    'receipt',
    'group_notice',
    'poll_vote',
    'relay_line',
    'poll',
  ])
    await sql`delete from ${sql.table(table)} where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq > ${after} and seq <= ${upTo}`.execute(
      tx,
    )
  await sql`delete from thread where tenant_id = ${tenantId} and conversation_id = ${conversation} and root > ${after} and root <= ${upTo}`.execute(
    tx,
  )
  await sql`delete from message where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq > ${after} and seq <= ${upTo}`.execute(
    tx,
  )
}

export async function endPurge(tx: Tx, tenantId: string, conversation: string, at: string): Promise<void> {
  await sql`update conversation set purged_at = ${at} where tenant_id = ${tenantId} and id = ${conversation}`.execute(
    tx,
  )
}
