import type { Todo } from '@heyi/contract/todos'
import { fail } from '../../kernel/errors.js'

/**
 * The to-do after one of those who are to do it has said so, or taken it back. It is done when all of them are.
 *
 * @throws AppError `not_allowed` to whoever only gave it to others
 */
export function applyDone(todo: Todo, memberId: string, done: boolean, now: string): Todo {
  if (!todo.assignees.some(({ member }) => member === memberId)) throw fail('not_allowed')
  const assignees = todo.assignees.map((one) =>
    one.member === memberId ? { ...one, doneAt: done ? (one.doneAt ?? now) : null } : one,
  )
  return withDone({ ...todo, assignees, version: todo.version + 1 }, now)
}

/** Others are to do it from now on; who stays keeps what they have done. */
export function applyAssignees(todo: Todo, members: string[], now: string): Todo {
  const before = new Map(todo.assignees.map((one) => [one.member, one]))
  const assignees = [...new Set(members)].map((member) => before.get(member) ?? { member, doneAt: null })
  return withDone({ ...todo, assignees }, now)
}

function withDone(todo: Todo, now: string): Todo {
  const all = todo.assignees.every(({ doneAt }) => doneAt !== null)
  return { ...todo, doneAt: all ? (todo.doneAt ?? now) : null }
}

/** Who is still to do it, and so is reminded. */
export const waitingFor = ({ assignees }: Todo): string[] =>
  assignees.filter(({ doneAt }) => doneAt === null).map(({ member }) => member)
