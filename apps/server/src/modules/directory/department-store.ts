import type { Department } from '@heyi/contract/directory'
import { limits } from '@heyi/contract/limits'
import { type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

const departmentSql = sql`
  select d.id, d.parent_id as parent, d.name, d.position, d.leaders, d.version,
    (select count(*) from department_member m where m.tenant_id = d.tenant_id and m.department_id = d.id) as "memberCount",
    (select count(*) from department c where c.tenant_id = d.tenant_id and c.parent_id = d.id) as "childCount"
  from department d`

export function listDepartmentsByIds(on: Queryable, tenantId: string, ids: string[]): Promise<Department[]> {
  return rows(on, sql<Department>`${departmentSql} where d.tenant_id = ${tenantId} and d.id = any(${ids})`)
}

export function findDepartment(on: Queryable, tenantId: string, id: string): Promise<Department | undefined> {
  return row(on, sql<Department>`${departmentSql} where d.tenant_id = ${tenantId} and d.id = ${id}`)
}

export interface Place {
  position: number
  id: string
}

/** A page of the departments directly below one, or of the top. */
export function listChildren(
  on: Queryable,
  tenantId: string,
  parent: string | null,
  after: Place | null,
  limit: number,
): Promise<Department[]> {
  const above = parent === null ? sql`d.parent_id is null` : sql`d.parent_id = ${parent}`
  const behind = after ? sql`(d.position, d.id) > (${after.position}, ${after.id})` : sql`true`
  return rows(
    on,
    sql<Department>`${departmentSql} where d.tenant_id = ${tenantId} and ${above} and ${behind} order by d.position, d.id limit ${limit}`,
  )
}

/** How many people are in each of these and in all below it, each once. Those with nobody are left out. */
export async function countBelow(on: Queryable, tenantId: string, ids: string[]): Promise<Map<string, number>> {
  const found = await rows(
    on,
    // `offset 0` has each department looked up by its index: what is counted is what is below, not the whole company.
    sql<{ top: string; total: number }>`
      with recursive below as (
        select i.id as top, i.id from unnest(${ids}::text[] collate "C") as i(id)
        union all
        select b.top, d.id from below b join department d on d.tenant_id = ${tenantId} and d.parent_id = b.id
      ) select top, count(*) as total from (
        select distinct b.top, m.member_id from below b cross join lateral (
          select member_id from department_member where tenant_id = ${tenantId} and department_id = b.id offset 0
        ) m
      ) each group by top`,
  )
  return new Map(found.map(({ top, total }) => [top, total]))
}

export interface LockedDepartment {
  id: string
  parent: string | null
  version: number
}

/** Departments held until the transaction ends, in order of id; unknown ones are left out. */
export function lockDepartments(tx: Tx, tenantId: string, ids: string[]): Promise<LockedDepartment[]> {
  return rows(
    tx,
    sql<LockedDepartment>`
      select id, parent_id as parent, version from department where tenant_id = ${tenantId} and id = any(${ids}) order by id for no key update`,
  )
}

/** Held so that nobody can come into it. */
export async function lockForDeletion(tx: Tx, tenantId: string, id: string): Promise<void> {
  await sql`select 1 from department where tenant_id = ${tenantId} and id = ${id} for update`.execute(tx)
}

export async function existingDepartments(on: Queryable, tenantId: string, ids: string[]): Promise<Set<string>> {
  const found = await rows(
    on,
    sql<{ id: string }>`select id from department where tenant_id = ${tenantId} and id = any(${ids})`,
  )
  return new Set(found.map((f) => f.id))
}

export interface TreeNode {
  id: string
  parent: string | null
  name: string
}

/** The whole tree, for moves and imports; companies have thousands of departments, not millions. */
export function readTree(on: Queryable, tenantId: string): Promise<TreeNode[]> {
  return rows(
    on,
    sql<TreeNode>`select id, parent_id as parent, name from department where tenant_id = ${tenantId} order by position, id`,
  )
}

export interface Step {
  id: string
  name: string
  leaders: string[]
}

/** The departments from the top down to each of these, itself included. */
export async function listPaths(on: Queryable, tenantId: string, ids: string[]): Promise<Map<string, Step[]>> {
  const found = await rows(
    on,
    sql<Step & { of: string }>`
      with recursive up as (
        select d.id as of, d.id, d.parent_id, d.name, d.leaders, 0 as height from department d where d.tenant_id = ${tenantId} and d.id = any(${ids})
        union all
        select up.of, d.id, d.parent_id, d.name, d.leaders, up.height + 1 from up join department d on d.tenant_id = ${tenantId} and d.id = up.parent_id
      ) select of, id, name, leaders from up order by of, height desc`,
  )
  const paths = new Map<string, Step[]>()
  for (const { of, ...step } of found) paths.set(of, [...(paths.get(of) ?? []), step])
  return paths
}

/** The place behind the last one below this parent; at the end of all places beside it. */
export async function nextPosition(on: Queryable, tenantId: string, parent: string | null): Promise<number> {
  const found = await row(
    on,
    sql<{
      next: number
    }>`select least(coalesce(max(position), 0) + 1, ${limits.departmentPosition}::bigint) as next from department where tenant_id = ${tenantId} and parent_id is not distinct from ${parent}`,
  )
  return found?.next ?? 1
}

export interface NewDepartment {
  id: string
  parent: string | null
  name: string
  position: number
}

/** Parents come before their children. */
export async function insertDepartments(tx: Tx, tenantId: string, departments: NewDepartment[]): Promise<void> {
  await sql`
    insert into department (tenant_id, id, parent_id, name, position)
    select ${tenantId}, i.* from unnest(${departments.map((d) => d.id)}::text[], ${departments.map((d) => d.parent)}::text[],
      ${departments.map((d) => d.name)}::text[], ${departments.map((d) => d.position)}::bigint[]) as i(id, parent, name, position)`.execute(
    tx,
  )
}

export interface DepartmentPatch {
  parent?: string | null | undefined
  name?: string | undefined
  position?: number | undefined
  leaders?: string[] | undefined
}

export async function updateDepartment(tx: Tx, tenantId: string, id: string, patch: DepartmentPatch): Promise<void> {
  await sql`
    update department set parent_id = case when ${patch.parent === undefined} then parent_id else ${patch.parent ?? null} end,
      name = coalesce(${patch.name ?? null}, name), position = coalesce(${patch.position ?? null}, position),
      leaders = coalesce(${patch.leaders ?? null}::text[], leaders), version = version + 1
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx)
}

export async function isEmpty(on: Queryable, tenantId: string, id: string): Promise<boolean> {
  const found = await row(
    on,
    sql`
      select 1 where exists (select 1 from department_member where tenant_id = ${tenantId} and department_id = ${id})
        or exists (select 1 from department where tenant_id = ${tenantId} and parent_id = ${id})`,
  )
  return found === undefined
}

export async function deleteDepartment(tx: Tx, tenantId: string, id: string): Promise<void> {
  await sql`delete from department where tenant_id = ${tenantId} and id = ${id}`.execute(tx)
}

/** Departments that this member leads. */
export async function ledBy(on: Queryable, tenantId: string, memberId: string): Promise<string[]> {
  const found = await rows(
    on,
    sql<{ id: string }>`select id from department where tenant_id = ${tenantId} and ${memberId} = any(leaders)`,
  )
  return found.map((f) => f.id)
}
