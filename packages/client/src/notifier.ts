import type { Environment } from './environment.js'

/** Screens are told at most once in this time. */
const everyMs = 16

/** Calls its listeners after changes: at once after the first, together for those that follow closely. */
export class Notifier {
  readonly #environment: Environment
  readonly #listeners = new Set<() => void>()
  #pending = false
  #last = 0

  constructor(environment: Environment) {
    this.#environment = environment
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  changed(): void {
    if (this.#pending) return
    this.#pending = true
    const wait = this.#last + everyMs - this.#environment.now()
    if (wait <= 0) queueMicrotask(() => this.#flush())
    else this.#environment.setTimeout(() => this.#flush(), Math.min(wait, everyMs))
  }

  #flush(): void {
    this.#pending = false
    this.#last = this.#environment.now()
    for (const listener of [...this.#listeners]) listener()
  }
}
