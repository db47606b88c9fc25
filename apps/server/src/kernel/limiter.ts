import type { Clock } from './clock.js'

interface Bucket {
  tokens: number
  at: number
}

const reserveSeconds = 4
const maxBuckets = 100_000

/** A token bucket for each key: `perSecond` refills it, four seconds’ worth may be spent at once. */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>()

  constructor(
    private readonly clock: Clock,
    private readonly perSecond: number,
  ) {}

  /** Takes one; false when there is none left. */
  take(key: string): boolean {
    const now = this.clock.ms()
    const full = this.perSecond * reserveSeconds
    const bucket = this.#buckets.get(key)
    if (!bucket) {
      if (this.#buckets.size >= maxBuckets) this.#buckets.clear()
      this.#buckets.set(key, { tokens: full - 1, at: now })
      return true
    }
    bucket.tokens = Math.min(full, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * this.perSecond)
    bucket.at = now
    if (bucket.tokens < 1) return false
    bucket.tokens--
    return true
  }
}
