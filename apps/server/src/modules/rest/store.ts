import type { Duty, Holiday, RestChoices, RestPolicy } from '@heyi/contract/rest'
import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

const choiceColumns = sql`
  member_id as member, until_at as until, awake_until as "awakeUntil", note, pass_urgent as "passUrgent", pass_chosen as "passChosen",
  chosen, suggest_later as "suggestLater", follow_schedule as "followSchedule", week`

/** What members have chosen; those who never chose anything are left out. */
export async function choicesOf(on: Queryable, tenantId: string, members: string[]): Promise<Map<string, RestChoices>> {
  const found = await rows(
    on,
    sql<RestChoices & { member: string }>`
      select ${choiceColumns} from rest_member where tenant_id = ${tenantId} and member_id = any(${members})`,
  )
  return new Map(found.map(({ member, ...choices }) => [member, choices]))
}

export async function saveChoices(tx: Tx, tenantId: string, member: string, c: RestChoices): Promise<void> {
  const week = c.week === null ? null : JSON.stringify(c.week)
  await sql`
    insert into rest_member (tenant_id, member_id, until_at, awake_until, note, pass_urgent, pass_chosen, chosen, suggest_later, follow_schedule, week)
    values (${tenantId}, ${member}, ${c.until}, ${c.awakeUntil}, ${c.note}, ${c.passUrgent}, ${c.passChosen}, ${c.chosen}, ${c.suggestLater},
      ${c.followSchedule}, ${week}::jsonb)
    on conflict (tenant_id, member_id) do update set until_at = excluded.until_at, awake_until = excluded.awake_until, note = excluded.note,
      pass_urgent = excluded.pass_urgent, pass_chosen = excluded.pass_chosen, chosen = excluded.chosen, suggest_later = excluded.suggest_later,
      follow_schedule = excluded.follow_schedule, week = excluded.week`.execute(tx)
}

export async function findPolicy(on: Queryable, tenantId: string): Promise<RestPolicy> {
  const found = await row(on, sql<RestPolicy>`select week, urgent from rest_policy where tenant_id = ${tenantId}`)
  return found ?? { week: null, urgent: 'duty' }
}

export async function savePolicy(tx: Tx, tenantId: string, policy: RestPolicy): Promise<void> {
  const week = policy.week === null ? null : JSON.stringify(policy.week)
  await sql`
    insert into rest_policy (tenant_id, week, urgent) values (${tenantId}, ${week}::jsonb, ${policy.urgent})
    on conflict (tenant_id) do update set week = excluded.week, urgent = excluded.urgent`.execute(tx)
}

export function listHolidays(on: Queryable, tenantId: string, from: string, to: string): Promise<Holiday[]> {
  return rows(
    on,
    sql<Holiday>`
      select to_char(on_date, 'YYYY-MM-DD') as "on", kind, name from rest_holiday
      where tenant_id = ${tenantId} and on_date between ${from}::date and ${to}::date order by on_date`,
  )
}

export async function saveHolidays(tx: Tx, tenantId: string, items: Holiday[]): Promise<void> {
  await sql`
    insert into rest_holiday (tenant_id, on_date, kind, name)
    select ${tenantId}, i.on_date::date, i.kind, i.name
    from unnest(${items.map((i) => i.on)}::text[], ${items.map((i) => i.kind)}::text[], ${items.map((i) => i.name)}::text[]) as i(on_date, kind, name)
    on conflict (tenant_id, on_date) do update set kind = excluded.kind, name = excluded.name`.execute(tx)
}

export function deleteHolidays(tx: Tx, tenantId: string, from: string, to: string): Promise<number> {
  return changed(
    tx,
    sql`delete from rest_holiday where tenant_id = ${tenantId} and on_date between ${from}::date and ${to}::date`,
  )
}

/** Who is on duty now or later. */
export function listDuty(on: Queryable, tenantId: string, now: string): Promise<Duty[]> {
  return rows(
    on,
    sql<Duty>`
      select member_id as member, from_at as "from", until_at as until from rest_duty
      where tenant_id = ${tenantId} and until_at > ${now} order by from_at, member_id`,
  )
}

export async function replaceDuty(tx: Tx, tenantId: string, items: Duty[]): Promise<void> {
  await sql`delete from rest_duty where tenant_id = ${tenantId}`.execute(tx)
  await sql`
    insert into rest_duty (tenant_id, member_id, from_at, until_at)
    select ${tenantId}, i.member, i.from_at, i.until_at
    from unnest(${items.map((i) => i.member)}::text[], ${items.map((i) => i.from)}::timestamptz[], ${items.map((i) => i.until)}::timestamptz[])
      as i(member, from_at, until_at) on conflict do nothing`.execute(tx)
}

/** Of these members, those who are on duty at this moment. */
export async function onDutyAt(on: Queryable, tenantId: string, members: string[], now: string): Promise<Set<string>> {
  const found = await rows(
    on,
    sql<{ member: string }>`
      select member_id as member from rest_duty
      where tenant_id = ${tenantId} and member_id = any(${members}) and from_at <= ${now} and until_at > ${now}`,
  )
  return new Set(found.map((one) => one.member))
}

/** Everything this module keeps of a tenant that is being deleted. */
export async function deleteTenantRows(tx: Tx, tenantId: string): Promise<void> {
  for (const table of ['rest_duty', 'rest_holiday', 'rest_policy', 'rest_member'])
    await sql`delete from ${sql.table(table)} where tenant_id = ${tenantId}`.execute(tx)
}
