import { type ErrorCode, errors } from '@heyi/contract/errors'

/** The only expected failure: a code of the contract and small data. Anything else thrown is a bug. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly data?: Record<string, unknown>,
    options?: ErrorOptions,
  ) {
    super(code, options)
    this.name = 'AppError'
  }

  get status(): number {
    return errors[this.code]
  }
}

export const fail = (code: ErrorCode, data?: Record<string, unknown>, options?: ErrorOptions): AppError =>
  new AppError(code, data, options)

/** What a client is told of a failure, the same over HTTP and the socket. */
export const errorBody = (error: AppError): { code: ErrorCode; data?: Record<string, unknown> } =>
  error.data ? { code: error.code, data: error.data } : { code: error.code }

/** PostgreSQL’s SQLSTATE of a thrown error, where it has one. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
