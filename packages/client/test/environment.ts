import type { Environment } from '../src/environment.js'

/** Lets everything happen that needs no timer. */
export async function tick(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

/** Time that passes only when it is told to. */
export class ManualEnvironment implements Environment {
  readonly logged: unknown[] = []
  #now = 1_900_000_000_000
  #last = 0
  readonly #timers = new Map<number, { at: number; run: () => void }>()

  now = (): number => this.#now
  random = (): number => 0.5
  setTimeout = (run: () => void, ms: number): number => {
    this.#timers.set(++this.#last, { at: this.#now + ms, run })
    return this.#last
  }
  clearTimeout = (handle: unknown): void => {
    this.#timers.delete(handle as number)
  }
  log = (...what: unknown[]): void => {
    this.logged.push(what)
  }

  /** Runs what falls due within the next `ms`, in order, each with all that follows from it. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms
    for (;;) {
      await tick()
      const [next] = [...this.#timers].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at)
      if (!next) break
      this.#timers.delete(next[0])
      this.#now = Math.max(this.#now, next[1].at)
      next[1].run()
    }
    this.#now = until
  }
}
