import type { Kernel } from './context.js'
import type { Tx } from './db.js'
import { fail, sqlState } from './errors.js'
import { Changes, StaleDecision } from './feeds/changes.js'

const tries = 3

/**
 * Runs `work` in one transaction together with its feed changes, and publishes them after the commit. Decides again
 * when a feed’s epoch moved, a lock was lost to another (40P01, 40001) or the same request committed meanwhile.
 *
 * @throws AppError `busy` after three tries
 */
export async function writeTransaction<T>(kernel: Kernel, work: (tx: Tx, changes: Changes) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { result, published } = await kernel.db.transaction().execute(async (tx) => {
        const changes = new Changes(tx, kernel.kinds, kernel.rules)
        const result = await work(tx, changes)
        return { result, published: await changes.write() }
      })
      kernel.hub.publish(published)
      return result
    } catch (error) {
      if (!worthAnother(error)) throw error
      if (attempt === tries) throw fail('busy', undefined, { cause: error })
    }
  }
}

function worthAnother(error: unknown): boolean {
  if (error instanceof StaleDecision) return true
  const state = sqlState(error)
  if (state === '40P01' || state === '40001') return true
  return (
    state === '23505' &&
    typeof error === 'object' &&
    error !== null &&
    'constraint' in error &&
    error.constraint === 'request_pkey'
  )
}
