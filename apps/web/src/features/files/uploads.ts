import type { HeyiClient, Outgoing } from '@heyi/client'
import type { FileInfo } from '@heyi/contract/files'
import { useSyncExternalStore } from 'react'
import { localId } from '../../app/device'
import { asRefusal, type Refusal } from '../../app/errors'
import { forgetUpload, keepBytes, keepUpload, keptBytes, keptUploads, type Voice } from './upload-store'

/** A file on its way into a conversation. It leaves this list when its message is queued. */
export interface Upload {
  id: string
  conversation: string
  name: string
  sizeBytes: number
  /** Null after the page was loaded again, where the browser could not keep the bytes. */
  file: Blob | null
  type: string
  quote: number | null
  /** The thread it goes to, if any. */
  root: number | null
  startedAt: string
  order: number
  image: boolean
  voice: Voice | null
  width: number | null
  height: number | null
  /** An address of the bytes on this device, to show an image before it is sent. */
  preview: string | null
  /** Where the server has the bytes so far. */
  address: string | null
  /** 0 to 1. */
  progress: number
  bytesPerSecond: number
  /**
   * `away`: the connection broke, it goes on by itself. `ready`: it is on the server and waits for those before it.
   * `fileless`: the file has to be chosen again.
   */
  state: 'waiting' | 'uploading' | 'away' | 'ready' | 'failed' | 'fileless'
  outgoing: Outgoing | null
  error: unknown
}

/** A file as chosen, with the name it is to have. */
export interface Chosen {
  file: Blob
  name: string
  voice?: Voice
}

/** More would only make each of them slower. */
const atOnce = 2
/** Larger files are not copied into the browser's storage. */
const keptMostBytes = 256 * 1024 * 1024
const chunkBytes = 8 * 1024 * 1024
/** How long to wait after the connection broke, the first time and from then on doubled. */
const pauseMs = 1_000
const pauseMostMs = 30_000
/** The progress is told no more often. */
const toldEveryMs = 120
const none: Upload[] = []

const lists = new Map<string, Upload[]>()
const running = new Map<string, () => void>()
const listeners = new Set<() => void>()
const sending = new Map<string, Promise<void>>()
const broken = new Map<string, number>()
const page = localId()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useUploads = (conversation: string): Upload[] =>
  useSyncExternalStore(subscribe, () => lists.get(conversation) ?? none)

const tell = () => {
  for (const listener of listeners) listener()
}
const all = () => [...lists.values()].flat()
const find = (id: string) => all().find((one) => one.id === id)

function put(upload: Upload, change: Partial<Upload>) {
  const list = lists.get(upload.conversation) ?? none
  lists.set(
    upload.conversation,
    list.map((one) => (one.id === upload.id ? { ...one, ...change } : one)),
  )
  tell()
}

function add(uploads: Upload[]) {
  for (const upload of uploads) {
    const list = [...(lists.get(upload.conversation) ?? none), upload]
    lists.set(
      upload.conversation,
      list.sort((a, b) => a.order - b.order),
    )
  }
  tell()
}

function drop(upload: Upload) {
  lists.set(
    upload.conversation,
    (lists.get(upload.conversation) ?? none).filter((one) => one.id !== upload.id),
  )
  if (upload.preview) URL.revokeObjectURL(upload.preview)
  broken.delete(upload.id)
  forgetUpload(upload.id).catch(log)
  tell()
}

const log = (error: unknown) => console.warn('uploads are in memory only', error)

const shownAsImage = /^image\/(png|jpeg|gif|webp|avif)$/

/** Uploads the files and sends each when it is there, in the order chosen. */
export async function sendFiles(
  client: HeyiClient,
  conversation: string,
  chosen: readonly Chosen[],
  quote: number | null,
  root: number | null = null,
): Promise<void> {
  const from = Date.now() * 1000
  const added = await Promise.all(
    chosen.map(async ({ file, name, voice = null }, index): Promise<Upload> => {
      const image = shownAsImage.test(file.type)
      const preview = image ? URL.createObjectURL(file) : null
      const size = preview ? await measure(preview) : null
      return {
        id: localId(),
        conversation,
        name,
        sizeBytes: file.size,
        file,
        type: file.type,
        quote: index === 0 ? quote : null,
        root,
        startedAt: new Date().toISOString(),
        order: from + index,
        image: size !== null,
        voice,
        width: size?.width ?? null,
        height: size?.height ?? null,
        preview,
        address: null,
        progress: 0,
        bytesPerSecond: 0,
        state: 'waiting',
        outgoing: null,
        error: null,
      }
    }),
  )
  add(added)
  for (const upload of added) void keep(client, upload, true)
  next(client)
}

/** Notes on the device how to go on with an upload. */
async function keep(client: HeyiClient, upload: Upload, withBytes = false): Promise<void> {
  const member = client.me()?.profile.id
  if (!member) return
  const {
    id,
    conversation,
    quote,
    root,
    startedAt,
    order,
    name,
    type,
    sizeBytes,
    image,
    voice,
    width,
    height,
    address,
    file,
  } = upload
  const about = {
    id,
    conversation,
    quote,
    root,
    startedAt,
    order,
    name,
    type,
    sizeBytes,
    image,
    voice,
    width,
    height,
    address,
  }
  try {
    await keepUpload({ ...about, member, page })
    if (withBytes && file && file.size <= keptMostBytes) await keepBytes(id, file)
  } catch (error) {
    // What cannot be kept is not gone on with after the next load; the upload at hand needs it not.
    log(error)
  }
  if (!find(id)) await forgetUpload(id).catch(log)
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
  put(upload, { state: 'uploading', error: null })
  const { file } = upload
  try {
    if (!file) throw new Error('an upload without its file')
    const id = await uploadFile(file, upload.name, meter(upload), abort.signal, {
      address: upload.address,
      onAddress: (address) => {
        put(upload, { address })
        void keep(client, { ...upload, address })
      },
    })
    broken.delete(upload.id)
    const info = await client.call('files.getFile', { file: id })
    put(upload, {
      state: 'ready',
      progress: 1,
      outgoing: outgoingOf(upload, id, info),
    })
  } catch (error) {
    if (!abort.signal.aborted) stopped(client, upload, error)
  } finally {
    running.delete(upload.id)
    next(client)
    void send(client, upload.conversation)
  }
}

function outgoingOf({ image, voice, width, height }: Upload, file: string, info: FileInfo): Outgoing {
  const { name, sizeBytes, mime } = info
  if (voice) return { kind: 'voice', file, name, sizeBytes, mime, ...voice }
  return {
    kind: image && shownAsImage.test(mime) ? 'image' : 'file',
    file,
    name,
    sizeBytes,
    mime,
    width: info.width ?? width,
    height: info.height ?? height,
  }
}

/** A refusal is final; a connection that broke is not. */
function stopped(client: HeyiClient, upload: Upload, error: unknown) {
  const refusal = asRefusal(error)
  if (refusal && refusal.code !== 'busy' && refusal.code !== 'unavailable')
    return put(upload, { state: 'failed', error })
  const times = broken.get(upload.id) ?? 0
  broken.set(upload.id, times + 1)
  put(upload, { state: 'away', error: null, bytesPerSecond: 0 })
  wakeWhenOnline(client)
  setTimeout(() => resume(client, upload.id), Math.min(pauseMostMs, pauseMs * 2 ** times))
}

function resume(client: HeyiClient, id: string) {
  const upload = find(id)
  if (upload?.state !== 'away') return
  put(upload, { state: 'waiting' })
  next(client)
}

let woken: HeyiClient | null = null

/** What broke goes on as soon as the client is connected again, or the device says that it has a network. */
function wakeWhenOnline(client: HeyiClient) {
  if (woken === client) return
  woken = client
  let before = client.connection
  const wake = () => {
    for (const { id, state } of all()) if (state === 'away') resume(client, id)
  }
  window.addEventListener('online', wake)
  client.subscribe(() => {
    const now = client.connection
    if (now === 'online' && before !== 'online') wake()
    before = now
  })
}

/** Sends what is on the server, each after those chosen before it; what failed does not keep others back. */
function send(client: HeyiClient, conversation: string): Promise<void> {
  const before = sending.get(conversation) ?? Promise.resolve()
  const sent = before.then(async () => {
    for (;;) {
      const first = (lists.get(conversation) ?? none).find(({ state }) => state !== 'failed' && state !== 'fileless')
      if (first?.state !== 'ready' || !first.outgoing) return
      try {
        await client.send(conversation, first.outgoing, first.quote, first.root)
        drop(first)
      } catch (error) {
        put(first, { state: 'failed', error })
      }
    }
  })
  sending.set(conversation, sent)
  return sent
}

/** Tells how far an upload is and how fast, smoothed over a few seconds. */
function meter(upload: Upload): (share: number) => void {
  let [toldAt, share, speed] = [0, upload.progress, 0]
  return (now) => {
    const at = performance.now()
    if (at - toldAt < toldEveryMs && now < 1) return
    const fresh = toldAt > 0 ? (Math.max(0, now - share) * upload.sizeBytes * 1000) / (at - toldAt) : 0
    speed = speed === 0 ? fresh : speed * 0.8 + fresh * 0.2
    toldAt = at
    share = now
    put(upload, { progress: now, bytesPerSecond: speed })
  }
}

export function cancelUpload(client: HeyiClient, upload: Upload): void {
  const stop = running.get(upload.id)
  stop?.()
  const address = find(upload.id)?.address
  drop(upload)
  // Nobody is uploading who would take it back.
  if (!stop && address)
    fetch(address, { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } }).catch(() => undefined)
  void send(client, upload.conversation)
}

export function retryUpload(client: HeyiClient, upload: Upload): void {
  broken.delete(upload.id)
  put(upload, { state: upload.outgoing ? 'ready' : 'waiting', error: null })
  next(client)
  void send(client, upload.conversation)
}

/** The file of an upload that lost it; false where it is plainly another one. */
export function giveFile(client: HeyiClient, upload: Upload, file: File): boolean {
  if (file.size !== upload.sizeBytes) return false
  put(upload, { file, state: 'waiting', error: null })
  const now = find(upload.id)
  if (now) void keep(client, now)
  next(client)
  return true
}

const restored = new WeakSet<HeyiClient>()

/** Goes on with what another load of this page, or a tab that is gone, left unfinished. */
export async function restoreUploads(client: HeyiClient, member: string): Promise<void> {
  if (restored.has(client)) return
  restored.add(client)
  try {
    holdPage()
    const rows = (await keptUploads()).filter((row) => row.member === member && row.page !== page && !find(row.id))
    const gone = new Map<string, boolean>()
    for (const row of rows) {
      const isGone = gone.get(row.page) ?? (await isPageGone(row.page))
      gone.set(row.page, isGone)
      if (!isGone) continue
      const { member: _, page: __, ...about } = row
      const bytes = (await keptBytes(row.id)) ?? null
      const preview = bytes && row.image ? URL.createObjectURL(bytes) : null
      const upload: Upload = {
        ...about,
        // One that an older version kept has none.
        voice: about.voice ?? null,
        root: about.root ?? null,
        file: bytes,
        preview,
        progress: 0,
        bytesPerSecond: 0,
        state: bytes ? 'waiting' : 'fileless',
        outgoing: null,
        error: null,
      }
      add([upload])
      void keep(client, upload)
    }
    next(client)
  } catch (error) {
    log(error)
  }
}

const lockOf = (name: string) => `heyi-page-${name}`

/** Held for as long as this page lives. */
function holdPage(): void {
  void navigator.locks?.request(lockOf(page), () => new Promise(() => undefined))
}

/** Off HTTPS there are no locks, and whoever opens the chat goes on. */
async function isPageGone(name: string): Promise<boolean> {
  if (!navigator.locks) return true
  return navigator.locks.request(lockOf(name), { ifAvailable: true }, (lock) => lock !== null)
}

/**
 * Puts bytes on the server by tus and resolves with the file's id, which the answer that completes the upload carries
 * in `heyi-file`. Goes on at `address` where bytes are there already. Throws a `Refusal` where the server named one.
 */
export async function uploadFile(
  bytes: Blob,
  name: string,
  onProgress: (share: number) => void,
  signal: AbortSignal,
  { address = null, onAddress }: { address?: string | null; onAddress?: (address: string) => void } = {},
): Promise<string> {
  const tus = await import('tus-js-client')
  let id: string | undefined
  const ended = await new Promise<string | null>((resolve, reject) => {
    const upload = new tus.Upload(bytes as File, {
      endpoint: '/upload',
      ...(address && { uploadUrl: address }),
      metadata: { filename: name, filetype: bytes.type || 'application/octet-stream' },
      chunkSize: chunkBytes,
      retryDelays: [0, 1000],
      storeFingerprintForResuming: false,
      onProgress: (sent, total) => onProgress(total > 0 ? sent / total : 1),
      onUploadUrlAvailable: () => {
        if (upload.url && upload.url !== address) onAddress?.(upload.url)
      },
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
  if (!id && ended)
    id =
      (await fetch(ended, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' }, signal })).headers.get(
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
