import { createHash } from 'node:crypto'
import pg from 'pg'

/** Made-up members and conversations for measuring; ids and tokens follow from a number. */
const memberId = (n: number): string => `mem_${String(n).padStart(20, '0')}`
export const conversationId = (n: number): string => `con_${String(n).padStart(20, '0')}`
export const tokenOf = (n: number): string => `bench-${String(n).padStart(30, '0')}`
const tenantId = `ten_${'0'.repeat(20)}`

export interface Seeder {
  /** Signed-in members 0 to `count` - 1. */
  members(count: number): Promise<void>
  /** A conversation of these members, with this many messages of the first. */
  conversations(list: { id: number; members: number[]; messages: number }[]): Promise<void>
  /** Messages that arrive while nobody looks, as the lane would have written them. */
  miss(conversations: string[], each: number): Promise<void>
  /** Statistics as autovacuum would have made them long ago. */
  settle(): Promise<void>
  close(): Promise<void>
}

export async function openSeeder(connection: pg.ClientConfig): Promise<Seeder> {
  const client = new pg.Client(connection)
  await client.connect()
  await client.query(
    `insert into tenant (id, name, locale, time_zone, created_at) values ($1, 'Bench', 'en', 'UTC', now()) on conflict do nothing`,
    [tenantId],
  )
  return {
    members: (count) => seedMembers(client, count),
    conversations: (list) => seedConversations(client, list),
    miss: (conversations, each) => missMessages(client, conversations, each),
    settle: async () => {
      await client.query('vacuum analyze')
    },
    close: () => client.end(),
  }
}

async function seedMembers(client: pg.Client, count: number): Promise<void> {
  const numbers = [...Array(count).keys()]
  const hashes = numbers.map((n) => createHash('sha256').update(tokenOf(n)).digest('hex'))
  const members = numbers.map(memberId)
  const values = [tenantId, members, hashes]
  const each = 'from unnest($2::text[], $3::text[]) as i(id, hash)'
  await client.query('begin')
  await client.query(
    `insert into person (id, created_at) select replace(i.id, 'mem', 'per'), now() ${each} where $1 <> '' on conflict do nothing`,
    values,
  )
  await client.query(
    `insert into principal (tenant_id, id, kind) select $1, i.id, 'member' ${each} on conflict do nothing`,
    values,
  )
  await client.query(
    `insert into member (tenant_id, id, person_id, name, state, created_at) select $1, i.id, replace(i.id, 'mem', 'per'), i.id, 'active', now() ${each} on conflict do nothing`,
    values,
  )
  await client.query(
    `insert into profile (tenant_id, member_id) select $1, i.id ${each} on conflict do nothing`,
    values,
  )
  await client.query(`insert into feed (tenant_id, id) select $1, i.id ${each} on conflict do nothing`, values)
  await client.query(
    `insert into session (id, token_hash, person_id, tenant_id, member_id, device, address, created_at, last_seen_at, expires_at)
     select replace(i.id, 'mem', 'ses'), decode(i.hash, 'hex'), replace(i.id, 'mem', 'per'), $1, i.id, 'bench', '127.0.0.1', now(), now(), now() + interval '1 day' ${each} on conflict do nothing`,
    values,
  )
  await client.query('commit')
}

async function seedConversations(
  client: pg.Client,
  list: { id: number; members: number[]; messages: number }[],
): Promise<void> {
  for (const { id, members, messages } of list) {
    const conversation = conversationId(id)
    const ids = members.map(memberId)
    const values = [tenantId, conversation, ids]
    const head = 2 + messages
    await client.query('begin')
    await client.query(
      `insert into conversation (tenant_id, id, kind, name, owner, created_at) values ($1, $2, 'group', 'Bench', ($3::text[])[1], now())`,
      values,
    )
    await client.query(
      `insert into feed (tenant_id, id, rev, epoch, last_seq, last_at) values ($1, $2, $3, 2, $3, now())`,
      [tenantId, conversation, head],
    )
    await client.query(
      `insert into feed_entry (tenant_id, feed, kind, object, rev) values ($1, $2, 'conversation', $2, 1), ($1, $2, 'members', $2, 2)`,
      [tenantId, conversation],
    )
    await client.query(
      `insert into membership (tenant_id, conversation_id, member_id, view, from_seq, read_seq, role, joined_at, slot)
       select $1, $2, m, 2, 0, 2, case when m = ($3::text[])[1] then 'owner' else 'member' end, now(), n - 1 from unnest($3::text[]) with ordinality as i(m, n)`,
      values,
    )
    await client.query(
      `with moved as (update feed set rev = rev + 1 where tenant_id = $1 and id = any($3) returning id, rev)
      insert into feed_entry (tenant_id, feed, kind, object, rev) select $1, id, 'membership', $2, rev from moved`,
      values,
    )
    if (messages > 0)
      await client.query(
        `insert into message (tenant_id, conversation_id, seq, rev, sender, key, kind, body, sent_at)
         select $1, $2, n + 2, n + 2, ($3::text[])[1], 'seed-' || n, 'text', jsonb_build_object('text', 'message ' || n || repeat(' lorem', 20)), now() from generate_series(1, $4::int) n`,
        [...values, messages],
      )
    await client.query('commit')
  }
}

async function missMessages(client: pg.Client, conversations: string[], each: number): Promise<void> {
  for (const conversation of conversations)
    await client.query(
      `with moved as (update feed set rev = rev + $3, last_seq = rev + $3, last_at = now(), xid = pg_current_xact_id() where tenant_id = $1 and id = $2 returning rev)
       insert into message (tenant_id, conversation_id, seq, rev, sender, key, kind, body, sent_at)
       select $1, $2, moved.rev - $3 + n, moved.rev - $3 + n, $4, 'missed-' || (moved.rev - $3 + n), 'text', jsonb_build_object('text', 'missed ' || n || repeat(' lorem', 20)), now()
       from moved, generate_series(1, $3::int) n`,
      [tenantId, conversation, each, memberId(0)],
    )
}

/**
 * Writes so many messages of these members into a conversation that exists, as the lane would have: in turns of `texts`, each
 * with its number, over the last hundred days; one in 25 answers the message twenty before it.
 */
export async function fillConversation(
  connection: pg.ClientConfig,
  conversation: string,
  senders: readonly string[],
  texts: readonly string[],
  count: number,
): Promise<void> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    await client.query(
      `with moved as (
         update feed set rev = rev + $3, last_seq = rev + $3, last_at = now(), xid = pg_current_xact_id()
         where id = $1 returning tenant_id, rev - $3 as start
       )
       insert into message (tenant_id, conversation_id, seq, rev, sender, key, kind, body, quote, sent_at)
       select tenant_id, $1, start + n, start + n, ($2::text[])[1 + (n / 3) % cardinality($2::text[])], 'fill-' || n, 'text',
         jsonb_build_object('text', ($4::text[])[1 + n % cardinality($4::text[])] || '（' || n || '）'),
         case when n % 25 = 24 then start + n - 20 end, now() - interval '100 days' * (($3 - n)::float8 / $3)
       from moved, generate_series(1, $3::int) n`,
      [conversation, senders, count, texts],
    )
    await client.query('analyze message')
  } finally {
    await client.end()
  }
}
