import type * as contract from '@heyi/contract/identity'
import type { z } from 'zod'
import type { MemberRead } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { writeTransaction } from '../../kernel/write.js'
import { audit } from './audit.js'
import { chooseMembership, foldLogin, requireGoodPassword } from './rules.js'
import { endPersonSessions, issueSession } from './sessions.js'
import type { Call, IdentityState, InTx } from './state.js'
import * as store from './store.js'
import { beginTry, countFailure, forgetTries } from './throttling.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

/** Opens its own transactions: comparing a password must not hold a connection, and a refusal must be counted. */
export async function signIn(
  state: IdentityState,
  call: Call,
  input: Input<typeof contract.signIn>,
): Promise<contract.SignedIn> {
  const { kernel, passwords } = state
  const login = foldLogin(input.login).value
  await beginTry(kernel, login, call.origin.address)
  const known = await store.findCredentials(kernel.db, login)
  const right = await passwords.verify(known?.passwordHash ?? null, input.password)
  if (!known || !right) {
    await recordFailure(state, call, known?.personId, login)
    throw fail('sign_in_failed')
  }
  await forgetTries(kernel, login)
  return writeTransaction(kernel, async (db, changes) => {
    // It may have been changed while it was compared.
    if ((await store.lockPasswordHash(db, known.personId)) !== known.passwordHash) throw fail('sign_in_failed')
    const { tenantId, memberId } = chooseMembership(await store.listMemberships(db, known.personId))
    await audit(kernel.clock, db, call, {
      tenantId,
      action: 'identity.signedIn',
      subject: memberId,
      data: { device: input.device },
    })
    return issueSession(kernel, { db, changes }, call, { ...input, personId: known.personId, tenantId, memberId })
  })
}

async function recordFailure(
  state: IdentityState,
  call: Call,
  personId: string | undefined,
  login: string,
): Promise<void> {
  const { kernel } = state
  await kernel.db.transaction().execute(async (tx) => {
    await countFailure(kernel, tx, call.origin.address)
    for (const { tenantId, memberId } of personId ? await store.listMemberships(tx, personId) : [])
      await audit(kernel.clock, tx, call, {
        tenantId,
        action: 'identity.signInFailed',
        subject: memberId,
        data: { login },
      })
  })
}

/** One click, in the sample company of a folder made by the demo, from this machine. */
export function signInDemo(
  state: IdentityState,
  call: Call,
  input: Input<typeof contract.signInDemo>,
): Promise<contract.SignedIn> {
  const { kernel } = state
  const offered = state.demo?.find(({ member }) => member === input.member)
  if (!offered || !call.origin.loopback) throw fail('loopback_only')
  return writeTransaction(kernel, async (db, changes) => {
    const member = await store.findMemberAnywhere(db, offered.member)
    const tenant = member && (await store.findTenant(db, member.tenantId))
    if (member?.state !== 'active' || !tenant?.sample) throw fail('loopback_only')
    const to = { ...input, personId: member.personId, tenantId: tenant.id, memberId: member.id, keep: true }
    return issueSession(kernel, { db, changes }, call, to)
  })
}

/**
 * Opens its own transactions, as signing in does. A repeat of a change that was made finds the new password in force
 * and changes nothing.
 */
export async function changePassword(
  state: IdentityState,
  ctx: MemberRead,
  { current, next }: Input<typeof contract.changePassword>,
): Promise<Record<string, never>> {
  const { kernel, passwords } = state
  const { personId } = ctx.actor
  const logins = await store.listLogins(kernel.db, personId)
  requireGoodPassword(
    next,
    logins.map(({ value }) => value),
  )
  await beginTry(kernel, personId, ctx.origin.address)
  const before = await store.findPasswordHash(kernel.db, personId)
  const right = await passwords.verify(before, current)
  if (!right && !(await passwords.verify(before, next))) throw fail('password_wrong')
  await forgetTries(kernel, personId)
  if (!right) return {}
  const hash = await passwords.hash(next)
  await writeTransaction(kernel, (db, changes) => replacePassword(state, ctx, { db, changes }, { before, hash }))
  return {}
}

async function replacePassword(
  { kernel }: IdentityState,
  ctx: MemberRead,
  tx: InTx,
  { before, hash }: { before: string | null; hash: string },
): Promise<void> {
  const { personId, sessionId, tenantId, memberId } = ctx.actor
  // Somebody else changed it while it was compared.
  if ((await store.lockPasswordHash(tx.db, personId)) !== before) throw fail('password_wrong')
  await store.setPasswordHash(tx.db, personId, hash)
  await endPersonSessions(tx, kernel.clock, personId, sessionId)
  await audit(kernel.clock, tx.db, ctx, { tenantId, action: 'identity.passwordChanged', subject: memberId })
}
