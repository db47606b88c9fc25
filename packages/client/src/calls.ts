import type { OperationName, Operations } from '@heyi/contract'
import { asCallError, CallError, ConnectionError } from './call-error.js'
import { backOff, type Environment, newKey, pause } from './environment.js'
import type { Connection } from './socket.js'
import { callHttp, type HttpOptions } from './transport.js'

/** A write is repeated for as long as the server keeps its first answer (ARCHITECTURE 3). */
const repeatMs = 24 * 3_600_000
const refusedMost = 5
const readTries = 2

/** These set or end cookies, or may be larger than a socket's frame: only plain HTTP will do. */
const isHttpOnly = (name: string) =>
  /^(identity|operator)\./.test(name) || name === 'directory.acceptInvitation' || name === 'directory.importMembers'
/** A form waits for these: without a connection they fail at once. */
const isUrgent = (name: string) => /^(identity|operator|sync)\./.test(name)
/** By the verbs of STYLE 6. */
const isRead = (name: string) => /\.(get|find|list|search|sign)/.test(name)

export interface CallsPorts {
  http: HttpOptions
  environment: Environment
  connection(): Connection
  /** No call is made any more. */
  isEnded(): boolean
  onAnswered<N extends OperationName>(name: N, answer: Operations[N]['output']): void
  /** The session is over. */
  onUnauthenticated(): void
}

/** Calls of operations: over the socket where there is one, and again until there is an answer, where that is right. */
export class Calls {
  readonly #ports: CallsPorts

  constructor(ports: CallsPorts) {
    this.#ports = ports
  }

  /** A socket that is refused does not say why; this call does. */
  async askWhoIAm(): Promise<void> {
    try {
      await callHttp(this.#ports.http, 'identity.getMe', {}, newKey())
    } catch (error) {
      this.#look(error)
    }
  }

  /** One try over the socket. */
  async request<N extends OperationName>(
    name: N,
    input: Operations[N]['input'],
    requestId = newKey(),
  ): Promise<Operations[N]['output']> {
    try {
      return (await this.#ports.connection().request(name, input, requestId)) as Operations[N]['output']
    } catch (error) {
      this.#look(error)
      throw error
    }
  }

  /** Any operation; a write keeps its requestId over all its tries. @throws CallError */
  async call<N extends OperationName>(
    name: N,
    input: Operations[N]['input'],
    signal?: AbortSignal,
  ): Promise<Operations[N]['output']> {
    const { environment, http } = this.#ports
    const requestId = newKey()
    const until = environment.now() + repeatMs
    for (let tries = 1; ; tries++) {
      signal?.throwIfAborted()
      if (this.#ports.isEnded()) throw new CallError('unauthenticated')
      try {
        const isHttp = isHttpOnly(name) || !this.#ports.connection().up
        const asked = isHttp ? callHttp(http, name, input, requestId, signal) : this.request(name, input, requestId)
        const answer = (await unlessAborted(asked, signal)) as Operations[N]['output']
        this.#ports.onAnswered(name, answer)
        return answer
      } catch (error) {
        signal?.throwIfAborted()
        this.#look(error)
        const isUnheard = error instanceof ConnectionError && !isUrgent(name) && !(isRead(name) && tries >= readTries)
        const isBusy =
          error instanceof CallError && (error.code === 'busy' || error.code === 'unavailable') && tries < refusedMost
        if ((!isUnheard && !isBusy) || environment.now() > until) throw asCallError(error)
      }
      await unlessAborted(pause(environment, backOff(tries, environment.random())), signal)
    }
  }

  #look(error: unknown): void {
    if (error instanceof CallError && error.code === 'unauthenticated') this.#ports.onUnauthenticated()
  }
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort)
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
