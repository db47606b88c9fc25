/**
 * Rest 休息一下: who rests, until when, and who may reach them nevertheless. By hand, or by working hours with the days
 * off of the company. Whether somebody rests is computed when it is asked (`rules.ts`), so that nothing is written when
 * a working day begins or ends.
 */
import * as ops from '@heyi/contract/rest'
import type { Kernel } from '../../kernel/context.js'
import type { Queryable, Tx } from '../../kernel/db.js'
import type { Operations } from '../../kernel/operations.js'
import type { DirectoryDoor } from '../directory/index.js'
import type { IdentityDoor } from '../identity/index.js'
import * as service from './service.js'
import * as store from './store.js'

export interface RestDoor {
  /**
   * Of these members, those whom a message of this sender may not reach at this moment because they rest, with when
   * their rest ends; null where no end is in sight.
   */
  restingFrom(
    on: Queryable,
    tenantId: string,
    members: string[],
    message: { sender: string; urgent: boolean; nowMs: number },
  ): Promise<Map<string, string | null>>
  /** In the transaction in which a member changed their rest by hand or what they chose about it. */
  onChanged(tell: (tx: Tx, tenantId: string, memberId: string) => Promise<void>): void
  /** In the transaction in which the company’s working hours or days off changed. */
  onChangedForAll(tell: (tx: Tx, tenantId: string) => Promise<void>): void
}

/** Serves rest.* and puts `rest` into member feeds. */
export function registerRest(
  kernel: Kernel,
  operations: Operations,
  doors: { identity: IdentityDoor; directory: DirectoryDoor },
): RestDoor {
  const deps: service.Deps = { ...doors, changed: [], changedForAll: [] }
  operations.serve(ops.getRest, (ctx) => service.getRest(deps, ctx))
  operations.serve(ops.setRest, (ctx, input) => service.setRest(deps, ctx, input))
  operations.serve(ops.updateRest, (ctx, input) => service.updateRest(deps, ctx, input))
  operations.serve(ops.listResting, (ctx, input) => service.listResting(deps, ctx, input))
  operations.serve(ops.getRestPolicy, service.getPolicy)
  operations.serve(ops.setRestPolicy, (ctx, input) => service.setPolicy(deps, ctx, input))
  operations.serve(ops.listHolidays, service.listHolidays)
  operations.serve(ops.importHolidays, (ctx, input) => service.importHolidays(deps, ctx, input))
  operations.serve(ops.deleteHolidays, (ctx, input) => service.deleteHolidays(deps, ctx, input))
  operations.serve(ops.listDuty, service.listDuty)
  operations.serve(ops.setDuty, (ctx, input) => service.setDuty(deps, ctx, input))
  kernel.kinds.addObjects('mem', {
    rest: async (on, tenantId, refs) => {
      const chosen = await store.choicesOf(
        on,
        tenantId,
        refs.map(({ id }) => id),
      )
      return new Map(refs.map(({ feed, id }) => [`${feed} ${id}`, chosen.get(id) ?? service.standardChoices]))
    },
  })
  doors.identity.onTenantDeleted(store.deleteTenantRows)
  return {
    restingFrom: (on, tenantId, members, message) => service.restingFrom(deps, on, tenantId, members, message),
    onChanged: (tell) => void deps.changed.push(tell),
    onChangedForAll: (tell) => void deps.changedForAll.push(tell),
  }
}
