import pg from 'pg'
import { makeSentences } from '../../modules/search/corpus/make.js'
import { gramsFor } from '../../modules/search/rules/grams.js'
import { conversationId } from './seed-store.js'

/** A million messages to search in, who searches, and what for. */
export interface Searched {
  /** Two characters each, as often as they are said in what the reader may read. */
  queries: string[]
  /** Seconds from the first message taken into the index to the last. */
  indexedSeconds: number
  /** Of tables and indexes of the search, for each message. */
  bytesPerMessage: number
  /** Milliseconds of each query, where only the index is asked, by SQL alone. */
  bareMs: number[]
}

/**
 * Writes `each` messages into conversations 0 to `conversations` - 1: sentences of the search’s corpus, and four characters
 * of which most pairs are rare. Waits until the product has indexed them.
 */
export async function seedSearched(
  connection: pg.ClientConfig,
  options: { conversations: number; each: number; readerEvery: number; queries: number; say: (text: string) => void },
): Promise<Searched> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    const { conversations, each, say } = options
    await writeMessages(client, conversations, each)
    say(`${(conversations * each).toLocaleString('en')} messages are written; now they are indexed`)
    const indexedSeconds = await untilIndexed(client)
    await client.query('vacuum analyze')
    const queries = await pickQueries(client, options)
    return {
      queries,
      indexedSeconds,
      bytesPerMessage: (await indexBytes(client)) / (conversations * each),
      bareMs: await measureBare(client, queries),
    }
  } finally {
    await client.end()
  }
}

async function writeMessages(client: pg.Client, conversations: number, each: number): Promise<void> {
  const texts = makeSentences().map(({ written }) => written)
  const ids = Array.from({ length: conversations }, (_, n) => conversationId(n))
  await client.query('select setseed(0.5)')
  await client.query(
    `insert into message (tenant_id, conversation_id, seq, rev, sender, key, kind, body, sent_at)
     select f.tenant_id, f.id, f.rev + n, f.rev + n, replace(f.id, 'con', 'mem'), 'said-' || n, 'text',
       jsonb_build_object('text', ($2::text[])[1 + floor(random() * cardinality($2::text[]))] || '，' ||
         chr(19968 + floor(3500 * random() ^ 2)::int) || chr(19968 + floor(3500 * random() ^ 2)::int) || chr(19968 + floor(3500 * random() ^ 2)::int) || chr(19968 + floor(3500 * random() ^ 2)::int)),
       now() - interval '1 year' * (($3 - n)::float8 / $3)
     from feed f cross join generate_series(1, $3::int) n where f.id = any($1)`,
    [ids, texts, each],
  )
  await client.query('update feed set rev = rev + $2, last_seq = rev + $2, last_at = now() where id = any($1)', [
    ids,
    each,
  ])
  // The reader of the outbox finds another database, and so looks for what it missed.
  await client.query(`update outbox_reader set generation = 'seeded' where name = 'search'`)
}

async function untilIndexed(client: pg.Client): Promise<number> {
  const left = async () =>
    Number(
      (
        await client.query<{ left: string }>(
          `select count(*) as left from feed f left join search_progress p on p.tenant_id = f.tenant_id and p.conversation_id = f.id
           where f.id like 'con_%' and f.rev > coalesce(p.rev, 0)`,
        )
      ).rows[0]?.left,
    )
  const all = await left()
  while ((await left()) === all) await new Promise((resolve) => setTimeout(resolve, 20))
  const started = performance.now()
  while ((await left()) > 0) await new Promise((resolve) => setTimeout(resolve, 100))
  return (performance.now() - started) / 1_000
}

async function pickQueries(
  client: pg.Client,
  { conversations, readerEvery, queries }: { conversations: number; readerEvery: number; queries: number },
): Promise<string[]> {
  const mine = Array.from({ length: Math.floor(conversations / readerEvery) }, (_, n) =>
    conversationId(n * readerEvery),
  )
  const { rows } = await client.query<{ text: string }>(
    `select body ->> 'text' as text from message where conversation_id = any($1) order by md5(conversation_id || seq) limit $2`,
    [mine, queries * 3],
  )
  const pairs = rows.flatMap(({ text }, i) => {
    const all = [...text.matchAll(/(?=([\u4e00-\u9fff]{2}))/g)].map(([, pair]) => pair ?? '')
    return all.length > 0 ? [all[(i * 7919) % all.length] ?? ''] : []
  })
  return pairs.slice(0, queries)
}

async function indexBytes(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>(
    `select sum(pg_total_relation_size(name::regclass)) as bytes from unnest(array['search_block', 'search_tail', 'search_progress']) name`,
  )
  return Number(rows[0]?.bytes)
}

/** What PostgreSQL needs at least: the index is asked which blocks there are, of everybody’s, and nothing is read. */
async function measureBare(client: pg.Client, queries: readonly string[]): Promise<number[]> {
  await client.query('set enable_seqscan = off')
  const times: number[] = []
  for (const query of queries) {
    const started = performance.now()
    await client.query('select count(*) from search_block where grams @> $1::int[]', [`{${gramsFor(query).join(',')}}`])
    times.push(performance.now() - started)
  }
  return times
}
