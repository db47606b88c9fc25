import type { FastifyReply, FastifyRequest } from 'fastify'
import type { MemberActor } from '../../kernel/actor.js'
import type { Kernel } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { type HttpServer, sameOrigin } from '../../kernel/http.js'
import { cleanName, uploadLength } from './rules.js'
import * as store from './store.js'
import type { UploadRow } from './upload-store.js'
import * as uploadStore from './upload-store.js'
import type { Uploads } from './uploads.js'

export interface UploadDeps {
  kernel: Kernel
  http: HttpServer
  uploads: Uploads
  /** Deletes a finished file of this member’s; `not_allowed` if something carries it. */
  removeFile: (actor: MemberActor, id: string) => Promise<void>
}
type ById = FastifyRequest<{ Params: { id: string } }>

const tusVersion = '1.0.0'

/** tus at `/upload`: decides who may do what with which upload, then hands the request to the library. */
export function routeUploads(deps: UploadDeps): void {
  const { app } = deps.http
  // Bytes of an upload stay in the stream.
  app.addContentTypeParser('application/offset+octet-stream', (_request, _bytes, done) => done(null))
  const tus = lazy(async () => {
    const { createTus, current } = await import('./tus.js')
    const server = createTus(deps.kernel, deps.uploads)
    return (upload: UploadRow, request: FastifyRequest, reply: FastifyReply) =>
      current.run(upload, () => server.handle(request.raw, reply.raw))
  })
  const handOn = async (upload: UploadRow, request: FastifyRequest, reply: FastifyReply) => {
    const handle = await tus()
    reply.hijack()
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value)
    try {
      await handle(upload, request, reply)
    } catch (error) {
      deps.kernel.log.info({ err: error }, 'the connection of an upload broke')
      reply.raw.destroy()
    }
  }
  app.post('/upload', async (request, reply) => {
    const { name, sizeBytes } = wanted(request)
    const upload = await deps.uploads.begin(await requireMember(deps, request), name, sizeBytes)
    await handOn(upload, request, reply)
    // Nobody knows the address of an upload whose creation was not answered.
    if (reply.raw.statusCode !== 201) await deps.uploads.drop(upload)
  })
  app.route({
    method: ['HEAD', 'PATCH', 'DELETE'],
    url: '/upload/:id',
    handler: async (request: ById, reply) => {
      const actor = await requireMember(deps, request)
      const upload = await uploadStore.findUpload(deps.kernel.db, actor.tenantId, request.params.id, actor.memberId)
      const file = upload
        ? await finished(deps, upload, request)
        : await requireFinished(deps, actor, request.params.id)
      if (file) return answerFinished(deps, actor, file, request, reply)
      if (upload) await handOn(upload, request, reply)
    },
  })
  app.options('/upload', (_request, reply) =>
    reply
      .status(204)
      .headers({
        'tus-resumable': tusVersion,
        'tus-version': tusVersion,
        'tus-extension': 'creation,creation-with-upload,termination',
      })
      .send(),
  )
  app.addHook('onClose', () => deps.uploads.idle())
}

/** A member with the scope, and not a page of somebody else’s that uses the member’s cookie. */
async function requireMember({ http, kernel }: UploadDeps, request: FastifyRequest): Promise<MemberActor> {
  const actor = await http.actorOf(request.raw)
  if (actor.kind === 'anonymous') throw fail('unauthenticated')
  if (actor.kind !== 'member') throw fail('not_allowed')
  if (!request.headers.authorization && !sameOrigin(request.headers, http.clientOf(request.raw), kernel))
    throw fail('not_allowed')
  if (actor.scopes && !actor.scopes.includes('files:write')) throw fail('scope_missing', { scope: 'files:write' })
  return actor
}

function wanted(request: FastifyRequest): { name: string; sizeBytes: number } {
  if (request.headers['tus-resumable'] !== tusVersion)
    throw fail('invalid_input', { path: 'Tus-Resumable', reason: tusVersion })
  const metadata = String(request.headers['upload-metadata'] ?? '')
  const filename = /(?:^|,)\s*filename ([A-Za-z0-9+/=]*)/.exec(metadata)?.[1] ?? ''
  return {
    name: cleanName(Buffer.from(filename, 'base64').toString('utf8')),
    sizeBytes: uploadLength(request.headers['upload-length']),
  }
}

/** The file of an upload whose bytes are all here, though nobody was told yet; else null. */
async function finished(deps: UploadDeps, upload: UploadRow, request: FastifyRequest): Promise<store.FileRow | null> {
  await uploadStore.touchUpload(deps.kernel.db, upload.tenantId, upload.id, deps.kernel.clock.now())
  if (request.method === 'DELETE') return null
  if (await deps.uploads.isComplete(upload)) return deps.uploads.finish(upload)
  // It may have been finished since its row was read.
  return (await store.findFile(deps.kernel.db, upload.tenantId, upload.id)) ?? null
}

async function requireFinished({ kernel }: UploadDeps, actor: MemberActor, id: string): Promise<store.FileRow> {
  const file = await store.findFile(kernel.db, actor.tenantId, id)
  if (file?.owner !== actor.memberId) throw fail('not_found')
  return file
}

/** What tus says of an upload that is whole, with the file it became. */
async function answerFinished(
  deps: UploadDeps,
  actor: MemberActor,
  file: store.FileRow,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  reply.headers({ 'tus-resumable': tusVersion, 'cache-control': 'no-store' })
  if (request.method === 'DELETE') {
    await deps.removeFile(actor, file.id)
    return reply.status(204).send()
  }
  reply.headers({ 'upload-offset': file.sizeBytes, 'heyi-file': file.id })
  if (request.method === 'HEAD') return reply.status(200).header('upload-length', file.sizeBytes).send()
  return reply.status(request.headers['upload-offset'] === String(file.sizeBytes) ? 204 : 409).send()
}

function lazy<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => (made ??= make())
}
