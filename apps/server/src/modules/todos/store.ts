import type { Todo } from '@heyi/contract/todos'
import { type Queryable, row, rows, sql, type Tx } from '../../kernel/db.js'

const columns = sql`
  t.id, t.text, t.creator, t.due_at as "dueAt", t.remind_at as "remindAt", t.reminded_at as "remindedAt", t.created_at as "createdAt", t.done_at as "doneAt", t.version,
  case when t.seq is not null then jsonb_build_object('conversation', t.conversation_id, 'seq', t.seq) end as source,
  (select jsonb_agg(jsonb_build_object('member', a.member_id, 'doneAt', to_char(a.done_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by a.n)
    from todo_assignee a where a.tenant_id = t.tenant_id and a.todo_id = t.id) as assignees`

/** Everybody in whose list it stands. */
export const peopleOf = ({ creator, assignees }: Pick<Todo, 'creator' | 'assignees'>): string[] => [
  ...new Set([creator, ...assignees.map(({ member }) => member)]),
]

/** One that stands in this member’s list, locked. */
export async function lockTodo(tx: Tx, tenantId: string, memberId: string, id: string): Promise<Todo | undefined> {
  const mine = await row(
    tx,
    sql`
      select 1 from todo t where t.tenant_id = ${tenantId} and t.id = ${id}
        and exists (select from todo_list l where l.tenant_id = t.tenant_id and l.todo_id = t.id and l.member_id = ${memberId}) for update of t`,
  )
  return mine ? findTodo(tx, tenantId, id) : undefined
}

/** Locked for a job, which acts for nobody. */
export async function lockAny(tx: Tx, tenantId: string, id: string): Promise<Todo | undefined> {
  const there = await row(tx, sql`select 1 from todo where tenant_id = ${tenantId} and id = ${id} for update`)
  return there ? findTodo(tx, tenantId, id) : undefined
}

function findTodo(on: Queryable, tenantId: string, id: string): Promise<Todo | undefined> {
  return row(on, sql<Todo>`select ${columns} from todo t where t.tenant_id = ${tenantId} and t.id = ${id}`)
}

export async function loadTodos(
  on: Queryable,
  tenantId: string,
  refs: { feed: string; id: string }[],
): Promise<Map<string, Todo>> {
  const found = await rows(
    on,
    sql<Todo>`select ${columns} from todo t where t.tenant_id = ${tenantId} and t.id = any(${refs.map(({ id }) => id)})`,
  )
  const byId = new Map(found.map((todo) => [todo.id, todo]))
  return new Map(
    refs.flatMap(({ feed, id }) => {
      const todo = byId.get(id)
      return todo ? [[`${feed} ${id}`, todo] as const] : []
    }),
  )
}

/** How many open ones each of these members has; those who have none are left out. */
export async function countOpen(on: Queryable, tenantId: string, members: string[]): Promise<Map<string, number>> {
  const found = await rows(
    on,
    sql<{ member: string; count: number }>`
      select member_id as member, count(*) as count from todo_list where tenant_id = ${tenantId} and member_id = any(${members}) and done_at is null group by 1`,
  )
  return new Map(found.map(({ member, count }) => [member, count]))
}

export async function saveTodo(tx: Tx, tenantId: string, todo: Todo): Promise<void> {
  await sql`
    insert into todo (tenant_id, id, text, creator, due_at, remind_at, reminded_at, conversation_id, seq, created_at, done_at, version)
    values (${tenantId}, ${todo.id}, ${todo.text}, ${todo.creator}, ${todo.dueAt}, ${todo.remindAt}, ${todo.remindedAt}, ${todo.source?.conversation ?? null}, ${todo.source?.seq ?? null},
      ${todo.createdAt}, ${todo.doneAt}, ${todo.version})
    on conflict (tenant_id, id) do update set text = excluded.text, due_at = excluded.due_at, remind_at = excluded.remind_at, reminded_at = excluded.reminded_at,
      done_at = excluded.done_at, version = excluded.version`.execute(tx)
  await sql`delete from todo_assignee where tenant_id = ${tenantId} and todo_id = ${todo.id}`.execute(tx)
  await sql`
    insert into todo_assignee (tenant_id, todo_id, member_id, n, done_at)
    select ${tenantId}, ${todo.id}, i.member, i.n, i.done_at
    from unnest(${todo.assignees.map((a) => a.member)}::text[], ${todo.assignees.map((a) => a.doneAt)}::timestamptz[]) with ordinality as i(member, done_at, n)`.execute(
    tx,
  )
  await sql`delete from todo_list where tenant_id = ${tenantId} and todo_id = ${todo.id}`.execute(tx)
  await sql`
    insert into todo_list (tenant_id, member_id, todo_id, done_at, due_at)
    select ${tenantId}, m, ${todo.id}, ${todo.doneAt}, ${todo.dueAt} from unnest(${peopleOf(todo)}::text[]) as i(m)`.execute(
    tx,
  )
}

export async function deleteTodo(tx: Tx, tenantId: string, id: string): Promise<void> {
  await sql`delete from todo where tenant_id = ${tenantId} and id = ${id}`.execute(tx)
}

/** How many to-dos were made from a message, and how many of them are done; null for none. */
export async function countOfMessage(
  on: Queryable,
  tenantId: string,
  { conversation, seq }: { conversation: string; seq: number },
): Promise<{ done: number; total: number } | null> {
  const found = await row(
    on,
    sql<{ done: number; total: number }>`
      select count(*) as total, count(*) filter (where done_at is not null) as done from todo
      where tenant_id = ${tenantId} and conversation_id = ${conversation} and seq = ${seq}`,
  )
  return found && found.total > 0 ? found : null
}

/** The newest that stand in this member’s list, done ones too. */
export function newestTodos(on: Queryable, tenantId: string, memberId: string, limit: number): Promise<Todo[]> {
  return rows(
    on,
    sql<Todo>`
      select ${columns} from todo t join (
        select todo_id from todo_list where tenant_id = ${tenantId} and member_id = ${memberId} order by todo_id desc limit ${limit}
      ) l on l.todo_id = t.id where t.tenant_id = ${tenantId} order by t.id desc`,
  )
}

/** Open ones by when they are due, those without a time last; done ones the last first. */
export function listTodos(
  on: Queryable,
  tenantId: string,
  memberId: string,
  done: boolean,
  after: { at: string; id: string } | null,
  limit: number,
): Promise<Todo[]> {
  const never = sql`'9999-12-31T00:00:00Z'::timestamptz`
  const order = done ? sql`l.done_at` : sql`coalesce(l.due_at, ${never})`
  const beyond =
    after &&
    (done
      ? sql`(${order}, l.todo_id) < (${after.at}::timestamptz, ${after.id})`
      : sql`(${order}, l.todo_id) > (${after.at}::timestamptz, ${after.id})`)
  return rows(
    on,
    sql<Todo>`
      select ${columns} from todo_list l join todo t on t.tenant_id = l.tenant_id and t.id = l.todo_id
      where l.tenant_id = ${tenantId} and l.member_id = ${memberId} and l.done_at is ${done ? sql`not null` : sql`null`} and ${beyond ?? sql`true`}
      order by ${order} ${done ? sql`desc` : sql`asc`}, l.todo_id ${done ? sql`desc` : sql`asc`} limit ${limit}`,
  )
}

/** What a member who left the company still has to do is nobody’s any more; what they made stays with those who do it. */
export async function openOf(on: Queryable, tenantId: string, memberId: string): Promise<string[]> {
  const found = await rows(
    on,
    sql<{
      id: string
    }>`select todo_id as id from todo_list where tenant_id = ${tenantId} and member_id = ${memberId} and done_at is null`,
  )
  return found.map(({ id }) => id)
}

export async function deleteTenantRows(tx: Tx, tenantId: string): Promise<void> {
  for (const table of ['todo_list', 'todo_assignee', 'todo'])
    await sql`delete from ${sql.table(table)} where tenant_id = ${tenantId}`.execute(tx)
}
