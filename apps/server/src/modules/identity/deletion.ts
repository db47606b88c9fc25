import type { Tx } from '../../kernel/db.js'
import { addJob, type JobRun } from '../../kernel/jobs.js'
import type { IdentityState } from './state.js'
import * as tenants from './tenant-store.js'

export const deletionJob = 'identity.deleteTenant'

/**
 * One step of deleting a tenant, then the next one as another job, so that no transaction is long: the modules, last
 * registered first, then what this module has. Each step bears being run again.
 */
export async function deleteTenantStep(state: IdentityState, { tx, data }: JobRun): Promise<void> {
  const { tenantId, step } = data as { tenantId: string; step: number }
  const steps = [...state.tenantDeleted].reverse()
  const remove = steps[step]
  if (!remove) return deleteOwn(state, tx, tenantId, step)
  const more = (await remove(tx, tenantId)) === 'more'
  await goOn(state, tx, tenantId, more ? step : step + 1)
}

async function deleteOwn(state: IdentityState, tx: Tx, tenantId: string, step: number): Promise<void> {
  if (await tenants.deleteBatch(tx, tenantId)) return goOn(state, tx, tenantId, step)
  const persons = await tenants.deleteMembers(tx, tenantId)
  if (persons.length === 0) return tenants.deleteTenant(tx, tenantId)
  await dropUnused(state, tx, persons)
  await goOn(state, tx, tenantId, step)
}

/** Deletes those of these people who are nowhere any more, and whom no module needs. */
export async function dropUnused(state: IdentityState, tx: Tx, personIds: string[]): Promise<void> {
  const needed = new Set<string>()
  for (const needs of state.personsNeeded) for (const id of await needs(tx, personIds)) needed.add(id)
  await tenants.deleteLonely(
    tx,
    personIds.filter((id) => !needed.has(id)),
  )
}

const goOn = ({ kernel }: IdentityState, tx: Tx, tenantId: string, step: number): Promise<void> =>
  addJob(tx, kernel.clock, { kind: deletionJob, data: { tenantId, step } })
