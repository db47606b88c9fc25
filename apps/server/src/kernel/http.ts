import { createServer as createHttp, type IncomingMessage } from 'node:http'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import { limits } from '@heyi/contract/limits'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Actor } from './actor.js'
import { type ClientOf, clientReader, isFromHere } from './address.js'
import type { Kernel, Origin } from './context.js'
import { AppError, errorBody, fail } from './errors.js'
import { newSecret } from './ids.js'
import { anonymous, databaseTrouble, type Operations } from './operations.js'
import { isEncrypted, OnePortServer } from './tls/one-port.js'
import type { Tls } from './tls/tls.js'
import { isTrustPath } from './tls/trust.js'

/** Who holds this token; null for a token that is unknown, ended, or of somebody who may not come in. */
export type Authenticate = (token: string, address: string) => Promise<Actor | null>

const sessionCookie = 'heyi_session'
const keptSeconds = 180 * 24 * 3600
/** Bodies over the general limit are only read for operations that take tables. */
const largeBodies = new Map([['directory.importMembers', limits.csvBytes + limits.requestBytes]])
const largest = Math.max(limits.requestBytes, ...largeBodies.values())

export interface HttpDeps {
  kernel: Kernel
  operations: Operations
  authenticate: Authenticate
  tls: Tls | null
}

export interface HttpServer {
  app: FastifyInstance
  clientOf: (request: IncomingMessage) => ClientOf
  /** Where HTTPS is served, plain HTTP is for this machine, for a trusted proxy that had HTTPS, and for `/trust`. */
  mayBeServed: (request: IncomingMessage) => boolean
  /** The actor of a raw request by its bearer token or its cookie. */
  actorOf: (request: IncomingMessage) => Promise<Actor>
}

/** The HTTP side: `POST /api/<operation>` and whatever routes the modules add. */
export async function createHttpServer(deps: HttpDeps): Promise<HttpServer> {
  const readClient = clientReader(deps.kernel.settings.HEYI_TRUST_PROXY)
  const clientOf = (request: IncomingMessage) => readClient(request, isEncrypted(request))
  const mayBeServed = (request: IncomingMessage) =>
    deps.tls === null || clientOf(request).secure || isFromHere(request) || isTrustPath(request.url)
  const actorOf = async (request: IncomingMessage) => {
    const token = tokenOf(request)
    return (token && (await deps.authenticate(token, clientOf(request).address))) || anonymous
  }
  const app = fastify({
    serverFactory: (handler) => {
      const server = deps.tls ? new OnePortServer(deps.tls, mayBeServed, handler) : createHttp(handler)
      server.keepAliveTimeout = 65_000
      server.headersTimeout = 70_000
      // An upload may take as long as its line is slow; idle ones are cut by the module that receives them.
      server.requestTimeout = 0
      return server
    },
    bodyLimit: largest,
    logger: false,
    forceCloseConnections: true,
  })
  await app.register(cookie)
  await app.register(compress, { global: false })
  app.addHook('onRequest', async (request, reply) => {
    // Not with our own authority: a browser that does not trust it yet would then not even let one through by hand.
    reply.headers(securityHeaders(deps.tls?.authority === null && isEncrypted(request.raw)))
    reply.header('request-id', requestIdOf(request) ?? newSecret().slice(0, 20))
  })
  app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: largest }, (_request, body, done) =>
    done(null, body),
  )
  app.setErrorHandler((error: Error & { code?: string; statusCode?: number }, _request, reply) =>
    answerError(deps.kernel, error, reply),
  )
  app.post<{ Params: { operation: string } }>('/api/:operation', async (request, reply) => {
    const name = request.params.operation
    const text = typeof request.body === 'string' ? request.body : ''
    if (Buffer.byteLength(text) > (largeBodies.get(name) ?? limits.requestBytes)) throw fail('payload_too_large')
    const actor = await actorOf(request.raw)
    if (actor.kind === 'member' && !request.headers.authorization)
      requireSameOrigin(request, clientOf(request.raw), deps.kernel)
    const input = parseJson(text)
    const origin = originOf(request, reply, clientOf(request.raw))
    const answer = await deps.operations.run(name, input, {
      actor,
      origin,
      requestId: requestIdOf(request),
      setCookie: (change) => {
        const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: origin.secure } as const
        if (change === null) reply.clearCookie(sessionCookie, options)
        else reply.setCookie(sessionCookie, change.token, { ...options, ...(change.keep && { maxAge: keptSeconds }) })
      },
    })
    return reply.header('cache-control', 'no-store').send(answer)
  })
  return { app, clientOf, mayBeServed, actorOf }
}

function answerError(
  kernel: Kernel,
  error: Error & { code?: string; statusCode?: number },
  reply: FastifyReply,
): FastifyReply {
  let told = error instanceof AppError ? error : null
  if (!told && error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') told = fail('payload_too_large')
  if (!told && error.statusCode !== undefined && error.statusCode < 500)
    told = fail('invalid_input', { path: '', reason: error.code ?? 'http' })
  // Who calls is looked up before the operation runs: that, too, needs the database.
  const trouble = told ? null : databaseTrouble(error)
  if (trouble) told = fail(trouble)
  if (!told) {
    kernel.log.error({ err: error }, 'a request failed')
    told = fail('internal')
  }
  return reply
    .status(told.status)
    .header('cache-control', 'no-store')
    .send({ error: errorBody(told) })
}

/** The body as JSON; no body at all is an empty input. */
function parseJson(text: string): unknown {
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw fail('malformed_frame', undefined, { cause })
  }
}

function originOf(request: FastifyRequest, reply: FastifyReply, client: ClientOf): Origin {
  return {
    transport: 'http',
    address: client.address,
    loopback: client.loopback,
    secure: client.secure,
    requestId: String(reply.getHeader('request-id')),
    open: () => !request.raw.socket.destroyed,
  }
}

const requestIdOf = (request: FastifyRequest): string | null => {
  const header = request.headers['request-id']
  return typeof header === 'string' && header.length <= 64 ? header : null
}

/** The bearer token, else the browser’s cookie. */
export function tokenOf(request: IncomingMessage): string | null {
  const bearer = /^Bearer ([\w.~+/-]{16,200}=*)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer) return bearer
  const pair = (request.headers.cookie ?? '').split(/;\s*/).find((part) => part.startsWith(`${sessionCookie}=`))
  return pair ? decodeURIComponent(pair.slice(sessionCookie.length + 1)) : null
}

/** A cookie counts only for pages of our own: other sites cannot make a browser act (Fetch Metadata, else Origin). */
export function sameOrigin(headers: IncomingMessage['headers'], client: ClientOf, kernel: Kernel): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const { origin } = headers
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  const { host } = new URL(origin)
  return host === client.host || host === new URL(kernel.publicUrl()).host
}

function requireSameOrigin(request: FastifyRequest, client: ClientOf, kernel: Kernel): void {
  if (!sameOrigin(request.headers, client, kernel)) throw fail('not_allowed')
}

/** Nothing from elsewhere runs, frames or hears of us; styles carry inline values of the virtual lists. */
function securityHeaders(onlyHttps: boolean): Record<string, string> {
  const policy = [
    "default-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    ...(onlyHttps && { 'strict-transport-security': 'max-age=31536000' }),
  }
}
