import type { Kernel } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import { addJob } from '../../kernel/jobs.js'
import type { Blobs } from './blobs.js'
import { abandonedMs } from './rules.js'
import { removeBlobsJob, removeBytesLater } from './service.js'
import * as store from './store.js'
import * as uploadStore from './upload-store.js'
import type { Uploads } from './uploads.js'

const removeFilesJob = 'files.removeUnreferenced'
const removeUploadsJob = 'files.removeAbandoned'
const filesPerRun = 500

/** What nobody needs any more goes: files that nothing carries, bytes that no file has, uploads that nobody continues. */
export function scheduleFileJobs(kernel: Kernel, blobs: Blobs, uploads: Uploads): void {
  const { jobs, clock } = kernel
  const before = () => new Date(clock.ms() - abandonedMs).toISOString()
  jobs.schedule({ kind: removeFilesJob, cron: '23 * * * *' }, async ({ tx }) => {
    const digests = await store.deleteUnreferenced(tx, before(), filesPerRun)
    if (digests.length === 0) return
    await removeBytesLater(kernel, tx, digests)
    // Short transactions: the rest in another run, until one finds nothing.
    await addJob(tx, clock, { kind: removeFilesJob, data: {} })
  })
  jobs.schedule({ kind: removeUploadsJob, cron: '43 * * * *' }, async ({ tx }) => {
    await blobs.removeStale(clock.ms() - abandonedMs)
    if (await uploads.removeAbandoned(tx)) await addJob(tx, clock, { kind: removeUploadsJob, data: {} })
  })
  jobs.handle(removeBlobsJob, async ({ tx, data }) => {
    // The bytes go before the rows do: until the transaction ends nobody can store the same content, and if it fails,
    // a row without bytes and files is made whole by whoever stores that content next.
    for (const digest of await store.deleteUnusedBlobs(tx, (data as { digests: string[] }).digests))
      await blobs.remove(digest)
  })
}

/** Deletes some of what a deleted company stored; `more` while there is any. */
export async function deleteTenant(kernel: Kernel, tx: Tx, tenantId: string): Promise<'more' | undefined> {
  await uploadStore.deleteTenantUploads(tx, tenantId)
  const digests = await store.deleteTenantFiles(tx, tenantId, filesPerRun)
  await removeBytesLater(kernel, tx, digests)
  if (digests.length > 0) return 'more'
  await store.deleteUsage(tx, tenantId)
  return undefined
}
