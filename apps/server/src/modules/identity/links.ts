import type * as contract from '@heyi/contract/identity'
import type { z } from 'zod'
import type { Kernel, MemberWrite, ReadCtx } from '../../kernel/context.js'
import type { Queryable, Tx } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import { newId, newSecret } from '../../kernel/ids.js'
import { writeTransaction } from '../../kernel/write.js'
import { audit, auditLog } from './audit.js'
import * as links from './link-store.js'
import { requireManaged } from './members.js'
import { adminLinkMs, chooseMembership, requireGoodPassword } from './rules.js'
import { endPersonSessions, issueSession } from './sessions.js'
import { type Call, digest, type IdentityState } from './state.js'
import * as store from './store.js'

/**
 * One-time links with which these people choose their passwords, in their order; earlier links of theirs stop working.
 * Only digests are kept, so the addresses can be shown this once.
 */
export async function createLinks(
  kernel: Kernel,
  db: Tx,
  personIds: string[],
  tenantId: string | null,
  lifeMs = adminLinkMs,
): Promise<contract.PasswordLink[]> {
  const { clock } = kernel
  const expiresAt = new Date(clock.ms() + lifeMs).toISOString()
  const made = personIds.map((personId) => ({ personId, id: newId('lnk', clock.ms()), token: newSecret() }))
  await links.spendLinks(db, personIds, clock.now())
  const rows = made.map(({ token, ...link }) => ({ ...link, tokenHash: digest(token) }))
  await links.insertLinks(db, rows, { tenantId, now: clock.now(), expiresAt })
  return made.map(({ token }) => ({ url: `${kernel.publicUrl()}/link/${token}`, expiresAt }))
}

export async function createLink(
  kernel: Kernel,
  db: Tx,
  personId: string,
  tenantId: string | null,
  lifeMs?: number,
): Promise<contract.PasswordLink> {
  const [link] = await createLinks(kernel, db, [personId], tenantId, lifeMs)
  if (!link) throw new Error('No link was made.')
  return link
}

/**
 * For a member of the caller’s company. A password opens every company of a person, so no admin of one may replace
 * that of somebody who is in another, too: that is for the person (by mail) or the operator.
 */
export async function createPasswordLink(
  ctx: MemberWrite,
  { member: memberId }: { member: string },
): Promise<contract.PasswordLink> {
  const { tenantId } = ctx.actor
  const member = await requireManaged(ctx, memberId)
  if ((await store.personsElsewhere(ctx.db, tenantId, [member.personId])).size > 0) throw fail('not_allowed')
  await auditLog(ctx, 'identity.passwordLinkCreated', memberId)
  return createLink(ctx.kernel, ctx.db, member.personId, tenantId)
}

export async function getLink(
  ctx: ReadCtx,
  { token }: { token: string },
): Promise<z.input<typeof contract.getLink.output>> {
  const link = await links.findLink(ctx.db, digest(token), ctx.clock.now())
  if (!link) throw fail('link_invalid')
  const memberships = await store.listMemberships(ctx.db, link.personId)
  const there = memberships.find((m) => m.tenantId === link.tenantId) ?? memberships[0]
  const member = there && (await store.findMember(ctx.db, there.tenantId, there.memberId))
  const login = member?.account ?? (await store.listLogins(ctx.db, link.personId))[0]?.value ?? ''
  return { name: member?.name ?? '', login, tenant: there?.tenantName ?? '', first: link.passwordHash === null }
}

/** Opens its own transaction: making a hash must not hold a connection. */
export async function redeemLink(
  state: IdentityState,
  call: Call,
  input: z.output<typeof contract.redeemLink.input>,
): Promise<contract.SignedIn> {
  const { kernel, passwords } = state
  const tokenHash = digest(input.token)
  await requirePasswordFor(kernel.db, kernel, tokenHash, input.password)
  const passwordHash = await passwords.hash(input.password)
  return writeTransaction(kernel, async (db, changes) => {
    const tx = { db, changes }
    const link = await links.lockLink(db, tokenHash, kernel.clock.now())
    if (!link) throw fail('link_invalid')
    const { personId } = link
    await store.setPasswordHash(db, personId, passwordHash)
    await links.spendLinks(db, [personId], kernel.clock.now())
    const activated = await store.activateInvited(db, personId)
    for (const member of activated) for (const tell of state.memberChanged) await tell(tx, member)
    await endPersonSessions(tx, kernel.clock, personId)
    const memberships = await store.listMemberships(db, personId)
    const { tenantId, memberId } = chooseMembership(memberships, link.tenantId)
    for (const m of memberships)
      await audit(kernel.clock, db, call, {
        tenantId: m.tenantId,
        action: 'identity.passwordSetByLink',
        subject: m.memberId,
      })
    return issueSession(kernel, tx, call, { ...input, personId, tenantId, memberId, keep: true })
  })
}

async function requirePasswordFor(
  on: Queryable,
  { clock }: Kernel,
  tokenHash: Buffer,
  password: string,
): Promise<void> {
  const link = await links.findLink(on, tokenHash, clock.now())
  if (!link) throw fail('link_invalid')
  const logins = await store.listLogins(on, link.personId)
  requireGoodPassword(
    password,
    logins.map(({ value }) => value),
  )
}
