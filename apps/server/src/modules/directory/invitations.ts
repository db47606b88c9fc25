import { createHash } from 'node:crypto'
import type * as contract from '@heyi/contract/directory'
import type { z } from 'zod'
import type { MemberRead, MemberWrite, ReadCtx } from '../../kernel/context.js'
import type { Queryable } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import { newId, newSecret } from '../../kernel/ids.js'
import { writeTransaction } from '../../kernel/write.js'
import type { Call, InTx } from '../identity/index.js'
import { findDepartment, lockDepartments } from './department-store.js'
import type { Deps } from './deps.js'
import { createEntries } from './entries.js'
import * as store from './invitation-store.js'
import { invitationState } from './rules.js'
import { stamp } from './stamps.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

const digest = (token: string): Buffer => createHash('sha256').update(token).digest()

function toInvitation({ kernel }: Deps, row: store.InvitationRow): contract.Invitation {
  const { id, token, department, approval, uses, maxUses, expiresAt, createdAt } = row
  const state = invitationState(row, kernel.clock.now())
  return {
    id,
    url: `${kernel.publicUrl()}/join/${token}`,
    department,
    approval,
    uses,
    maxUses,
    expiresAt,
    createdAt,
    state,
  }
}

export async function createInvitation(
  deps: Deps,
  ctx: MemberWrite,
  input: Input<typeof contract.createInvitation>,
): Promise<contract.Invitation> {
  const { identity } = deps
  const { tenantId, memberId } = ctx.actor
  await identity.requireRole(ctx, 'admin')
  if (input.department !== null && !(await findDepartment(ctx.db, tenantId, input.department))) throw fail('not_found')
  const { department, approval, maxUses } = input
  const token = newSecret()
  const now = ctx.clock.ms()
  const row: store.InvitationRow = {
    tenantId,
    id: newId('inv', now),
    token,
    department,
    approval,
    maxUses,
    uses: 0,
    revokedAt: null,
    createdBy: memberId,
    expiresAt: new Date(now + input.expiresInHours * 3600_000).toISOString(),
    createdAt: ctx.clock.now(),
  }
  await store.insertInvitation(ctx.db, row, digest(token))
  await identity.auditLog(ctx, 'directory.invitationCreated', row.id, { department, approval, maxUses })
  return toInvitation(deps, row)
}

export async function listInvitations(
  deps: Deps,
  ctx: MemberRead,
  { cursor, limit }: { cursor: string | null; limit: number },
) {
  await deps.identity.requireRole(ctx, 'admin')
  const found = await store.listInvitations(ctx.db, ctx.actor.tenantId, cursor, limit + 1)
  const items = found.slice(0, limit).map((row) => toInvitation(deps, row))
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export async function revokeInvitation(
  { identity }: Deps,
  ctx: MemberWrite,
  { invitation }: { invitation: string },
): Promise<Record<string, never>> {
  await identity.requireRole(ctx, 'admin')
  if (!(await store.revokeInvitation(ctx.db, ctx.actor.tenantId, invitation, ctx.clock.now()))) throw fail('not_found')
  await identity.auditLog(ctx, 'directory.invitationRevoked', invitation)
  return {}
}

export async function getInvitation(deps: Deps, ctx: ReadCtx, { token }: { token: string }) {
  const { identity } = deps
  const invitation = requireOpen(deps, await store.findInvitation(ctx.db, digest(token)))
  const { tenantId, department, approval } = invitation
  if (!(await identity.tenantIsOpen(ctx.db, tenantId))) throw fail('invitation_invalid')
  const tenant = await identity.getTenant(ctx.db, tenantId)
  const by = await identity.findMember(ctx.db, tenantId, invitation.createdBy)
  const into = department === null ? undefined : await findDepartment(ctx.db, tenantId, department)
  return { tenant: tenant.name, invitedBy: by?.name ?? '', department: into?.name ?? null, approval }
}

function requireOpen({ kernel }: Deps, row: store.InvitationRow | undefined): store.InvitationRow {
  if (!row || invitationState(row, kernel.clock.now()) !== 'open') throw fail('invitation_invalid')
  return row
}

async function requireOpenTenant({ identity }: Deps, on: Queryable, { tenantId }: store.InvitationRow): Promise<void> {
  if (!(await identity.tenantIsOpen(on, tenantId))) throw fail('tenant_suspended')
}

/** Opens its own transaction: making a hash must not hold a connection. */
export async function acceptInvitation(
  deps: Deps,
  call: Call,
  input: Input<typeof contract.acceptInvitation>,
): Promise<z.input<typeof contract.acceptInvitation.output>> {
  const { identity, kernel } = deps
  const tokenHash = digest(input.token)
  await requireOpenTenant(deps, kernel.db, requireOpen(deps, await store.findInvitation(kernel.db, tokenHash)))
  const logins = [input.account, input.phone, input.email].filter((typed) => typed !== undefined)
  const passwordHash = await identity.hashPassword(input.password, logins)
  return writeTransaction(kernel, async (db, changes) => {
    const tx = { db, changes }
    const invitation = await useInvitation(deps, tx, tokenHash)
    const [personId = ''] = await identity.createPersons(db, [{ ...input, passwordHash }])
    const joining = { ...input, personId, login: input.account }
    const memberId = await join(deps, tx, call, invitation, joining)
    if (memberId === null) return { waiting: true, signedIn: null }
    const to = { ...input, personId, memberId, tenantId: invitation.tenantId, keep: true }
    return { waiting: false, signedIn: await identity.issueSession(tx, call, to) }
  })
}

/** @throws AppError `invitation_invalid`, `tenant_suspended` */
async function useInvitation(deps: Deps, { db }: InTx, tokenHash: Buffer): Promise<store.InvitationRow> {
  const invitation = requireOpen(deps, await store.lockInvitation(db, tokenHash))
  await requireOpenTenant(deps, db, invitation)
  await store.countUse(db, invitation.tenantId, invitation.id)
  return invitation
}

/** With the account somebody is signed in with. Whoever waits already goes on waiting. */
export async function joinTenant(
  deps: Deps,
  ctx: MemberWrite,
  { token }: { token: string },
): Promise<{ waiting: boolean }> {
  const { identity } = deps
  const { personId, tenantId, memberId } = ctx.actor
  const invitation = await useInvitation(deps, ctx, digest(token))
  if ((await identity.listMembersByPersons(ctx.db, invitation.tenantId, [personId])).length > 0)
    throw fail('already_member')
  const me = await identity.requireMember(ctx.db, tenantId, memberId)
  const logins = await identity.listLogins(ctx.db, personId)
  const joining = {
    personId,
    name: me.name,
    account: me.account ?? undefined,
    login: me.account ?? logins[0]?.value ?? '',
  }
  return { waiting: (await join(deps, ctx, ctx, invitation, joining)) === null }
}

interface Joining {
  personId: string
  name: string
  login: string
  account?: string | undefined
  phone?: string | undefined
  email?: string | undefined
}

/** The new member’s id; null where an admin has to let them in first. */
async function join(
  { kernel, ...deps }: Deps,
  tx: InTx,
  call: Call,
  invitation: store.InvitationRow,
  who: Joining,
): Promise<string | null> {
  const { identity } = deps
  const { tenantId, id, department } = invitation
  const { clock } = kernel
  if (invitation.approval) {
    const request = { tenantId, id: newId('joi', clock.ms()), department, invitation: id, createdAt: clock.now() }
    const { personId, name, login } = who
    await store.insertRequest(tx.db, { ...request, personId, name, login })
    return null
  }
  const memberId = await letIn({ kernel, ...deps }, tx, tenantId, department, who)
  await identity.auditIn(tx.db, call, {
    tenantId,
    action: 'directory.joined',
    subject: memberId,
    data: { invitation: id },
  })
  return memberId
}

/** An active member, in the department if there still is one. */
async function letIn(deps: Deps, tx: InTx, tenantId: string, department: string | null, who: Joining): Promise<string> {
  const departments = department === null ? [] : await lockDepartments(tx.db, tenantId, [department])
  const into = departments.map(({ id }) => id)
  const entry = {
    ...who,
    role: 'member' as const,
    state: 'active' as const,
    account: who.account ?? null,
    departments: into,
  }
  const [memberId = ''] = await createEntries(deps, tx, tenantId, [entry])
  await stamp(tx, deps.kernel, tenantId, { departments, members: [{ memberId, departments: into }] })
  return memberId
}

export async function listJoinRequests(
  { identity }: Deps,
  ctx: MemberRead,
  { cursor, limit }: { cursor: string | null; limit: number },
) {
  await identity.requireRole(ctx, 'admin')
  const found = await store.listRequests(ctx.db, ctx.actor.tenantId, cursor, limit + 1)
  const items = found.slice(0, limit)
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** Whoever is refused and belongs nowhere is forgotten, and the account is free again. */
export async function decideJoinRequest(
  deps: Deps,
  ctx: MemberWrite,
  { request: id, accept }: Input<typeof contract.decideJoinRequest>,
): Promise<Record<string, never>> {
  const { identity } = deps
  const { tenantId } = ctx.actor
  await identity.requireRole(ctx, 'admin')
  const request = await store.takeRequest(ctx.db, tenantId, id)
  if (!request) throw fail('not_found')
  const { personId, name, department } = request
  const [already] = await identity.listMembersByPersons(ctx.db, tenantId, [personId])
  if (accept && !already) {
    const logins = await identity.listLogins(ctx.db, personId)
    const login = (kind: string) => logins.find((l) => l.kind === kind)?.value
    const who = { personId, name, login: '', account: login('account'), phone: login('phone'), email: login('email') }
    const memberId = await letIn(deps, ctx, tenantId, department, who)
    await identity.auditLog(ctx, 'directory.joinAccepted', memberId, { name })
  } else if (!accept) {
    await identity.dropUnusedPersons(ctx.db, [personId])
    await identity.auditLog(ctx, 'directory.joinRefused', null, { name })
  }
  return {}
}
