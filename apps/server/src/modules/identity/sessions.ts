import type * as contract from '@heyi/contract/identity'
import { limits } from '@heyi/contract/limits'
import type { Actor, MemberActor } from '../../kernel/actor.js'
import type { Clock } from '../../kernel/clock.js'
import type { Kernel, MemberRead, MemberWrite } from '../../kernel/context.js'
import type { Queryable } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import type { Changes } from '../../kernel/feeds/changes.js'
import { newId, newSecret } from '../../kernel/ids.js'
import { seenEveryMs, sessionMs } from './rules.js'
import * as sessions from './session-store.js'
import { type Call, digest, type IdentityState, type InTx, sameSecret } from './state.js'
import * as store from './store.js'

const sessionsPerPerson = 100
/** One control message goes over the bus whole. */
const endedPerMessage = 1_000

/** Who holds this token: the operator, a member who may come in, or nobody. */
export async function authenticate(state: IdentityState, token: string, address: string): Promise<Actor | null> {
  if (state.operatorDigest && sameSecret(token, state.operatorDigest)) return { kind: 'operator' }
  const { db, clock } = state.kernel
  const session = await sessions.findLiveSession(db, digest(token), clock.now())
  if (!session) return null
  const before = new Date(clock.ms() - seenEveryMs).toISOString()
  if (session.lastSeenAt < before) await sessions.touchSession(db, session.id, { now: clock.now(), before, address })
  const { id: sessionId, tenantId, memberId, personId, role, scopes } = session
  return { kind: 'member', tenantId, memberId, personId, sessionId, role, scopes }
}

export interface SessionFor {
  personId: string
  tenantId: string
  memberId: string
  device: string
  via: 'cookie' | 'token'
  keep: boolean
}

/** Begins a session; its token goes into the browser’s cookie or into the answer. The oldest of very many ends. */
export async function issueSession(kernel: Kernel, tx: InTx, call: Call, to: SessionFor): Promise<contract.SignedIn> {
  const { clock } = kernel
  const [id, token] = [newId('ses', clock.ms()), newSecret()]
  await endSessions(tx, clock, { personOldest: to.personId, keep: sessionsPerPerson - 1 })
  await sessions.insertSession(tx.db, {
    ...to,
    id,
    tokenHash: digest(token),
    address: call.origin.address,
    now: clock.now(),
    expiresAt: new Date(clock.ms() + sessionMs(to.keep)).toISOString(),
  })
  const tenant = await requireTenant(tx.db, to.tenantId)
  if (to.via === 'cookie') call.setCookie({ token, keep: to.keep })
  return { session: id, token: to.via === 'token' ? token : null, tenant, member: to.memberId }
}

export async function requireTenant(on: Queryable, tenantId: string): Promise<contract.Tenant> {
  const tenant = await store.findTenant(on, tenantId)
  if (!tenant) throw fail('not_found')
  return tenant
}

/** Ends sessions and closes their open sockets on every copy; how many there were. */
async function endSessions(
  { db, changes }: InTx,
  clock: Clock,
  which: Parameters<typeof sessions.endSessions>[1],
): Promise<number> {
  const ended = await sessions.endSessions(db, which, clock.now())
  closeSockets(changes, ended)
  return ended.length
}

function closeSockets(changes: Changes, ended: string[]): void {
  for (let from = 0; from < ended.length; from += endedPerMessage)
    changes.control({ endSessions: ended.slice(from, from + endedPerMessage) })
}

export const endMemberSessions = (tx: InTx, clock: Clock, tenantId: string, memberId: string): Promise<number> =>
  endSessions(tx, clock, { member: memberId, tenant: tenantId })

export const endTenantSessions = (tx: InTx, clock: Clock, tenantId: string): Promise<number> =>
  endSessions(tx, clock, { tenant: tenantId })

/** @param except a session that goes on */
export const endPersonSessions = (tx: InTx, clock: Clock, personId: string, except?: string): Promise<number> =>
  endSessions(tx, clock, { person: personId, except: except ?? null })

export async function signOut(ctx: MemberWrite): Promise<Record<string, never>> {
  await endSessions(ctx, ctx.clock, { session: ctx.actor.sessionId, person: ctx.actor.personId })
  ctx.setCookie(null)
  return {}
}

export async function listDevices(ctx: MemberRead): Promise<{ items: contract.DeviceEntry[] }> {
  const { personId, sessionId } = ctx.actor
  return { items: await sessions.listDevices(ctx.db, personId, sessionId, ctx.clock.now(), sessionsPerPerson) }
}

export async function revokeDevice(ctx: MemberWrite, { session }: { session: string }): Promise<Record<string, never>> {
  const ended = await endSessions(ctx, ctx.clock, { session, person: ctx.actor.personId })
  if (ended === 0) throw fail('not_found')
  return {}
}

export const getMe = (ctx: MemberRead): Promise<contract.Me> => describe(ctx.db, ctx.actor)

export async function switchTenant(ctx: MemberWrite, { tenant }: { tenant: string }): Promise<contract.Me> {
  const { personId, sessionId } = ctx.actor
  const there = (await store.listMemberships(ctx.db, personId)).find((m) => m.tenantId === tenant)
  if (there?.state !== 'active') throw fail('not_found')
  if (there.tenantState !== 'active') throw fail('tenant_suspended')
  const moved = await sessions.moveSession(ctx.db, sessionId, { ...there, now: ctx.clock.now() })
  if (!moved) throw fail('unauthenticated')
  ctx.changes.control({ switchSessions: [sessionId] })
  return describe(ctx.db, { ...ctx.actor, tenantId: tenant, memberId: there.memberId })
}

async function describe(on: Queryable, actor: MemberActor): Promise<contract.Me> {
  const [tenant, member, memberships] = [
    await requireTenant(on, actor.tenantId),
    await store.findMember(on, actor.tenantId, actor.memberId),
    await store.listMemberships(on, actor.personId),
  ]
  if (!member) throw fail('not_found')
  const open = memberships.filter((m) => m.state === 'active' && m.tenantState === 'active').slice(0, limits.pageSize)
  const tenants = open.map((m) => ({ tenant: m.tenantId, name: m.tenantName, member: m.memberId }))
  return { person: actor.personId, session: actor.sessionId, tenant, member: member.id, role: member.role, tenants }
}
