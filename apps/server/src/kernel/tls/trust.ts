import { createHash, X509Certificate } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fail } from '../errors.js'
import type { Tls } from './tls.js'
import { trustPage } from './trust-page.js'
import { appleProfile } from './trust-profile.js'

/** The one part of the site that is served over plain HTTP too: who has it not yet cannot trust HTTPS. */
export const isTrustPath = (url: string | undefined): boolean => /^\/trust(\/|\?|$)/.test(url ?? '')

/** `GET /trust` and what it offers: our own authority, for phones and PCs to trust. */
export function serveTrust(app: FastifyInstance, tls: Tls, publicUrl: () => string): void {
  // Asked each time: it may have been made again while we run.
  const authority = () => {
    if (!tls.authority) throw fail('not_found')
    return tls.authority
  }
  const send = (reply: FastifyReply, type: string, body: string) =>
    reply.type(type).header('cache-control', 'no-store').send(body)
  app.get('/trust', (request: FastifyRequest<{ Querystring: { lang?: string } }>, reply) => {
    const wanted = typeof request.query.lang === 'string' ? request.query.lang : request.headers['accept-language']
    reply.header('vary', 'accept-language')
    return send(
      reply,
      'text/html; charset=utf-8',
      trustPage({
        language: languageOf(wanted),
        agent: request.headers['user-agent'] ?? '',
        url: publicUrl(),
        fingerprint: authority().fingerprint,
      }),
    )
  })
  // Without a content-disposition: Firefox and iOS then ask to trust it, others save it.
  app.get('/trust/heyi-authority.crt', (_request, reply) => send(reply, 'application/x-x509-ca-cert', authority().cert))
  app.get('/trust/heyi.mobileconfig', (_request, reply) => {
    const der = new X509Certificate(authority().cert).raw
    return send(
      reply,
      'application/x-apple-aspen-config',
      appleProfile(der, createHash('sha256').update(der).digest('hex')),
    )
  })
}

type Language = 'zh-CN' | 'en'

/** The first of our languages in an Accept-Language header; its weights are in order in every browser. */
function languageOf(header: string | undefined): Language {
  const first = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => part.trim().slice(0, 2))
    .find((tag) => tag === 'zh' || tag === 'en')
  return first === 'zh' ? 'zh-CN' : 'en'
}
