import type {
  DraftRow,
  FeedRow,
  MessageRow,
  Meta,
  ObjectRow,
  Opening,
  ProfileRow,
  ReplicaRows,
  SendRow,
  Store,
} from './store.js'

const objectKey = (row: { feed: string; kind: string; id: string }) => `${row.feed}/${row.kind}/${row.id}`

/** A store that lasts as long as the object: for programs without a disk of their own, and for tests that restart clients. */
export function createMemoryStore(): Store {
  let meta: Meta = { mark: null, generation: null, want: {} }
  const feeds = new Map<string, FeedRow>()
  const objects = new Map<string, ObjectRow>()
  const messages = new Map<string, Map<number, MessageRow>>()
  const sends = new Map<string, SendRow>()
  const drafts = new Map<string, DraftRow>()
  const profiles = new Map<string, ProfileRow>()

  const putMessage = (row: MessageRow) => {
    const rows = messages.get(row.feed) ?? new Map<number, MessageRow>()
    messages.set(row.feed, rows.set(row.seq, row))
  }
  const clearReplica = () => {
    meta = { mark: null, generation: null, want: {} }
    for (const rows of [feeds, objects, messages]) rows.clear()
  }
  const put = (rows: Pick<ReplicaRows, 'feeds' | 'objects' | 'messages'>) => {
    for (const row of rows.feeds) feeds.set(row.feed, row)
    for (const row of rows.objects) objects.set(objectKey(row), row)
    rows.messages.forEach(putMessage)
  }
  return {
    open: async () => {
      const opening: Opening = {
        meta,
        feeds: [...feeds.values()],
        objects: [...objects.values()],
        sends: [...sends.values()],
        drafts: [...drafts.values()],
        profiles: [...profiles.values()],
      }
      return opening
    },
    messages: async (feed, above, upTo, newest) => {
      const rows = [...(messages.get(feed)?.values() ?? [])].filter(({ seq }) => seq > above && seq <= upTo)
      rows.sort((a, b) => a.seq - b.seq)
      return rows.slice(newest === undefined ? 0 : -newest).map(({ rev, object }) => ({ rev, object }))
    },
    commit: async (changes) => {
      if (changes.meta) meta = changes.meta
      for (const feed of changes.drops) {
        feeds.delete(feed)
        messages.delete(feed)
        for (const [key, row] of objects) if (row.feed === feed) objects.delete(key)
      }
      put(changes)
      for (const gone of changes.removed) {
        if (gone.kind === 'message') messages.get(gone.feed)?.delete(Number(gone.id))
        else objects.delete(objectKey(gone))
      }
    },
    replace: async (replica) => {
      clearReplica()
      meta = replica.meta
      put(replica)
    },
    saveOwn: async (changes) => {
      for (const row of changes.sends ?? []) sends.set(row.key, row)
      for (const key of changes.sent ?? []) sends.delete(key)
      for (const row of changes.drafts ?? []) drafts.set(row.conversation, row)
      for (const conversation of changes.draftsSaved ?? []) drafts.delete(conversation)
      for (const row of changes.profiles ?? []) profiles.set(row.id, row)
    },
    sends: async () => [...sends.values()],
    wipe: async () => {
      clearReplica()
      for (const rows of [sends, drafts, profiles]) rows.clear()
    },
    close: async () => undefined,
  }
}
