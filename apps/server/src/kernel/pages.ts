import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
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

/** The web client: files whose names carry their digest are kept for good, its pages are always asked for again. */
export async function serveWeb(app: FastifyInstance, root: string): Promise<void> {
  if (!existsSync(join(root, 'index.html'))) return
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    preCompressed: true,
    index: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.setNotFoundHandler((request, reply) => {
    const page =
      request.method === 'GET' &&
      !/^\/(api|files|upload|socket)(\/|$)/.test(request.url) &&
      /text\/html|\*\/\*/.test(request.headers.accept ?? '')
    if (page) return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false })
    return reply.status(404).send({ error: { code: 'not_found' } })
  })
}
