import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/rest'
import type { Duty, Holiday, MyRest, RestChoices, RestingMember, RestPolicy, RestState } from '@heyi/contract/rest'
import type { z } from 'zod'
import type { AnyCtx, MemberRead, MemberWrite } from '../../kernel/context.js'
import type { Queryable, Tx } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import type { DirectoryDoor } from '../directory/index.js'
import type { IdentityDoor } from '../identity/index.js'
import { parseHolidays } from './rules/holidays.js'
import { mayPass, presets, type RestFacts, restAt } from './rules.js'
import * as store from './store.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>
const dayMs = 86_400_000
/** Days off that can matter to a rest of today: a little behind, and as far ahead as the rules look. */
const daysAround = { behind: 3, ahead: 65 }

export interface Deps {
  identity: IdentityDoor
  directory: DirectoryDoor
  /** Told in the transaction in which somebody’s rest may have ended or begun. */
  changed: ((tx: Tx, tenantId: string, memberId: string) => Promise<void>)[]
  /** Told in the transaction in which the company’s hours or days off changed. */
  changedForAll: ((tx: Tx, tenantId: string) => Promise<void>)[]
}

export const standardChoices: RestChoices = {
  until: null,
  awakeUntil: null,
  note: '',
  passUrgent: true,
  passChosen: false,
  chosen: [],
  suggestLater: true,
  followSchedule: true,
  week: null,
}

/** What is known of some members’ rest at one moment. */
interface Rests {
  policy: RestPolicy
  of(member: string): { choices: RestChoices; timeZone: string; state: RestState }
}

/**
 * The rest of these members at one moment. Whoever never chose anything shares one answer with all others like them, so
 * that a large company costs as many decisions as it has time zones.
 */
async function loadRests(
  deps: Deps,
  on: Queryable,
  tenantId: string,
  members: string[],
  nowMs: number,
): Promise<Rests> {
  const policy = await store.findPolicy(on, tenantId)
  const chosen = await store.choicesOf(on, tenantId, members)
  const zones = await deps.directory.timeZonesOf(on, tenantId, members)
  const bySchedule = policy.week !== null || [...chosen.values()].some(({ week }) => week !== null)
  const days = bySchedule ? await daysAt(on, tenantId, nowMs) : new Map<string, Holiday['kind']>()
  const known = new Map<string, RestState>()
  return {
    policy,
    of(member) {
      const choices = chosen.get(member) ?? standardChoices
      const facts: RestFacts = { ...factsOf(choices, policy), timeZone: zones.of(member), days }
      const key = JSON.stringify([facts.timeZone, facts.untilMs, facts.awakeUntilMs, facts.week])
      const state = known.get(key) ?? restAt(nowMs, facts)
      known.set(key, state)
      return { choices, timeZone: facts.timeZone, state }
    },
  }
}

const factsOf = (choices: RestChoices, policy: RestPolicy) => ({
  untilMs: choices.until === null ? null : Date.parse(choices.until),
  awakeUntilMs: choices.awakeUntil === null ? null : Date.parse(choices.awakeUntil),
  week: choices.followSchedule ? (choices.week ?? policy.week) : null,
})

async function daysAt(on: Queryable, tenantId: string, nowMs: number): Promise<Map<string, Holiday['kind']>> {
  const date = (ms: number) => new Date(ms).toISOString().slice(0, 10)
  const { behind, ahead } = daysAround
  const found = await store.listHolidays(on, tenantId, date(nowMs - behind * dayMs), date(nowMs + ahead * dayMs))
  return new Map(found.map(({ on, kind }) => [on, kind]))
}

/** Of these members, those at rest whom a message of this sender may not reach now, with when their rest ends. */
export async function restingFrom(
  deps: Deps,
  on: Queryable,
  tenantId: string,
  members: string[],
  message: { sender: string; urgent: boolean; nowMs: number },
): Promise<Map<string, string | null>> {
  const rests = await loadRests(deps, on, tenantId, members, message.nowMs)
  const resting = members.filter((member) => rests.of(member).state.resting)
  const duty = message.urgent
    ? await store.onDutyAt(on, tenantId, resting, new Date(message.nowMs).toISOString())
    : new Set<string>()
  const held = resting.filter((member) => {
    const { choices } = rests.of(member)
    return !mayPass({ ...message, onDuty: duty.has(member), choices, policy: rests.policy })
  })
  return new Map(held.map((member) => [member, rests.of(member).state.until]))
}

async function mine(deps: Deps, ctx: MemberRead | MemberWrite): Promise<MyRest> {
  const { tenantId, memberId } = ctx.actor
  const rests = await loadRests(deps, ctx.db, tenantId, [memberId], ctx.clock.ms())
  const { choices, timeZone, state } = rests.of(memberId)
  const duty = await store.onDutyAt(ctx.db, tenantId, [memberId], ctx.clock.now())
  return {
    state,
    choices,
    policy: rests.policy,
    onDuty: duty.has(memberId),
    timeZone,
    presets: presets(ctx.clock.ms(), timeZone),
  }
}

export const getRest = (deps: Deps, ctx: MemberRead): Promise<MyRest> => mine(deps, ctx)

export async function setRest(deps: Deps, ctx: MemberWrite, input: Input<typeof ops.setRest>): Promise<MyRest> {
  const { tenantId, memberId } = ctx.actor
  const nowMs = ctx.clock.ms()
  const untilMs = input.until === null ? null : Date.parse(input.until)
  if (untilMs !== null && (untilMs <= nowMs || untilMs > nowMs + limits.restDays * dayMs))
    throw fail('invalid_input', { path: 'until', reason: `1 - ${limits.restDays} d` })
  await ctx.changes.lock(tenantId, [memberId])
  const { choices } = (await loadRests(deps, ctx.db, tenantId, [memberId], nowMs)).of(memberId)
  const until = untilMs === null ? null : new Date(untilMs).toISOString()
  await save(deps, ctx, { ...choices, until })
  if (until !== null) return mine(deps, ctx)
  // What would go on by the schedule ends too, until work begins.
  const after = await mine(deps, ctx)
  if (!after.state.resting) return after
  const awakeUntil = after.state.until ?? new Date(nowMs + limits.restDays * dayMs).toISOString()
  await save(deps, ctx, { ...choices, until, awakeUntil })
  return mine(deps, ctx)
}

export async function updateRest(deps: Deps, ctx: MemberWrite, input: Input<typeof ops.updateRest>): Promise<MyRest> {
  const { tenantId, memberId } = ctx.actor
  if (input.chosen) await deps.directory.requireColleagues(ctx.db, tenantId, input.chosen)
  await ctx.changes.lock(tenantId, [memberId])
  const { choices } = (await loadRests(deps, ctx.db, tenantId, [memberId], ctx.clock.ms())).of(memberId)
  await save(deps, ctx, { ...choices, ...defined(input) })
  return mine(deps, ctx)
}

const defined = (patch: Input<typeof ops.updateRest>): Partial<RestChoices> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))

async function save(deps: Deps, ctx: MemberWrite, choices: RestChoices): Promise<void> {
  const { tenantId, memberId } = ctx.actor
  await store.saveChoices(ctx.db, tenantId, memberId, choices)
  ctx.changes.put(memberId, 'rest', memberId)
  for (const tell of deps.changed) await tell(ctx.db, tenantId, memberId)
}

async function tellAll(deps: Deps, ctx: MemberWrite): Promise<void> {
  for (const tell of deps.changedForAll) await tell(ctx.db, ctx.actor.tenantId)
}

export async function listResting(
  deps: Deps,
  ctx: MemberRead,
  { members }: Input<typeof ops.listResting>,
): Promise<{ items: RestingMember[]; changesAt: string | null }> {
  const { tenantId } = ctx.actor
  const known = (await deps.identity.listMembersByIds(ctx.db, tenantId, members)).map(({ id }) => id)
  const rests = await loadRests(deps, ctx.db, tenantId, known, ctx.clock.ms())
  const changes = known.flatMap((member) => rests.of(member).state.changesAt ?? [])
  const items = known.flatMap((member) => {
    const { choices, state } = rests.of(member)
    if (!state.resting) return []
    return [{ member, until: state.until, note: choices.note, suggestLater: choices.suggestLater }]
  })
  return { items, changesAt: changes.sort()[0] ?? null }
}

export const getPolicy = (ctx: AnyCtx<MemberRead['actor']>): Promise<RestPolicy> =>
  store.findPolicy(ctx.db, ctx.actor.tenantId)

export async function setPolicy(deps: Deps, ctx: MemberWrite, policy: RestPolicy): Promise<RestPolicy> {
  await store.savePolicy(ctx.db, ctx.actor.tenantId, policy)
  await tellAll(deps, ctx)
  await deps.identity.auditLog(ctx, 'rest.policySet', null, { urgent: policy.urgent })
  return policy
}

export async function listHolidays(
  ctx: MemberRead,
  { year }: Input<typeof ops.listHolidays>,
): Promise<{ items: Holiday[] }> {
  return { items: await store.listHolidays(ctx.db, ctx.actor.tenantId, `${year}-01-01`, `${year}-12-31`) }
}

export async function importHolidays(
  deps: Deps,
  ctx: MemberWrite,
  { text, dryRun }: Input<typeof ops.importHolidays>,
): Promise<{ items: Holiday[] }> {
  const items = parseHolidays(text, limits.holidaysPerImport)
  if (dryRun) return { items }
  await store.saveHolidays(ctx.db, ctx.actor.tenantId, items)
  await tellAll(deps, ctx)
  await deps.identity.auditLog(ctx, 'rest.holidaysImported', null, { count: items.length })
  return { items }
}

export async function deleteHolidays(
  deps: Deps,
  ctx: MemberWrite,
  { from, to }: Input<typeof ops.deleteHolidays>,
): Promise<{ deleted: number }> {
  const deleted = await store.deleteHolidays(ctx.db, ctx.actor.tenantId, from, to)
  if (deleted > 0) await tellAll(deps, ctx)
  if (deleted > 0) await deps.identity.auditLog(ctx, 'rest.holidaysDeleted', null, { from, to, count: deleted })
  return { deleted }
}

export async function listDuty(ctx: MemberRead): Promise<{ items: Duty[] }> {
  return { items: await store.listDuty(ctx.db, ctx.actor.tenantId, ctx.clock.now()) }
}

export async function setDuty(
  deps: Deps,
  ctx: MemberWrite,
  { items }: Input<typeof ops.setDuty>,
): Promise<{ items: Duty[] }> {
  const { tenantId } = ctx.actor
  const wanted = items
    .map((one) => ({ ...one, from: new Date(one.from).toISOString(), until: new Date(one.until).toISOString() }))
    .filter(({ until }) => until > ctx.clock.now())
  if (wanted.some(({ from, until }) => until <= from)) throw fail('invalid_input', { path: 'items', reason: 'until' })
  await deps.directory.requireColleagues(
    ctx.db,
    tenantId,
    wanted.map(({ member }) => member),
  )
  await deps.identity.lockTenant(ctx.db, tenantId)
  await store.replaceDuty(ctx.db, tenantId, wanted)
  await deps.identity.auditLog(ctx, 'rest.dutySet', null, { count: wanted.length })
  return { items: await store.listDuty(ctx.db, tenantId, ctx.clock.now()) }
}
