import { limits } from '@heyi/contract/limits'
import type { MyAnswer, PollBody, PollTally, RelayBody, RelayLine, RelayTally } from '@heyi/contract/messaging'
import { changed, type Queryable, type RawBuilder, row, rows, sql, type Tx } from '../../kernel/db.js'

// Polls and relay lists, and what people answered.

export interface Poll {
  kind: 'poll' | 'relay'
  owner: string
  options: number
  multiple: boolean
  anonymous: boolean
  endsAt: string | null
  endedAt: string | null
  /** That it ended stands in the conversation. */
  told: boolean
}

const columns = sql`kind, owner, options, multiple, anonymous, ends_at as "endsAt", ended_at as "endedAt", told`

export async function insertPoll(
  tx: Tx,
  tenantId: string,
  conversation: string,
  seq: number,
  poll: Omit<Poll, 'endedAt' | 'told'>,
): Promise<void> {
  const { kind, owner, options, multiple, anonymous, endsAt } = poll
  await sql`
    insert into poll (tenant_id, conversation_id, seq, kind, owner, options, multiple, anonymous, ends_at)
    values (${tenantId}, ${conversation}, ${seq}, ${kind}, ${owner}, ${options}, ${multiple}, ${anonymous}, ${endsAt})`.execute(
    tx,
  )
}

export function findPoll(
  on: Queryable,
  tenantId: string,
  conversation: string,
  seq: number,
): Promise<Poll | undefined> {
  return row(
    on,
    sql<Poll>`select ${columns} from poll where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`,
  )
}

/** `answer` lets others answer at the same time and keeps it from ending meanwhile; `end` waits for all of them. */
export function lockPoll(
  tx: Tx,
  tenantId: string,
  conversation: string,
  seq: number,
  to: 'answer' | 'end',
): Promise<Poll | undefined> {
  return row(
    tx,
    sql<Poll>`
      select ${columns} from poll where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}
      ${to === 'end' ? sql`for update` : sql`for share`}`,
  )
}

export async function endPoll(tx: Tx, tenantId: string, conversation: string, seq: number, now: string): Promise<void> {
  await sql`update poll set ended_at = ${now} where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`.execute(
    tx,
  )
}

export async function noteTold(tx: Tx, tenantId: string, conversation: string, seq: number): Promise<void> {
  await sql`update poll set told = true where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`.execute(
    tx,
  )
}

/** What was asked, and how it stands now, all answers counted; undefined where the conversation takes nothing more. */
export function readOutcome(
  tx: Tx,
  tenantId: string,
  conversation: string,
  seq: number,
): Promise<{ body: PollBody | RelayBody; poll: PollTally | null; relay: RelayTally | null } | undefined> {
  return row(
    tx,
    sql<{ body: PollBody | RelayBody; poll: PollTally | null; relay: RelayTally | null }>`
      select m.body, (${pollTally(tenantId, conversation, seq)} and p.kind = 'poll') as poll,
        (${relayTally(tenantId, conversation, seq)} and p.kind = 'relay') as relay
      from message m join conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
      where m.tenant_id = ${tenantId} and m.conversation_id = ${conversation} and m.seq = ${seq} and m.state = 'sent' and not c.dissolved`,
  )
}

/** All of it; the caller has locked it to end. */
export async function forget(tx: Tx, tenantId: string, conversation: string, seq: number): Promise<void> {
  for (const table of ['poll_vote', 'relay_line', 'poll'])
    await sql`delete from ${sql.table(table)} where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`.execute(
      tx,
    )
}

/** Whether that changed anything. An empty choice takes the vote away. */
export async function saveVote(
  tx: Tx,
  tenantId: string,
  conversation: string,
  seq: number,
  memberId: string,
  options: number[],
  now: string,
): Promise<boolean> {
  const saved =
    options.length === 0
      ? sql`delete from poll_vote where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq} and member_id = ${memberId}`
      : sql`
          insert into poll_vote (tenant_id, conversation_id, seq, member_id, options, at)
          values (${tenantId}, ${conversation}, ${seq}, ${memberId}, ${`{${options.join(',')}}`}::int[], ${now})
          on conflict (tenant_id, conversation_id, seq, member_id) do update set options = excluded.options, at = excluded.at
          where poll_vote.options <> excluded.options`
  return (await changed(tx, saved)) > 0
}

/** The same for a line, which keeps its place when it is written anew. */
export async function saveLine(
  tx: Tx,
  tenantId: string,
  conversation: string,
  seq: number,
  memberId: string,
  text: string | null,
  now: string,
): Promise<boolean> {
  const saved =
    text === null
      ? sql`delete from relay_line where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq} and member_id = ${memberId}`
      : sql`
          insert into relay_line (tenant_id, conversation_id, seq, member_id, text, at)
          values (${tenantId}, ${conversation}, ${seq}, ${memberId}, ${text}, ${now})
          on conflict (tenant_id, conversation_id, seq, member_id) do update set text = excluded.text
          where relay_line.text <> excluded.text`
  return (await changed(tx, saved)) > 0
}

export function listMyAnswers(
  on: Queryable,
  tenantId: string,
  memberId: string,
  conversation: string,
  seqs: number[],
): Promise<MyAnswer[]> {
  return rows(
    on,
    sql<MyAnswer>`
      select i.seq, coalesce(v.options, '{}') as options, l.text as line, array(
          select r.emoji from reaction r where r.tenant_id = ${tenantId} and r.conversation_id = ${conversation} and r.seq = i.seq and r.member_id = ${memberId} order by r.at, r.emoji) as emojis
      from (select distinct unnest(${seqs}::bigint[]) as seq) i
      left join poll_vote v on v.tenant_id = ${tenantId} and v.conversation_id = ${conversation} and v.seq = i.seq and v.member_id = ${memberId}
      left join relay_line l on l.tenant_id = ${tenantId} and l.conversation_id = ${conversation} and l.seq = i.seq and l.member_id = ${memberId}
      order by i.seq`,
  )
}

interface After {
  at: string
  id: string
}

export function listVoters(
  on: Queryable,
  tenantId: string,
  conversation: string,
  seq: number,
  option: number,
  after: After | null,
  limit: number,
): Promise<{ id: string; at: string }[]> {
  return rows(
    on,
    sql<{ id: string; at: string }>`
      select member_id as id, at from poll_vote
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq} and ${option} = any(options)
        and ${after === null ? sql`true` : sql`(at, member_id) > (${after.at}::timestamptz, ${after.id})`}
      order by at, member_id limit ${limit}`,
  )
}

export function listLines(
  on: Queryable,
  tenantId: string,
  conversation: string,
  seq: number,
  after: After | null,
  limit: number,
): Promise<(RelayLine & { at: string })[]> {
  return rows(
    on,
    sql<RelayLine & { at: string }>`
      select member_id as id, text, at from relay_line
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}
        and ${after === null ? sql`true` : sql`(at, member_id) > (${after.at}::timestamptz, ${after.id})`}
      order by at, member_id limit ${limit}`,
  )
}

const endedAt = sql`to_char(p.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** How a poll stands, as its message carries it; nothing for one that was sent on. */
export const pollTally = (tenantId: string, conversation: string, seq: number): RawBuilder<unknown> => sql`
  select jsonb_build_object(
    'voters', (select count(*) from poll_vote v where v.tenant_id = p.tenant_id and v.conversation_id = p.conversation_id and v.seq = p.seq),
    'counts', (
      select jsonb_agg(c order by o) from (
        select o, count(chosen) as c from generate_series(0, p.options - 1) o
        left join (select unnest(v.options) as chosen from poll_vote v
          where v.tenant_id = p.tenant_id and v.conversation_id = p.conversation_id and v.seq = p.seq) u on u.chosen = o
        group by o) x),
    'endedAt', ${endedAt})
  from poll p where p.tenant_id = ${tenantId} and p.conversation_id = ${conversation} and p.seq = ${seq}`

/** The same for a relay list. */
export const relayTally = (tenantId: string, conversation: string, seq: number): RawBuilder<unknown> => sql`
  select jsonb_build_object(
    'count', (select count(*) from relay_line l where l.tenant_id = p.tenant_id and l.conversation_id = p.conversation_id and l.seq = p.seq),
    'lines', (
      select coalesce(jsonb_agg(jsonb_build_object('id', x.member_id, 'text', x.text) order by x.at, x.member_id), '[]') from (
        select member_id, text, at from relay_line l
        where l.tenant_id = p.tenant_id and l.conversation_id = p.conversation_id and l.seq = p.seq
        order by at, member_id limit ${sql.lit(limits.relayLinesShown)}) x),
    'endedAt', ${endedAt})
  from poll p where p.tenant_id = ${tenantId} and p.conversation_id = ${conversation} and p.seq = ${seq}`
