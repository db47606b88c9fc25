import { changed, type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

// Groups whose members are those of a department.

export interface DepartmentGroupRow {
  conversation: string
  department: string
  below: boolean
  /** Who switched it on. */
  by: string
  named: boolean
  filled: boolean
  joined: number
  joiners: string[]
  gone: number
  goers: string[]
}

const columns = sql`conversation_id as conversation, department_id as department, below, by, named, filled, joined, joiners, gone, goers`

/** False where the department has one. */
export async function insertDepartmentGroup(
  tx: Tx,
  tenantId: string,
  group: { conversation: string; department: string; below: boolean; by: string },
): Promise<boolean> {
  const made = await changed(
    tx,
    sql`insert into department_group (tenant_id, department_id, conversation_id, below, by)
      values (${tenantId}, ${group.department}, ${group.conversation}, ${group.below}, ${group.by}) on conflict (tenant_id, department_id) do nothing`,
  )
  return made > 0
}

/** The group of a department, held until the transaction ends: whoever changes who is in it holds it first. */
export function lockOfDepartment(
  tx: Tx,
  tenantId: string,
  department: string,
): Promise<DepartmentGroupRow | undefined> {
  return row(
    tx,
    sql<DepartmentGroupRow>`select ${columns} from department_group where tenant_id = ${tenantId} and department_id = ${department} for update`,
  )
}

/** What may be known of the group of a department by this colleague. */
export function findOfDepartment(
  on: Queryable,
  tenantId: string,
  department: string,
  memberId: string,
): Promise<{ conversation: string; name: string; below: boolean; count: number; joined: boolean } | undefined> {
  return row(
    on,
    sql<{ conversation: string; name: string; below: boolean; count: number; joined: boolean }>`
      select c.id as conversation, c.name, g.below,
        (select count(*) from membership m where m.tenant_id = c.tenant_id and m.conversation_id = c.id and m.left_rev is null) as count,
        exists (select from membership m where m.tenant_id = c.tenant_id and m.conversation_id = c.id and m.member_id = ${memberId} and m.left_rev is null) as joined
      from department_group g join conversation c on c.tenant_id = g.tenant_id and c.id = g.conversation_id
      where g.tenant_id = ${tenantId} and g.department_id = ${department}`,
  )
}

/** Departments of all tenants that have a group. */
export function departmentsWithGroup(on: Queryable): Promise<{ tenantId: string; department: string }[]> {
  return rows(
    on,
    sql<{ tenantId: string; department: string }>`
      select tenant_id as "tenantId", department_id as department from department_group order by 1, 2`,
  )
}

/** Of these departments, those that have a group. */
export async function withGroup(on: Queryable, tenantId: string, departments: string[]): Promise<string[]> {
  const found = await rows(
    on,
    sql<{ id: string }>`
      select department_id as id from department_group where tenant_id = ${tenantId} and department_id = any(${departments}) order by 1`,
  )
  return found.map(({ id }) => id)
}

export async function hasGroups(on: Queryable, tenantId: string): Promise<boolean> {
  return (await row(on, sql`select 1 from department_group where tenant_id = ${tenantId} limit 1`)) !== undefined
}

export async function saveDepartmentGroup(tx: Tx, tenantId: string, group: DepartmentGroupRow): Promise<void> {
  await sql`
    update department_group set below = ${group.below}, filled = ${group.filled}, joined = ${group.joined}, joiners = ${group.joiners},
      gone = ${group.gone}, goers = ${group.goers}
    where tenant_id = ${tenantId} and department_id = ${group.department}`.execute(tx)
}

/** It keeps its name whatever its department is called. */
export async function keepName(tx: Tx, tenantId: string, conversation: string): Promise<void> {
  await sql`update department_group set named = true where tenant_id = ${tenantId} and conversation_id = ${conversation}`.execute(
    tx,
  )
}

export async function deleteDepartmentGroup(tx: Tx, tenantId: string, department: string): Promise<void> {
  await sql`delete from department_group where tenant_id = ${tenantId} and department_id = ${department}`.execute(tx)
}

export interface DepartmentFacts {
  name: string
  owner: string | null
  historyVisible: boolean
  dissolved: boolean
  epoch: number
}

export function findFacts(on: Queryable, tenantId: string, conversation: string): Promise<DepartmentFacts | undefined> {
  return row(
    on,
    sql<DepartmentFacts>`
      select c.name, c.owner, c.history_visible as "historyVisible", c.dissolved, f.epoch
      from conversation c join feed f on f.tenant_id = c.tenant_id and f.id = c.id where c.tenant_id = ${tenantId} and c.id = ${conversation}`,
  )
}

/** Who is to be in it and is not, and who is in it and is not to be; the caller holds what both come from. */
export async function compareMembers(
  on: Queryable,
  tenantId: string,
  conversation: string,
  wanted: string[],
): Promise<{ missing: string[]; extra: string[]; count: number }> {
  const found = await row(
    on,
    sql<{ missing: string[]; extra: string[]; count: number }>`
      with here as materialized (
        select member_id from membership where tenant_id = ${tenantId} and conversation_id = ${conversation} and left_rev is null
      ), wanted as materialized (select w.id from unnest(${wanted}::text[] collate "C") as w(id))
      select array(select id from wanted where id not in (select member_id from here) order by id) as missing,
        array(select member_id from here where member_id not in (select id from wanted) order by member_id) as extra,
        (select count(*) from here) as count`,
  )
  return found ?? { missing: [], extra: [], count: 0 }
}

/** Whose it is, and which department it follows; null for none. */
export async function setDepartmentFacts(
  tx: Tx,
  tenantId: string,
  conversation: string,
  to: { owner: string | null; department: string | null; name: string; dissolved: boolean },
): Promise<void> {
  await sql`
    update conversation set owner = ${to.owner}, department_id = ${to.department}, name = ${to.name}, dissolved = ${to.dissolved}
    where tenant_id = ${tenantId} and id = ${conversation}`.execute(tx)
}
