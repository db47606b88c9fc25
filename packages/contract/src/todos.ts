import { z } from 'zod'
import { ConversationId, Cursor, Empty, Instant, MemberId, pageOf, Seq, TodoId } from './common.js'
import { feedObject, operation } from './define.js'
import { limits } from './limits.js'

/** Something to be done, by one or several; open ones live in the feeds of whoever made it and whoever is to do it. */
export const Todo = z.object({
  id: TodoId,
  text: z.string(),
  creator: MemberId,
  assignees: z.array(z.object({ member: MemberId, doneAt: Instant.nullable() })).max(limits.todoAssignees),
  dueAt: Instant.nullable(),
  remindAt: Instant.nullable(),
  remindedAt: Instant.nullable(),
  source: z.object({ conversation: ConversationId, seq: Seq }).nullable().describe('The message it was made from.'),
  createdAt: Instant,
  doneAt: Instant.nullable().describe('When the last of them had done it.'),
  version: z.int(),
})
export type Todo = z.infer<typeof Todo>

export const todoObject = feedObject({ kind: 'todo', feed: 'member', payload: Todo })

const TodoText = z.string().trim().min(1).max(limits.todoChars)
const Assignees = z.array(MemberId).min(1).max(limits.todoAssignees)

export const createTodo = operation({
  name: 'todos.createTodo',
  kind: 'write',
  summary: 'Something to be done, alone or from a message, by me or by colleagues.',
  scope: 'todos:write',
  input: z.object({
    text: TodoText,
    assignees: Assignees,
    dueAt: Instant.nullable(),
    remindAt: Instant.nullable(),
    source: z.object({ conversation: ConversationId, seq: Seq }).nullable(),
  }),
  output: Todo,
  errors: ['too_many_todos', 'time_not_allowed'],
})

export const updateTodo = operation({
  name: 'todos.updateTodo',
  kind: 'write',
  summary: 'Change what I made: its text, its time, who is to do it.',
  scope: 'todos:write',
  input: z.object({
    id: TodoId,
    version: z.int(),
    text: TodoText.optional(),
    assignees: Assignees.optional(),
    dueAt: Instant.nullable().optional(),
    remindAt: Instant.nullable().optional(),
  }),
  output: Todo,
  errors: ['version_conflict', 'too_many_todos', 'time_not_allowed'],
})

export const completeTodo = operation({
  name: 'todos.completeTodo',
  kind: 'write',
  summary: 'I have done my part, or not after all.',
  scope: 'todos:write',
  input: z.object({ id: TodoId, done: z.boolean() }),
  output: Todo,
  errors: [],
})

export const deleteTodo = operation({
  name: 'todos.deleteTodo',
  kind: 'write',
  summary: 'Take back what I made.',
  scope: 'todos:write',
  input: z.object({ id: TodoId }),
  output: Empty,
  errors: [],
})

export const listTodos = operation({
  name: 'todos.listTodos',
  kind: 'read',
  summary: 'What I am to do or have given to others: open ones by their time, done ones the last first.',
  scope: 'todos:read',
  input: z.object({
    done: z.boolean(),
    cursor: Cursor.nullable(),
    limit: z.int().min(1).max(limits.pageSize),
  }),
  output: pageOf(Todo),
  errors: [],
})
