import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Server } from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Tls } from './tls.js'

const handshakeMs = 10_000
/** A TLS connection begins with a record of this type (RFC 8446, section 5.1); no HTTP request begins with it. */
const handshakeRecord = 0x16

/**
 * HTTPS that also understands plain HTTP on its port, for people type addresses without “https” and programs on this
 * machine need no certificate: what may be plain is answered, everything else is sent to HTTPS.
 */
export class OnePortServer extends Server {
  /** Connections that have said nothing yet. */
  readonly #silent = new Set<Socket>()

  constructor(tls: Tls, mayBePlain: (request: IncomingMessage) => boolean, handler: RequestListener) {
    super({ ...tls.pair, minVersion: 'TLSv1.2', handshakeTimeout: handshakeMs }, (request, response) => {
      if (isEncrypted(request) || mayBePlain(request)) handler(request, response)
      else sendToHttps(request, response)
    })
    tls.keep(this)
    const secure = this.listeners('connection')
    this.removeAllListeners('connection')
    this.on('connection', (socket: Socket) => {
      this.#hear(socket, (first) => {
        if (first === handshakeRecord) for (const listener of secure) listener.call(this, socket)
        // To the HTTP parser a connection is as good as one that TLS was taken off from.
        else this.emit('secureConnection', socket)
      })
    })
  }

  #hear(socket: Socket, go: (first: number) => void): void {
    this.#silent.add(socket)
    const end = () => socket.destroy()
    const look = () => {
      const first: Buffer | null = socket.read(1)
      if (first === null) return
      socket.off('readable', look).off('end', end).off('timeout', end).setTimeout(0)
      socket.unshift(first)
      this.#silent.delete(socket)
      go(first.readUInt8())
    }
    socket.on('readable', look).on('end', end).on('timeout', end).on('error', end).setTimeout(handshakeMs)
    socket.once('close', () => this.#silent.delete(socket))
  }

  override closeAllConnections(): void {
    super.closeAllConnections()
    for (const socket of this.#silent) socket.destroy()
  }
}

/** The bytes of this request came through TLS, whatever headers say. */
export const isEncrypted = (request: IncomingMessage): boolean => request.socket instanceof TLSSocket

function sendToHttps(request: IncomingMessage, response: ServerResponse): void {
  const host = request.headers.host ?? ''
  if (!/^[\w.:[\]-]+$/.test(host)) return void response.writeHead(400, { connection: 'close' }).end()
  const path = request.url?.startsWith('/') ? request.url : '/'
  // Not for good: the operator may turn HTTPS off, and a browser would not forget.
  response
    .writeHead(307, { location: `https://${host}${path}`, 'content-type': 'text/plain', connection: 'close' })
    .end('Heyi is served over HTTPS.\n')
}
