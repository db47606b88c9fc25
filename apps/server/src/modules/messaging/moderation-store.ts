import { changed, type Queryable, rows, sql, type Tx } from '../../kernel/db.js'

// Who is muted in a group, and who is banned from it. Whoever writes holds the conversation’s feed.

/** Mutes from now on, or changes until when. */
export async function saveSilence(
  tx: Tx,
  tenantId: string,
  conversation: string,
  silence: { member: string; until: string | null; by: string; at: string },
): Promise<void> {
  const { member, until, by, at } = silence
  await sql`
    insert into group_silence (tenant_id, conversation_id, member_id, until, by, at)
    values (${tenantId}, ${conversation}, ${member}, ${until}, ${by}, ${at})
    on conflict (tenant_id, conversation_id, member_id) do update set until = excluded.until, by = excluded.by, at = excluded.at`.execute(
    tx,
  )
}

/** False where nobody of them was muted. */
export async function deleteSilence(
  tx: Tx,
  tenantId: string,
  conversation: string,
  members: string[],
): Promise<boolean> {
  const count = await changed(
    tx,
    sql`delete from group_silence where tenant_id = ${tenantId} and conversation_id = ${conversation} and member_id = any(${members})`,
  )
  return count > 0
}

/** A ban that is there keeps who made it and when. */
export async function insertBan(
  tx: Tx,
  tenantId: string,
  conversation: string,
  ban: { member: string; by: string; at: string },
): Promise<boolean> {
  const count = await changed(
    tx,
    sql`insert into group_ban (tenant_id, conversation_id, member_id, by, at)
      values (${tenantId}, ${conversation}, ${ban.member}, ${ban.by}, ${ban.at}) on conflict do nothing`,
  )
  return count > 0
}

export async function deleteBans(tx: Tx, tenantId: string, conversation: string, members: string[]): Promise<boolean> {
  const count = await changed(
    tx,
    sql`delete from group_ban where tenant_id = ${tenantId} and conversation_id = ${conversation} and member_id = any(${members})`,
  )
  return count > 0
}

/** Those of these people who are banned from the group. */
export async function bannedAmong(
  on: Queryable,
  tenantId: string,
  conversation: string,
  members: string[],
): Promise<string[]> {
  const found = await rows(
    on,
    sql<{ id: string }>`
      select member_id as id from group_ban
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and member_id = any(${members}) order by member_id`,
  )
  return found.map(({ id }) => id)
}

/** The last one first; `before` is the last of the page before. */
export function listBans(
  on: Queryable,
  tenantId: string,
  conversation: string,
  before: { at: string; member: string } | null,
  limit: number,
): Promise<{ member: string; by: string; at: string }[]> {
  return rows(
    on,
    sql<{ member: string; by: string; at: string }>`
      select member_id as member, by, at from group_ban
      where tenant_id = ${tenantId} and conversation_id = ${conversation}
        and ${before ? sql`(at, member_id) < (${before.at}::timestamptz, ${before.member})` : sql`true`}
      order by at desc, member_id desc limit ${limit}`,
  )
}

/** Of somebody who left the company. */
export async function forgetModeration(tx: Tx, tenantId: string, member: string): Promise<void> {
  await sql`delete from group_silence where tenant_id = ${tenantId} and member_id = ${member}`.execute(tx)
  await sql`delete from group_ban where tenant_id = ${tenantId} and member_id = ${member}`.execute(tx)
}
