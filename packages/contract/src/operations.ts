import type { z } from 'zod'
import * as anniversaries from './anniversaries.js'
import type { Operation } from './define.js'
import * as directory from './directory.js'
import * as files from './files.js'
import * as identity from './identity.js'
import * as linkcards from './linkcards.js'
import * as messaging from './messaging.js'
import * as notices from './notices.js'
import * as notifications from './notifications.js'
import * as operator from './operator.js'
import * as reminders from './reminders.js'
import * as rest from './rest.js'
import * as search from './search.js'
import * as sync from './sync.js'
import * as todos from './todos.js'

const modules = {
  ...identity,
  ...directory,
  ...files,
  ...messaging,
  ...linkcards,
  ...reminders,
  ...rest,
  ...notifications,
  ...notices,
  ...search,
  ...todos,
  ...anniversaries,
  ...sync,
  ...operator,
}
type Modules = typeof identity &
  typeof directory &
  typeof files &
  typeof messaging &
  typeof linkcards &
  typeof reminders &
  typeof rest &
  typeof notifications &
  typeof notices &
  typeof search &
  typeof todos &
  typeof anniversaries &
  typeof sync &
  typeof operator
type OperationIn<T> = {
  [K in keyof T]: T[K] extends Operation<string, 'read' | 'write', z.ZodType, z.ZodType> ? T[K] : never
}[keyof T]
type AnyOperation = OperationIn<Modules>

export type OperationName = AnyOperation['name']
/** Input and output of each operation by its name; import it as a type and no schema enters a browser bundle. */
export type Operations = {
  [O in AnyOperation as O['name']]: { kind: O['kind']; input: z.input<O['input']>; output: z.output<O['output']> }
}

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'input' in value && 'output' in value && 'scope' in value

/** Every operation by its name. */
export const operations = Object.fromEntries(
  Object.values<unknown>(modules)
    .filter(isOperation)
    .map((operation) => [operation.name, operation]),
) as unknown as Record<OperationName, Operation>
