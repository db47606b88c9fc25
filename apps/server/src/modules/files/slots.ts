import { fail } from '../../kernel/errors.js'

/** Lets `atOnce` pieces of work run, keeps `waiting` more in line, and refuses the rest as `busy`. */
export class Slots {
  #running = 0
  readonly #line: (() => void)[] = []
  readonly #idle: (() => void)[] = []

  constructor(
    private readonly atOnce: number,
    private readonly waiting: number,
  ) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter()
    try {
      return await work()
    } finally {
      this.#leave()
    }
  }

  /** Resolves when nothing runs or waits. */
  async idle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#idle.push(resolve))
  }

  async #enter(): Promise<void> {
    if (this.#running < this.atOnce) {
      this.#running++
      return
    }
    if (this.#line.length >= this.waiting) throw fail('busy')
    await new Promise<void>((resolve) => this.#line.push(resolve))
  }

  #leave(): void {
    const next = this.#line.shift()
    if (next) return next()
    this.#running--
    if (this.#running > 0) return
    for (const resolve of this.#idle.splice(0)) resolve()
  }
}
