import { type Queryable, rows, sql } from '../../kernel/db.js'

// Who is meant when departments are named, those below them included.

/** Everybody in these departments and in those below. */
export async function membersBelow(on: Queryable, tenantId: string, departments: string[]): Promise<string[]> {
  const found = await rows(
    on,
    sql<{ id: string }>`
      with recursive below as (
        select id from department where tenant_id = ${tenantId} and id = any(${departments})
        union
        select d.id from department d join below b on d.parent_id = b.id where d.tenant_id = ${tenantId})
      select distinct member_id as id from department_member where tenant_id = ${tenantId} and department_id in (select id from below)`,
  )
  return found.map(({ id }) => id)
}

/** Everybody directly in this department. */
export async function membersIn(on: Queryable, tenantId: string, department: string): Promise<string[]> {
  const found = await rows(
    on,
    sql<{
      id: string
    }>`select member_id as id from department_member where tenant_id = ${tenantId} and department_id = ${department}`,
  )
  return found.map(({ id }) => id)
}

/** These departments, whether there are any longer or not, and all above them. */
export async function departmentsOver(on: Queryable, tenantId: string, departments: string[]): Promise<string[]> {
  const found = await rows(
    on,
    sql<{ id: string }>`
      with recursive above as (
        select id, parent_id from department where tenant_id = ${tenantId} and id = any(${departments})
        union
        select d.id, d.parent_id from department d join above a on d.id = a.parent_id where d.tenant_id = ${tenantId})
      select id from above`,
  )
  return [...new Set([...departments, ...found.map(({ id }) => id)])]
}

/** The departments that somebody is in, and those above. */
export async function departmentsAbove(on: Queryable, tenantId: string, memberId: string): Promise<string[]> {
  const found = await rows(
    on,
    sql<{ id: string }>`
      with recursive above as (
        select d.id, d.parent_id from department_member m join department d on d.tenant_id = m.tenant_id and d.id = m.department_id
        where m.tenant_id = ${tenantId} and m.member_id = ${memberId}
        union
        select d.id, d.parent_id from department d join above a on d.id = a.parent_id where d.tenant_id = ${tenantId})
      select id from above`,
  )
  return found.map(({ id }) => id)
}

/** The main department of each of these members; who is in none is left out. */
export async function mainDepartments(
  on: Queryable,
  tenantId: string,
  members: string[],
): Promise<Map<string, string>> {
  const found = await rows(
    on,
    sql<{ member: string; department: string }>`
      select member_id as member, department_id as department from department_member
      where tenant_id = ${tenantId} and member_id = any(${members}) and main`,
  )
  return new Map(found.map(({ member, department }) => [member, department]))
}

/** The names from the top down to each of these departments. */
export async function departmentPaths(
  on: Queryable,
  tenantId: string,
  departments: string[],
): Promise<Map<string, string[]>> {
  const found = await rows(
    on,
    sql<{ id: string; path: string[] }>`
      with recursive up as (
        select id as of, parent_id, array[name] as path from department where tenant_id = ${tenantId} and id = any(${departments})
        union all
        select u.of, d.parent_id, d.name || u.path from up u join department d on d.tenant_id = ${tenantId} and d.id = u.parent_id)
      select of as id, path from up where parent_id is null`,
  )
  return new Map(found.map(({ id, path }) => [id, path]))
}

/** How many of these departments there are. */
export async function countDepartments(on: Queryable, tenantId: string, departments: string[]): Promise<number> {
  const found = await rows(on, sql`select 1 from department where tenant_id = ${tenantId} and id = any(${departments})`)
  return found.length
}
