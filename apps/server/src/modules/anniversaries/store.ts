import type { Anniversary, AnniversaryDates, AnniversaryPolicy, YearDay } from '@heyi/contract/anniversaries'
import { type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

export async function findPolicy(on: Queryable, tenantId: string): Promise<AnniversaryPolicy> {
  const found = await row(
    on,
    sql<AnniversaryPolicy>`select birthdays, joining_days as "joiningDays" from anniversary_policy where tenant_id = ${tenantId}`,
  )
  return found ?? { birthdays: false, joiningDays: false }
}

export async function savePolicy(tx: Tx, tenantId: string, policy: AnniversaryPolicy): Promise<void> {
  await sql`
    insert into anniversary_policy (tenant_id, birthdays, joining_days) values (${tenantId}, ${policy.birthdays}, ${policy.joiningDays})
    on conflict (tenant_id) do update set birthdays = excluded.birthdays, joining_days = excluded.joining_days`.execute(
    tx,
  )
}

/** Companies that tell of anything. */
export async function telling(on: Queryable): Promise<string[]> {
  const found = await rows(
    on,
    sql<{ id: string }>`select tenant_id as id from anniversary_policy where birthdays or joining_days order by 1`,
  )
  return found.map(({ id }) => id)
}

/** Notes that people are told of this day; false where they were. */
export async function claimDay(tx: Tx, tenantId: string, date: string): Promise<boolean> {
  const found = await row(
    tx,
    sql`update anniversary_policy set greeted_on = ${date}::date
      where tenant_id = ${tenantId} and (greeted_on is null or greeted_on < ${date}::date) returning 1 as one`,
  )
  return found !== undefined
}

export async function findDates(on: Queryable, tenantId: string, member: string): Promise<AnniversaryDates> {
  const found = await row(
    on,
    sql<{ month: number | null; day: number | null; joinedOn: string | null; hidden: boolean }>`
      select month, day, to_char(joined_on, 'YYYY-MM-DD') as "joinedOn", hidden from anniversary where tenant_id = ${tenantId} and member_id = ${member}`,
  )
  if (!found) return { birthday: null, joinedOn: null, hidden: false }
  const { month, day, joinedOn, hidden } = found
  return { birthday: month === null || day === null ? null : { month, day }, joinedOn, hidden }
}

export async function saveDates(
  tx: Tx,
  tenantId: string,
  all: ({ member: string } & AnniversaryDates)[],
): Promise<void> {
  await sql`
    insert into anniversary (tenant_id, member_id, month, day, joined_on, hidden)
    select ${tenantId}, i.* from unnest(${all.map(({ member }) => member)}::text[], ${all.map(({ birthday }) => birthday?.month ?? null)}::int[],
      ${all.map(({ birthday }) => birthday?.day ?? null)}::int[], ${all.map(({ joinedOn }) => joinedOn)}::date[], ${all.map(({ hidden }) => hidden)}::boolean[]) as i
    on conflict (tenant_id, member_id) do update set month = excluded.month, day = excluded.day, joined_on = excluded.joined_on, hidden = excluded.hidden`.execute(
    tx,
  )
}

export interface DayOf extends Omit<Anniversary, 'years'> {
  joinedOn: string | null
}

/** A kind and a member, as they stand in the list of a day. */
export interface Place {
  rank: number
  kind: Anniversary['kind']
  member: string
}

/**
 * Whose day it is: the reader first, then birthdays, in order of member. Who hides theirs is in it for themselves only.
 */
export function listDays(
  on: Queryable,
  tenantId: string,
  of: {
    policy: AnniversaryPolicy
    days: YearDay[]
    date: string
    /** Whom it is for: theirs is never hidden. Null for everybody whose own day it is. */
    reader: string | null
    after: Place | null
    limit: number
  },
): Promise<(DayOf & { rank: number })[]> {
  const { policy, days, date, reader, after, limit } = of
  const months = days.map(({ month }) => month)
  const inMonth = days.map(({ day }) => day)
  return rows(
    on,
    sql<DayOf & { rank: number }>`
      with today as (select * from unnest(${months}::int[], ${inMonth}::int[]) as t(month, day)),
      found as (
        select a.member_id as member, 'birthday' as kind, null::text as "joinedOn", a.hidden from anniversary a join today t on a.month = t.month and a.day = t.day
        where a.tenant_id = ${tenantId} and ${policy.birthdays} and a.month is not null
        union all
        select a.member_id, 'joined', to_char(a.joined_on, 'YYYY-MM-DD'), a.hidden from anniversary a
        join today t on extract(month from a.joined_on) = t.month and extract(day from a.joined_on) = t.day
        where a.tenant_id = ${tenantId} and ${policy.joiningDays} and a.joined_on is not null and extract(year from a.joined_on) < extract(year from ${date}::date)
      ), ranked as (
        select member, kind, "joinedOn", case when member = ${reader} then 0 else 1 end as rank from found
        where ${reader}::text is null or not hidden or member = ${reader}
      )
      select * from ranked where ${after ? sql`(rank, kind collate "C", member) > (${after.rank}, ${after.kind}, ${after.member})` : sql`true`}
      order by rank, kind collate "C", member limit ${limit}`,
  )
}

export async function forgetMember(tx: Tx, tenantId: string, member: string): Promise<void> {
  await sql`delete from anniversary where tenant_id = ${tenantId} and member_id = ${member}`.execute(tx)
}

export async function deleteTenantRows(tx: Tx, tenantId: string): Promise<void> {
  for (const table of ['anniversary', 'anniversary_policy'])
    await sql`delete from ${sql.table(table)} where tenant_id = ${tenantId}`.execute(tx)
}
