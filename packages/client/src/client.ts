import type { OperationName, Operations } from '@heyi/contract'
import type { Scheduled } from '@heyi/contract/messaging'
import type { Reminder } from '@heyi/contract/reminders'
import type { Todo } from '@heyi/contract/todos'
import type { ChatState, ConnectionState, HeyiClient, InboxEntry, ThreadState } from './api.js'
import { CallError } from './call-error.js'
import { Core, type CoreOptions, type CorePorts, type PushMessage } from './core.js'
import type { DepartmentState } from './departments.js'
import { backOff, type Environment, newKey, platform } from './environment.js'
import { createIdbStore } from './idb-store.js'
import { createSoleLeadership, createTabLeadership, type Leadership } from './leader.js'
import { createMemoryStore } from './memory-store.js'
import { Notifier } from './notifier.js'
import { allRules, type ClientRules } from './rules.js'
import type { Ending, SocketLike } from './socket.js'
import type { Store } from './store.js'
import { callHttp, type HttpOptions } from './transport.js'

export interface ClientOptions extends HttpOptions {
  /** Whose client it is. Without it the server is asked at the start, so that the client cannot open offline. */
  member?: string | null
  /** Makes the socket; a browser's own by default. Node gives one of `ws` with the token in its headers. */
  createSocket?: (url: string, token: string | null) => SocketLike
  /** Where a member's replica is kept; IndexedDB in a browser, else memory. */
  store?: (member: string) => Store
  /** Which of several tabs writes; a browser's tabs agree by themselves. */
  leadership?: (member: string) => Leadership
  /** Clock, chance, timers and log. */
  environment?: Partial<Environment>
  /** For tests: sees each push before the client does; what it returns is received in its place. */
  intercept?: (message: PushMessage) => PushMessage[]
  /** For tests: switches single rules off. */
  rules?: Partial<ClientRules>
}

/** What `createClient` makes: the agreed interface and a few things more. */
export interface Client extends HeyiClient {
  /** Whose client it is; null before that is known. */
  readonly member: string | null
  /** The device may be back online or awake: tries to connect at once, and asks for the heads. */
  wake(): void
  /** What `watchDepartment` has brought; null until it has. */
  department(id: string): DepartmentState | null
}

const noEntries: InboxEntry[] = []
const nobody: string[] = []
const noneScheduled: readonly Scheduled[] = []
const noTodos: readonly Todo[] = []
const noReminders: readonly Reminder[] = []
const noThread: ThreadState = { replies: [], pending: [], more: false, loading: true, failed: false }
const notYet: ChatState = {
  conversation: null,
  membership: null,
  members: null,
  messages: [],
  pending: [],
  floor: 0,
  ceiling: null,
  stretch: 0,
  draft: null,
  loading: true,
  gone: false,
  current: false,
}

const socketUrl = (base: string) => `${(base || globalThis.location.origin).replace(/^http/, 'ws')}/socket`

/** Counts who holds what open; the closer it returns counts once. */
class Holders {
  readonly #counts = new Map<string, number>()

  has(id: string): boolean {
    return this.#counts.has(id)
  }
  all(): string[] {
    return [...this.#counts.keys()]
  }
  hold(id: string, onFirst: () => void, onLast: () => void): () => void {
    const held = this.#counts.get(id) ?? 0
    this.#counts.set(id, held + 1)
    if (held === 0) onFirst()
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      const left = (this.#counts.get(id) ?? 1) - 1
      if (left > 0) this.#counts.set(id, left)
      else this.#counts.delete(id)
      if (left === 0) onLast()
    }
  }
}

/**
 * A client of one session on one device. It belongs to one member at a time: when the session is switched to another
 * company, it begins afresh with that member's store. When the session ends it is `signedOut`, empties itself and the
 * store, and stays so.
 */
export function createClient(options: ClientOptions): Client {
  const isBrowser = typeof indexedDB !== 'undefined'
  const environment: Environment = { ...platform, ...options.environment }
  const rules: ClientRules = { ...allRules, ...options.rules }
  const http: HttpOptions = {
    base: options.base,
    token: options.token ?? null,
    ...(options.fetch ? { fetch: options.fetch } : {}),
  }
  const createSocket = options.createSocket ?? ((url: string) => new WebSocket(url))
  const storeOf = options.store ?? (isBrowser ? createIdbStore : createMemoryStore)
  const leadershipOf = options.leadership ?? (isBrowser ? createTabLeadership : createSoleLeadership)
  const notifier = new Notifier(environment)
  const chats = new Holders()
  const threads = new Holders()
  const departments = new Holders()
  const remindListeners = new Set<(conversation: string, seq: number) => void>()
  const noticeListeners = new Set<(reminded: { id: string; title: string } | null) => void>()
  let member = options.member ?? null
  let core: Core | null = null
  let opening: Promise<void> | null = null
  let state: 'running' | 'stopped' | 'signedOut' = 'running'

  const ports: CorePorts = {
    isOpen: (conversation) => chats.has(conversation),
    openChats: () => chats.all(),
    openThreads: () => threads.all(),
    departments: () => departments.all(),
    onChanged: () => notifier.changed(),
    onEnded: (ending) => ended(ending),
    onReminded: (conversation, seq) => {
      for (const listener of remindListeners) listener(conversation, seq)
    },
    onNotices: (reminded) => {
      for (const listener of noticeListeners) listener(reminded)
    },
  }

  function ended(ending: Ending): void {
    core = null
    if (ending === 'signedOut') state = 'signedOut'
    else {
      member = null
      opening = open()
      opening.catch((error: unknown) => environment.log('opening', error))
    }
    notifier.changed()
  }

  /** Who the session belongs to, asked until it is answered. */
  async function findMember(): Promise<string | null> {
    for (let tries = 0; state === 'running'; tries++) {
      try {
        const me = (await callHttp(http, 'identity.getMe', {}, newKey())) as Operations['identity.getMe']['output']
        return me.member
      } catch (error) {
        if (error instanceof CallError && error.code === 'unauthenticated') {
          ended('signedOut')
          return null
        }
        environment.log('who am I', error)
      }
      await new Promise<void>((resolve) => environment.setTimeout(resolve, backOff(tries, environment.random())))
    }
    return null
  }

  async function open(): Promise<void> {
    member ??= await findMember()
    if (member === null || state !== 'running') return
    const coreOptions: CoreOptions = {
      member,
      http,
      environment,
      rules,
      openSocket: () => createSocket(socketUrl(options.base), options.token ?? null),
      intercept: options.intercept,
    }
    const opened = await Core.open(coreOptions, ports, storeOf(member), leadershipOf(member))
    if (state !== 'running') return opened.stop()
    core = opened
    core.connect()
  }

  /** The core, when it is there. */
  async function opened(): Promise<Core> {
    await opening
    if (core) return core
    throw new CallError(state === 'signedOut' ? 'unauthenticated' : 'unavailable')
  }

  return {
    get member() {
      return member
    },
    get connection(): ConnectionState {
      if (state === 'signedOut') return 'signedOut'
      if (state === 'stopped') return 'offline'
      return core?.connection.state ?? 'connecting'
    },
    get retryAt() {
      return core?.connection.retryAt ?? null
    },
    get ready() {
      return core?.ready ?? false
    },
    get caughtUp() {
      return core?.caughtUp ?? null
    },
    start: () => (opening ??= open()),
    stop: async () => {
      if (state === 'running') state = 'stopped'
      const stopping = core
      core = null
      await stopping?.stop()
      notifier.changed()
    },
    wipe: async () => {
      if (core) await core.wipe()
      else if (member !== null) {
        const store = storeOf(member)
        await store.wipe()
        await store.close()
      }
      notifier.changed()
    },
    wake: () => core?.wake(),
    call: async <N extends OperationName>(
      name: N,
      input: Operations[N]['input'],
      callOptions?: { signal?: AbortSignal },
    ) => (await opened()).call(name, input, callOptions?.signal),
    subscribe: (listener) => notifier.subscribe(listener),
    me: () => core?.me() ?? null,
    rest: () => core?.rest() ?? null,
    isSilent: (conversation) => core?.isSilent(conversation) ?? false,
    inbox: () => core?.views.inbox() ?? noEntries,
    badge: () => core?.views.badge() ?? 0,
    chat: (conversation) => core?.views.chat(conversation) ?? notYet,
    openChat: (conversation) =>
      chats.hold(
        conversation,
        () => core?.opened(conversation),
        () => core?.closed(conversation),
      ),
    prepareChat: (conversation) => core?.prepare(conversation),
    loadOlder: async (conversation) => (await opened()).loadOlder(conversation),
    loadNewer: async (conversation) => (await opened()).loadNewer(conversation),
    showNewest: (conversation) => core?.showNewest(conversation),
    loadUntil: async (conversation, seq) => (await opened()).loadUntil(conversation, seq),
    message: (conversation, seq) => core?.message(conversation, seq),
    send: async (conversation, outgoing, quote = null, root = null) =>
      (await opened()).send(conversation, outgoing, quote, root),
    thread: (conversation, root) => core?.thread(conversation, root) ?? noThread,
    openThread: (conversation, root) => {
      const id = `${conversation}:${root}`
      return threads.hold(
        id,
        () => core?.openThread(conversation, root),
        () => core?.closeThread(conversation, root),
      )
    },
    loadOlderReplies: async (conversation, root) => (await opened()).loadOlderReplies(conversation, root),
    follows: (conversation, root) => core?.follows(conversation, root) ?? false,
    threadUnread: (conversation, root) => core?.threadUnread(conversation, root) ?? 0,
    unreadThreads: () => core?.unreadThreads() ?? 0,
    markThreadRead: (conversation, root, seq) => core?.markThreadRead(conversation, root, seq),
    retry: async (key) => (await opened()).retry(key),
    takeBack: async (key) => (await opened()).takeBack(key),
    discard: async (key) => (await opened()).discard(key),
    markRead: (conversation) => core?.markRead(conversation),
    saveDraft: (conversation, text, quote) => core?.saveDraft(conversation, text, quote),
    typing: (conversation) => core?.typing(conversation),
    typers: (conversation) => core?.typers(conversation) ?? nobody,
    played: (conversation, seq) => core?.played(conversation, seq) ?? false,
    pins: (conversation) => core?.pins(conversation) ?? null,
    reminders: () => core?.views.reminders() ?? noReminders,
    todos: () => core?.views.todos() ?? noTodos,
    scheduled: (conversation) => core?.scheduled(conversation) ?? noneScheduled,
    receipt: (conversation, seq) => core?.receipt(conversation, seq) ?? null,
    confirmReceipt: async (conversation, seq) => (await opened()).confirmReceipt(conversation, seq),
    answer: (conversation, seq) => core?.answer(conversation, seq) ?? null,
    vote: async (conversation, seq, options) => (await opened()).vote(conversation, seq, options),
    writeLine: async (conversation, seq, text) => (await opened()).writeLine(conversation, seq, text),
    onReminded: (listener) => {
      remindListeners.add(listener)
      return () => remindListeners.delete(listener)
    },
    onNotices: (listener) => {
      noticeListeners.add(listener)
      return () => noticeListeners.delete(listener)
    },
    profile: (id) => core?.profile(id) ?? null,
    isHidden: (id) => core?.isHidden(id) ?? false,
    nickname: (conversation, id) => core?.nickname(conversation, id) ?? null,
    watchDepartment: (department) =>
      departments.hold(
        department,
        () => core?.watch(),
        () => core?.watch(),
      ),
    department: (id) => core?.department(id) ?? null,
    fileUrl: (file, via, variant) => core?.fileUrl(file, via, variant) ?? null,
  }
}
