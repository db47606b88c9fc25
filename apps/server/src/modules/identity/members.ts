import type { Role } from '@heyi/contract/identity'
import type { MemberActor } from '../../kernel/actor.js'
import type { Clock } from '../../kernel/clock.js'
import type { Queryable, Tx } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'
import { foldLogin, type Login, type LoginKind, mayManage } from './rules.js'
import { endMemberSessions } from './sessions.js'
import type { IdentityState, InTx } from './state.js'
import * as store from './store.js'

/** Somebody who is, or was, in the tenant. @throws AppError `not_found` for others and for who was removed */
export async function requireMember(on: Queryable, tenantId: string, memberId: string): Promise<store.MemberRecord> {
  const member = await store.findMember(on, tenantId, memberId)
  if (!member || member.state === 'removed') throw fail('not_found')
  return member
}

/**
 * The caller as they are now: the role of an open socket may be older than the last demotion.
 * @throws AppError `not_allowed` below that role
 */
export async function requireRole(
  ctx: { db: Queryable; actor: MemberActor },
  role: 'admin' | 'owner',
): Promise<store.MemberRecord> {
  const me = await store.findMember(ctx.db, ctx.actor.tenantId, ctx.actor.memberId)
  if (me?.state !== 'active') throw fail('unauthenticated')
  if (me.role !== 'owner' && me.role !== role) throw fail('not_allowed')
  return me
}

/**
 * Somebody whom the caller may manage.
 * @throws AppError `not_allowed` for who is no admin, or an admin about an owner; `not_found`
 */
export async function requireManaged(
  ctx: { db: Queryable; actor: MemberActor },
  memberId: string,
): Promise<store.MemberRecord> {
  const me = await requireRole(ctx, 'admin')
  const member = await requireMember(ctx.db, ctx.actor.tenantId, memberId)
  if (!mayManage(me.role, member.role)) throw fail('not_allowed')
  return member
}

export interface NewPerson {
  /** As typed; folded here. */
  account?: string | undefined
  phone?: string | undefined
  email?: string | undefined
  passwordHash?: string | undefined
}

/** What somebody signs in with, folded; each kind at most once. */
export function loginsOf(person: Pick<NewPerson, LoginKind>): Login[] {
  const kinds = ['account', 'phone', 'email'] as const
  return kinds.flatMap((kind) => {
    const typed = person[kind]
    return typed === undefined ? [] : [{ kind, value: foldLogin(typed).value }]
  })
}

/** Makes people with what they sign in with. @throws AppError `login_taken` if one of that is somebody’s */
export async function createPersons(db: Tx, clock: Clock, persons: NewPerson[]): Promise<string[]> {
  const made = persons.map((person) => ({ id: newId('per', clock.ms()), person }))
  await store.insertPersons(
    db,
    made.map(({ id, person }) => ({ id, passwordHash: person.passwordHash ?? null })),
    clock.now(),
  )
  const logins = made.flatMap(({ id, person }) => loginsOf(person).map((login) => ({ ...login, personId: id })))
  const taken = await store.insertLogins(db, logins)
  if (taken !== undefined) throw fail('login_taken', { login: taken })
  return made.map(({ id }) => id)
}

/** Replaces what somebody signs in with, of one kind; null takes it away. @throws AppError `login_taken` */
export async function setLogin(db: Tx, personId: string, kind: LoginKind, typed: string | null): Promise<void> {
  await store.deleteLogin(db, personId, kind)
  if (typed === null) return
  const taken = await store.insertLogins(db, [{ value: foldLogin(typed).value, kind, personId }])
  if (taken !== undefined) throw fail('login_taken', { login: taken })
}

export interface NewMembership {
  personId: string
  name: string
  role: Role
  state: 'invited' | 'active'
}

/** Takes people into a tenant, each with a feed. @throws AppError `already_member` */
export async function createMembers(
  { db, changes }: InTx,
  clock: Clock,
  tenantId: string,
  members: NewMembership[],
): Promise<string[]> {
  const made = members.map((member) => ({ ...member, id: newId('mem', clock.ms()) }))
  if (!(await store.insertMembers(db, tenantId, made, clock.now()))) throw fail('already_member')
  for (const { id } of made) await changes.create(tenantId, id)
  return made.map(({ id }) => id)
}

/** One member made by this module itself; directory hears of it and makes the profile. */
export async function createOwner(
  state: IdentityState,
  ctx: InTx,
  tenantId: string,
  owner: NewMembership & { account: string | null },
): Promise<string> {
  const [memberId] = await createMembers(ctx, state.kernel.clock, tenantId, [owner])
  if (memberId === undefined) throw new Error('No member was made.')
  for (const tell of state.memberCreated)
    await tell(ctx, { tenantId, memberId, name: owner.name, account: owner.account })
  return memberId
}

/**
 * Changes whether somebody may come in; whoever may not is signed out within a second.
 *
 * @throws AppError `not_found`, `last_owner`
 */
export async function setMemberState(
  ctx: InTx,
  clock: Clock,
  tenantId: string,
  memberId: string,
  next: 'active' | 'disabled' | 'removed',
): Promise<store.MemberRecord> {
  const member = await lockMember(ctx.db, tenantId, memberId)
  const state = next === 'active' && !(await hasPassword(ctx.db, member.personId)) ? 'invited' : next
  if (next !== 'active') await keepAnOwner(ctx.db, member)
  await store.updateMember(ctx.db, tenantId, memberId, { state })
  if (next !== 'active') await endMemberSessions(ctx, clock, tenantId, memberId)
  return { ...member, state }
}

/** @throws AppError `not_found`, `last_owner` */
export async function setMemberRole(
  ctx: InTx,
  tenantId: string,
  memberId: string,
  role: Role,
): Promise<store.MemberRecord> {
  const member = await lockMember(ctx.db, tenantId, memberId)
  if (role !== 'owner') await keepAnOwner(ctx.db, member)
  await store.updateMember(ctx.db, tenantId, memberId, { role })
  return { ...member, role }
}

export async function hasPassword(on: Queryable, personId: string): Promise<boolean> {
  return (await store.personsWithPassword(on, [personId])).has(personId)
}

/** Under the tenant’s lock, so that two owners cannot leave at the same moment. */
async function lockMember(db: Tx, tenantId: string, memberId: string): Promise<store.MemberRecord> {
  await store.lockTenant(db, tenantId)
  return requireMember(db, tenantId, memberId)
}

async function keepAnOwner(db: Tx, member: store.MemberRecord): Promise<void> {
  if (member.role !== 'owner' || member.state !== 'active') return
  if ((await store.countOwners(db, member.tenantId)) <= 1) throw fail('last_owner')
}
