import type { ErrorCode } from '@heyi/contract/errors'
import type { ServerMessage, SocketRequest } from '@heyi/contract/sync'
import type { ConnectionState } from './api.js'
import { CallError, ConnectionError } from './call-error.js'
import { backOff, type Environment, newKey } from './environment.js'
import { callTimeoutMs } from './transport.js'

/** What both a browser's WebSocket and the one of `ws` can do. */
export interface SocketLike {
  send(data: string): void
  close(code?: number): void
  addEventListener(type: 'open' | 'error', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'close', listener: (event: { code: number }) => void): void
}

/** The close codes of `contract/sync.ts` that are not just a lost connection. Said again since that file needs zod. */
const endings: Partial<Record<number, Ending>> = { 4001: 'signedOut', 4002: 'switchedTenant' }
export type Ending = 'signedOut' | 'switchedTenant'

/** Tries that may fail before the surface is told `offline`; a restart of the server is not worth a banner. */
const quietTries = 2

export interface ConnectionPorts {
  environment: Environment
  open(): SocketLike
  onUp(): void
  onDown(): void
  onMessage(message: Exclude<ServerMessage, { id: unknown }>): void
  /** The server ended it for a reason; there is no new try. */
  onEnded(ending: Ending): void
  /** A try failed before it was open: perhaps the session is over, which a socket cannot say. */
  onRefused(): void
  onState(): void
}

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
  timer: unknown
}

/** One socket, made again whenever it is lost. A call that is not answered in time condemns it. */
export class Connection {
  state: ConnectionState = 'connecting'
  retryAt: number | null = null
  readonly #ports: ConnectionPorts
  #socket: SocketLike | null = null
  #up = false
  #ended = false
  #attempt = 0
  #timer: unknown = null
  #lastId = 0
  readonly #waiting = new Map<number, Waiting>()

  constructor(ports: ConnectionPorts) {
    this.#ports = ports
  }

  get up(): boolean {
    return this.#up
  }

  start(): void {
    this.#connect()
  }

  /** For good: nothing is heard of it any more, and open calls fail. */
  end(state: ConnectionState = 'offline'): void {
    this.#ended = true
    this.#set(state, null)
    this.#clearTimer()
    const socket = this.#socket
    this.#socket = null
    this.#down()
    socket?.close(1000)
  }

  /** Tries at once if it was waiting to. */
  wake(): void {
    if (this.#socket || this.#ended) return
    this.#clearTimer()
    this.#connect()
  }

  /** The connection has proven itself: the next loss is answered quickly again. */
  proven(): void {
    this.#attempt = 0
  }

  request(op: string, input: unknown, requestId = newKey()): Promise<unknown> {
    const socket = this.#socket
    if (!socket || !this.#up) return Promise.reject(new ConnectionError(`${op}: not connected`))
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      const timer = this.#ports.environment.setTimeout(() => this.#lost(socket, 1006), callTimeoutMs)
      this.#waiting.set(id, { resolve, reject, timer })
      const message: SocketRequest = { id, op, input, requestId }
      socket.send(JSON.stringify(message))
    })
  }

  #connect(): void {
    const { environment } = this.#ports
    this.#set(this.#attempt > quietTries ? 'offline' : 'connecting', null)
    let socket: SocketLike
    try {
      socket = this.#ports.open()
    } catch (error) {
      environment.log('socket could not be made', error)
      this.#retry()
      return
    }
    this.#socket = socket
    this.#timer = environment.setTimeout(() => this.#lost(socket, 1006), callTimeoutMs)
    socket.addEventListener('open', () => {
      if (this.#socket !== socket) return
      this.#clearTimer()
      this.#up = true
      this.#set('online', null)
      this.#ports.onUp()
    })
    socket.addEventListener('message', (event) => {
      if (this.#socket === socket) this.#receive(event.data)
    })
    socket.addEventListener('close', (event) => this.#lost(socket, event.code))
    socket.addEventListener('error', () => undefined) // always followed by close
  }

  #receive(data: unknown): void {
    let message: ServerMessage
    try {
      message = JSON.parse(String(data)) as ServerMessage
    } catch (error) {
      this.#ports.environment.log('unreadable message', error)
      return
    }
    if (!('id' in message)) {
      this.#ports.onMessage(message)
      return
    }
    const waiting = message.id === null ? undefined : this.#waiting.get(message.id)
    if (!waiting) {
      if ('error' in message) this.#ports.environment.log('refused', message.error)
      return
    }
    this.#waiting.delete(message.id as number)
    this.#ports.environment.clearTimeout(waiting.timer)
    if ('error' in message) waiting.reject(new CallError(message.error.code as ErrorCode, message.error.data))
    else waiting.resolve(message.ok)
  }

  #lost(socket: SocketLike, code: number): void {
    if (this.#socket !== socket) return
    const neverOpened = !this.#up
    this.#socket = null
    this.#clearTimer()
    socket.close()
    const ending = endings[code]
    if (ending) {
      this.#ended = true
      this.#down()
      this.#ports.onEnded(ending)
      return
    }
    this.#retry()
    this.#down()
    if (neverOpened) this.#ports.onRefused()
  }

  #down(): void {
    const wasUp = this.#up
    this.#up = false
    for (const waiting of this.#waiting.values()) {
      this.#ports.environment.clearTimeout(waiting.timer)
      waiting.reject(new ConnectionError('connection lost'))
    }
    this.#waiting.clear()
    if (wasUp) this.#ports.onDown()
  }

  #retry(): void {
    const { environment } = this.#ports
    const delay = backOff(this.#attempt++, environment.random())
    this.#set(this.#attempt > quietTries ? 'offline' : 'connecting', environment.now() + delay)
    this.#timer = environment.setTimeout(() => this.#connect(), delay)
  }

  #clearTimer(): void {
    if (this.#timer !== null) this.#ports.environment.clearTimeout(this.#timer)
    this.#timer = null
  }

  #set(state: ConnectionState, retryAt: number | null): void {
    if (this.state === state && this.retryAt === retryAt) return
    this.state = state
    this.retryAt = retryAt
    this.#ports.onState()
  }
}
