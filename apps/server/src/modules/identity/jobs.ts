import { deleteTenantStep, deletionJob } from './deletion.js'
import { deleteOldLinks } from './link-store.js'
import { mailJob, mailPasswordLink } from './mail.js'
import { keepEndedMs, loginThrottle } from './rules.js'
import { deleteOldSessions } from './session-store.js'
import type { IdentityState } from './state.js'
import { deleteOldFailures } from './throttle-store.js'

export function registerJobs(state: IdentityState): void {
  const { jobs, clock } = state.kernel
  const before = (ms: number) => new Date(clock.ms() - ms).toISOString()
  jobs.handle(mailJob, (run) => mailPasswordLink(state, run))
  jobs.handle(deletionJob, (run) => deleteTenantStep(state, run))
  jobs.schedule({ kind: 'identity.cleanUp', cron: '23 * * * *' }, async ({ tx }) => {
    await deleteOldSessions(tx, before(keepEndedMs))
    await deleteOldLinks(tx, before(keepEndedMs))
    await deleteOldFailures(tx, before(loginThrottle.forgetMs))
  })
}
