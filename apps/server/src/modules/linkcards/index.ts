/**
 * Link cards: what the pages say that messages lead to. Off until an admin turns it on, for a server of a company calls
 * nobody unasked. A page is read by the server, never by a browser, when somebody who may read the message looks at it,
 * within bounds of size, time and redirects and never inside of the operator’s network (`kernel/outbound.ts`); what it
 * says is kept for a day.
 */
import * as ops from '@heyi/contract/linkcards'
import type { Kernel } from '../../kernel/context.js'
import { RateLimiter } from '../../kernel/limiter.js'
import type { Operations } from '../../kernel/operations.js'
import type { IdentityDoor } from '../identity/index.js'
import type { MessagingDoor } from '../messaging/index.js'
import * as service from './service.js'
import * as store from './store.js'

/** Pages that one member may have read in a second, with a reserve of four seconds. */
const pagesPerSecond = 5
const keptPerTenant = 2_000

export function registerLinkCards(
  kernel: Kernel,
  operations: Operations,
  doors: { identity: IdentityDoor; messaging: MessagingDoor },
): void {
  const deps: service.Deps = {
    kernel,
    ...doors,
    limiter: new RateLimiter(kernel.clock, pagesPerSecond),
    network: kernel.settings.HEYI_CALL_INSIDE === 'on' ? { reach: null } : {},
    reading: new Map(),
  }
  operations.serve(ops.getLinkCards, (ctx, input) => service.getCards(deps, ctx, input))
  operations.serve(ops.getLinkPolicy, service.getPolicy)
  operations.serve(ops.setLinkPolicy, (ctx, input) => service.setPolicy(deps, ctx, input))
  kernel.jobs.schedule({ kind: 'linkcards.prune', cron: '37 * * * *' }, ({ tx }) =>
    store.prune(tx, kernel.clock.now(), keptPerTenant),
  )
  doors.identity.onTenantDeleted(store.deleteTenantRows)
}
