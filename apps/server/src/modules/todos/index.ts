/**
 * To-dos 待办: alone or from a message, for oneself or for colleagues, with a time and a reminder. Open ones are objects of
 * the member feeds of everybody they concern; done ones are listed. A message shows how many of its to-dos are done.
 */
import type { Todo } from '@heyi/contract/todos'
import * as ops from '@heyi/contract/todos'
import type { MemberActor } from '../../kernel/actor.js'
import type { Kernel } from '../../kernel/context.js'
import type { Queryable } from '../../kernel/db.js'
import type { Operations } from '../../kernel/operations.js'
import { memberRemoved } from '../directory/index.js'
import type { IdentityDoor } from '../identity/index.js'
import * as service from './service.js'
import * as store from './store.js'

export interface TodosDoor {
  /** The newest of one’s own list, done ones too. */
  newestTodos(on: Queryable, actor: MemberActor, limit: number): Promise<Todo[]>
}

export function registerTodos(
  kernel: Kernel,
  operations: Operations,
  { identity, ...doors }: service.Doors & { identity: IdentityDoor },
): TodosDoor {
  operations.serve(ops.createTodo, (ctx, input) => service.createTodo(ctx, doors, input))
  operations.serve(ops.updateTodo, (ctx, input) => service.updateTodo(ctx, doors, input))
  operations.serve(ops.completeTodo, (ctx, input) => service.completeTodo(ctx, doors, input))
  operations.serve(ops.deleteTodo, (ctx, input) => service.deleteTodo(ctx, doors, input))
  operations.serve(ops.listTodos, service.listTodos)
  kernel.kinds.addObjects('mem', { todo: store.loadTodos })
  service.remindDue(kernel, doors)
  kernel.events.on(memberRemoved, 'todos.forget', (_tx, { tenantId, memberId }) =>
    service.forgetMember(kernel, doors, tenantId, memberId),
  )
  identity.onTenantDeleted(store.deleteTenantRows)
  return { newestTodos: (on, { tenantId, memberId }, limit) => store.newestTodos(on, tenantId, memberId, limit) }
}
