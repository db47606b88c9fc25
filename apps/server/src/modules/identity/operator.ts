import type { PasswordLink } from '@heyi/contract/identity'
import type * as contract from '@heyi/contract/operator'
import type { z } from 'zod'
import type { OperatorActor } from '../../kernel/actor.js'
import type { ReadCtx, WriteCtx } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { addJob } from '../../kernel/jobs.js'
import { audit } from './audit.js'
import { deletionJob } from './deletion.js'
import { createLink } from './links.js'
import { createOwner, createPersons, hasPassword } from './members.js'
import { foldLogin } from './rules.js'
import { endTenantSessions } from './sessions.js'
import { createTenant as makeTenant, requireTimeZone } from './set-up.js'
import type { IdentityState } from './state.js'
import * as store from './store.js'
import * as tenants from './tenant-store.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>
type Write = WriteCtx<OperatorActor>

/** With an account that exists its person becomes the owner, and no link is made for who has a password. */
export async function createTenant(
  state: IdentityState,
  ctx: Write,
  input: Input<typeof contract.createTenant>,
): Promise<{ tenant: contract.TenantEntry; link: PasswordLink | null }> {
  requireTimeZone(input.timeZone)
  const account = foldLogin(input.ownerAccount).value
  const personId = (await store.findLogins(ctx.db, [account])).get(account) ?? (await onePerson(ctx, account))
  const ready = await hasPassword(ctx.db, personId)
  const tenant = { name: input.name, locale: input.locale, timeZone: input.timeZone, sample: false }
  const owner = { personId, name: input.ownerName, account, state: ready ? ('active' as const) : ('invited' as const) }
  const { tenantId, memberId } = await makeTenant(state, ctx, tenant, owner)
  await audit(ctx.clock, ctx.db, ctx, { tenantId, action: 'identity.tenantCreated', subject: memberId })
  const link = ready ? null : await createLink(ctx.kernel, ctx.db, personId, tenantId)
  return { tenant: await requireEntry(ctx, tenantId), link }
}

async function onePerson(ctx: Write, account: string): Promise<string> {
  const [personId] = await createPersons(ctx.db, ctx.clock, [{ account }])
  if (personId === undefined) throw new Error('No person was made.')
  return personId
}

export async function listTenants(
  ctx: ReadCtx<OperatorActor>,
  { cursor, limit }: Input<typeof contract.listTenants>,
): Promise<{ items: contract.TenantEntry[]; next: string | null }> {
  const found = await tenants.listTenants(ctx.db, cursor, limit + 1)
  const items = found.slice(0, limit)
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export async function setTenantState(
  ctx: Write,
  { tenant: tenantId, state }: Input<typeof contract.setTenantState>,
): Promise<contract.TenantEntry> {
  const before = await requireEntry(ctx, tenantId)
  if (before.state === 'deleting') throw fail('not_found')
  await tenants.setState(ctx.db, tenantId, state)
  if (state === 'suspended') await endTenantSessions(ctx, ctx.clock, tenantId)
  await audit(ctx.clock, ctx.db, ctx, {
    tenantId,
    action: `identity.tenant${state === 'active' ? 'Resumed' : 'Suspended'}`,
  })
  return { ...before, state }
}

/** Only what is suspended, and only by its name: @throws AppError `not_allowed`, `invalid_input` */
export async function deleteTenant(
  ctx: Write,
  { tenant: tenantId, name }: Input<typeof contract.deleteTenant>,
): Promise<Record<string, never>> {
  const { state, name: real } = await requireEntry(ctx, tenantId)
  if (state === 'deleting') return {}
  if (name !== real) throw fail('invalid_input', { path: 'name', reason: 'not the name of this company' })
  if (state !== 'suspended') throw fail('not_allowed')
  await tenants.setState(ctx.db, tenantId, 'deleting')
  await endTenantSessions(ctx, ctx.clock, tenantId)
  await addJob(ctx.db, ctx.clock, {
    kind: deletionJob,
    data: { tenantId, step: 0 },
    key: `${deletionJob} ${tenantId} 0`,
  })
  ctx.log.info({ tenantId }, 'a company is being deleted')
  return {}
}

export async function createAdmin(
  state: IdentityState,
  ctx: Write,
  input: Input<typeof contract.createAdmin>,
): Promise<PasswordLink> {
  const account = foldLogin(input.account).value
  const tenantId = input.tenant ?? (await onlyTenant(ctx))
  if (tenantId === null) return createFirst(state, ctx, input, account)
  const { state: tenantState } = await requireEntry(ctx, tenantId)
  if (tenantState === 'deleting') throw fail('not_found')
  const personId = await onePerson(ctx, account)
  const owner = { personId, name: input.name, account, role: 'owner' as const, state: 'invited' as const }
  const memberId = await createOwner(state, ctx, tenantId, owner)
  await audit(ctx.clock, ctx.db, ctx, { tenantId, action: 'identity.ownerCreated', subject: memberId })
  return createLink(ctx.kernel, ctx.db, personId, tenantId)
}

/** The company where there is just one, null on an empty installation. @throws AppError `already_set_up` with several */
async function onlyTenant(ctx: Write): Promise<string | null> {
  await store.lockInstallation(ctx.db)
  const [first, second] = await store.someTenants(ctx.db)
  if (second) throw fail('already_set_up')
  return first?.id ?? null
}

async function createFirst(
  state: IdentityState,
  ctx: Write,
  input: Input<typeof contract.createAdmin>,
  account: string,
): Promise<PasswordLink> {
  requireTimeZone(input.timeZone)
  const personId = await onePerson(ctx, account)
  const tenant = { name: input.company ?? input.name, locale: input.locale, timeZone: input.timeZone, sample: false }
  const { tenantId, memberId } = await makeTenant(state, ctx, tenant, {
    personId,
    name: input.name,
    account,
    state: 'invited',
  })
  await audit(ctx.clock, ctx.db, ctx, { tenantId, action: 'identity.tenantCreated', subject: memberId })
  return createLink(ctx.kernel, ctx.db, personId, tenantId)
}

export async function resetPassword(ctx: Write, { login }: { login: string }): Promise<PasswordLink> {
  const known = await store.findCredentials(ctx.db, foldLogin(login).value)
  if (!known) throw fail('not_found')
  for (const { tenantId, memberId } of await store.listMemberships(ctx.db, known.personId))
    await audit(ctx.clock, ctx.db, ctx, { tenantId, action: 'identity.passwordLinkCreated', subject: memberId })
  return createLink(ctx.kernel, ctx.db, known.personId, null)
}

async function requireEntry(ctx: Write, tenantId: string): Promise<contract.TenantEntry> {
  const entry = await tenants.lockEntry(ctx.db, tenantId)
  if (!entry) throw fail('not_found')
  return entry
}
