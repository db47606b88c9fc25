import type { Department, Profile } from '@heyi/contract/directory'
import type { Environment } from './environment.js'
import type { Replica } from './replica.js'
import type { Call } from './transport.js'

/** A department that is followed, as far as its feed has brought it. */
export interface DepartmentState {
  department: Department | null
  members: Profile[]
}

interface Options {
  replica: Replica
  environment: Environment
  call: Call
  isOnline(): boolean
  feeds: { watch(departments: string[]): void }
  /** Those that screens ask for now. */
  wanted(): string[]
}

/** The departments on screen: followed on this socket, and what their feeds have brought. */
export class Departments {
  readonly #options: Options
  readonly #states = new Map<string, { rev: number; state: DepartmentState }>()

  constructor(options: Options) {
    this.#options = options
  }

  watch(): void {
    const { environment, call, isOnline, feeds, wanted } = this.#options
    const departments = wanted()
    feeds.watch(departments)
    if (!isOnline()) return
    call('sync.watch', { feeds: departments }).catch((error: unknown) => environment.log('watch', error))
  }

  /** The same object while it says the same. */
  state(id: string): DepartmentState | null {
    const feed = this.#options.replica.feed(id)
    if (!feed) return null
    const held = this.#states.get(id)
    if (held?.rev === feed.rev) return held.state
    const rows = [...feed.objects.values()]
    // The departments directly below are in the same feed.
    const departments = rows.filter(({ kind }) => kind === 'department').map(({ object }) => object as Department)
    const department = departments.find((one) => one.id === id) ?? null
    const members = rows.filter(({ kind }) => kind === 'departmentMember').map(({ object }) => object as Profile)
    const state = { department, members }
    this.#states.set(id, { rev: feed.rev, state })
    return state
  }
}
