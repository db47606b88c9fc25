import { type Queryable, row, sql } from './db.js'

/** Changes of feeds with this prefix that a reader of the outbox was not handed yet. */
export async function readBacklog(on: Queryable, reader: string, prefix: string): Promise<number> {
  const found = await row(
    on,
    sql<{ count: number }>`
      select coalesce(sum((h ->> 3)::bigint - (h ->> 2)::bigint), 0)::float8 as count
      from outbox_reader r join outbox o on o.xid >= r.mark cross join lateral jsonb_array_elements(o.heads) h
      where r.name = ${reader} and starts_with(h ->> 1, ${prefix})`,
  )
  return found?.count ?? 0
}
