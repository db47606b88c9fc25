import type { Clock } from '../../kernel/clock.js'
import type { Queryable } from '../../kernel/db.js'
import { countBelow } from './department-store.js'

/** Levels of trees that are kept; beyond that the oldest goes. */
const levelsKept = 200
/** Fewer people than this are counted in a few milliseconds, so always anew. */
const manyPeople = 10_000
/** A kept total may be this many times as old as the time that counting it took. */
const restFactor = 50

interface Level {
  untilMs: number
  totals: Promise<Map<string, number>>
}

/**
 * How many people are in departments and all below them, each once (docs/decisions/0012). Exact at the moment of
 * counting; a large level is counted by one for all who ask meanwhile and kept for some seconds, so that counting never
 * takes more than a fiftieth of the time. Nothing but time makes it stale.
 */
export class Totals {
  readonly #levels = new Map<string, Level>()

  constructor(private readonly clock: Clock) {}

  of(on: Queryable, tenantId: string, departments: string[]): Promise<Map<string, number>> {
    if (departments.length === 0) return Promise.resolve(new Map())
    const key = [tenantId, ...departments].join(' ')
    const held = this.#levels.get(key)
    return held && held.untilMs > this.clock.ms()
      ? held.totals
      : this.#count(key, countBelow(on, tenantId, departments))
  }

  async #count(key: string, totals: Level['totals']): Promise<Map<string, number>> {
    const startedMs = performance.now()
    const level = { untilMs: Number.POSITIVE_INFINITY, totals }
    this.#levels.delete(key)
    this.#levels.set(key, level)
    for (const oldest of this.#levels.keys()) {
      if (this.#levels.size <= levelsKept) break
      this.#levels.delete(oldest)
    }
    try {
      const found = await totals
      const people = [...found.values()].reduce((sum, total) => sum + total, 0)
      if (people < manyPeople) this.#levels.delete(key)
      level.untilMs = this.clock.ms() + restFactor * (performance.now() - startedMs)
      return found
    } catch (error) {
      this.#levels.delete(key)
      throw error
    }
  }
}
