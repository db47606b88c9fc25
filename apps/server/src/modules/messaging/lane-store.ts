import type pg from 'pg'
import { int4Array, int8Array, textArray } from '../../kernel/binary-arrays.js'

/** One text message that the lane may write: allowed under `epoch`. */
export interface LaneRow {
  tenantId: string
  conversation: string
  sender: string
  key: string
  kind: string
  /** JSON. */
  body: string
  quote: number | null
  receipt: string | null
}

export interface LaneResult {
  /** Null: not inserted, for its key was there before. */
  seq: number | null
  /** The feed’s rev before the batch; null: the feed stood at another epoch. */
  prev: number | null
}

/**
 * Locks the feeds in id order, each only under the epoch its sends were decided under; gives every message the next
 * rev; inserts those whose key is new; moves the heads; leaves one outbox row. One statement, so one round trip, and a
 * row comes back for each feed, not for each message: which places were taken is told only where not all were.
 */
const sendBatch = `
with locked as materialized (
  select w.n, f.tenant_id, f.id, f.rev, w.size
  from unnest($1::text[], $2::text[], $3::bigint[], $4::int[]) with ordinality as w(tenant_id, id, epoch, size, n)
  join feed f on f.tenant_id = w.tenant_id and f.id = w.id
  where w.epoch is null or f.epoch = w.epoch order by f.id for no key update of f
), inserted as (
  insert into message (tenant_id, conversation_id, seq, rev, sender, key, kind, body, quote, receipt, sent_at)
  select l.tenant_id, l.id, l.rev + i.place, l.rev + i.place, i.sender, i.key, i.kind, i.body::jsonb, i.quote, nullif(i.receipt, ''), $13
  from unnest($5::int[], $6::int[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bigint[], $12::text[]) as i(feed, place, sender, key, kind, body, quote, receipt)
  join locked l on l.n = i.feed
  on conflict (tenant_id, conversation_id, sender, key) do nothing
  returning conversation_id, seq
), moved as (
  update feed f set rev = m.rev, last_seq = m.rev, last_at = $13, xid = pg_current_xact_id()
  from (
    select l.n, l.tenant_id, l.id, l.rev as prev, l.size, s.rev, s.seqs
    from (select conversation_id, max(seq) as rev, array_agg(seq)::float8[] as seqs from inserted group by 1) s
    join locked l on l.id = s.conversation_id
  ) m
  where f.tenant_id = m.tenant_id and f.id = m.id
  returning m.n, m.tenant_id, m.id, m.prev, m.rev, case when cardinality(m.seqs) < m.size then m.seqs end as taken
), told as (
  insert into outbox (heads)
  select jsonb_agg(jsonb_build_array(tenant_id, id, prev, rev)) from moved having count(*) > 0
)
select l.n, l.rev, m.rev is not null, m.taken from locked l left join moved m on m.n = l.n`

type FeedResult = [n: number, prev: number, moved: boolean, taken: number[] | null]

/**
 * Writes one batch; a result for each row, in order.
 *
 * @param epochs under which each conversation was decided; null, for the property test alone, compares nothing
 */
export async function writeBatch(
  client: pg.Client,
  batch: LaneRow[],
  epochs: Map<string, number> | null,
  sentAt: string,
): Promise<LaneResult[]> {
  const index = new Map<string, number>()
  const tenants: string[] = []
  const ids: string[] = []
  const under: (number | null)[] = []
  const sizes: number[] = []
  const feeds: number[] = []
  const places: number[] = []
  for (const { conversation, tenantId } of batch) {
    let n = index.get(conversation)
    if (n === undefined) {
      n = ids.push(conversation)
      tenants.push(tenantId)
      under.push(epochs && (epochs.get(conversation) ?? -1))
      sizes.push(0)
      index.set(conversation, n)
    }
    feeds.push(n)
    const place = (sizes[n - 1] ?? 0) + 1
    sizes[n - 1] = place
    places.push(place)
  }
  const { rows } = await client.query<FeedResult>({
    name: 'send-batch',
    text: sendBatch,
    rowMode: 'array',
    values: [
      textArray(tenants),
      textArray(ids),
      int8Array(under),
      int4Array(sizes),
      int4Array(feeds),
      int4Array(places),
      textArray(batch.map((one) => one.sender)),
      textArray(batch.map((one) => one.key)),
      textArray(batch.map((one) => one.kind)),
      textArray(batch.map((one) => one.body)),
      int8Array(batch.map((one) => one.quote)),
      textArray(batch.map((one) => one.receipt ?? '')),
      sentAt,
    ],
  })
  const byFeed = new Map(rows.map((row) => [Number(row[0]), row]))
  return batch.map((_, i) => resultOf(byFeed.get(feeds[i] ?? 0), places[i] ?? 0))
}

function resultOf(feed: FeedResult | undefined, place: number): LaneResult {
  if (!feed) return { seq: null, prev: null }
  const [, prev, moved, taken] = feed
  const seq = prev + place
  return { seq: moved && (!taken || taken.includes(seq)) ? seq : null, prev }
}
