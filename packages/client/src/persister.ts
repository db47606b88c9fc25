import type { Environment } from './environment.js'
import type { Replica } from './replica.js'
import { NotTheWriter, type ReplicaRows, type Store } from './store.js'

/** How long after a failed write the whole is tried anew, doubled with each failure. */
const retryFirstMs = 60_000
const retryMostMs = 3_600_000

/**
 * Writes what the replica says has changed, in steps that each are one transaction, so that the store always holds a
 * state that was true. When it fails (a full disk, another tab that took over) the client goes on in memory, and later
 * tries to put all it holds in the store's place.
 */
export class Persister {
  readonly #store: Store
  readonly #replica: Replica
  readonly #environment: Environment
  readonly #mayWrite: () => boolean
  #attached = false
  #writing: Promise<void> | null = null
  #failures = 0
  #retryAt = 0

  constructor(store: Store, replica: Replica, environment: Environment, mayWrite: () => boolean) {
    this.#store = store
    this.#replica = replica
    this.#environment = environment
    this.#mayWrite = mayWrite
  }

  /** Whether the store stands behind the replica, so that messages may be left to it. */
  get attached(): boolean {
    return this.#attached
  }

  /** The replica is what was read from the store, which this client claimed. */
  begin(attached: boolean): void {
    this.#attached = attached
    if (!attached) this.#replica.detach()
  }

  /** Writes what is unsaved, soon. */
  kick(): void {
    if (!this.#attached || this.#writing) return
    const changes = this.#replica.takeUnsaved()
    if (changes) this.#run(this.#store.commit(changes))
  }

  /** Puts the whole replica into the store. */
  takeOver(): void {
    if (this.#attached || this.#writing) return
    const rows: ReplicaRows = this.#replica.attach()
    this.#attached = true
    this.#run(this.#store.replace(rows))
  }

  /** To be called now and then. */
  retry(): void {
    if (!this.#attached && this.#mayWrite() && this.#environment.now() >= this.#retryAt) this.takeOver()
  }

  /** Resolves when all that is known now has been written, or cannot be. */
  async idle(): Promise<void> {
    this.kick()
    while (this.#writing) await this.#writing
  }

  /** Writes nothing more; resolves when the last write has ended. */
  async stop(): Promise<void> {
    this.#attached = false
    while (this.#writing) await this.#writing
  }

  /** The store cannot be trusted any more. */
  fail(): void {
    this.#attached = false
    this.#replica.detach()
    this.#retryAt = this.#environment.now() + Math.min(retryMostMs, retryFirstMs * 2 ** this.#failures++)
  }

  #run(write: Promise<void>): void {
    this.#writing = this.#finish(write)
  }

  async #finish(write: Promise<void>): Promise<void> {
    try {
      await write
      this.#failures = 0
    } catch (error) {
      this.#environment.log(error instanceof NotTheWriter ? 'another tab writes now' : 'the store failed', error)
      this.fail()
    }
    this.#writing = null
    this.kick()
  }
}
