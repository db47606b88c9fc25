import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'
import type { Wanted } from './store.js'

// The texts inside of files, by the messages that carry them.

export interface WaitingFile {
  tenantId: string
  conversation: string
  seq: number
  file: string
  name: string
  sentAt: string
}

/** Notes files to be read; those that are there stay as they are. */
export async function putWaiting(tx: Tx, files: WaitingFile[]): Promise<number> {
  if (files.length === 0) return 0
  return changed(
    tx,
    sql`
      insert into search_file (tenant_id, conversation_id, seq, file_id, name, sent_at)
      select * from unnest(${files.map((f) => f.tenantId)}::text[], ${files.map((f) => f.conversation)}::text[], ${files.map((f) => f.seq)}::bigint[],
        ${files.map((f) => f.file)}::text[], ${files.map((f) => f.name)}::text[], ${files.map((f) => f.sentAt)}::timestamptz[])
      on conflict do nothing`,
  )
}

export async function dropFiles(tx: Tx, tenantId: string, conversation: string, seqs: number[]): Promise<void> {
  await sql`delete from search_file where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = any(${seqs}::bigint[])`.execute(
    tx,
  )
}

/** One file that waits, the newest first, for this caller alone until then; undefined where none does. */
export function claim(on: Queryable, now: string, until: string, mostTries: number): Promise<WaitingFile | undefined> {
  return row(
    on,
    sql<WaitingFile>`
      update search_file set tries = tries + 1, claimed_until = ${until}
      where (tenant_id, conversation_id, seq) = (
        select tenant_id, conversation_id, seq from search_file
        where state = 'waiting' and tries < ${mostTries} and (claimed_until is null or claimed_until <= ${now})
        order by sent_at desc limit 1 for update skip locked)
      returning tenant_id as "tenantId", conversation_id as conversation, seq, file_id as file, name, sent_at as "sentAt"`,
  )
}

/** Keeps what was read; null: there is nothing in it that can be read. A row that is gone meanwhile stays gone. */
export async function keepText(
  on: Queryable,
  { tenantId, conversation, seq }: WaitingFile,
  text: { content: string; folded: string; grams: number[] } | null,
): Promise<void> {
  await sql`
    update search_file set state = ${text ? 'read' : 'nothing'}, claimed_until = null, content = ${text?.content ?? ''},
      folded = ${text?.folded ?? ''}, grams = ${`{${(text?.grams ?? []).join(',')}}`}::int[]
    where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`.execute(on)
}

/** Messages whose files have everything wanted inside, the newest first. */
export function findInFiles(
  on: Queryable,
  wanted: Wanted,
  grams: number[],
  limit: number,
): Promise<{ conversation: string; seq: number; sentAt: string }[]> {
  const { conversations, patterns, after, before, upTo } = wanted
  const all = conversations === null ? sql`` : sql`and f.grams && ${conversations}::int[]`
  return rows(
    on,
    sql<{ conversation: string; seq: number; sentAt: string }>`
      with found as materialized (
        select f.tenant_id, f.conversation_id, f.seq, f.sent_at, f.folded from search_file f where f.grams @> ${grams}::int[] ${all}
      )
      select f.conversation_id as conversation, f.seq, f.sent_at as "sentAt"
      from found f join (${wanted.mine}) mine on mine.id = f.conversation_id and f.seq > mine.from_seq
      where f.tenant_id = ${wanted.tenantId} and f.folded like all(${patterns}::text[])
        and (${after}::timestamptz is null or f.sent_at >= ${after}) and (${before}::timestamptz is null or f.sent_at < ${before})
        and (${upTo}::timestamptz is null or f.sent_at <= ${upTo})
      order by f.sent_at desc, f.conversation_id desc, f.seq desc limit ${limit}`,
  )
}

/** What is inside of the files of these messages. */
export async function readTexts(
  on: Queryable,
  tenantId: string,
  places: { conversation: string; seq: number }[],
): Promise<Map<string, string>> {
  if (places.length === 0) return new Map()
  const found = await rows(
    on,
    sql<{ conversation: string; seq: number; content: string }>`
      select f.conversation_id as conversation, f.seq, f.content
      from unnest(${places.map((p) => p.conversation)}::text[] collate "C", ${places.map((p) => p.seq)}::bigint[]) as i(conversation, seq)
      join search_file f on f.tenant_id = ${tenantId} and f.conversation_id = i.conversation and f.seq = i.seq and f.state = 'read'`,
  )
  return new Map(found.map(({ conversation, seq, content }) => [`${conversation} ${seq}`, content]))
}
