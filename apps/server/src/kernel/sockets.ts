import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { limits } from '@heyi/contract/limits'
import { closeCodes } from '@heyi/contract/sync'
import { type WebSocket, WebSocketServer } from 'ws'
import type { MemberActor } from './actor.js'
import type { Kernel, Origin } from './context.js'
import { type AppError, errorBody, fail } from './errors.js'
import { socketBytes } from './feeds/frame.js'
import { FeedSocket } from './feeds/socket.js'
import { type HttpServer, sameOrigin, tokenOf } from './http.js'
import type { Operations } from './operations.js'

const inFlightPerSocket = 64
const pingEveryMs = 30_000

/** One device: its WebSocket, and what the hub knows of it. */
class Connection {
  readonly feed: FeedSocket
  readonly #origin: Origin
  #inFlight = 0
  #malformed: number[] = []
  alive = true

  constructor(
    readonly actor: MemberActor,
    private readonly ws: WebSocket,
    stream: Duplex,
    address: { address: string; loopback: boolean; secure: boolean },
    private readonly deps: { kernel: Kernel; operations: Operations },
  ) {
    const { hub, rules } = deps.kernel
    this.feed = new FeedSocket(actor, stream, hub.due, rules.tellBehind)
    this.#origin = { ...address, transport: 'socket', requestId: '', socket: this.feed, open: () => this.feed.open }
    ws.on('message', (data) => this.#receive(String(data)))
    ws.on('pong', () => {
      this.alive = true
    })
    hub.join(this.feed)
  }

  close(code: number): void {
    this.feed.flush()
    this.ws.close(code)
    // A peer that does not answer the close is cut.
    setTimeout(() => this.ws.terminate(), 2_000).unref()
  }

  ping(): void {
    if (!this.alive) return this.ws.terminate()
    this.alive = false
    this.ws.ping()
  }

  #receive(text: string): void {
    const request = readRequest(text)
    if (!request) return this.#refuseMalformed()
    const { id, op, input, requestId } = request
    if (this.#inFlight >= inFlightPerSocket) return this.#answerError(id, fail('rate_limited'))
    this.#inFlight++
    const call = {
      actor: this.actor,
      origin: requestId === null ? this.#origin : { ...this.#origin, requestId },
      requestId,
      setCookie: setNoCookie,
    }
    this.deps.operations.run(op, input, call).then(
      (answer) => {
        this.#inFlight--
        this.#write(`{"id":${id},"ok":${JSON.stringify(answer)}}`)
      },
      (error: AppError) => {
        this.#inFlight--
        this.#answerError(id, error)
      },
    )
  }

  /** A frame that cannot be read is answered and forgiven, more than ten in a minute are not. */
  #refuseMalformed(): void {
    const now = this.deps.kernel.clock.ms()
    this.#malformed = [...this.#malformed.filter((at) => at > now - 60_000), now]
    this.#answerError(null, fail('malformed_frame'))
    if (this.#malformed.length > limits.malformedPerMinute) this.close(closeCodes.malformed)
  }

  #answerError(id: number | null, error: AppError): void {
    this.#write(JSON.stringify({ id, error: errorBody(error) }))
  }

  #write(json: string): void {
    this.feed.write(socketBytes(json))
  }
}

/** A cookie cannot be set on a socket that is open; signing in and out go over HTTP. */
const setNoCookie = () => undefined

/** Not a closure: that would keep the request, headers and all, for as long as the socket lives. */
function destroyStream(this: Duplex): void {
  this.destroy()
}

interface Request {
  id: number
  op: string
  input: unknown
  requestId: string | null
}

function readRequest(text: string): Request | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  if (typeof value !== 'object' || value === null) return null
  const { id, op, input, requestId } = value as Record<string, unknown>
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || typeof op !== 'string') return null
  if (requestId !== undefined && typeof requestId !== 'string') return null
  return { id, op, input: input ?? {}, requestId: requestId ?? null }
}

export interface Sockets {
  count(): number
  close(): Promise<void>
}

/** Serves `GET /socket`: one WebSocket a device, signed in by cookie or bearer token. */
export function serveSockets(
  server: Server,
  deps: { kernel: Kernel; operations: Operations; http: HttpServer; onConnect: (actor: MemberActor) => void },
): Sockets {
  const { kernel, http } = deps
  const wss = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: limits.requestBytes,
    clientTracking: false,
  })
  const connections = new Set<Connection>()

  const accept = async (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const client = http.clientOf(request)
    const byCookie = request.headers.authorization === undefined
    const actor = await http.actorOf(request)
    if (byCookie && !sameOrigin(request.headers, client, kernel))
      return void stream.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    wss.handleUpgrade(request, stream, head, (ws) => {
      ws.on('error', (error) => kernel.log.debug({ err: error }, 'a socket failed'))
      // A browser cannot read the status of a refused upgrade, but it can read why a socket was closed.
      if (actor.kind !== 'member') return ws.close(closeCodes.signedOut)
      if (kernel.hub.socketsOf(actor.memberId).size >= limits.socketsPerMember) return ws.close(closeCodes.tooMany)
      const connection = new Connection(actor, ws, stream, client, deps)
      connections.add(connection)
      ws.on('close', () => {
        connections.delete(connection)
        connection.feed.close()
        kernel.hub.leave(connection.feed)
      })
      deps.onConnect(actor)
    })
  }

  server.on('upgrade', (request, stream, head) => {
    stream.on('error', destroyStream)
    if (request.url?.split('?')[0] !== '/socket') return void stream.end('HTTP/1.1 404 Not Found\r\n\r\n')
    if (!http.mayBeServed(request))
      return void stream.end('HTTP/1.1 426 Upgrade Required\r\nUpgrade: TLS/1.2\r\nConnection: Upgrade\r\n\r\n')
    accept(request, stream, head).catch((error: unknown) => {
      kernel.log.warn({ err: error, hasToken: tokenOf(request) !== null }, 'a socket could not be accepted')
      stream.end('HTTP/1.1 503 Service Unavailable\r\n\r\n')
    })
  })

  kernel.hub.onControl((control) => {
    const ends = 'endSessions' in control
    const sessions = new Set(ends ? control.endSessions : control.switchSessions)
    for (const connection of connections)
      if (sessions.has(connection.actor.sessionId))
        connection.close(ends ? closeCodes.signedOut : closeCodes.switchedTenant)
  })

  const pings = setInterval(() => {
    for (const connection of connections) connection.ping()
  }, pingEveryMs)
  pings.unref()

  return {
    count: () => connections.size,
    close: async () => {
      clearInterval(pings)
      for (const connection of connections) connection.close(closeCodes.stopping)
      wss.close()
    },
  }
}
