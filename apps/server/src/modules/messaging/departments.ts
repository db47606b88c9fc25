import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberActor } from '../../kernel/actor.js'
import type { Clock } from '../../kernel/clock.js'
import type { AnyCtx, Kernel, MemberRead, MemberWrite } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'
import { addJob } from '../../kernel/jobs.js'
import type { Span } from '../../kernel/outbox-readers.js'
import { writeTransaction } from '../../kernel/write.js'
import { begin, type Change, changeOf, join, leave, say } from './conversations.js'
import * as groups from './department-store.js'
import type { Doors } from './index.js'
import { dissolve } from './purge.js'
import { biteOf, ownerOfDepartment } from './rules.js'
import * as store from './store.js'

// Groups of departments: their members are the department’s, brought in and taken out in bites of one transaction each.
// What changed in the directory is read from the outbox; how the group differs from the department is found when its
// turn comes, so that a job that runs twice, or two at once, do the same as one (docs/decisions/0020).

type Input<O extends { input: z.ZodType }> = z.output<O['input']>
type Answer = z.input<(typeof ops.getDepartmentGroup)['output']>

const followJob = 'messaging.followDepartment'
interface Follow {
  tenantId: string
  department: string
}

export async function getDepartmentGroup(
  ctx: MemberRead,
  doors: Doors,
  { department }: Input<typeof ops.getDepartmentGroup>,
): Promise<Answer> {
  return answer(ctx, department, await managesDepartment(ctx, doors, department))
}

async function answer(ctx: AnyCtx<MemberActor>, department: string, mayManage: boolean): Promise<Answer> {
  const { tenantId, memberId } = ctx.actor
  return { group: (await groups.findOfDepartment(ctx.db, tenantId, department, memberId)) ?? null, mayManage }
}

/** @throws AppError `not_found` where there is no such department */
async function managesDepartment(
  ctx: AnyCtx<MemberActor>,
  { identity, directory }: Doors,
  id: string,
): Promise<boolean> {
  const { tenantId, memberId } = ctx.actor
  const department = await directory.findDepartment(ctx.db, tenantId, id)
  if (!department) throw fail('not_found')
  if (department.leaders.includes(memberId)) return true
  return (await identity.findMember(ctx.db, tenantId, memberId))?.role !== 'member'
}

export async function setDepartmentGroup(
  ctx: MemberWrite,
  doors: Doors,
  { department, on, below }: Input<typeof ops.setDepartmentGroup>,
): Promise<Answer> {
  const { tenantId, memberId } = ctx.actor
  if (!(await managesDepartment(ctx, doors, department))) throw fail('not_allowed')
  const id = newId('con', ctx.clock.ms())
  const isNew =
    on && (await groups.insertDepartmentGroup(ctx.db, tenantId, { conversation: id, department, below, by: memberId }))
  if (isNew) await open(ctx, doors, department, id)
  const group = await groups.lockOfDepartment(ctx.db, tenantId, department)
  if (!group || (!isNew && on && group.below === below)) return answer(ctx, department, true)
  await doors.identity.auditLog(ctx, on ? 'messaging.departmentGroupOn' : 'messaging.departmentGroupOff', department, {
    below,
  })
  if (!on) {
    await letGo(ctx, group)
    return answer(ctx, department, true)
  }
  const change = changeOf(ctx)
  const chosen = { ...group, below }
  const more = await takeBite(change, ctx.clock, doors, chosen)
  if (isNew) await say(change, group.conversation, memberId, { event: 'department_on' })
  if (more) await followLater(ctx.db, ctx.kernel, { tenantId, department })
  return answer(ctx, department, true)
}

/** The conversation of a department that has none yet; nobody is in it. */
async function open(ctx: MemberWrite, { directory }: Doors, department: string, id: string): Promise<void> {
  const { tenantId } = ctx.actor
  const name = (await directory.findDepartment(ctx.db, tenantId, department))?.name ?? ''
  await store.insertConversation(ctx.db, tenantId, {
    id,
    kind: 'group',
    name,
    owner: null,
    directKey: null,
    historyVisible: false,
    external: false,
    createdAt: ctx.clock.now(),
  })
  await groups.setDepartmentFacts(ctx.db, tenantId, id, { owner: null, department, name, dissolved: false })
  await begin(changeOf(ctx), id, [])
}

/** An ordinary group from here on: of whom it was, else of who let it go. */
async function letGo(ctx: MemberWrite, group: groups.DepartmentGroupRow): Promise<void> {
  const { tenantId, memberId } = ctx.actor
  const id = group.conversation
  const facts = await groups.findFacts(ctx.db, tenantId, id)
  if (!facts) return
  ctx.changes.see(id, facts.epoch)
  const change = changeOf(ctx)
  const owner = facts.owner ?? memberId
  const isHere = (await store.rolesOf(ctx.db, tenantId, id, [owner])).length > 0
  await ctx.changes.lock(tenantId, [id, owner])
  await groups.deleteDepartmentGroup(ctx.db, tenantId, group.department)
  await groups.setDepartmentFacts(ctx.db, tenantId, id, { ...facts, owner, department: null })
  if (!isHere) await join(change, { id, historyVisible: facts.historyVisible }, [owner])
  await store.setRoles(ctx.db, tenantId, id, [{ member: owner, role: 'owner' }])
  ctx.changes.put(owner, 'membership', id)
  ctx.changes.put(id, 'conversation', id)
  ctx.changes.put(id, 'members', id)
  await say(change, id, memberId, { event: 'department_off' })
  ctx.changes.newEpoch(id)
}

/** Reads from the outbox which departments changed, and brings their groups and those above after them. */
export function followDepartments(kernel: Kernel, doors: Doors): void {
  kernel.outbox.add({
    name: 'messaging.departments',
    read: async (tx, spans) => {
      for (const [tenantId, changedOnes] of departmentsIn(spans)) {
        if (!(await groups.hasGroups(tx, tenantId))) continue
        const over = await doors.directory.departmentsOver(tx, tenantId, changedOnes)
        for (const department of await groups.withGroup(tx, tenantId, over))
          await followLater(tx, kernel, { tenantId, department })
      }
    },
    missed: async (tx) => {
      for (const group of await groups.departmentsWithGroup(tx)) await followLater(tx, kernel, group)
    },
  })
  kernel.jobs.handle(followJob, async ({ tx, data }) => {
    const { tenantId, department } = data as Follow
    const more = await writeTransaction(kernel, async (db, changes) => {
      const group = await groups.lockOfDepartment(db, tenantId, department)
      return group ? takeBite({ db, changes, tenantId, now: kernel.clock.now() }, kernel.clock, doors, group) : false
    })
    if (more) await followLater(tx, kernel, { tenantId, department })
  })
}

const followLater = (tx: Tx, { clock }: Kernel, data: Follow): Promise<void> =>
  addJob(tx, clock, { kind: followJob, data })

function departmentsIn(spans: Span[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { tenantId, feed } of spans)
    if (feed.startsWith('dep_')) found.set(tenantId, [...(found.get(tenantId) ?? []), feed])
  return found
}

/**
 * Takes out and brings in as many as one transaction has room for; whether some are left. Lines tell of them once the
 * last are done, and not of those with whom the group began. The caller holds the group’s row.
 */
async function takeBite(
  change: Change,
  clock: Clock,
  { directory }: Doors,
  group: groups.DepartmentGroupRow,
): Promise<boolean> {
  const { db, changes, tenantId } = change
  const id = group.conversation
  const facts = await groups.findFacts(db, tenantId, id)
  if (!facts) return false
  changes.see(id, facts.epoch)
  const department = await directory.findDepartment(db, tenantId, group.department)
  const wanted = department ? await directory.membersOfDepartment(db, tenantId, group.department, group.below) : []
  const compared = await groups.compareMembers(db, tenantId, id, wanted)
  const leaders = department?.leaders ?? []
  const { leaving, joining, more } = biteOf(compared, leaders, limits.membersPerCall, limits.groupMembers)
  const stay = new Set([...wanted].filter((member) => !compared.missing.includes(member) || joining.includes(member)))
  const owner = ownerOfDepartment({ leaders, owner: facts.owner, here: stay })
  const swapped =
    owner === facts.owner ? [] : ([facts.owner, owner].filter((m) => m !== null && stay.has(m)) as string[])
  await changes.lock(tenantId, [id, ...leaving, ...joining, ...swapped])
  if (leaving.length > 0) await leave(change, id, leaving)
  if (joining.length > 0) await join(change, { id, historyVisible: facts.historyVisible || !group.filled }, joining)
  const name = department && !group.named ? department.name : facts.name
  await settle(change, group, facts, { owner, name, swapped })
  const told = {
    ...group,
    joined: group.joined + joining.length,
    joiners: [...group.joiners, ...joining].slice(0, 10),
    gone: group.gone + leaving.length,
    goers: [...group.goers, ...leaving].slice(0, 10),
  }
  const done = { filled: true, joined: 0, joiners: [], gone: 0, goers: [] }
  await groups.saveDepartmentGroup(db, tenantId, more ? told : { ...told, ...done })
  if (!more && group.filled) await tellOf(change, told)
  if (!department && !more) await end(change, clock, group, { ...facts, name })
  return more
}

/** A department that is gone takes its group along; whoever had it, or began it, stands for its end. */
async function end(
  change: Change,
  clock: Clock,
  { conversation: id, department, by }: groups.DepartmentGroupRow,
  facts: groups.DepartmentFacts,
): Promise<void> {
  const { db, tenantId } = change
  await groups.deleteDepartmentGroup(db, tenantId, department)
  await groups.setDepartmentFacts(db, tenantId, id, { ...facts, owner: by, department: null })
  await dissolve(change, clock, id, by)
}

/** Name and owner after the department, where they changed. */
async function settle(
  change: Change,
  { conversation: id, department }: groups.DepartmentGroupRow,
  facts: groups.DepartmentFacts,
  to: { owner: string | null; name: string; swapped: string[] },
): Promise<void> {
  const { db, changes, tenantId } = change
  const { owner, name, swapped } = to
  if (owner === facts.owner && name === facts.name) return
  await groups.setDepartmentFacts(db, tenantId, id, { ...facts, owner, name, department })
  changes.put(id, 'conversation', id)
  if (swapped.length === 0) return
  await store.setRoles(
    db,
    tenantId,
    id,
    swapped.map((member) => ({ member, role: member === owner ? 'owner' : 'member' })),
  )
  changes.put(id, 'members', id)
  for (const member of swapped) changes.put(member, 'membership', id)
  changes.newEpoch(id)
}

async function tellOf(change: Change, { conversation, ...told }: groups.DepartmentGroupRow): Promise<void> {
  const [gone] = told.goers
  if (gone)
    await say(change, conversation, gone, { event: 'department_left', principals: told.goers, count: told.gone })
  const [joiner] = told.joiners
  if (joiner)
    await say(change, conversation, joiner, {
      event: 'department_joined',
      principals: told.joiners,
      count: told.joined,
    })
}
