/**
 * What the feeds hear of. A department stands in its own feed and in that of the one above; somebody’s profile in the
 * feeds of exactly their departments, and as `me` in their own.
 *
 * One call adds thousands of people (an import), more than a transaction may tell: then people are not told one by
 * one, only their departments are, by jobs of whole transactions. So a client that watches a department lists its
 * people again whenever `memberCount` of the department object is not the number of people it holds.
 */
import type { Kernel } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import type { Emission } from '../../kernel/feeds/changes.js'
import { addJob } from '../../kernel/jobs.js'
import { writeTransaction } from '../../kernel/write.js'
import type { InTx } from '../identity/index.js'
import { type LockedDepartment, lockDepartments } from './department-store.js'
import { fitting } from './rules.js'
import * as store from './store.js'

const departmentsJob = 'directory.stampDepartments'
const membersJob = 'directory.stampMembers'
const theseJob = 'directory.stampThese'

/** Each of these may touch its own feed and one above. */
const departmentsPerTransaction = 40
const membersAtOnce = 4

export interface Stamp {
  /** Departments whose object changed, locked by the caller. */
  departments?: LockedDepartment[]
  /** People whose profile changed, locked by the caller, with the departments they are in from now on. */
  members?: { memberId: string; departments: string[] }[]
  /** Objects that are gone: departments that were deleted. */
  gone?: string[]
}

/** Tells the feeds in the caller’s transaction. Departments beyond 40 follow by a job. */
export async function stamp({ db, changes }: InTx, kernel: Kernel, tenantId: string, what: Stamp): Promise<void> {
  const { departments = [], members = [], gone = [] } = what
  const emissions: Emission[] = [
    ...departments.slice(0, departmentsPerTransaction).map(departmentEmission),
    ...gone.map((id) => ({ kind: 'department', id, feeds: [] })),
    ...members.flatMap(memberEmissions),
  ]
  await changes.lock(tenantId, [], emissions)
  const later = departments.slice(departmentsPerTransaction).map(({ id }) => id)
  if (later.length > 0) await stampDepartmentsLater(kernel, db, tenantId, later)
}

const departmentEmission = ({ id, parent }: LockedDepartment): Emission => ({
  kind: 'department',
  id,
  feeds: parent === null ? [id] : [id, parent],
})

const memberEmissions = ({ memberId, departments }: { memberId: string; departments: string[] }): Emission[] => [
  { kind: 'departmentMember', id: memberId, feeds: departments },
  { kind: 'me', id: memberId, feeds: [memberId] },
]

/** Locks people and tells that their profiles changed, without a change of departments. */
export async function stampMembers(ctx: InTx, kernel: Kernel, tenantId: string, memberIds: string[]): Promise<void> {
  await stamp(ctx, kernel, tenantId, { members: await store.lockProfiles(ctx.db, tenantId, memberIds) })
}

/** By jobs of whole transactions, for more departments than one may touch. */
export async function stampDepartmentsLater(kernel: Kernel, db: Tx, tenantId: string, ids: string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += departmentsPerTransaction)
    await addJob(db, kernel.clock, {
      kind: departmentsJob,
      data: { tenantId, ids: ids.slice(from, from + departmentsPerTransaction) },
    })
}

/** Of all members, or of those whose main department this is: by jobs, some members in each. */
export const stampMembersLater = (kernel: Kernel, db: Tx, tenantId: string, department: string | null): Promise<void> =>
  addJob(db, kernel.clock, { kind: membersJob, data: { tenantId, department, after: '' } })

/** Of these members, a few in each job: somebody may be in 20 departments. */
export async function stampTheseLater(kernel: Kernel, db: Tx, tenantId: string, ids: string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += membersAtOnce)
    await addJob(db, kernel.clock, { kind: theseJob, data: { tenantId, ids: ids.slice(from, from + membersAtOnce) } })
}

export function registerStampJobs(kernel: Kernel): void {
  kernel.jobs.handle(departmentsJob, async ({ data }) => {
    const { tenantId, ids } = data as { tenantId: string; ids: string[] }
    await writeTransaction(kernel, async (db, changes) => {
      const departments = await lockDepartments(db, tenantId, ids)
      await stamp({ db, changes }, kernel, tenantId, { departments })
    })
  })
  kernel.jobs.handle(theseJob, async ({ data }) => {
    const { tenantId, ids } = data as { tenantId: string; ids: string[] }
    await writeTransaction(kernel, (db, changes) => stampMembers({ db, changes }, kernel, tenantId, ids))
  })
  kernel.jobs.handle(membersJob, async ({ tx, data }) => {
    const from = data as { tenantId: string; department: string | null; after: string }
    const last = await writeTransaction(kernel, (db, changes) => stampSome({ db, changes }, kernel, from))
    if (last !== null) await addJob(tx, kernel.clock, { kind: membersJob, data: { ...from, after: last } })
  })
}

const membersPerLook = 60

/** As many as fit into one transaction; the last of them, null when none was left. */
async function stampSome(
  ctx: InTx,
  kernel: Kernel,
  from: { tenantId: string; department: string | null; after: string },
): Promise<string | null> {
  const ids = await store.nextMembers(ctx.db, from.tenantId, { ...from, limit: membersPerLook })
  const locked = await store.lockProfiles(ctx.db, from.tenantId, ids)
  const some = fitting(locked.map((member) => ({ ...member, feeds: [...member.departments, member.memberId] })))
  if (some.length > 0) await stamp(ctx, kernel, from.tenantId, { members: some })
  return some.at(-1)?.memberId ?? null
}
