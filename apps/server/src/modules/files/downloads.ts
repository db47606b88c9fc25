import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Kernel } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import type { HttpServer } from '../../kernel/http.js'
import type { Blobs } from './blobs.js'
import { disposition, mayShowInline, parseRange } from './rules.js'
import type { Signer, Variant } from './signer.js'
import * as store from './store.js'

export interface DownloadDeps {
  kernel: Kernel
  http: HttpServer
  blobs: Blobs
  signer: Signer
}
type Request = FastifyRequest<{ Params: { file: string; variant: string }; Querystring: Record<string, unknown> }>

const readBytes = 256 * 1024

/** Bytes at `/files/<file>/<variant>`, for whoever has a signed address; nothing else is asked. */
export function routeDownloads(deps: DownloadDeps): void {
  deps.http.app.route({
    method: ['GET', 'HEAD'],
    url: '/files/:file/:variant',
    handler: (request: Request, reply) => download(deps, request, reply),
  })
}

async function download({ kernel, blobs, signer }: DownloadDeps, request: Request, reply: FastifyReply) {
  const { tenantId, variant, expiresMs } = await signer.verify({ ...request.params, query: request.query })
  const file = await store.findFile(kernel.db, tenantId, request.params.file)
  const digest = variant === 'original' ? file?.digest : file?.thumbnail
  if (!file || !digest) throw fail('not_found')
  const etag = `"${digest}"`
  describe(reply, file, variant)
  reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'cache-control': `private, max-age=${Math.floor((expiresMs - kernel.clock.ms()) / 1000)}, immutable`,
  })
  if (request.headers['if-none-match']?.includes(etag)) return reply.status(304).send()
  return sendBytes(request, reply, await blobs.openBlob(digest), etag)
}

/** Nothing a member made may act in our name: what is not a safe kind to show is saved instead, and none has scripts. */
function describe(reply: FastifyReply, file: store.FileRow, variant: Variant): void {
  const mime = variant === 'thumbnail' ? 'image/webp' : file.mime
  const name = variant === 'thumbnail' ? `${file.name}.webp` : file.name
  reply.headers({
    'content-type': mayShowInline(mime) || !mime.startsWith('text/') ? mime : `${mime}; charset=utf-8`,
    'content-disposition': disposition(mime, name),
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
  })
}

type Handle = Awaited<ReturnType<Blobs['openBlob']>>

async function sendBytes(request: Request, reply: FastifyReply, handle: Handle, etag: string): Promise<FastifyReply> {
  let handedOn = false
  try {
    const { size } = await handle.stat()
    const ifRange = request.headers['if-range']
    const range = ifRange === undefined || ifRange === etag ? parseRange(request.headers.range, size) : 'whole'
    if (range === 'unsatisfiable')
      return reply.status(416).header('content-range', `bytes */${size}`).removeHeader('content-disposition').send()
    const { start, end } = range === 'whole' ? { start: 0, end: size - 1 } : range
    if (range !== 'whole') reply.status(206).header('content-range', `bytes ${start}-${end}/${size}`)
    reply.header('content-length', end - start + 1)
    if (request.method === 'HEAD' || size === 0) return reply.send()
    handedOn = true
    // The stream closes the handle, at its end or when the reader goes away.
    return reply.send(handle.createReadStream({ start, end, highWaterMark: readBytes }))
  } finally {
    if (!handedOn) await handle.close()
  }
}
