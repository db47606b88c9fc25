/** Reminders of messages: private, at a time of one’s own, told as a notification and in the client. */
import * as ops from '@heyi/contract/reminders'
import type { Kernel } from '../../kernel/context.js'
import type { Operations } from '../../kernel/operations.js'
import { memberRemoved } from '../directory/index.js'
import type { IdentityDoor } from '../identity/index.js'
import * as service from './service.js'
import * as store from './store.js'

export function registerReminders(
  kernel: Kernel,
  operations: Operations,
  { identity, ...doors }: service.Doors & { identity: IdentityDoor },
): void {
  operations.serve(ops.addReminder, (ctx, input) => service.addReminder(ctx, doors, input))
  operations.serve(ops.cancelReminder, service.cancelReminder)
  operations.serve(ops.listReminders, service.listReminders)
  kernel.kinds.addObjects('mem', { reminder: store.loadReminders })
  service.remindDue(kernel, doors)
  kernel.events.on(memberRemoved, 'reminders.forget', (tx, { tenantId, memberId }) =>
    store.forgetMember(tx, tenantId, memberId),
  )
  identity.onTenantDeleted(store.deleteTenantRows)
}
