import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/todos'
import type { Todo } from '@heyi/contract/todos'
import type { z } from 'zod'
import type { Clock } from '../../kernel/clock.js'
import type { Kernel, MemberRead, MemberWrite } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import type { Changes } from '../../kernel/feeds/changes.js'
import { newId } from '../../kernel/ids.js'
import { addJob } from '../../kernel/jobs.js'
import { writeTransaction } from '../../kernel/write.js'
import type { DirectoryDoor } from '../directory/index.js'
import type { MessagingDoor } from '../messaging/index.js'
import type { NotificationsDoor } from '../notifications/index.js'
import { applyAssignees, applyDone, waitingFor } from './rules.js'
import * as store from './store.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

export interface Doors {
  directory: DirectoryDoor
  messaging: MessagingDoor
  notifications: NotificationsDoor
}

const job = 'todos.remind'
interface Due {
  tenantId: string
  id: string
  remindAt: string
}

export async function createTodo(ctx: MemberWrite, doors: Doors, input: Input<typeof ops.createTodo>): Promise<Todo> {
  const { tenantId, memberId } = ctx.actor
  const { text, dueAt, remindAt, source } = input
  requireTimes(ctx.clock, { remindAt })
  await doors.directory.requireColleagues(ctx.db, tenantId, input.assignees)
  if (source && (await doors.messaging.findReadableMessages(ctx.db, ctx.actor, [source])).length === 0)
    throw fail('not_found')
  const now = ctx.clock.now()
  const empty: Todo = {
    id: newId('tdo', ctx.clock.ms()),
    text,
    creator: memberId,
    assignees: [],
    dueAt: toInstant(dueAt),
    remindAt: toInstant(remindAt),
    remindedAt: null,
    source,
    createdAt: now,
    doneAt: null,
    version: 1,
  }
  const todo = applyAssignees(empty, input.assignees, now)
  await write(ctx.db, ctx.changes, doors, tenantId, todo, 'new')
  await remindLater(ctx, todo)
  return todo
}

export async function updateTodo(ctx: MemberWrite, doors: Doors, input: Input<typeof ops.updateTodo>): Promise<Todo> {
  const { tenantId } = ctx.actor
  const held = await requireMine(ctx, input.id)
  if (held.version !== input.version) throw fail('version_conflict', { version: held.version })
  const { text = held.text, dueAt = held.dueAt, remindAt = held.remindAt, assignees } = input
  if (input.remindAt) requireTimes(ctx.clock, { remindAt: input.remindAt })
  if (assignees) await doors.directory.requireColleagues(ctx.db, tenantId, assignees)
  const again = toInstant(remindAt) !== held.remindAt
  const changed: Todo = {
    ...held,
    text,
    dueAt: toInstant(dueAt),
    remindAt: toInstant(remindAt),
    remindedAt: again ? null : held.remindedAt,
    version: held.version + 1,
  }
  const todo = assignees ? applyAssignees(changed, assignees, ctx.clock.now()) : changed
  await write(ctx.db, ctx.changes, doors, tenantId, todo, 'changed')
  if (again) await remindLater(ctx, todo)
  return todo
}

export async function completeTodo(
  ctx: MemberWrite,
  doors: Doors,
  { id, done }: Input<typeof ops.completeTodo>,
): Promise<Todo> {
  const { tenantId, memberId } = ctx.actor
  const held = await store.lockTodo(ctx.db, tenantId, memberId, id)
  if (!held) throw fail('not_found')
  const todo = applyDone(held, memberId, done, ctx.clock.now())
  await write(ctx.db, ctx.changes, doors, tenantId, todo, 'changed')
  return todo
}

export async function deleteTodo(
  ctx: MemberWrite,
  doors: Doors,
  { id }: Input<typeof ops.deleteTodo>,
): Promise<Record<string, never>> {
  const { tenantId } = ctx.actor
  const todo = await requireMine(ctx, id)
  const place = await lockAll(ctx.changes, tenantId, todo, [])
  await store.deleteTodo(ctx.db, tenantId, id)
  if (place) await showTodo(ctx.db, ctx.changes, doors, tenantId, place)
  return {}
}

export async function listTodos(ctx: MemberRead, { done, cursor, limit }: Input<typeof ops.listTodos>) {
  const { tenantId, memberId } = ctx.actor
  const found = await store.listTodos(ctx.db, tenantId, memberId, done, readCursor(cursor), limit + 1)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  const at = last && (done ? last.doneAt : (last.dueAt ?? '9999-12-31T00:00:00.000Z'))
  return { items, next: found.length > limit && last ? `${at} ${last.id}` : null }
}

/** A reminder whose time has come; one that was changed, done or deleted meanwhile is none any more. */
export function remindDue(kernel: Kernel, doors: Doors): void {
  kernel.jobs.handle(job, ({ data }) =>
    writeTransaction(kernel, async (tx, changes) => {
      const { tenantId, id, remindAt } = data as Due
      const held = await store.lockAny(tx, tenantId, id)
      if (!held || held.doneAt || held.remindedAt || held.remindAt !== remindAt) return
      const todo = { ...held, remindedAt: kernel.clock.now(), version: held.version + 1 }
      await write(tx, changes, doors, tenantId, todo, 'reminded')
      const members = waitingFor(todo)
      await doors.notifications.remindTodo(tx, { tenantId, id, version: todo.version, text: todo.text, members })
    }),
  )
}

/** Whoever leaves the company has nothing to do any more; a to-do that nobody is left to do is done. */
export async function forgetMember(kernel: Kernel, doors: Doors, tenantId: string, memberId: string): Promise<void> {
  for (const id of await store.openOf(kernel.db, tenantId, memberId))
    await writeTransaction(kernel, async (tx, changes) => {
      const held = await store.lockAny(tx, tenantId, id)
      if (!held?.assignees.some(({ member, doneAt }) => member === memberId && doneAt === null)) return
      const todo = applyDone(held, memberId, true, kernel.clock.now())
      await write(tx, changes, doors, tenantId, todo, 'changed')
    })
}

/** The caller’s own, locked: others who stand in it may not change it. */
async function requireMine(ctx: MemberWrite, id: string): Promise<Todo> {
  const { tenantId, memberId } = ctx.actor
  const todo = await store.lockTodo(ctx.db, tenantId, memberId, id)
  if (!todo) throw fail('not_found')
  if (todo.creator !== memberId) throw fail('not_allowed')
  return todo
}

/** Locks every feed that is to hear of it; the message it was made from, where that is still there. */
async function lockAll(changes: Changes, tenantId: string, todo: Todo, feeds: string[]): Promise<Todo['source']> {
  const { source, id } = todo
  await changes.lock(tenantId, source ? [source.conversation] : [], [{ kind: 'todo', id, feeds }])
  return source
}

/** Saves it and tells exactly those who are to see it: while it is open, everybody in whose list it stands. */
async function write(
  tx: Tx,
  changes: Changes,
  doors: Doors,
  tenantId: string,
  todo: Todo,
  what: 'new' | 'changed' | 'reminded',
): Promise<void> {
  const people = store.peopleOf(todo)
  const source = await lockAll(changes, tenantId, todo, todo.doneAt ? [] : people)
  // Under the locks of their feeds nobody gets one more meanwhile.
  if (what !== 'reminded' && !todo.doneAt) {
    const open = await store.countOpen(tx, tenantId, people)
    const most = what === 'new' ? limits.openTodos - 1 : limits.openTodos
    if ([...open.values()].some((count) => count > most)) throw fail('too_many_todos', { limit: limits.openTodos })
  }
  await store.saveTodo(tx, tenantId, todo)
  if (source && what !== 'reminded') await showTodo(tx, changes, doors, tenantId, source)
}

async function showTodo(
  tx: Tx,
  changes: Changes,
  { messaging }: Doors,
  tenantId: string,
  source: NonNullable<Todo['source']>,
): Promise<void> {
  const count = await store.countOfMessage(tx, tenantId, source)
  await messaging.showTodo(tx, changes, { tenantId, ...source }, count)
}

async function remindLater(ctx: MemberWrite, { id, remindAt }: Todo): Promise<void> {
  if (!remindAt) return
  const data: Due = { tenantId: ctx.actor.tenantId, id, remindAt }
  await addJob(ctx.db, ctx.clock, { kind: job, data, runAt: remindAt })
}

const toInstant = (at: string | null): string | null => (at === null ? null : new Date(at).toISOString())

function requireTimes(clock: Clock, { remindAt }: { remindAt: string | null }): void {
  if (remindAt === null) return
  const ahead = Date.parse(remindAt) - clock.ms()
  if (!(ahead > 0 && ahead <= limits.scheduleDays * 24 * 3600_000))
    throw fail('time_not_allowed', { days: limits.scheduleDays })
}

function readCursor(cursor: string | null): { at: string; id: string } | null {
  if (cursor === null) return null
  const [at, id] = cursor.split(' ')
  if (!at || !id || Number.isNaN(Date.parse(at))) throw fail('invalid_input', { path: 'cursor', reason: '' })
  return { at, id }
}
