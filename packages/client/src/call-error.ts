import type { ErrorCode } from '@heyi/contract/errors'

/** A refusal by the server: its code of `contract/errors.ts` and small data. Wording is the surface's to choose. */
export class CallError extends Error {
  override readonly name = 'CallError'
  readonly code: ErrorCode
  readonly data: Record<string, unknown>

  constructor(code: ErrorCode, data: Record<string, unknown> = {}) {
    super(code)
    this.code = code
    this.data = data
  }
}

/** No answer: whether the server did it is unknown. Never a refusal. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'
}

/** The server said that it did nothing and that trying again is right. */
export const isTransient = (error: unknown): boolean =>
  error instanceof ConnectionError ||
  (error instanceof CallError && ['busy', 'unavailable', 'rate_limited'].includes(error.code))

/** What an unanswered call looks like to a surface, which knows only refusals. */
export const asCallError = (error: unknown): CallError => {
  if (error instanceof CallError) return error
  if (error instanceof ConnectionError) return new CallError('unavailable')
  throw error
}
