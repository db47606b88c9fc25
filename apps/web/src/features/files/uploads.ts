import type { HeyiClient } from '@heyi/client'
import { useSyncExternalStore } from 'react'
import { localId } from '../../app/device'
import { asRefusal, type Refusal } from '../../app/errors'

/** A file on its way into a conversation. It leaves this list when its message is queued. */
export interface Upload {
  id: string
  conversation: string
  file: File
  quote: number | null
  startedAt: string
  image: boolean
  width: number | null
  height: number | null
  /** An address of the bytes on this device, to show an image before it is sent. */
  preview: string | null
  /** 0 to 1. */
  progress: number
  state: 'waiting' | 'uploading' | 'failed'
  error: unknown
}

/** More would only make each of them slower. */
const atOnce = 2
const none: Upload[] = []

const lists = new Map<string, Upload[]>()
const running = new Map<string, () => void>()
const listeners = new Set<() => void>()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useUploads = (conversation: string): Upload[] =>
  useSyncExternalStore(subscribe, () => lists.get(conversation) ?? none)

const all = () => [...lists.values()].flat()

function put(upload: Upload, change: Partial<Upload>) {
  const list = lists.get(upload.conversation) ?? none
  const next = list.map((one) => (one.id === upload.id ? { ...one, ...change } : one))
  lists.set(upload.conversation, next)
  for (const listener of listeners) listener()
}

function drop(upload: Upload) {
  lists.set(
    upload.conversation,
    (lists.get(upload.conversation) ?? none).filter((one) => one.id !== upload.id),
  )
  if (upload.preview) URL.revokeObjectURL(upload.preview)
  for (const listener of listeners) listener()
}

const shownAsImage = /^image\/(png|jpeg|gif|webp|avif)$/

/** Uploads the files and sends each when it is there, in the order picked. */
export async function sendFiles(
  client: HeyiClient,
  conversation: string,
  files: readonly File[],
  quote: number | null,
): Promise<void> {
  const added = await Promise.all(
    files.map(async (file, index): Promise<Upload> => {
      const image = shownAsImage.test(file.type)
      const preview = image ? URL.createObjectURL(file) : null
      const size = preview ? await measure(preview) : null
      return {
        id: localId(),
        conversation,
        file,
        quote: index === 0 ? quote : null,
        startedAt: new Date().toISOString(),
        image: size !== null,
        width: size?.width ?? null,
        height: size?.height ?? null,
        preview,
        progress: 0,
        state: 'waiting',
        error: null,
      }
    }),
  )
  lists.set(conversation, [...(lists.get(conversation) ?? none), ...added])
  for (const listener of listeners) listener()
  next(client)
}

async function measure(address: string): Promise<{ width: number; height: number } | null> {
  const image = new Image()
  image.src = address
  try {
    await image.decode()
    return { width: image.naturalWidth, height: image.naturalHeight }
  } catch {
    // Not an image after all, whatever its name says: it goes as a file.
    return null
  }
}

function next(client: HeyiClient) {
  const free = atOnce - running.size
  for (const upload of all()
    .filter((one) => one.state === 'waiting')
    .slice(0, Math.max(0, free)))
    void run(client, upload)
}

async function run(client: HeyiClient, upload: Upload): Promise<void> {
  const abort = new AbortController()
  running.set(upload.id, () => abort.abort())
  put(upload, { state: 'uploading', progress: 0, error: null })
  try {
    const id = await uploadFile(upload.file, upload.file.name, (progress) => put(upload, { progress }), abort.signal)
    const info = await client.call('files.getFile', { file: id })
    const image = upload.image && shownAsImage.test(info.mime)
    await client.send(
      upload.conversation,
      {
        kind: image ? 'image' : 'file',
        file: id,
        name: info.name,
        sizeBytes: info.sizeBytes,
        mime: info.mime,
        width: info.width ?? upload.width,
        height: info.height ?? upload.height,
      },
      upload.quote,
    )
    drop(upload)
  } catch (error) {
    if (!abort.signal.aborted) put(upload, { state: 'failed', error })
  } finally {
    running.delete(upload.id)
    next(client)
  }
}

export function cancelUpload(upload: Upload): void {
  running.get(upload.id)?.()
  drop(upload)
}

export function retryUpload(client: HeyiClient, upload: Upload): void {
  put(upload, { state: 'waiting', error: null })
  next(client)
}

/**
 * Puts bytes on the server by tus and resolves with the file's id, which the answer that completes the upload carries
 * in `heyi-file`. Throws a `Refusal` where the server named one.
 */
export async function uploadFile(
  bytes: Blob,
  name: string,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const tus = await import('tus-js-client')
  let id: string | undefined
  const address = await new Promise<string | null>((resolve, reject) => {
    const upload = new tus.Upload(bytes as File, {
      endpoint: '/upload',
      metadata: { filename: name, filetype: bytes.type || 'application/octet-stream' },
      chunkSize: 8 * 1024 * 1024,
      retryDelays: [0, 1000, 3000, 5000, 10_000],
      storeFingerprintForResuming: false,
      onProgress: (sent, total) => onProgress(total > 0 ? sent / total : 1),
      onAfterResponse: (_, response) => {
        id = response.getHeader('heyi-file') ?? id
      },
      onSuccess: () => resolve(upload.url),
      onError: (error) =>
        reject(error instanceof tus.DetailedError ? (refusalOf(error.originalResponse?.getBody()) ?? error) : error),
    })
    signal.addEventListener('abort', () => {
      void upload.abort(true).catch(() => undefined)
      reject(signal.reason)
    })
    upload.start()
  })
  if (!id && address)
    id =
      (await fetch(address, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' }, signal })).headers.get(
        'heyi-file',
      ) ?? undefined
  if (!id) throw new Error('the upload ended without an id')
  return id
}

function refusalOf(body: string | undefined): Refusal | null {
  try {
    return asRefusal((JSON.parse(body ?? '') as { error?: unknown }).error)
  } catch {
    return null
  }
}
