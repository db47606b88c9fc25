import type { Clock } from './clock.js'
import type { Queryable, Tx } from './db.js'
import { addJob, type Jobs } from './jobs.js'

/** A fact that other modules may need to know, with what they need to act on it. */
export interface DomainEvent<P> {
  name: string
  /** Only for the type. */
  payload?: P
}

export const domainEvent = <P>(name: string): DomainEvent<P> => ({ name })

/** Reacts to an event in a transaction of its own, at least once; must bear being run again. */
export type Listener<P> = (tx: Tx, payload: P) => Promise<void>

/**
 * Tells facts between modules: `tell` writes one job for each listener into the caller’s transaction, so that if the
 * row is there, the event is there.
 */
export class Events {
  readonly #listeners = new Map<string, string[]>()

  constructor(
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** @param name of the listener, kept in the database while it is due: do not rename it lightly */
  on<P>(event: DomainEvent<P>, name: string, listener: Listener<P>): void {
    const job = `${event.name} → ${name}`
    this.#listeners.set(event.name, [...(this.#listeners.get(event.name) ?? []), job])
    this.jobs.handle(job, ({ tx, data }) => listener(tx, data as P))
  }

  async tell<P>(on: Queryable, event: DomainEvent<P>, payload: P): Promise<void> {
    for (const kind of this.#listeners.get(event.name) ?? []) await addJob(on, this.clock, { kind, data: payload })
  }
}
