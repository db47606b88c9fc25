import type { OperationName, Operations } from '@heyi/contract'
import type { ErrorCode } from '@heyi/contract/errors'
import { CallError, ConnectionError } from './call-error.js'
import { newKey } from './environment.js'

export const callTimeoutMs = 15_000

export interface HttpOptions {
  /** Where the server is, without a slash at its end; empty for the page's own origin. */
  base: string
  /** A bearer token; without one the browser's cookie says who calls. */
  token?: string | null
  fetch?: typeof fetch
}

/** Any operation by its name. Throws `CallError`, or `ConnectionError` where no answer came. */
export type Call = <N extends OperationName>(name: N, input: Operations[N]['input']) => Promise<Operations[N]['output']>

interface ErrorAnswer {
  error: { code: ErrorCode; data?: Record<string, unknown> }
}
const isErrorAnswer = (value: unknown): value is ErrorAnswer =>
  typeof value === 'object' &&
  value !== null &&
  'error' in value &&
  typeof value.error === 'object' &&
  value.error !== null &&
  'code' in value.error

/** One `POST /api/<name>`. A repeat of a write must carry the same `requestId`. */
export async function callHttp(
  options: HttpOptions,
  name: string,
  input: unknown,
  requestId: string,
  signal?: AbortSignal,
): Promise<unknown> {
  const abort = new AbortController()
  const giveUp = () => abort.abort()
  const timer = setTimeout(giveUp, callTimeoutMs)
  signal?.addEventListener('abort', giveUp)
  if (signal?.aborted) giveUp()
  try {
    const response = await (options.fetch ?? fetch)(`${options.base}/api/${name}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'request-id': requestId,
        ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
      },
      credentials: 'include',
      body: JSON.stringify(input),
      signal: abort.signal,
    })
    const answer: unknown = await response.json()
    if (response.ok) return answer
    if (isErrorAnswer(answer)) throw new CallError(answer.error.code, answer.error.data)
    throw new ConnectionError(`${name}: status ${response.status}`)
  } catch (error) {
    // Whatever is not the server's own answer (no network, a proxy's page, the time limit) leaves the outcome unknown.
    if (error instanceof CallError || error instanceof ConnectionError) throw error
    throw new ConnectionError(name, { cause: error })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', giveUp)
  }
}

/** Calls over HTTP alone, one try each: for sign-in and set-up pages, where there is no member yet to make a client for. */
export const createHttpCall =
  (options: HttpOptions): Call =>
  async (name, input) =>
    (await callHttp(options, name, input, newKey())) as Operations[typeof name]['output']
