/**
 * Uploads that are not finished, on this device: what they are, how to go on with them, and the bytes where there are
 * not too many. A page that is loaded again goes on from here; one that is signed out leaves nothing.
 */
const database = 'heyi-uploads'
type Table = 'uploads' | 'bytes'

/** What is told of a voice beside its bytes. */
export interface Voice {
  durationMs: number
  waveform: number[]
}

export interface UploadRow {
  id: string
  /** Whose it is; another who signs in here does not go on with it. */
  member: string
  /** The page that runs it, so that two tabs do not. */
  page: string
  conversation: string
  quote: number | null
  /** The thread it goes to; an older version kept none. */
  root?: number | null
  startedAt: string
  order: number
  name: string
  type: string
  sizeBytes: number
  image: boolean
  voice: Voice | null
  width: number | null
  height: number | null
  /** Where the server has the bytes so far. */
  address: string | null
}

let opening: Promise<IDBDatabase> | null = null

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(database, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('uploads', { keyPath: 'id' })
      // Apart, for they are written once, and the rest with each step.
      request.result.createObjectStore('bytes')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opening
}

async function within<T>(
  table: Table,
  mode: IDBTransactionMode,
  ask: (rows: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await open()
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(table, mode)
    const request = ask(transaction.objectStore(table))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onabort = () => reject(transaction.error ?? request.error)
  })
}

export const keepUpload = (row: UploadRow): Promise<unknown> => within('uploads', 'readwrite', (rows) => rows.put(row))
export const keepBytes = (id: string, bytes: Blob): Promise<unknown> =>
  within('bytes', 'readwrite', (rows) => rows.put(bytes, id))

export async function forgetUpload(id: string): Promise<void> {
  await within('uploads', 'readwrite', (rows) => rows.delete(id))
  await within('bytes', 'readwrite', (rows) => rows.delete(id))
}

export const keptUploads = (): Promise<UploadRow[]> =>
  within('uploads', 'readonly', (rows) => rows.getAll() as IDBRequest<UploadRow[]>)
/** Undefined where they were too many to keep, or were not taken: then the file has to be chosen again. */
export const keptBytes = (id: string): Promise<Blob | undefined> =>
  within('bytes', 'readonly', (rows) => rows.get(id) as IDBRequest<Blob | undefined>)

export async function wipeUploads(): Promise<void> {
  await within('uploads', 'readwrite', (rows) => rows.clear())
  await within('bytes', 'readwrite', (rows) => rows.clear())
}
