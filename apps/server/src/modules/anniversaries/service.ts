import type * as ops from '@heyi/contract/anniversaries'
import type { Anniversary, AnniversaryDates, AnniversaryPolicy } from '@heyi/contract/anniversaries'
import type { z } from 'zod'
import type { Kernel, MemberRead, MemberWrite } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import { addJob } from '../../kernel/jobs.js'
import type { DirectoryDoor } from '../directory/index.js'
import type { IdentityDoor } from '../identity/index.js'
import type { NotificationsDoor } from '../notifications/index.js'
import { daysKeptOn, tells, todayIn, yearsSince } from './rules.js'
import * as store from './store.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

export interface Doors {
  identity: IdentityDoor
  directory: DirectoryDoor
  notifications: NotificationsDoor
}

export const getPolicy = (ctx: MemberRead): Promise<AnniversaryPolicy> => store.findPolicy(ctx.db, ctx.actor.tenantId)

export async function setPolicy(
  ctx: MemberWrite,
  { identity }: Doors,
  policy: AnniversaryPolicy,
): Promise<AnniversaryPolicy> {
  await identity.requireRole(ctx, 'admin')
  await store.savePolicy(ctx.db, ctx.actor.tenantId, policy)
  await identity.auditLog(ctx, 'anniversaries.policySet', null, policy)
  return policy
}

export async function getDates(
  ctx: MemberRead,
  { identity, directory }: Doors,
  { member }: Input<typeof ops.getAnniversaryDates>,
): Promise<AnniversaryDates> {
  const { tenantId, memberId } = ctx.actor
  await directory.requireColleagues(ctx.db, tenantId, [member])
  if (member !== memberId) await identity.requireRole(ctx, 'admin')
  return store.findDates(ctx.db, tenantId, member)
}

export async function setDates(
  ctx: MemberWrite,
  { identity, directory }: Doors,
  { member, birthday, joinedOn }: Input<typeof ops.setAnniversaryDates>,
): Promise<AnniversaryDates> {
  const { tenantId, memberId } = ctx.actor
  await directory.requireColleagues(ctx.db, tenantId, [member])
  if (member !== memberId || joinedOn !== undefined) {
    await identity.requireRole(ctx, 'admin')
    if (member !== memberId) await identity.requireManaged(ctx, member)
  }
  // One after the other, so that two changes of one person keep both.
  await identity.lockTenant(ctx.db, tenantId)
  const before = await store.findDates(ctx.db, tenantId, member)
  const dates = {
    ...before,
    birthday: birthday === undefined ? before.birthday : birthday,
    joinedOn: joinedOn === undefined ? before.joinedOn : joinedOn,
  }
  await store.saveDates(ctx.db, tenantId, [{ member, ...dates }])
  if (member !== memberId || joinedOn !== undefined)
    await identity.auditLog(ctx, 'anniversaries.datesSet', member, {
      fields: [birthday !== undefined && 'birthday', joinedOn !== undefined && 'joinedOn'].filter(Boolean),
    })
  return dates
}

export async function setHidden(
  ctx: MemberWrite,
  { identity }: Doors,
  { hidden }: Input<typeof ops.hideAnniversaries>,
): Promise<AnniversaryDates> {
  const { tenantId, memberId } = ctx.actor
  await identity.lockTenant(ctx.db, tenantId)
  const dates = { ...(await store.findDates(ctx.db, tenantId, memberId)), hidden }
  await store.saveDates(ctx.db, tenantId, [{ member: memberId, ...dates }])
  return dates
}

export async function listToday(
  ctx: MemberRead,
  { identity }: Doors,
  { cursor, limit }: Input<typeof ops.listAnniversaries>,
): Promise<{ items: Anniversary[]; next: string | null }> {
  const { tenantId, memberId } = ctx.actor
  const { timeZone } = await identity.getTenant(ctx.db, tenantId)
  const { date, isTold } = todayIn(timeZone, ctx.clock.ms())
  const policy = await store.findPolicy(ctx.db, tenantId)
  if (!isTold || !tells(policy)) return { items: [], next: null }
  const found = await store.listDays(ctx.db, tenantId, {
    policy,
    days: daysKeptOn(date),
    date,
    reader: memberId,
    after: readCursor(cursor),
    limit: limit + 1,
  })
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const here = new Set(await activeOf(ctx.db, identity, tenantId, page))
  return {
    items: page.filter(({ member }) => here.has(member)).map((one) => toAnniversary(one, date)),
    next: found.length > limit && last ? `${last.rank} ${last.kind} ${last.member}` : null,
  }
}

const activeOf = (on: MemberRead['db'], identity: IdentityDoor, tenantId: string, days: store.DayOf[]) =>
  identity.listActive(on, tenantId, { among: days.map(({ member }) => member), roles: null, joinedBy: null })

const toAnniversary = ({ member, kind, joinedOn }: store.DayOf, date: string): Anniversary => ({
  member,
  kind,
  years: joinedOn === null ? null : yearsSince(joinedOn, date),
})

function readCursor(cursor: string | null): store.Place | null {
  if (cursor === null) return null
  const [rank, kind, member] = cursor.split(' ')
  if (!/^[01]$/.test(rank ?? '') || (kind !== 'birthday' && kind !== 'joined') || !member)
    throw fail('invalid_input', { path: 'cursor', reason: '' })
  return { rank: Number(rank), kind, member }
}

const lookJob = 'anniversaries.look'
const greetJob = 'anniversaries.greet'
/** People who are greeted in one transaction. */
const atOnce = 100

interface Greet {
  tenantId: string
  date: string
  after: store.Place | null
}

/**
 * Greets everybody whose day it is, once a day of their company, from nine in the morning there on. The day is claimed
 * with the job that greets, and each bite with the next: whatever crashes in between, nobody is greeted twice.
 */
export function greetDaily(kernel: Kernel, doors: Doors): void {
  // Time zones lie whole quarters of an hour apart.
  kernel.jobs.schedule({ kind: lookJob, cron: '*/15 * * * *' }, async ({ tx }) => {
    for (const tenantId of await store.telling(tx)) await look(kernel, doors, tx, tenantId)
  })
  kernel.jobs.handle(greetJob, ({ tx, data }) => greet(kernel, doors, tx, data as Greet))
}

async function look(kernel: Kernel, { identity }: Doors, tx: Tx, tenantId: string): Promise<void> {
  if (!(await identity.tenantIsOpen(tx, tenantId))) return
  const { timeZone } = await identity.getTenant(tx, tenantId)
  const { date, isTold } = todayIn(timeZone, kernel.clock.ms())
  if (!isTold || !(await store.claimDay(tx, tenantId, date))) return
  await addJob(tx, kernel.clock, { kind: greetJob, data: { tenantId, date, after: null } satisfies Greet })
}

async function greet(kernel: Kernel, { identity, notifications }: Doors, tx: Tx, data: Greet): Promise<void> {
  const { tenantId, date, after } = data
  const policy = await store.findPolicy(tx, tenantId)
  const days = daysKeptOn(date)
  const found = await store.listDays(tx, tenantId, {
    policy,
    days,
    date,
    reader: null,
    after,
    limit: atOnce,
  })
  const here = new Set(
    await identity.listActive(tx, tenantId, { among: found.map(({ member }) => member), roles: null, joinedBy: null }),
  )
  const greeted = found.filter(({ member }) => here.has(member)).map((one) => toAnniversary(one, date))
  await notifications.greet(tx, { tenantId, date, greeted })
  const last = found.at(-1)
  if (found.length < atOnce || !last) return
  const next: Greet = { tenantId, date, after: { rank: last.rank, kind: last.kind, member: last.member } }
  await addJob(tx, kernel.clock, { kind: greetJob, data: next })
}
