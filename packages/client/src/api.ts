import type { Operations } from '@heyi/contract'
import type { MeObject, Profile } from '@heyi/contract/directory'
import type { Conversation, Draft, Members, Membership, Mention, Message } from '@heyi/contract/messaging'

/** `connecting` also while it waits to try again; `signedOut` is final until a new client is made. */
export type ConnectionState = 'connecting' | 'online' | 'offline' | 'signedOut'

/** What a person sends; the client turns it into one or several durable sends with keys. */
export type Outgoing =
  | { kind: 'text'; text: string; mentions?: Mention[] }
  | {
      kind: 'image' | 'file'
      file: string
      name: string
      sizeBytes: number
      mime: string
      width: number | null
      height: number | null
    }

/** A message of mine on its way. It keeps its place at the end until the feed brings the real one. */
export interface Pending {
  key: string
  conversation: string
  outgoing: Outgoing
  quote: number | null
  queuedAt: string
  state: 'queued' | 'sending' | 'failed'
  /** The refusal, where it failed for good; `retry` or `discard` it. */
  error?: { code: string; data?: Record<string, unknown> }
}

export interface HeldMessage {
  rev: number
  object: Message
}

/** One line of the inbox, computed from what the device holds. Unread counts at most 100. */
export interface InboxEntry {
  id: string
  conversation: Conversation
  membership: Membership
  members: Members | null
  last: HeldMessage | null
  lastAt: string | null
  unread: number
  mentioned: boolean
  draft: Draft | null
  pending: number
}

/**
 * What a chat screen shows. `messages` are in order of place, hidden ones left out; between `floor` and `ceiling` nothing
 * is missing.
 */
export interface ChatState {
  conversation: Conversation | null
  membership: Membership | null
  members: Members | null
  messages: HeldMessage[]
  pending: Pending[]
  floor: number
  /** Where the messages shown end, after a jump far back; null where they go on to the newest. */
  ceiling: number | null
  /** Grows when a jump far back shows other messages than those that were shown; 0 for the newest. */
  stretch: number
  draft: Draft | null
  /** The first page is on its way and nothing is held yet. */
  loading: boolean
  /** The conversation is not, or no longer, mine. */
  gone: boolean
  /** Nothing that the server has said of it is still on its way; false without a connection. */
  current: boolean
}

/**
 * Everything a surface needs, kept true by feeds. Reads are synchronous and return the same object until something
 * changed, so that they suit `useSyncExternalStore`.
 */
export interface HeyiClient {
  readonly connection: ConnectionState
  /** Milliseconds since the epoch at which the next try is due while `offline`. */
  readonly retryAt: number | null
  readonly ready: boolean
  /** Messages of others that came in after the last time without a connection; null until it is caught up. */
  readonly caughtUp: number | null
  /** Opens the local store (so that `inbox` has what the device holds), then connects. */
  start(): Promise<void>
  /** Closes the socket and the store; keeps what is stored. */
  stop(): Promise<void>
  /** Deletes everything this device holds of the member. */
  wipe(): Promise<void>
  /** Any operation; a write gets a requestId and is repeated with it until it is answered. Throws `CallError`. */
  call<N extends keyof Operations>(
    name: N,
    input: Operations[N]['input'],
    options?: { signal?: AbortSignal },
  ): Promise<Operations[N]['output']>

  /** Called after each change of anything; several changes of one flush call once. Returns the unsubscriber. */
  subscribe(listener: () => void): () => void
  me(): MeObject | null
  /** Pinned first, then by `lastAt`. */
  inbox(): InboxEntry[]
  /** Unread of unmuted conversations plus muted ones with a mention of me. */
  badge(): number
  chat(conversation: string): ChatState
  /** Says that a chat is on screen: it is pulled first and its messages are held. Returns the closer. */
  openChat(conversation: string): () => void
  /** Says that a chat may be opened in a moment: what the device holds of it is made ready. */
  prepareChat(conversation: string): void
  /** Loads the page of older messages under the floor; resolves when it is held (or there is none). */
  loadOlder(conversation: string): Promise<void>
  /** Loads the page of newer messages above the ceiling. */
  loadNewer(conversation: string): Promise<void>
  /** Leaves old messages for the newest. */
  showNewest(conversation: string): void
  /**
   * Loads until `seq` is held; false when it may not be seen or is gone. Far back, the chat shows what stands around it
   * instead of the newest, until `showNewest` or until newer pages have joined both.
   */
  loadUntil(conversation: string, seq: number): Promise<boolean>
  /** A message by its place, wherever it stands; undefined until it is known, null where it may not be read or is gone. */
  message(conversation: string, seq: number): Message | null | undefined
  /** Queued durably when it resolves; sent in order, one in flight per conversation. Returns the key. */
  send(conversation: string, outgoing: Outgoing, quote?: number | null): Promise<string>
  retry(key: string): Promise<void>
  discard(key: string): Promise<void>
  /** Moves my cursor to the newest message held, at most every half second (ten where there are over 500 members). */
  markRead(conversation: string): void
  /** Saved on the device at once and on the server when typing pauses. */
  saveDraft(conversation: string, text: string, quote: number | null): void
  typing(conversation: string): void
  /** Members typing there now. */
  typers(conversation: string): string[]

  /** The card for an id; null until it arrives, asked for in batches and refreshed when older than five minutes. */
  profile(id: string): Profile | null
  /** What somebody is called in a group; null for whoever goes by their name there, and until it is known. */
  nickname(conversation: string, id: string): string | null
  /** Follows a department's feed while open (the objects `department` and `departmentMember`). Returns the closer. */
  watchDepartment(department: string): () => void
  /** A short-lived address for a file; null until it arrives. */
  fileUrl(
    file: string,
    via: { conversation: string; seq: number } | { avatar: true } | null,
    variant: 'original' | 'thumbnail',
  ): string | null
}
