import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Metrics } from './metrics.js'

/** `/healthz`, `/readyz` and `/metrics`, for whoever watches over the installation. */
export function serveHealth(app: FastifyInstance, metrics: Metrics, trouble: () => Promise<string | null>): void {
  app.get('/healthz', async () => ({ ok: true }))
  app.get('/readyz', async (_request, reply) => {
    const reason = await trouble()
    return reply.status(reason === null ? 200 : 503).send(reason === null ? { ready: true } : { ready: false, reason })
  })
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  )
}

/**
 * The web client. Files whose names carry their digest are kept for good; its page and its service worker are always
 * asked for again, so that a new version is found at once.
 */
export async function serveWeb(app: FastifyInstance, root: string): Promise<void> {
  if (!existsSync(join(root, 'index.html'))) return
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    preCompressed: true,
    index: false,
    globIgnore: ['index.html'],
    setHeaders: (reply, path) => {
      reply.header('cache-control', /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.setNotFoundHandler((request, reply) => {
    const page =
      request.method === 'GET' &&
      !/^\/(api|files|upload|socket|assets|icons)(\/|$)/.test(request.url) &&
      /text\/html|\*\/\*/.test(request.headers.accept ?? '')
    if (page) return sendPage(reply, join(root, 'index.html'))
    return reply.status(404).send({ error: { code: 'not_found' } })
  })
}

/** The policy names the page's own inline script, which sets the theme before the first paint, by its digest. */
async function sendPage(reply: FastifyReply, path: string): Promise<FastifyReply> {
  const html = await readFile(path, 'utf8')
  const digests = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  )
  const policy = String(reply.getHeader('content-security-policy'))
  return reply
    .header('content-security-policy', [policy, ['script-src', "'self'", ...digests].join(' ')].join('; '))
    .header('cache-control', 'no-cache')
    .type('text/html; charset=utf-8')
    .send(html)
}
