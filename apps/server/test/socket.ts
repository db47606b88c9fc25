import { randomBytes } from 'node:crypto'
import type { Operation } from '@heyi/contract/define'
import type { Frame } from '@heyi/contract/sync'
import { WebSocket } from 'ws'
import type { z } from 'zod'
import { until } from './until.js'

/** A failure as a client sees it. */
export class CallFailed extends Error {
  constructor(
    readonly code: string,
    readonly data: Record<string, unknown> | undefined,
    /** Of HTTP; 0 over the socket. */
    readonly status: number,
  ) {
    super(code)
  }
}

/** A bare socket of the wire protocol, for what is about the wire itself. */
export class TestSocket {
  readonly frames: Frame[] = []
  readonly others: Record<string, unknown>[] = []
  closed: number | null = null
  #id = 0
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()

  private constructor(private readonly ws: WebSocket) {
    ws.on('message', (data) => this.#receive(JSON.parse(String(data))))
    ws.on('close', (code) => {
      this.closed = code
      for (const { reject } of this.#waiting.values()) reject(new Error(`closed ${code}`))
    })
  }

  static async open(url: string, token: string | null): Promise<TestSocket> {
    const ws = new WebSocket(url, token ? { headers: { authorization: `Bearer ${token}` } } : {})
    const socket = new TestSocket(ws)
    await new Promise((resolve, reject) => {
      ws.once('open', resolve)
      ws.once('error', reject)
    })
    return socket
  }

  call<I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<string, 'read' | 'write', I, O>,
    input: z.input<I>,
  ): Promise<z.output<O>> {
    const id = ++this.#id
    const answer = new Promise<z.output<O>>((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    this.ws.send(JSON.stringify({ id, op: operation.name, input, requestId: randomBytes(12).toString('hex') }))
    return answer
  }

  /** Writes exactly this. */
  raw(text: string): void {
    this.ws.send(text)
  }

  /** Waits until a frame satisfies the condition. */
  async frame(match: (frame: Frame) => boolean): Promise<Frame> {
    return until(() => this.frames.find(match))
  }

  /** Reads nothing more, as a device in a tunnel. */
  pause(): void {
    this.ws.pause()
  }

  resume(): void {
    this.ws.resume()
  }

  [Symbol.dispose](): void {
    this.ws.terminate()
  }

  #receive(message: Record<string, unknown>): void {
    if ('feed' in message && 'rev' in message) return void this.frames.push(message as Frame)
    const waiting = typeof message.id === 'number' ? this.#waiting.get(message.id) : undefined
    if (!waiting) return void this.others.push(message)
    this.#waiting.delete(message.id as number)
    if ('ok' in message) waiting.resolve(message.ok as never)
    else {
      const error = message.error as { code: string; data?: Record<string, unknown> }
      waiting.reject(new CallFailed(error.code, error.data, 0))
    }
  }
}
