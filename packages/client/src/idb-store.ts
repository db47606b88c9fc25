import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { newKey } from './environment.js'
import {
  type DraftRow,
  type FeedRow,
  type MessageRow,
  type Meta,
  NotTheWriter,
  type ObjectRow,
  type ProfileRow,
  type ReplicaRows,
  type SendRow,
  type Store,
} from './store.js'

interface Tables extends DBSchema {
  meta: { key: string; value: Meta }
  writer: { key: string; value: string }
  feeds: { key: string; value: FeedRow }
  objects: { key: [string, string, string]; value: ObjectRow }
  messages: { key: [string, number]; value: MessageRow }
  sends: { key: string; value: SendRow }
  drafts: { key: string; value: DraftRow }
  profiles: { key: string; value: ProfileRow }
}

const replicaTables = ['meta', 'writer', 'feeds', 'objects', 'messages'] as const
const ownTables = ['sends', 'drafts', 'profiles'] as const

/** Profiles that are read at the start. */
const profilesKept = 5_000
const nothing: Meta = { mark: null, generation: null, want: {} }
/** The one key of the tables `meta` and `writer`. */
const only = 'only'

const prefix = 'heyi-'

const openTables = (name: string): Promise<IDBPDatabase<Tables>> =>
  openDB<Tables>(name, 1, {
    upgrade: (db) => {
      db.createObjectStore('meta')
      db.createObjectStore('writer')
      db.createObjectStore('feeds', { keyPath: 'feed' })
      db.createObjectStore('objects', { keyPath: ['feed', 'kind', 'id'] })
      db.createObjectStore('messages', { keyPath: ['feed', 'seq'] })
      db.createObjectStore('sends', { keyPath: 'key' })
      db.createObjectStore('drafts', { keyPath: 'conversation' })
      db.createObjectStore('profiles', { keyPath: 'id' })
    },
  })

/** Every key that begins with the feed: an array is greater than any string or number. */
const allOf = (feed: string) => IDBKeyRange.bound([feed], [feed, []])

/**
 * The store in IndexedDB, one database per member. Tabs share it: each writes its own sends and drafts, and the one that
 * claimed the replica last (its key is in `writer`) writes that; any other is refused, inside the transaction.
 */
export function createIdbStore(member: string): Store {
  const me = newKey()
  let opened: Promise<IDBPDatabase<Tables>> | null = null
  const database = () => (opened ??= openTables(`${prefix}${member}`))
  const writing = async () => (await database()).transaction(replicaTables, 'readwrite')
  type Writing = Awaited<ReturnType<typeof writing>>

  const put = (tx: Writing, rows: Omit<ReplicaRows, 'meta'>) => [
    ...rows.feeds.map((row) => tx.objectStore('feeds').put(row)),
    ...rows.objects.map((row) => tx.objectStore('objects').put(row)),
    ...rows.messages.map((row) => tx.objectStore('messages').put(row)),
  ]
  const dropFeed = (tx: Writing, feed: string) => [
    tx.objectStore('feeds').delete(feed),
    tx.objectStore('objects').delete(allOf(feed)),
    tx.objectStore('messages').delete(allOf(feed)),
  ]

  return {
    open: async (claim) => {
      const db = await database()
      if (claim) await db.put('writer', me, only)
      const tx = db.transaction([...replicaTables, ...ownTables])
      const [meta = nothing, feeds, objects, sends, drafts, profiles] = await Promise.all([
        tx.objectStore('meta').get(only),
        tx.objectStore('feeds').getAll(),
        tx.objectStore('objects').getAll(),
        tx.objectStore('sends').getAll(),
        tx.objectStore('drafts').getAll(),
        tx.objectStore('profiles').getAll(null, profilesKept),
      ])
      return { meta, feeds, objects, sends, drafts, profiles }
    },
    messages: async (feed, above, upTo, newest) => {
      const range = IDBKeyRange.bound([feed, above], [feed, upTo], true, false)
      const db = await database()
      if (newest === undefined) return (await db.getAll('messages', range)).map(({ rev, object }) => ({ rev, object }))
      const found = []
      let at = await db.transaction('messages').store.openCursor(range, 'prev')
      for (; at && found.length < newest; at = await at.continue())
        found.push({ rev: at.value.rev, object: at.value.object })
      return found.reverse()
    },
    commit: async (changes) => {
      const tx = await writing()
      if ((await tx.objectStore('writer').get(only)) !== me) throw new NotTheWriter()
      await Promise.all([
        ...changes.drops.flatMap((feed) => dropFeed(tx, feed)),
        ...put(tx, changes),
        ...changes.removed.map(({ feed, kind, id }) =>
          kind === 'message'
            ? tx.objectStore('messages').delete([feed, Number(id)])
            : tx.objectStore('objects').delete([feed, kind, id]),
        ),
        ...(changes.meta ? [tx.objectStore('meta').put(changes.meta, only)] : []),
        tx.done,
      ])
    },
    replace: async (replica) => {
      const tx = await writing()
      await Promise.all([
        ...replicaTables.map((table) => tx.objectStore(table).clear()),
        tx.objectStore('writer').put(me, only),
        tx.objectStore('meta').put(replica.meta, only),
        ...put(tx, replica),
        tx.done,
      ])
    },
    saveOwn: async (changes) => {
      // Strict: a send is promised to survive the program, so it must have left the browser's buffers.
      const tx = (await database()).transaction(ownTables, 'readwrite', changes.sends ? { durability: 'strict' } : {})
      await Promise.all([
        ...(changes.sends ?? []).map((row) => tx.objectStore('sends').put(row)),
        ...(changes.sent ?? []).map((key) => tx.objectStore('sends').delete(key)),
        ...(changes.drafts ?? []).map((row) => tx.objectStore('drafts').put(row)),
        ...(changes.draftsSaved ?? []).map((conversation) => tx.objectStore('drafts').delete(conversation)),
        ...(changes.profiles ?? []).map((row) => tx.objectStore('profiles').put(row)),
        tx.done,
      ])
    },
    sends: async () => (await database()).getAll('sends'),
    wipe: async () => {
      // Cleared, not deleted: deleting the database would wait for every other tab.
      const tables = [...replicaTables, ...ownTables]
      const tx = (await database()).transaction(tables, 'readwrite')
      await Promise.all([...tables.map((table) => tx.objectStore(table).clear()), tx.done])
    },
    close: async () => {
      if (opened) (await opened).close()
      opened = null
    },
  }
}

/** Empties what any member has kept in this browser profile: nobody is signed in here any more, in whichever company. */
export async function wipeIdbStores(): Promise<void> {
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith(`${prefix}mem_`)) continue
    const store = createIdbStore(name.slice(prefix.length))
    await store.wipe()
    await store.close()
  }
}
