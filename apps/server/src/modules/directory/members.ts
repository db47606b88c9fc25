import type * as contract from '@heyi/contract/directory'
import type { z } from 'zod'
import type { MemberWrite } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { StaleDecision } from '../../kernel/feeds/changes.js'
import { loginsOf, type MemberRecord, requireTimeZone } from '../identity/index.js'
import type { LockedDepartment } from './department-store.js'
import { ledBy, lockDepartments } from './department-store.js'
import { type Deps, memberRemoved } from './deps.js'
import { createEntries, forgetEntry, refreshEntry } from './entries.js'
import { meObjects, requireMember } from './profiles.js'
import { type Owner, ownerOf } from './rules.js'
import { stamp, stampMembers } from './stamps.js'
import * as store from './store.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

export async function addMember(
  deps: Deps,
  ctx: MemberWrite,
  input: contract.MemberInput,
): Promise<{ member: contract.Member; link: string | null }> {
  const { identity, kernel } = deps
  const { tenantId } = ctx.actor
  await identity.requireRole(ctx, 'admin')
  const departments = await requireDepartments(ctx, input.departments ?? [])
  const person = await resolvePerson(deps, ctx, input)
  const ready = await identity.hasPassword(ctx.db, person.id)
  const entry = {
    ...input,
    personId: person.id,
    role: 'member' as const,
    state: ready ? ('active' as const) : ('invited' as const),
    account: person.account,
  }
  const [memberId = ''] = await createEntries(deps, ctx, tenantId, [entry])
  await stamp(ctx, kernel, tenantId, {
    departments,
    members: [{ memberId, departments: [...new Set(input.departments)] }],
  })
  await identity.auditLog(ctx, 'directory.memberAdded', memberId, { name: input.name })
  const link = ready ? null : (await identity.createPasswordLink(ctx.db, person.id, tenantId)).url
  return { member: await requireMember(deps, ctx.db, tenantId, memberId), link }
}

/** Departments of this tenant, held. @throws AppError `not_found` unless all are */
async function requireDepartments(ctx: MemberWrite, ids: string[]): Promise<LockedDepartment[]> {
  const wanted = new Set(ids)
  const found = wanted.size > 0 ? await lockDepartments(ctx.db, ctx.actor.tenantId, [...wanted]) : []
  if (found.length < wanted.size) throw fail('not_found')
  return found
}

/** Whoever signs in with this already, else somebody new. */
async function resolvePerson(
  deps: Deps,
  ctx: MemberWrite,
  input: contract.MemberInput,
): Promise<{ id: string; account: string | null }> {
  const { identity } = deps
  const logins = loginsOf(input)
  if (logins.length === 0) throw needsLogin()
  const owners = await identity.findLogins(
    ctx.db,
    logins.map(({ value }) => value),
  )
  const owner = ownerOf(logins, owners)
  if ('taken' in owner) throw fail('login_taken', { login: owner.taken })
  if ('new' in owner) {
    const [id = ''] = await identity.createPersons(ctx.db, [input])
    return { id, account: input.account ?? null }
  }
  if (await isHalfMade(deps, ctx, owner)) throw fail('login_taken', { login: logins[0]?.value ?? '' })
  const own = await identity.listLogins(ctx.db, owner.person)
  return { id: owner.person, account: own.find(({ kind }) => kind === 'account')?.value ?? null }
}

const needsLogin = () =>
  fail('invalid_input', { path: 'account', reason: 'an account, a phone or a mail address is needed' })

/** Invited elsewhere and without a password yet: a link from here would open the other company, too. */
async function isHalfMade({ identity }: Deps, ctx: MemberWrite, owner: Owner & { person: string }): Promise<boolean> {
  if (await identity.hasPassword(ctx.db, owner.person)) return false
  return (await identity.personsElsewhere(ctx.db, ctx.actor.tenantId, [owner.person])).size > 0
}

export async function updateMember(
  deps: Deps,
  ctx: MemberWrite,
  input: Input<typeof contract.updateMember>,
): Promise<contract.Member> {
  const { identity, kernel } = deps
  const { tenantId } = ctx.actor
  const { member: memberId, version, name, departments: _, ...says } = input
  const who = await identity.requireManaged(ctx, memberId)
  const departments = input.departments && [...new Set(input.departments)]
  const { before, locked, changed } = await lockEntry(ctx, memberId, departments)
  if (before.version !== version) throw fail('version_conflict', { version: before.version })
  if (name !== undefined) await identity.renameMember(ctx.db, tenantId, memberId, name)
  const shown = { phone: says.phone === null ? '' : says.phone, email: says.email === null ? '' : says.email }
  await store.updateProfile(ctx.db, tenantId, memberId, { ...says, ...shown, departments })
  await followLogins(deps, ctx, who, says)
  await refreshEntry(deps, ctx.db, tenantId, memberId)
  await stamp(ctx, kernel, tenantId, {
    departments: locked.filter(({ id }) => changed.has(id)),
    members: [{ memberId, departments: departments ?? before.departments }],
  })
  const fields = Object.keys(input).filter((key) => key !== 'member' && key !== 'version')
  await identity.auditLog(ctx, 'directory.memberUpdated', memberId, { fields })
  return requireMember(deps, ctx.db, tenantId, memberId)
}

/**
 * Holds an entry and every department it leaves or enters, departments first: the order of ids.
 * @throws AppError `not_found` if one of the new departments is none
 */
async function lockEntry(ctx: MemberWrite, memberId: string, next: string[] | undefined) {
  const { tenantId } = ctx.actor
  const before = await store.findProfile(ctx.db, tenantId, memberId)
  if (!before) throw fail('not_found')
  const after = next ?? before.departments
  const changed = new Set([
    ...before.departments.filter((id) => !after.includes(id)),
    ...after.filter((id) => !before.departments.includes(id)),
  ])
  const locked = await requireDepartments(ctx, [...changed])
  const [now] = await store.lockProfiles(ctx.db, tenantId, [memberId])
  if (now?.version !== before.version) throw new StaleDecision()
  return { before, locked, changed }
}

/** A phone or mail address in the profile is also a login, unless the person belongs to another company, too. */
async function followLogins(
  { identity }: Deps,
  ctx: MemberWrite,
  { personId, tenantId }: MemberRecord,
  says: { phone?: string | null | undefined; email?: string | null | undefined },
): Promise<void> {
  if ((await identity.personsElsewhere(ctx.db, tenantId, [personId])).size > 0) return
  for (const kind of ['phone', 'email'] as const) {
    const typed = says[kind]
    if (typed !== undefined) await identity.setLogin(ctx.db, personId, kind, typed)
  }
  if ((await identity.listLogins(ctx.db, personId)).length === 0) throw needsLogin()
}

export async function setRole(
  deps: Deps,
  ctx: MemberWrite,
  { member, role }: Input<typeof contract.setRole>,
): Promise<contract.Member> {
  const { identity } = deps
  const { tenantId } = ctx.actor
  await identity.requireRole(ctx, 'owner')
  await identity.setMemberRole(ctx, tenantId, member, role)
  await identity.auditLog(ctx, 'directory.roleChanged', member, { role })
  return touched(deps, ctx, member)
}

export async function disableMember(
  deps: Deps,
  ctx: MemberWrite,
  { member }: { member: string },
): Promise<contract.Member> {
  const { identity } = deps
  await identity.requireManaged(ctx, member)
  await identity.setMemberState(ctx, ctx.actor.tenantId, member, 'disabled')
  await identity.auditLog(ctx, 'directory.memberDisabled', member)
  return touched(deps, ctx, member)
}

export async function enableMember(
  deps: Deps,
  ctx: MemberWrite,
  { member }: { member: string },
): Promise<contract.Member> {
  const { identity } = deps
  const { state } = await identity.requireManaged(ctx, member)
  if (state !== 'disabled') return requireMember(deps, ctx.db, ctx.actor.tenantId, member)
  await identity.setMemberState(ctx, ctx.actor.tenantId, member, 'active')
  await identity.auditLog(ctx, 'directory.memberEnabled', member)
  return touched(deps, ctx, member)
}

/** What identity keeps of somebody changed: the entry gets a new version, its feeds hear of it. */
async function touched(deps: Deps, ctx: MemberWrite, memberId: string): Promise<contract.Member> {
  const { tenantId } = ctx.actor
  const members = await store.lockProfiles(ctx.db, tenantId, [memberId])
  await store.updateProfile(ctx.db, tenantId, memberId, {})
  await stamp(ctx, deps.kernel, tenantId, { members })
  return requireMember(deps, ctx.db, tenantId, memberId)
}

export async function removeMember(
  deps: Deps,
  ctx: MemberWrite,
  { member: memberId }: { member: string },
): Promise<Record<string, never>> {
  const { identity, kernel } = deps
  const { tenantId } = ctx.actor
  await identity.requireManaged(ctx, memberId)
  await identity.setMemberState(ctx, tenantId, memberId, 'removed')
  const led = await ledBy(ctx.db, tenantId, memberId)
  const before = await store.findProfile(ctx.db, tenantId, memberId)
  const departments = await lockDepartments(ctx.db, tenantId, [...new Set([...(before?.departments ?? []), ...led])])
  const [now] = await store.lockProfiles(ctx.db, tenantId, [memberId])
  if (now?.version !== before?.version) throw new StaleDecision()
  await store.markRemoved(ctx.db, tenantId, memberId)
  await forgetEntry(ctx.db, tenantId, memberId)
  await stamp(ctx, kernel, tenantId, { departments, members: [{ memberId, departments: [] }] })
  await kernel.events.tell(ctx.db, memberRemoved, { tenantId, memberId })
  await identity.auditLog(ctx, 'directory.memberRemoved', memberId)
  return {}
}

export async function updateMe(
  deps: Deps,
  ctx: MemberWrite,
  input: Input<typeof contract.updateMe>,
): Promise<contract.MeObject> {
  const { tenantId, memberId } = ctx.actor
  if (input.preferences?.timeZone) requireTimeZone(input.preferences.timeZone)
  if (input.avatar) for (const check of deps.avatarChecks) await check(ctx, input.avatar)
  await store.lockProfiles(ctx.db, tenantId, [memberId])
  await store.updateProfile(ctx.db, tenantId, memberId, input)
  if (input.alias !== undefined) await refreshEntry(deps, ctx.db, tenantId, memberId)
  await stampMembers(ctx, deps.kernel, tenantId, [memberId])
  const me = (await meObjects(deps, ctx.db, tenantId, [memberId])).get(memberId)
  if (!me) throw fail('not_found')
  return me
}
