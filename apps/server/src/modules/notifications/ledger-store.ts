import type { Channel, LedgerEntry, LedgerState, Reason } from '@heyi/contract/notifications'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

// The ledger of who was told what, which is also the queue of what is to be sent.

export interface NewEntry {
  id: string
  member: string
  /** What, for whom and by which way: the same is written once. */
  key: string
  conversation: string | null
  seq: number | null
  reason: Reason
  channel: Channel | null
  targetId: string | null
  target: string
  state: 'held' | 'queued'
  count: number
  detail: Record<string, unknown> | null
  dueAt: string
}

/** Writes what is not there yet; the ids of what was. */
export async function insertEntries(tx: Tx, tenantId: string, entries: NewEntry[], now: string): Promise<string[]> {
  if (entries.length === 0) return []
  const of = <K extends keyof NewEntry>(name: K) => entries.map((entry) => entry[name])
  const added = await rows(
    tx,
    sql<{ id: string }>`
      insert into notification (tenant_id, id, member_id, key, conversation_id, seq, reason, channel, target_id, target, state, count, detail, created_at, due_at)
      select ${tenantId}, i.id, i.member, i.key, i.conversation, i.seq, i.reason, i.channel, i.target_id, i.target, i.state, i.count, i.detail, ${now}, i.due_at
      from unnest(${of('id')}::text[], ${of('member')}::text[], ${of('key')}::text[], ${of('conversation')}::text[], ${of('seq')}::bigint[], ${of('reason')}::text[],
        ${of('channel')}::text[], ${of('targetId')}::text[], ${of('target')}::text[], ${of('state')}::text[], ${of('count')}::int[],
        ${entries.map((e) => (e.detail === null ? null : JSON.stringify(e.detail)))}::jsonb[], ${of('dueAt')}::timestamptz[])
        as i(id, member, key, conversation, seq, reason, channel, target_id, target, state, count, detail, due_at)
      on conflict (tenant_id, key) do nothing returning id`,
  )
  return added.map(({ id }) => id)
}

/** Goes alone for this member until the transaction ends: whoever puts something aside, or releases it. */
export async function lockHold(tx: Tx, tenantId: string, members: string[]): Promise<void> {
  await sql`
    insert into notify_hold (tenant_id, member_id) select ${tenantId}, m from unnest(${[...members].sort()}::text[]) as i(m) order by m
    on conflict (tenant_id, member_id) do update set member_id = excluded.member_id`.execute(tx)
}

export async function hasHeld(on: Queryable, tenantId: string, member: string): Promise<boolean> {
  return (
    (await row(
      on,
      sql`select 1 from notification where tenant_id = ${tenantId} and member_id = ${member} and state = 'held' limit 1`,
    )) !== undefined
  )
}

/** Members for whom something is held, in order of id, after one. */
export async function membersHeld(on: Queryable, tenantId: string, after: string, limit: number): Promise<string[]> {
  const found = await rows(
    on,
    sql<{ member: string }>`
      select distinct member_id as member from notification where tenant_id = ${tenantId} and state = 'held' and member_id > ${after}
      order by member_id limit ${limit}`,
  )
  return found.map(({ member }) => member)
}

/** Something put aside: a message, or in its detail a notice. */
export interface Held {
  id: string
  conversation: string | null
  seq: number | null
  detail: { because?: Reason; notice?: string; text?: string } | null
}

/** Takes everything that is held for a member, once. */
export function takeHeld(tx: Tx, tenantId: string, member: string, by: string): Promise<Held[]> {
  return rows(
    tx,
    sql<Held>`
      update notification set state = 'released', released_by = ${by} where tenant_id = ${tenantId} and member_id = ${member} and state = 'held'
      returning id, conversation_id as conversation, seq, detail`,
  )
}

/** What was read meanwhile is in no summary. */
export async function dropEntries(tx: Tx, tenantId: string, ids: string[], why: string): Promise<void> {
  await sql`update notification set state = 'dropped', failure = ${why}, released_by = null where tenant_id = ${tenantId} and id = any(${ids})`.execute(
    tx,
  )
}

export interface DueEntry {
  tenantId: string
  id: string
  member: string
  conversation: string | null
  seq: number | null
  reason: Reason
  channel: Channel
  targetId: string | null
  count: number
  detail: {
    conversations?: number
    mentions?: number
    sender?: string
    url?: string
    text?: string
    notice?: string
    reminder?: true
    years?: number
  } | null
  tries: number
  createdAt: string
}

/** Claims what is due, so that no other copy sends it. Claimed is written before anything leaves. */
export function claimDue(on: Queryable, now: string, limit: number): Promise<DueEntry[]> {
  return rows(
    on,
    sql<DueEntry>`
      update notification n set state = 'sending', tries = tries + 1, sent_at = ${now}
      where (tenant_id, id) in (
        select tenant_id, id from notification where state = 'queued' and due_at <= ${now} order by due_at limit ${limit} for update skip locked)
      returning tenant_id as "tenantId", id, member_id as member, conversation_id as conversation, seq, reason, channel, target_id as "targetId", count, detail, tries, created_at as "createdAt"`,
  )
}

/**
 * What was claimed long ago and never heard of again: the process ended in between. A push is sent again, for a device
 * shows it once; of the others nobody knows whether they left, and they stay unsent.
 */
export async function sweepSending(on: Queryable, before: string, most: number): Promise<void> {
  await sql`
    update notification set state = case when channel = 'push' and tries < ${most} then 'queued' else 'failed' end,
      failure = case when channel = 'push' and tries < ${most} then failure else 'interrupted' end
    where state = 'sending' and sent_at < ${before}`.execute(on)
}

export async function settle(
  on: Queryable,
  tenantId: string,
  id: string,
  result: {
    state: 'accepted' | 'failed' | 'dropped' | 'queued'
    at: string
    failure?: string | null
    target?: string | undefined
    dueAt?: string
    costMicros?: number
  },
): Promise<void> {
  const { state, at, failure = null, target, dueAt, costMicros = 0 } = result
  await sql`
    update notification set state = ${state}, failure = ${failure}, target = coalesce(${target ?? null}, target), due_at = coalesce(${dueAt ?? null}, due_at),
      accepted_at = case when ${state} = 'accepted' then ${at}::timestamptz end, cost_micros = cost_micros + ${costMicros}
    where tenant_id = ${tenantId} and id = ${id} and state = 'sending'`.execute(on)
}

/** Which device it was for, if it is the member’s. */
export async function markReported(
  tx: Tx,
  tenantId: string,
  member: string,
  id: string,
  what: 'shown' | 'opened',
  now: string,
): Promise<{ targetId: string | null } | undefined> {
  return row(
    tx,
    sql<{ targetId: string | null }>`
      update notification set state = case when state = 'opened' then state else ${what} end,
        accepted_at = coalesce(accepted_at, ${now}), shown_at = coalesce(shown_at, ${now}),
        opened_at = case when ${what} = 'opened' then coalesce(opened_at, ${now}::timestamptz) else opened_at end
      where tenant_id = ${tenantId} and member_id = ${member} and id = ${id} and state in ('sending', 'accepted', 'shown', 'opened')
      returning target_id as "targetId"`,
  )
}

const entryColumns = sql`
  id, conversation_id as conversation, seq, reason, channel, target, state, count, created_at as "createdAt", sent_at as "sentAt", accepted_at as "acceptedAt",
  shown_at as "shownAt", opened_at as "openedAt", failure`

export function listEntries(
  on: Queryable,
  tenantId: string,
  member: string,
  before: string | null,
  limit: number,
): Promise<LedgerEntry[]> {
  return rows(
    on,
    sql<LedgerEntry>`
      select ${entryColumns} from notification where tenant_id = ${tenantId} and member_id = ${member} and (${before}::text is null or id < ${before})
      order by id desc limit ${limit}`,
  )
}

export function entriesAbout(
  on: Queryable,
  tenantId: string,
  member: string,
  about: { conversation: string; seq: number },
  limit: number,
): Promise<LedgerEntry[]> {
  return rows(
    on,
    sql<LedgerEntry>`
      select ${entryColumns} from notification where tenant_id = ${tenantId} and member_id = ${member} and conversation_id = ${about.conversation} and seq = ${about.seq}
      order by id limit ${limit}`,
  )
}

/** How often ladders have reached each of these members since then, by ways that leave the app. */
export async function ladderCounts(
  on: Queryable,
  tenantId: string,
  members: string[],
  since: string,
): Promise<Map<string, number>> {
  const found = await rows(
    on,
    sql<{ member: string; n: number }>`
      select member_id as member, count(*)::int as n from notification
      where tenant_id = ${tenantId} and member_id = any(${members}) and reason = 'ladder' and channel <> 'push' and created_at > ${since} group by member_id`,
  )
  return new Map(found.map(({ member, n }) => [member, n]))
}

/** What each step of a ladder has told whom. */
export function ladderEntries(
  on: Queryable,
  tenantId: string,
  about: { conversation: string; seq: number },
): Promise<{ step: number; member: string; costMicros: number; state: LedgerState }[]> {
  return rows(
    on,
    sql<{ step: number; member: string; costMicros: number; state: LedgerState }>`
      select (detail ->> 'step')::int as step, member_id as member, cost_micros as "costMicros", state from notification
      where tenant_id = ${tenantId} and conversation_id = ${about.conversation} and seq = ${about.seq} and reason = 'ladder' order by id`,
  )
}

export function sumCosts(
  on: Queryable,
  tenantId: string,
  since: string,
): Promise<{ channel: Channel; sent: number; costMicros: number }[]> {
  return rows(
    on,
    sql<{ channel: Channel; sent: number; costMicros: number }>`
      select channel, count(*)::int as sent, sum(cost_micros)::bigint as "costMicros" from notification
      where tenant_id = ${tenantId} and accepted_at is not null and channel is not null and created_at >= ${since} group by channel order by channel`,
  )
}

export function deleteOld(tx: Tx, before: string, limit: number): Promise<number> {
  return changed(
    tx,
    sql`delete from notification where (tenant_id, id) in (
      select tenant_id, id from notification where created_at < ${before} and state not in ('held', 'queued', 'sending') limit ${limit})`,
  )
}

/** When these members were last sent a digest, where that was since then. */
export async function digestedSince(
  on: Queryable,
  tenantId: string,
  members: string[],
  since: string,
): Promise<Map<string, string>> {
  const found = await rows(
    on,
    sql<{ member: string; at: string }>`
      select member_id as member, max(created_at) as at from notification
      where tenant_id = ${tenantId} and member_id = any(${members}) and reason = 'digest' and created_at > ${since} group by member_id`,
  )
  return new Map(found.map(({ member, at }) => [member, at]))
}
