import type { PullRequest, ServerMessage, SocketRequest } from '@heyi/contract/sync'
import type { SocketLike } from '../src/socket.js'
import { tick } from './environment.js'

export interface Asked {
  op: string
  input: unknown
  requestId: string | undefined
  /** What a pull asks for; of other calls empty. */
  pulls: PullRequest[]
}

type Listener = (event: { data: unknown; code: number }) => void

/** The other end of a client's socket. It says nothing by itself. */
export class Peer {
  readonly #asked: (Asked & { id: number; answered: boolean })[] = []
  #listeners = new Map<string, Listener>()

  /** What a client's `createSocket` gives it. */
  socket(): SocketLike {
    const listeners = new Map<string, Listener>()
    this.#listeners = listeners
    for (const asked of this.#asked) asked.answered = true
    return {
      send: (data) => this.#receive(JSON.parse(data) as SocketRequest),
      close: () => undefined,
      addEventListener: (type: string, listener: unknown) => listeners.set(type, listener as Listener),
    }
  }

  accept(): void {
    this.#tell('open')
  }
  close(code: number): void {
    this.#tell('close', { code })
  }
  push(message: Exclude<ServerMessage, { id: unknown }>): void {
    this.#tell('message', { data: JSON.stringify(message) })
  }

  /** Calls of this name so far. */
  all(op: string): Asked[] {
    return this.#asked.filter((asked) => asked.op === op)
  }
  /** Calls that wait for their answer. */
  open(): Asked[] {
    return this.#asked.filter((asked) => !asked.answered && asked.op !== 'directory.listProfiles')
  }

  /** Answers one call, the oldest open one unless another is named. */
  async answer(ok: unknown, asked: Asked | undefined = this.open()[0]): Promise<void> {
    const found = this.#asked.find((one) => one === asked)
    if (!found) throw new Error('Nothing was asked.')
    found.answered = true
    this.#tell('message', { data: JSON.stringify({ id: found.id, ok }) })
    await tick()
  }

  /** Answers what can be answered, also what is asked because of that. */
  async answerAll(answers: (asked: Asked) => unknown): Promise<void> {
    for (;;) {
      await tick()
      const [asked] = this.open().filter((one) => answers(one) !== undefined)
      if (!asked) return
      await this.answer(answers(asked), asked)
    }
  }

  #tell(type: string, event: Partial<{ data: unknown; code: number }> = {}): void {
    this.#listeners.get(type)?.({ data: null, code: 0, ...event })
  }

  #receive({ id, op, input, requestId }: SocketRequest): void {
    const pulls = op === 'sync.pull' ? (input as { feeds: PullRequest[] }).feeds : []
    this.#asked.push({ id, op, input, requestId, pulls, answered: false })
  }
}
