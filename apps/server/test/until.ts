import { setTimeout as wait } from 'node:timers/promises'

/** Waits for a condition; its value when it is neither undefined, null nor false. Fails after `timeoutMs`. */
export async function until<T>(condition: () => T | Promise<T>, timeoutMs = 10_000): Promise<NonNullable<T>> {
  const end = Date.now() + timeoutMs
  for (;;) {
    const value = await condition()
    if (value !== undefined && value !== null && value !== false) return value
    if (Date.now() > end) throw new Error(`Nothing came of it in ${timeoutMs} ms: ${String(condition)}`)
    await wait(10)
  }
}
