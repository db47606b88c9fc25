import type * as contract from '@heyi/contract/identity'
import type { z } from 'zod'
import type { ReadCtx } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'
import { writeTransaction } from '../../kernel/write.js'
import { audit } from './audit.js'
import { createOwner, createPersons } from './members.js'
import { foldLogin, requireGoodPassword } from './rules.js'
import { issueSession } from './sessions.js'
import { type Call, digest, type IdentityState, type InTx, sameSecret } from './state.js'
import * as store from './store.js'

export async function getInstallation(
  state: IdentityState,
  ctx: ReadCtx,
): Promise<z.input<typeof contract.getInstallation.output>> {
  const [first, second] = await store.someTenants(ctx.db)
  const only = second ? undefined : first
  return {
    version: state.kernel.version,
    setUp: first !== undefined,
    name: only?.name ?? null,
    sample: only?.sample ?? false,
    demoSignIns: ctx.origin.loopback ? (state.demo ?? []) : [],
    transcripts: state.kernel.settings.HEYI_TRANSCRIBE_URL !== null,
    mail: state.kernel.settings.SMTP_URL !== null,
    authority: state.authority,
  }
}

/** The token of the printed link while there is no company; null afterwards. */
export async function setupToken(state: IdentityState): Promise<string | null> {
  return (await store.tenantExists(state.kernel.db)) ? null : state.setupToken
}

/** Opens its own transaction: making a hash must not hold a connection. */
export async function setUp(
  state: IdentityState,
  call: Call,
  input: z.output<typeof contract.setUp.input>,
): Promise<contract.SignedIn> {
  const { kernel, passwords } = state
  if (await store.tenantExists(kernel.db)) throw fail('already_set_up')
  if (!sameSecret(input.token, digest(state.setupToken))) throw fail('setup_token_invalid')
  requireTimeZone(input.timeZone)
  const account = foldLogin(input.account).value
  requireGoodPassword(input.password, [account])
  const passwordHash = await passwords.hash(input.password)
  return writeTransaction(kernel, async (db, changes) => {
    await store.lockInstallation(db)
    if (await store.tenantExists(db)) throw fail('already_set_up')
    const tx = { db, changes }
    const [personId] = await createPersons(db, kernel.clock, [{ account, passwordHash }])
    if (personId === undefined) throw new Error('No person was made.')
    const tenant = { name: input.company, locale: input.locale, timeZone: input.timeZone, sample: input.sampleData }
    const owner = { personId, name: input.name, account, state: 'active' as const }
    const { tenantId, memberId } = await createTenant(state, tx, tenant, owner)
    await audit(kernel.clock, db, call, { tenantId, action: 'identity.tenantCreated', subject: memberId })
    return issueSession(kernel, tx, call, { ...input, personId, tenantId, memberId, keep: true })
  })
}

/** A company with its first owner; whoever listens adds what is theirs. */
export async function createTenant(
  state: IdentityState,
  tx: InTx,
  tenant: Omit<contract.Tenant, 'id'>,
  owner: { personId: string; name: string; account: string | null; state: 'active' | 'invited' },
): Promise<{ tenantId: string; memberId: string }> {
  const { clock } = state.kernel
  const tenantId = newId('ten', clock.ms())
  await store.insertTenant(tx.db, { ...tenant, id: tenantId }, clock.now())
  const memberId = await createOwner(state, tx, tenantId, { ...owner, role: 'owner' })
  for (const tell of state.tenantCreated) await tell(tx, { tenantId, ownerId: memberId, sampleData: tenant.sample })
  return { tenantId, memberId }
}

/** @throws AppError `invalid_input` for a time zone that this machine does not know */
export function requireTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
  } catch (cause) {
    throw fail('invalid_input', { path: 'timeZone', reason: 'unknown time zone' }, { cause })
  }
}
