import { type Queryable, type RawBuilder, rows, sql, type Tx } from '../../kernel/db.js'

// What a search reads. `mine` is messaging’s rule of what the caller may read, as a query to join.

type Mine = RawBuilder<unknown>

/** What the index is asked for. */
export interface Wanted {
  tenantId: string
  mine: Mine
  /** All of them, in a block or in the marks of a message. */
  grams: number[]
  /** Those among them that are marks: of a sender, of a kind. */
  marks: number[]
  /** One of these marks; null asks for none. */
  anyMark: number[] | null
  /** None of these, where single messages are looked at. */
  noMark: number[]
  /** For the search of blocks alone: one of these numbers, each of a conversation. Null where there are too many. */
  conversations: number[] | null
  patterns: string[]
  after: string | null
  before: string | null
  /** Only what was sent up to this moment: where the page before ended. */
  upTo: string | null
}

/** For a transaction of a search: an index must be used even where the planner, which does not know what reading a row of blocks costs, would read them all. */
export async function plan(tx: Tx): Promise<void> {
  await sql`select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)`.execute(tx)
}

export interface Mined {
  id: string
  name: string
  kind: 'direct' | 'group'
}

export const listMine = (on: Queryable, mine: Mine): Promise<Mined[]> =>
  rows(on, sql<Mined>`select id, name, kind from (${mine}) m`)

export interface FoundBlock {
  conversation: string
  firstSeq: number
  lastAt: string
}

/** Blocks that may hold something, the newest first. */
export function findBlocks(on: Queryable, wanted: Wanted): Promise<FoundBlock[]> {
  const { grams, anyMark, conversations, after, before, upTo } = wanted
  const all = conversations === null ? sql`` : sql`and b.grams && ${conversations}::int[]`
  const any = anyMark === null ? sql`` : sql`and b.grams && ${anyMark}::int[]`
  const bound = upTo ?? before
  return rows(
    on,
    sql<FoundBlock>`
      with found as materialized (
        select b.tenant_id, b.conversation_id, b.first_seq, b.last_seq, b.first_at, b.last_at from search_block b where b.grams @> ${grams}::int[] ${all} ${any}
      )
      select f.conversation_id as conversation, f.first_seq as "firstSeq", f.last_at as "lastAt"
      from found f join (${wanted.mine}) mine on mine.id = f.conversation_id and f.last_seq > mine.from_seq
      where f.tenant_id = ${wanted.tenantId} and (${after}::timestamptz is null or f.last_at >= ${after}) and (${bound}::timestamptz is null or f.first_at <= ${bound})
      order by least(f.last_at, ${bound}::timestamptz) desc`,
  )
}

export interface BlockText {
  conversation: string
  firstSeq: number
  firstAt: string
  places: number[]
  seconds: number[]
  folded: string
}

/** The texts of those blocks in which all patterns are found. */
export function readBlocks(
  on: Queryable,
  tenantId: string,
  blocks: FoundBlock[],
  patterns: string[],
): Promise<BlockText[]> {
  return rows(
    on,
    sql<BlockText>`
      select b.conversation_id as conversation, b.first_seq as "firstSeq", b.first_at as "firstAt", b.places, b.seconds, b.folded
      from unnest(${blocks.map((b) => b.conversation)}::text[] collate "C", ${blocks.map((b) => b.firstSeq)}::bigint[]) as i(conversation, first_seq)
      join search_block b on b.tenant_id = ${tenantId} and b.conversation_id = i.conversation and b.first_seq = i.first_seq
      where b.folded like all(${patterns}::text[])`,
  )
}

/** Messages not in a block yet that have everything wanted, the newest first. */
export function findInTails(
  on: Queryable,
  wanted: Wanted,
  limit: number,
): Promise<{ conversation: string; seq: number; sentAt: string }[]> {
  const { marks, anyMark, noMark, after, before, upTo } = wanted
  return rows(
    on,
    sql<{ conversation: string; seq: number; sentAt: string }>`
      select t.conversation_id as conversation, t.seq, t.sent_at as "sentAt"
      from (${wanted.mine}) mine join search_tail t on t.tenant_id = ${wanted.tenantId} and t.conversation_id = mine.id and t.seq > mine.from_seq
      where t.folded like all(${wanted.patterns}::text[]) and t.marks @> ${marks}::int[] and not t.marks && ${noMark}::int[]
        and (${anyMark}::int[] is null or t.marks && ${anyMark}::int[])
        and (${after}::timestamptz is null or t.sent_at >= ${after}) and (${before}::timestamptz is null or t.sent_at < ${before})
        and (${upTo}::timestamptz is null or t.sent_at <= ${upTo})
      order by t.sent_at desc, t.conversation_id desc, t.seq desc limit ${limit}`,
  )
}
