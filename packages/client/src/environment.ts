/** Everything from outside that is neither network nor storage; tests put their own in. */
export interface Environment {
  /** Milliseconds since the epoch. */
  now(): number
  /** In [0, 1), for jitter only. */
  random(): number
  setTimeout(run: () => void, ms: number): unknown
  clearTimeout(handle: unknown): void
  /** What went wrong and was lived with. */
  log(what: string, error?: unknown): void
}

export const platform: Environment = {
  now: () => Date.now(),
  random: () => Math.random(),
  setTimeout: (run, ms) => globalThis.setTimeout(run, ms),
  clearTimeout: (handle) => globalThis.clearTimeout(handle as number | undefined),
  log: () => undefined,
}

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-'

/** 126 random bits as text. Not `crypto.randomUUID`, which a page on plain HTTP in the local network lacks. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(21)), (byte) => alphabet[byte & 63]).join('')

/** Exponential from `first`, at most `most`, of which a random half is cut off so that clients do not come in step. */
export const backOff = (attempt: number, random: number, first = 300, most = 30_000): number =>
  Math.min(most, first * 2 ** Math.min(attempt, 20)) * (0.5 + random / 2)

export const pause = (environment: Environment, ms: number): Promise<void> =>
  new Promise((resolve) => environment.setTimeout(resolve, ms))
