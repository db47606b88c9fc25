import type { App } from '../app.js'
import { addJob } from '../kernel/jobs.js'

const seedJob = 'operator.seedSampleCompany'

/** Fills a new company with the sample where the wizard was asked to; a server calls it before it listens. */
export function offerSampleCompany(app: App): void {
  const { kernel, identity } = app
  identity.onTenantCreated(async ({ db }, { tenantId, ownerId, sampleData }) => {
    if (sampleData)
      await addJob(db, kernel.clock, { kind: seedJob, data: { tenantId, ownerId }, key: `${seedJob} ${tenantId}` })
  })
  kernel.jobs.handle(seedJob, async ({ data }) => {
    const { tenantId, ownerId } = data as { tenantId: string; ownerId: string }
    // Loaded when it is wanted: the texts and what draws the pictures would cost every start.
    const { seedSampleCompany } = await import('./demo-seed.js')
    await seedSampleCompany(app, tenantId, { memberId: ownerId, is: null })
  })
}
