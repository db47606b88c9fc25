import { changed, row, rows, sql, type Tx } from '../../kernel/db.js'

// What groups say to people who join. Whoever writes holds the conversation’s feed.

export async function saveWelcome(
  tx: Tx,
  tenantId: string,
  conversation: string,
  welcome: { text: string; by: string } | null,
): Promise<void> {
  await sql`
    update conversation set welcome = ${welcome?.text ?? null}, welcome_by = ${welcome?.by ?? null}
    where tenant_id = ${tenantId} and id = ${conversation}`.execute(tx)
}

/** Notes who joined, where the group has something to say to them; whether it has. */
export async function addNewcomers(
  tx: Tx,
  tenantId: string,
  conversation: string,
  members: string[],
): Promise<boolean> {
  const added = await changed(
    tx,
    sql`insert into group_newcomer (tenant_id, conversation_id, member_id)
      select c.tenant_id, c.id, i.member from conversation c, unnest(${members}::text[]) as i(member)
      where c.tenant_id = ${tenantId} and c.id = ${conversation} and c.welcome is not null on conflict do nothing`,
  )
  return added > 0
}

/** When the next welcome is to be said, if that is not settled yet: at once, or so long after the last. */
export async function settleDue(
  tx: Tx,
  tenantId: string,
  conversation: string,
  now: string,
  seconds: number,
): Promise<string | undefined> {
  const found = await row(
    tx,
    sql<{ due: string }>`
      update conversation set welcome_due = greatest(${now}::timestamptz, welcomed_at + make_interval(secs => ${seconds}))
      where tenant_id = ${tenantId} and id = ${conversation} and welcome_due is null returning welcome_due as due`,
  )
  return found?.due
}

/** Those who wait to be welcomed and are still there, in the order in which they came; they wait no longer. */
export async function takeNewcomers(tx: Tx, tenantId: string, conversation: string): Promise<string[]> {
  const found = await rows(
    tx,
    sql<{ id: string; here: boolean; n: number }>`
      with taken as (delete from group_newcomer where tenant_id = ${tenantId} and conversation_id = ${conversation} returning member_id, n)
      select t.member_id as id from taken t join membership m on m.tenant_id = ${tenantId} and m.conversation_id = ${conversation} and m.member_id = t.member_id and m.left_rev is null
      order by t.n`,
  )
  return found.map(({ id }) => id)
}

/** What is said, and by whom; nothing any more where it was taken away or the group is gone. */
export function sayWelcome(
  tx: Tx,
  tenantId: string,
  conversation: string,
  now: string,
): Promise<{ text: string | null; by: string | null } | undefined> {
  return row(
    tx,
    sql<{ text: string | null; by: string | null }>`
      update conversation set welcome_due = null, welcomed_at = ${now} where tenant_id = ${tenantId} and id = ${conversation} and not dissolved
      returning welcome as text, welcome_by as by`,
  )
}
