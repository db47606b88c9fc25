/**
 * Birthdays and joining days: kept only if somebody notes them, told only where the company turned it on, hidden by whoever
 * likes. Whose day it is stands on the workbench of their colleagues; they themselves are greeted once.
 */
import * as ops from '@heyi/contract/anniversaries'
import type { Kernel } from '../../kernel/context.js'
import type { Operations } from '../../kernel/operations.js'
import { memberRemoved } from '../directory/index.js'
import * as service from './service.js'
import * as store from './store.js'

export function registerAnniversaries(kernel: Kernel, operations: Operations, doors: service.Doors): void {
  operations.serve(ops.getAnniversaryPolicy, service.getPolicy)
  operations.serve(ops.setAnniversaryPolicy, (ctx, input) => service.setPolicy(ctx, doors, input))
  operations.serve(ops.getAnniversaryDates, (ctx, input) => service.getDates(ctx, doors, input))
  operations.serve(ops.setAnniversaryDates, (ctx, input) => service.setDates(ctx, doors, input))
  operations.serve(ops.hideAnniversaries, (ctx, input) => service.setHidden(ctx, doors, input))
  operations.serve(ops.listAnniversaries, (ctx, input) => service.listToday(ctx, doors, input))
  service.greetDaily(kernel, doors)
  doors.directory.onImported((tx, tenantId, people) =>
    store.saveDates(
      tx,
      tenantId,
      people.map(({ member, birthday, joinedOn }) => ({ member, birthday, joinedOn, hidden: false })),
    ),
  )
  kernel.events.on(memberRemoved, 'anniversaries.forget', (tx, { tenantId, memberId }) =>
    store.forgetMember(tx, tenantId, memberId),
  )
  doors.identity.onTenantDeleted(store.deleteTenantRows)
}
