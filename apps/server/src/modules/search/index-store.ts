import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'
import type { Block, Entry } from './rules/entry.js'

// What the indexer writes. Whoever writes to a conversation’s rows holds its row of search_progress.

export interface Progress {
  tenantId: string
  conversation: string
  rev: number
  behind: boolean
  tail: number
  tailChars: number
}

const progressColumns = sql`p.tenant_id as "tenantId", p.conversation_id as conversation, p.rev, p.behind, p.tail, p.tail_chars as "tailChars"`

/** The rows of these conversations, made where there were none, locked in the order of their ids. */
export async function lockProgress(
  tx: Tx,
  of: { tenantId: string; conversation: string }[],
): Promise<Map<string, Progress>> {
  const tenants = of.map((o) => o.tenantId)
  const ids = of.map((o) => o.conversation)
  await sql`
    insert into search_progress (tenant_id, conversation_id)
    select i.tenant, i.id from unnest(${tenants}::text[], ${ids}::text[]) as i(tenant, id)
    where exists (select from tenant t where t.id = i.tenant) order by i.tenant, i.id on conflict do nothing`.execute(
    tx,
  )
  const found = await rows(
    tx,
    sql<Progress>`
      select ${progressColumns} from search_progress p
      where (p.tenant_id, p.conversation_id) in (select * from unnest(${tenants}::text[], ${ids}::text[]))
      order by p.tenant_id, p.conversation_id for no key update`,
  )
  return new Map(found.map((one) => [one.conversation, one]))
}

export async function saveProgress(tx: Tx, all: Progress[]): Promise<void> {
  await sql`
    update search_progress p set rev = i.rev, behind = i.behind, tail = i.tail, tail_chars = i.tail_chars
    from unnest(${all.map((p) => p.tenantId)}::text[], ${all.map((p) => p.conversation)}::text[], ${all.map((p) => p.rev)}::bigint[],
      ${all.map((p) => p.behind)}::boolean[], ${all.map((p) => p.tail)}::int[], ${all.map((p) => p.tailChars)}::int[])
      as i(tenant, id, rev, behind, tail, tail_chars)
    where p.tenant_id = i.tenant and p.conversation_id = i.id`.execute(tx)
}

/** Marks every conversation that has changes which are not in the index; how many. */
export function markBehind(tx: Tx): Promise<number> {
  return changed(
    tx,
    sql`
      insert into search_progress (tenant_id, conversation_id, behind)
      select f.tenant_id, f.id, true from feed f join tenant t on t.id = f.tenant_id
      left join search_progress p on p.tenant_id = f.tenant_id and p.conversation_id = f.id
      where f.id like 'con\\_%' and f.rev > coalesce(p.rev, 0) and not coalesce(p.behind, false)
      order by f.tenant_id, f.id
      on conflict (tenant_id, conversation_id) do update set behind = true`,
  )
}

/** A few conversations that are behind, the newest first, locked, with their heads. What another copy has is left out. */
export function takeBehind(tx: Tx, limit: number): Promise<(Progress & { head: number })[]> {
  return rows(
    tx,
    sql<Progress & { head: number }>`
      select ${progressColumns}, coalesce((select f.rev from feed f where f.tenant_id = p.tenant_id and f.id = p.conversation_id), 0) as head
      from search_progress p where p.behind order by p.tenant_id desc, p.conversation_id desc limit ${limit} for no key update skip locked`,
  )
}

export async function countBehind(on: Queryable): Promise<number> {
  const found = await row(
    on,
    sql<{ count: number }>`
      select coalesce(sum(greatest(f.rev - p.rev, 0)), 0)::float8 as count from search_progress p
      join feed f on f.tenant_id = p.tenant_id and f.id = p.conversation_id where p.behind`,
  )
  return found?.count ?? 0
}

interface Placed {
  tenantId: string
  conversation: string
}
const arrayLiteral = (numbers: readonly number[]): string => `{${numbers.join(',')}}`

export async function putTail(tx: Tx, entries: (Entry & Placed)[]): Promise<void> {
  if (entries.length === 0) return
  await sql`
    insert into search_tail (tenant_id, conversation_id, seq, sent_at, folded, marks)
    select i.tenant, i.conversation, i.seq, i.sent_at, i.folded, i.marks::int[]
    from unnest(${entries.map((e) => e.tenantId)}::text[], ${entries.map((e) => e.conversation)}::text[], ${entries.map((e) => e.seq)}::bigint[],
      ${entries.map((e) => e.sentAt)}::timestamptz[], ${entries.map((e) => e.folded)}::text[], ${entries.map((e) => arrayLiteral(e.marks))}::text[])
      as i(tenant, conversation, seq, sent_at, folded, marks)
    on conflict (tenant_id, conversation_id, seq) do update set folded = excluded.folded, marks = excluded.marks`.execute(
    tx,
  )
}

export async function dropTail(tx: Tx, { tenantId, conversation }: Placed, seqs: number[] | null): Promise<void> {
  const only = seqs === null ? sql`` : sql`and seq = any(${seqs}::bigint[])`
  await sql`delete from search_tail where tenant_id = ${tenantId} and conversation_id = ${conversation} ${only}`.execute(
    tx,
  )
}

export async function measureTail(
  tx: Tx,
  { tenantId, conversation }: Placed,
): Promise<{ tail: number; tailChars: number }> {
  const found = await row(
    tx,
    sql<{ tail: number; tailChars: number }>`
      select count(*)::int as tail, coalesce(sum(length(folded)), 0)::int as "tailChars" from search_tail
      where tenant_id = ${tenantId} and conversation_id = ${conversation}`,
  )
  return found ?? { tail: 0, tailChars: 0 }
}

/** The tail of a conversation in order. */
export function readTail(tx: Tx, { tenantId, conversation }: Placed): Promise<Entry[]> {
  return rows(
    tx,
    sql<Entry>`select seq, sent_at as "sentAt", folded, marks from search_tail where tenant_id = ${tenantId} and conversation_id = ${conversation} order by seq`,
  )
}

export async function insertBlocks(tx: Tx, blocks: (Block & Placed)[]): Promise<void> {
  if (blocks.length === 0) return
  await sql`
    insert into search_block (tenant_id, conversation_id, first_seq, last_seq, first_at, last_at, places, seconds, folded, grams)
    select i.tenant, i.conversation, i.first_seq, i.last_seq, i.first_at, i.last_at, i.places::int[], i.seconds::int[], i.folded, i.grams::int[]
    from unnest(${blocks.map((b) => b.tenantId)}::text[], ${blocks.map((b) => b.conversation)}::text[], ${blocks.map((b) => b.firstSeq)}::bigint[],
      ${blocks.map((b) => b.lastSeq)}::bigint[], ${blocks.map((b) => b.firstAt)}::timestamptz[], ${blocks.map((b) => b.lastAt)}::timestamptz[],
      ${blocks.map((b) => arrayLiteral(b.places))}::text[], ${blocks.map((b) => arrayLiteral(b.seconds))}::text[], ${blocks.map((b) => b.folded)}::text[], ${blocks.map((b) => arrayLiteral(b.grams))}::text[])
      as i(tenant, conversation, first_seq, last_seq, first_at, last_at, places, seconds, folded, grams)`.execute(tx)
}

/** The block whose stretch of the log this place belongs to; undefined for what is newer than all of them. */
export function findBlock(
  tx: Tx,
  { tenantId, conversation }: Placed,
  seq: number,
): Promise<{ firstSeq: number; lastSeq: number } | undefined> {
  return row(
    tx,
    sql<{ firstSeq: number; lastSeq: number }>`
      select b.first_seq as "firstSeq", b.last_seq as "lastSeq" from search_block b
      where b.tenant_id = ${tenantId} and b.conversation_id = ${conversation}
        and ${seq} <= (select max(last_seq) from search_block l where l.tenant_id = b.tenant_id and l.conversation_id = b.conversation_id)
      order by b.first_seq <= ${seq} desc, abs(b.first_seq - ${seq}) limit 1`,
  )
}

export async function dropBlock(tx: Tx, { tenantId, conversation }: Placed, firstSeq: number): Promise<void> {
  await sql`delete from search_block where tenant_id = ${tenantId} and conversation_id = ${conversation} and first_seq = ${firstSeq}`.execute(
    tx,
  )
}

const deletedAtOnce = 5_000

/** A part of what is kept of a conversation whose messages are gone; whether more is left. */
export async function forgetConversation(tx: Tx, of: Placed): Promise<boolean> {
  const progress = (await lockProgress(tx, [of])).get(of.conversation)
  const { tenantId, conversation } = of
  for (const table of ['search_block', 'search_tail', 'search_file']) {
    const gone = await changed(
      tx,
      sql`
        delete from ${sql.table(table)} where ctid = any(array(
          select ctid from ${sql.table(table)} where tenant_id = ${tenantId} and conversation_id = ${conversation} limit ${deletedAtOnce}))`,
    )
    if (gone === deletedAtOnce) return true
  }
  if (progress) await saveProgress(tx, [{ ...progress, tail: 0, tailChars: 0 }])
  return false
}

/** A part of what is kept of a tenant that is being deleted; whether more is left. */
export async function deleteTenantRows(tx: Tx, tenantId: string): Promise<boolean> {
  for (const table of ['search_block', 'search_tail', 'search_file']) {
    const gone = await changed(
      tx,
      sql`delete from ${sql.table(table)} where ctid = any(array(select ctid from ${sql.table(table)} where tenant_id = ${tenantId} limit ${deletedAtOnce}))`,
    )
    if (gone === deletedAtOnce) return true
  }
  await sql`delete from search_progress where tenant_id = ${tenantId}`.execute(tx)
  return false
}
