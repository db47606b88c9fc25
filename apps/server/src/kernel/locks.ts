/** PostgreSQL’s advisory locks are numbers that a whole database shares: all of ours are here. */
export const advisoryLocks = {
  /** One process migrates or restores at a time. */
  migration: 73_000_001,
  /** One company is the first. */
  setUp: 73_000_002,
  /** A copy without NATS holds it alone, copies with NATS share it. */
  copies: 73_000_003,
} as const
