import type { Operations } from '@heyi/contract'
import type { LadderStep } from '@heyi/contract/channels'
import type { MeObject, Profile } from '@heyi/contract/directory'
import type {
  Conversation,
  Draft,
  Members,
  Membership,
  Mention,
  Message,
  MyAnswer,
  Pins,
  Receipt,
  ReceiptMode,
  Scheduled,
  StickerBody,
} from '@heyi/contract/messaging'
import type { Reminder } from '@heyi/contract/reminders'
import type { RestChoices } from '@heyi/contract/rest'
import type { Todo } from '@heyi/contract/todos'

/** `connecting` also while it waits to try again; `signedOut` is final until a new client is made. */
export type ConnectionState = 'connecting' | 'online' | 'offline' | 'signedOut'

type Sent = Operations['messaging.sendMessage']['input']['message']
type OutgoingCard =
  | Extract<Sent, { kind: 'poll' | 'relay' | 'contact' | 'location' }>
  /** With what it looks like meanwhile. */
  | ({ kind: 'sticker' } & StickerBody)

/** What a person sends; the client turns it into one or several durable sends with keys. */
export type Outgoing =
  | { kind: 'text'; text: string; mentions?: Mention[]; receipt?: ReceiptMode; ladder?: LadderStep[] }
  | {
      kind: 'image' | 'file'
      file: string
      name: string
      sizeBytes: number
      mime: string
      width: number | null
      height: number | null
      receipt?: ReceiptMode
    }
  | {
      kind: 'voice'
      file: string
      name: string
      sizeBytes: number
      mime: string
      durationMs: number
      waveform: number[]
      receipt?: ReceiptMode
    }
  | (OutgoingCard & { receipt?: ReceiptMode })

/** A message of mine on its way. It keeps its place at the end until the feed brings the real one. */
export interface Pending {
  key: string
  conversation: string
  outgoing: Outgoing
  quote: number | null
  /** The thread it is said in; none before there were threads. */
  root?: number | null
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

/** What a thread on screen shows. */
export interface ThreadState {
  /** In order of place, hidden ones left out. */
  replies: HeldMessage[]
  pending: Pending[]
  /** There are older ones. */
  more: boolean
  loading: boolean
  /** They could not be had; tried again by itself. */
  failed: boolean
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
  /** What I chose about resting; null until I chose anything. Another object after each change. */
  rest(): RestChoices | null
  /** Whether I want to hear nothing of this conversation, not even that I was named. */
  isSilent(conversation: string): boolean
  /** Pinned first, then by `lastAt`. */
  inbox(): InboxEntry[]
  /** Unread of unmuted conversations and the threads in them, plus muted ones with a mention of me. */
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
  send(conversation: string, outgoing: Outgoing, quote?: number | null, root?: number | null): Promise<string>
  retry(key: string): Promise<void>
  discard(key: string): Promise<void>
  /** The text of a failed send, to be written again; it is discarded. Null where there is none. */
  takeBack(key: string): Promise<string | null>
  /** The replies of a thread that is open on this screen. */
  thread(conversation: string, root: number): ThreadState
  /** Says that a thread is on screen. Returns the closer. */
  openThread(conversation: string, root: number): () => void
  loadOlderReplies(conversation: string, root: number): Promise<void>
  /** Whether I follow a thread. */
  follows(conversation: string, root: number): boolean
  /** Replies of others that I have not read in a thread that I follow. */
  threadUnread(conversation: string, root: number): number
  /** Threads that I follow with something unread; of muted conversations those that name me. */
  unreadThreads(): number
  markThreadRead(conversation: string, root: number, seq: number): void
  /** Moves my cursor to the newest message held, at most every half second (ten where there are over 500 members). */
  markRead(conversation: string): void
  /** Saved on the device at once and on the server when typing pauses. */
  saveDraft(conversation: string, text: string, quote: number | null): void
  typing(conversation: string): void
  /** Members typing there now. */
  typers(conversation: string): string[]

  /** How the receipt of a message stands; null until it is known. */
  receipt(conversation: string, seq: number): Receipt | null
  /** Whether I have listened to a voice, on any device. */
  played(conversation: string, seq: number): boolean
  /** What is pinned to the top of a conversation; null where nothing ever was. */
  pins(conversation: string): Pins | null
  /** What I am, or was, reminded of, the first time first. */
  reminders(): readonly Reminder[]
  /** Open to-dos that I made or am to do, the first due first. */
  todos(): readonly Todo[]
  /** My texts that wait for their time there, the next first. */
  scheduled(conversation: string): readonly Scheduled[]
  /** Shown at once; throws where it could not be written, and then is not shown any more. */
  confirmReceipt(conversation: string, seq: number): Promise<void>
  /** What I answered to a poll or a relay list; null until it is known. */
  answer(conversation: string, seq: number): MyAnswer | null
  /** Shown at once; throws where the server refuses, and then is not shown any more. Only for who is connected. */
  vote(conversation: string, seq: number, options: number[]): Promise<void>
  /** The same for my line in a relay list; null takes it out. */
  writeLine(conversation: string, seq: number, text: string | null): Promise<void>
  /** Somebody reminds me of a message of theirs. Returns the unsubscriber. */
  onReminded(listener: (conversation: string, seq: number) => void): () => void
  /** Tells when company notices for me changed and, with its name, when somebody reminds me of one. Missed while offline. */
  onNotices(listener: (reminded: { id: string; title: string } | null) => void): () => void

  /** The card for an id; null until it arrives, asked for in batches and refreshed when older than five minutes. */
  profile(id: string): Profile | null
  /** Whether the card for an id was asked for and is not mine to see. */
  isHidden(id: string): boolean
  /** What somebody is called in a group; null for whoever goes by their name there, and until it is known. */
  nickname(conversation: string, id: string): string | null
  /** Follows a department's feed while open (the objects `department` and `departmentMember`). Returns the closer. */
  watchDepartment(department: string): () => void
  /** A short-lived address for a file; null until it arrives. */
  fileUrl(
    file: string,
    via: { conversation: string; seq: number } | { notice: string } | { avatar: true } | { sticker: true } | null,
    variant: 'original' | 'thumbnail',
  ): string | null
}
