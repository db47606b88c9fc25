/** Where the time comes from; tests pass a fixed one. */
export interface Clock {
  /** Milliseconds since 1970 in UTC. */
  ms(): number
  /** ISO 8601 in UTC. */
  now(): string
}

export const systemClock: Clock = { ms: () => Date.now(), now: () => new Date().toISOString() }
