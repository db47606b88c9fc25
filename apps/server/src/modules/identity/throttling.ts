import type { Kernel } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import { addressThrottle, loginThrottle, type Throttle, throttle } from './rules.js'
import * as store from './throttle-store.js'

const loginKey = (login: string) => `login ${login}`
const addressKey = (address: string) => `address ${address}`

/**
 * Counts a try before the password is compared, so that a hundred tries at one moment are not all free. It commits by
 * itself: a refusal takes back nothing.
 *
 * @param login what was typed, folded; whether somebody has it makes no difference
 * @throws AppError `sign_in_throttled` with the seconds to wait
 */
export async function beginTry(kernel: Kernel, login: string, address: string): Promise<void> {
  const { db, clock } = kernel
  const here = throttle(await store.findFailures(db, addressKey(address)), clock.ms(), addressThrottle)
  if (here.waitSeconds > 0) throw fail('sign_in_throttled', { seconds: here.waitSeconds })
  await db.transaction().execute((tx) => countOne(kernel, tx, loginKey(login), loginThrottle))
}

/** The password was wrong: the address counts it as well. */
export async function countFailure(kernel: Kernel, tx: Tx, address: string): Promise<void> {
  const key = addressKey(address)
  const { failures } = throttle(
    await store.lockFailures(tx, key, kernel.clock.now()),
    kernel.clock.ms(),
    addressThrottle,
  )
  await store.setFailures(tx, key, failures + 1, kernel.clock.now())
}

/** The password was right: this login begins anew. */
export const forgetTries = (kernel: Kernel, login: string): Promise<void> =>
  store.clearFailures(kernel.db, loginKey(login))

/** Counts one of something that is only free now and then. @throws AppError `sign_in_throttled` */
export async function countOne(kernel: Kernel, tx: Tx, key: string, policy: Throttle): Promise<void> {
  const { clock } = kernel
  const { failures, waitSeconds } = throttle(await store.lockFailures(tx, key, clock.now()), clock.ms(), policy)
  if (waitSeconds > 0) throw fail('sign_in_throttled', { seconds: waitSeconds })
  await store.setFailures(tx, key, failures + 1, clock.now())
}
