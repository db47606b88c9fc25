import type * as contract from '@heyi/contract/directory'
import type { z } from 'zod'
import type { MemberRead, MemberWrite } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'
import * as departments from './department-store.js'
import type { Deps } from './deps.js'
import { forgetEntry, writeDepartmentWords } from './entries.js'
import { profilesByIds } from './profiles.js'
import { isCycle } from './rules.js'
import { stamp, stampMembersLater } from './stamps.js'
import * as store from './store.js'
import type { Totals } from './totals.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>
type Department = contract.Department

export async function listDepartments(
  totals: Totals,
  ctx: MemberRead,
  input: Input<typeof contract.listDepartments>,
): Promise<{ items: contract.TreeDepartment[]; next: string | null }> {
  const { tenantId } = ctx.actor
  if (input.parent !== null) await requireDepartment(ctx, input.parent)
  const found = await departments.listChildren(ctx.db, tenantId, input.parent, readPlace(input.cursor), input.limit + 1)
  const page = found.slice(0, input.limit)
  const last = found.length > input.limit ? page.at(-1) : undefined
  const parents = page.filter(({ childCount }) => childCount > 0).map(({ id }) => id)
  const counted = await totals.of(ctx.db, tenantId, parents)
  const items = page.map((department) => ({
    ...department,
    totalCount: counted.get(department.id) ?? department.memberCount,
  }))
  return { items, next: last ? `${last.position}:${last.id}` : null }
}

function readPlace(cursor: string | null): departments.Place | null {
  if (cursor === null) return null
  const [position, id] = cursor.split(':')
  if (!id || !Number.isSafeInteger(Number(position)))
    throw fail('invalid_input', { path: 'cursor', reason: 'not of this list' })
  return { position: Number(position), id }
}

async function requireDepartment(ctx: MemberRead | MemberWrite, id: string): Promise<Department> {
  const found = await departments.findDepartment(ctx.db, ctx.actor.tenantId, id)
  if (!found) throw fail('not_found')
  return found
}

export async function getDepartment(ctx: MemberRead, input: Input<typeof contract.getDepartment>) {
  const department = await requireDepartment(ctx, input.department)
  const path = (await departments.listPaths(ctx.db, ctx.actor.tenantId, [department.id])).get(department.id) ?? []
  return { department, path: path.map(({ id, name }) => ({ id, name })) }
}

/** Leaders first, in their order, then the others by name. The cursor is the last member of the page before. */
export async function listDepartmentMembers(
  deps: Deps,
  ctx: MemberRead,
  { department, cursor, limit }: Input<typeof contract.listDepartmentMembers>,
): Promise<{ items: contract.Profile[]; next: string | null }> {
  const { tenantId } = ctx.actor
  const ids =
    department === null
      ? await store.listWithoutDepartment(ctx.db, tenantId, cursor, limit + 1)
      : await idsInDepartment(ctx, await requireDepartment(ctx, department), cursor, limit + 1)
  const page = ids.slice(0, limit)
  return {
    items: await profilesByIds(deps, ctx.db, tenantId, page),
    next: ids.length > limit ? (page.at(-1) ?? null) : null,
  }
}

async function idsInDepartment(
  ctx: MemberRead,
  { id, leaders }: Department,
  cursor: string | null,
  limit: number,
): Promise<string[]> {
  const { tenantId } = ctx.actor
  const here = await store.placedIn(ctx.db, tenantId, id, leaders)
  const first = leaders.filter((leader) => here.has(leader))
  const at = cursor === null ? -1 : first.indexOf(cursor)
  const inLeaders = cursor === null || at !== -1
  const led = inLeaders ? first.slice(at + 1, at + 1 + limit) : []
  const page = { without: first, after: inLeaders ? null : cursor, limit: limit - led.length }
  return page.limit > 0 ? [...led, ...(await store.listInDepartment(ctx.db, tenantId, id, page))] : led
}

export async function createDepartment(
  deps: Deps,
  ctx: MemberWrite,
  input: Input<typeof contract.createDepartment>,
): Promise<Department> {
  const { identity, kernel } = deps
  const { tenantId } = ctx.actor
  await identity.requireRole(ctx, 'admin')
  const above = input.parent === null ? [] : await departments.lockDepartments(ctx.db, tenantId, [input.parent])
  if (input.parent !== null && above.length === 0) throw fail('not_found')
  const id = newId('dep', ctx.clock.ms())
  const position = input.position ?? (await departments.nextPosition(ctx.db, tenantId, input.parent))
  await departments.insertDepartments(ctx.db, tenantId, [{ id, parent: input.parent, name: input.name, position }])
  await ctx.changes.create(tenantId, id)
  await writeDepartmentWords(ctx.db, tenantId, [{ id, name: input.name }])
  await stamp(ctx, kernel, tenantId, { departments: [{ id, parent: input.parent, version: 1 }, ...above] })
  await identity.auditLog(ctx, 'directory.departmentCreated', id, { name: input.name })
  return requireDepartment(ctx, id)
}

export async function updateDepartment(
  deps: Deps,
  ctx: MemberWrite,
  input: Input<typeof contract.updateDepartment>,
): Promise<Department> {
  const { identity, kernel } = deps
  const { tenantId } = ctx.actor
  const { department: id, version, ...patch } = input
  await identity.requireRole(ctx, 'admin')
  // Two moves at once could close a circle that neither of them sees.
  if (patch.parent !== undefined) await identity.lockTenant(ctx.db, tenantId)
  const before = await requireDepartment(ctx, id)
  const moved = patch.parent !== undefined && patch.parent !== before.parent
  const neighbours = moved ? [before.parent, patch.parent ?? null].filter((parent) => parent !== null) : []
  const locked = await departments.lockDepartments(ctx.db, tenantId, [id, ...neighbours])
  const current = locked.find((department) => department.id === id)
  if (!current || locked.length < neighbours.length + 1) throw fail('not_found')
  if (current.version !== version) throw fail('version_conflict', { version: current.version })
  if (moved) await requireNoCycle(ctx, id, patch.parent ?? null)
  const leaders = patch.leaders && [...new Set(patch.leaders)]
  if (leaders) await requireLeaders(deps, ctx, leaders)
  await departments.updateDepartment(ctx.db, tenantId, id, { ...patch, leaders })
  await renamed(deps, ctx, before, patch.name)
  await stamp(ctx, kernel, tenantId, {
    departments: locked.map((d) => (d.id === id && moved ? { ...d, parent: patch.parent ?? null } : d)),
  })
  await identity.auditLog(ctx, 'directory.departmentUpdated', id, { fields: Object.keys(patch) })
  return requireDepartment(ctx, id)
}

async function requireNoCycle(ctx: MemberWrite, id: string, parent: string | null): Promise<void> {
  const tree = await departments.readTree(ctx.db, ctx.actor.tenantId)
  if (isCycle(id, parent, new Map(tree.map((node) => [node.id, node.parent])))) throw fail('department_cycle')
}

async function requireLeaders({ identity }: Deps, ctx: MemberWrite, leaders: string[]): Promise<void> {
  const found = await identity.listMembersByIds(ctx.db, ctx.actor.tenantId, leaders)
  if (found.filter(({ state }) => state !== 'removed').length < leaders.length) throw fail('not_found')
}

/** The name also stands on the cards of everybody whose main department it is. */
async function renamed(
  { kernel }: Deps,
  ctx: MemberWrite,
  before: Department,
  name: string | undefined,
): Promise<void> {
  if (name === undefined || name === before.name) return
  const { tenantId } = ctx.actor
  await writeDepartmentWords(ctx.db, tenantId, [{ id: before.id, name }])
  await stampMembersLater(kernel, ctx.db, tenantId, before.id)
}

export async function deleteDepartment(
  deps: Deps,
  ctx: MemberWrite,
  { department: id }: { department: string },
): Promise<Record<string, never>> {
  const { identity, kernel } = deps
  const { tenantId } = ctx.actor
  await identity.requireRole(ctx, 'admin')
  // Nobody moves it meanwhile.
  await identity.lockTenant(ctx.db, tenantId)
  const before = await requireDepartment(ctx, id)
  const locked = await departments.lockDepartments(
    ctx.db,
    tenantId,
    before.parent === null ? [id] : [id, before.parent],
  )
  await departments.lockForDeletion(ctx.db, tenantId, id)
  if (!(await departments.isEmpty(ctx.db, tenantId, id))) throw fail('department_not_empty')
  await departments.deleteDepartment(ctx.db, tenantId, id)
  await forgetEntry(ctx.db, tenantId, id)
  await stamp(ctx, kernel, tenantId, { departments: locked.filter((department) => department.id !== id), gone: [id] })
  await identity.auditLog(ctx, 'directory.departmentDeleted', id, { name: before.name })
  return {}
}

export async function updateTenant(
  { identity, kernel }: Deps,
  ctx: MemberWrite,
  input: Input<typeof contract.updateTenant>,
) {
  const { tenantId } = ctx.actor
  await identity.requireRole(ctx, 'admin')
  await identity.updateTenant(ctx.db, tenantId, input)
  await stampMembersLater(kernel, ctx.db, tenantId, null)
  await identity.auditLog(ctx, 'directory.tenantUpdated', null, { fields: Object.keys(input) })
  return identity.getTenant(ctx.db, tenantId)
}
