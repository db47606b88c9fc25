import type { OperationName, Operations } from '@heyi/contract'
import type { Profile } from '@heyi/contract/directory'
import type { Draft, Message, MyAnswer, Receipt, Scheduled } from '@heyi/contract/messaging'
import type { Change, ServerMessage } from '@heyi/contract/sync'
import { Absence } from './absence.js'
import { Answers } from './answers.js'
import type { ChatState, Outgoing, ThreadState } from './api.js'
import { asCallError, CallError } from './call-error.js'
import { Calls } from './calls.js'
import { Cursors } from './cursors.js'
import { type DepartmentState, Departments } from './departments.js'
import { Drafts } from './drafts.js'
import { type Environment, pause } from './environment.js'
import { Far } from './far.js'
import { messageAt } from './feed-state.js'
import { Feeds } from './feeds.js'
import { FileUrls } from './file-urls.js'
import { History } from './history.js'
import type { Leadership } from './leader.js'
import { createMemoryStore } from './memory-store.js'
import { Nicknames } from './nicknames.js'
import { Persister } from './persister.js'
import { Profiles } from './profiles.js'
import { Queue } from './queue.js'
import { Quoted } from './quoted.js'
import { Receipts } from './receipts.js'
import { Replica } from './replica.js'
import { Replies } from './replies.js'
import type { ClientRules } from './rules.js'
import { Connection, type Ending, type SocketLike } from './socket.js'
import type { Opening, Store } from './store.js'
import { Threads } from './threads.js'
import type { Call, HttpOptions } from './transport.js'
import { Typing } from './typing.js'
import { keep, Views } from './views.js'

/** Of so many conversations on top of the list the newest page is read in advance, one each time. */
const warmMost = 20
const warmEveryMs = 25

export type PushMessage = Exclude<ServerMessage, { id: unknown }>

export interface CoreOptions {
  member: string
  http: HttpOptions
  environment: Environment
  rules: ClientRules
  openSocket(): SocketLike
  intercept?: ((message: PushMessage) => PushMessage[]) | undefined
}

export interface CorePorts {
  isOpen(conversation: string): boolean
  openChats(): string[]
  openThreads(): string[]
  departments(): string[]
  onChanged(): void
  /** Somebody reminds me of a message that I have not confirmed. */
  onReminded(conversation: string, seq: number): void
  /** Company notices for me changed, or somebody reminds me of one. */
  onNotices(reminded: { id: string; title: string } | null): void
  /** The session is over, or is now that of another member. */
  onEnded(ending: Ending): void
}

/** Everything for one member on this device: built on an opened store, until the session ends. */
export class Core {
  readonly #options: CoreOptions
  readonly #ports: CorePorts
  readonly #store: Store
  readonly #leadership: Leadership
  readonly #replica: Replica
  readonly #persister: Persister
  readonly #feeds: Feeds
  readonly #history: History
  readonly #far: Far
  readonly #quoted: Quoted
  readonly #receipts: Receipts
  readonly #answers: Answers
  readonly #threads: Threads
  readonly #replies: Replies
  readonly #threadStates = new Map<string, ThreadState>()
  readonly #queue: Queue
  readonly #drafts: Drafts
  readonly #cursors: Cursors
  readonly #typing: Typing
  readonly #profiles: Profiles
  readonly #nicknames: Nicknames
  readonly #fileUrls: FileUrls
  readonly #views: Views
  readonly #absence: Absence
  readonly #calls: Calls
  readonly #connection: Connection
  readonly #lastAt = new Map<string, string>()
  readonly #opened = new Map<string, Pick<ChatState, 'conversation' | 'membership'>>()
  readonly #departments: Departments
  #ready = false
  #ended = false

  /** Opens the store, or goes on in memory where it cannot be opened. */
  static async open(options: CoreOptions, ports: CorePorts, stored: Store, leadership: Leadership): Promise<Core> {
    let begin: (() => void) | null = null
    const leads = await leadership.lead(() => begin?.())
    let store = stored
    let opening: Opening
    try {
      opening = await store.open(leads)
    } catch (error) {
      options.environment.log('the store cannot be opened', error)
      store = createMemoryStore()
      opening = await store.open(true)
    }
    const core = new Core(options, ports, store, leadership)
    await core.#load(opening, leads)
    begin = () => core.#persister.takeOver()
    if (leadership.leads() && !leads) begin()
    return core
  }

  private constructor(options: CoreOptions, ports: CorePorts, store: Store, leadership: Leadership) {
    this.#options = options
    this.#ports = ports
    this.#store = store
    this.#leadership = leadership
    const { environment, member } = options
    this.#calls = new Calls({
      http: options.http,
      environment,
      connection: () => this.#connection,
      isEnded: () => this.#ended,
      onAnswered: (name, answer) => this.#called(name, answer),
      onUnauthenticated: () => this.#end('signedOut'),
    })
    const call: Call = (name, input) => this.#calls.request(name, input)
    const isOnline = () => this.#connection.up
    const onChanged = (conversation: string | null) => this.#changed(conversation)
    const replica = new Replica({
      member,
      rules: options.rules,
      onChanged,
      onObject: (...change) => this.#heard(...change),
    })
    const persister = new Persister(store, replica, environment, () => leadership.leads())
    const onMerged = () => this.#merged()
    this.#replica = replica
    this.#absence = new Absence(replica)
    this.#persister = persister
    this.#feeds = new Feeds({
      replica,
      environment,
      call,
      isOnline,
      isOpen: ports.isOpen,
      lastAt: (conversation) => this.#lastAt.get(conversation) ?? '',
      onMerged,
      onConsidered: (conversation) => this.#considered(conversation),
      onHeads: (heads) => {
        for (const [feed, , , lastAt] of heads) if (lastAt) this.#lastAt.set(feed, lastAt)
        this.#connection.proven()
        persister.retry()
      },
      onStranger: () => this.#end('switchedTenant'),
    })
    this.#history = new History({
      replica,
      store,
      persister,
      environment,
      call,
      isOnline,
      onMerged: () => this.#feeds.settle(),
      onStrange: () => this.#feeds.forceMember(),
    })
    this.#far = new Far({
      replica,
      store,
      persister,
      environment,
      rules: options.rules,
      call,
      onChanged,
      onStrange: () => this.#feeds.forceMember(),
    })
    this.#quoted = new Quoted({ replica, environment, call, onChanged: () => ports.onChanged() })
    const asking = { replica, environment, call, isOnline, onChanged: () => ports.onChanged() }
    this.#threads = new Threads(asking)
    this.#replies = new Replies(asking)
    this.#receipts = new Receipts({
      environment,
      call,
      isOnline,
      onChanged: () => ports.onChanged(),
      onReminded: (conversation, seq) => ports.onReminded(conversation, seq),
    })
    this.#answers = new Answers({ environment, call, isOnline, onChanged: () => ports.onChanged() })
    this.#queue = new Queue({
      environment,
      store,
      call,
      me: member,
      tab: leadership.tab,
      isOnline,
      leads: () => leadership.leads(),
      goneAmong: (tabs) => leadership.goneAmong(tabs),
      messages: (conversation) => replica.feed(conversation)?.messages ?? [],
      hasReached: (conversation, rev) => (replica.feed(conversation)?.rev ?? rev) >= rev,
      onChanged,
      onAnswered: (conversation, rev) => this.#feeds.expect(conversation, rev),
    })
    this.#drafts = new Drafts({ environment, store, call, isOnline, onChanged })
    this.#cursors = new Cursors({
      environment,
      call,
      isOnline,
      membership: (conversation) => replica.membership(conversation),
      memberCount: (conversation) => replica.members(conversation)?.count ?? 0,
      onChanged,
    })
    this.#typing = new Typing({ environment, call, me: member, isOnline, onChanged: () => ports.onChanged() })
    this.#profiles = new Profiles({ environment, store, call, onChanged: () => ports.onChanged() })
    this.#nicknames = new Nicknames({
      environment,
      call,
      members: (conversation) => replica.members(conversation),
      view: (conversation) => replica.membership(conversation)?.view ?? '',
      onChanged: () => ports.onChanged(),
    })
    this.#fileUrls = new FileUrls({ environment, call, onChanged: () => ports.onChanged() })
    this.#views = new Views({
      replica,
      far: (conversation) => this.#far.chat(conversation),
      ahead: (membership) => this.#cursors.ahead(membership),
      draft: (conversation) => this.#drafts.get(conversation, replica.draft(conversation)),
      pending: (conversation) => this.#queue.pending(conversation),
      threadsBadge: () => this.#threads.total().badge,
      lastAt: (conversation) => this.#lastAt.get(conversation) ?? null,
      opened: (conversation) => (this.#feeds.memberIsCurrent ? null : (this.#opened.get(conversation) ?? null)),
      memberIsCurrent: () => this.#feeds.memberIsCurrent,
      isCurrent: (conversation) => this.#connection.up && this.#feeds.holdsAll(conversation),
    })
    this.#departments = new Departments({
      replica,
      environment,
      call,
      isOnline,
      feeds: this.#feeds,
      wanted: () => ports.departments(),
    })
    this.#connection = new Connection({
      environment,
      open: options.openSocket,
      onUp: () => this.#up(),
      onDown: () => this.#down(),
      onMessage: (message) => this.#receive(message),
      onEnded: (ending) => this.#end(ending),
      onRefused: () => void this.#calls.askWhoIAm(),
      onState: () => {
        this.#views.waited()
        ports.onChanged()
      },
    })
  }

  async #load(opening: Opening, leads: boolean): Promise<void> {
    this.#replica.load(opening)
    this.#persister.begin(leads)
    this.#queue.load(opening.sends.filter((row) => row.tab === this.#leadership.tab))
    this.#drafts.load(opening.drafts)
    this.#profiles.load(opening.profiles)
    this.#ready = this.#replica.feed(this.#options.member) !== undefined
    this.#goAway()
    // Before anything can be sent, so that what was written earlier goes first.
    await this.#queue.adopt()
  }

  // ---- the connection

  connect(): void {
    for (const conversation of this.#ports.openChats()) this.opened(conversation)
    for (const id of this.#ports.openThreads()) {
      const [conversation = '', root] = id.split(':')
      this.openThread(conversation, Number(root))
    }
    this.#connection.start()
    this.#ports.onChanged()
    void this.#warm()
  }

  async #warm(): Promise<void> {
    for (const { id } of this.#views.inbox().slice(0, warmMost)) {
      await pause(this.#options.environment, warmEveryMs)
      if (this.#ended) return
      await this.#history.warm(id)
    }
  }

  prepare(conversation: string): void {
    if (!this.#ended) void this.#history.warm(conversation)
  }

  get connection() {
    return this.#connection
  }

  wake(): void {
    this.#connection.wake()
    if (this.#connection.up) this.#feeds.behind()
  }

  #up(): void {
    this.#feeds.connected()
    this.watch()
    this.#queue.connected()
    this.#cursors.connected()
    this.#drafts.connected()
    this.#profiles.connected()
    this.#nicknames.connected()
    this.#quoted.connected()
    this.#receipts.connected()
    this.#answers.connected()
    this.#threads.connected()
    this.#replies.connected()
    this.#fileUrls.connected()
  }

  #down(): void {
    this.#feeds.disconnected()
    this.#goAway()
  }

  #goAway(): void {
    if (!this.#ended) this.#absence.begin()
  }

  #receive(received: PushMessage): void {
    for (const message of this.#options.intercept?.(received) ?? [received]) {
      if ('behind' in message) this.#behind()
      else if (!('signal' in message)) this.#feeds.receive(message)
      else if (message.signal === 'typing') this.#typing.heard(message.feed, message.from)
      else if (message.signal === 'notices') this.#ports.onNotices(message.reminded ?? null)
      else if (message.signal === 'answer') this.#answers.heard(message)
      else if (message.signal === 'reaction') this.#answers.reacted(message)
      else this.#receipts.heard(message)
    }
  }

  /** Frames were lost, and what comes instead may leave out messages. */
  #behind(): void {
    this.#feeds.behind()
    this.#threads.connected()
    this.#replies.connected()
  }

  call<N extends OperationName>(
    name: N,
    input: Operations[N]['input'],
    signal?: AbortSignal,
  ): Promise<Operations[N]['output']> {
    return this.#calls.call(name, input, signal)
  }

  #called<N extends OperationName>(name: N, answer: Operations[N]['output']): void {
    if (name === 'identity.signOut') this.#end('signedOut')
    if (name !== 'messaging.openDirect' && name !== 'messaging.createGroup') return
    const { conversation, membership } = answer as Operations['messaging.openDirect']['output']
    if (this.#replica.membership(conversation.id)) return
    this.#opened.set(conversation.id, { conversation, membership })
    this.#feeds.forceMember()
    this.#changed(conversation.id)
  }

  // ---- what changes

  #changed(conversation: string | null): void {
    if (conversation !== null) {
      this.#queue.settle(conversation)
      this.#views.changed(conversation)
    }
    this.#ports.onChanged()
  }

  #merged(): void {
    this.#persister.kick()
    this.#views.waited()
    this.#ready ||= this.#isComplete()
    if (this.#connection.up && this.#feeds.isCurrent) this.#absence.end()
    this.#ports.onChanged()
  }

  /** The member feed is there, and of the conversations at least the first. */
  #isComplete(): boolean {
    if (!this.#feeds.memberIsCurrent) return false
    const conversations = [...this.#replica.memberships().keys()]
    return conversations.length === 0 || conversations.some((id) => this.#replica.feed(id) !== undefined)
  }

  #considered(conversation: string): void {
    const isOpen = this.#ports.isOpen(conversation)
    this.#history.look(conversation, isOpen)
    if (!isOpen) this.#replica.slim(conversation)
  }

  #heard(feed: string, change: Change, before: unknown): void {
    const about = (change.object ?? before) as { conversation?: string } | undefined
    this.#far.heard(feed, change)
    this.#quoted.heard(feed, change)
    this.#threads.heard(feed, change, before)
    this.#replies.heard(feed, change)
    if (change.kind === 'message' && change.object) this.#typing.stopped(feed, (change.object as Message).sender)
    if (change.kind === 'draft') this.#drafts.feedChanged((about as Draft | undefined)?.conversation ?? change.id)
    if (change.kind === 'membership' && about?.conversation) {
      this.#cursors.membershipChanged(about.conversation)
      this.#opened.delete(about.conversation)
      if (change.removed) this.#drafts.forget(about.conversation)
    }
    if (change.kind === 'departmentMember' && change.object) this.#profiles.learn(change.object as Profile)
  }

  // ---- what surfaces ask

  get ready(): boolean {
    return this.#ready
  }
  get caughtUp(): number | null {
    return this.#absence.caughtUp
  }
  get views(): Views {
    return this.#views
  }
  me() {
    return this.#replica.me()
  }
  rest() {
    return this.#replica.rest()
  }
  isSilent(conversation: string): boolean {
    return this.#replica.isSilent(conversation)
  }
  typers(conversation: string): string[] {
    return this.#typing.typers(conversation)
  }
  typing(conversation: string): void {
    if (!this.#ended) this.#typing.tell(conversation)
  }
  /** A message by its place, held or not; hidden ones are as if they were gone. */
  message(conversation: string, seq: number): Message | null | undefined {
    const membership = this.#replica.membership(conversation)
    if (!membership || seq <= membership.fromSeq || this.#replica.hidden(conversation).has(seq)) return null
    const state = this.#replica.feed(conversation)
    const held = state && seq > state.loaded ? messageAt(state, seq) : this.#far.message(conversation, seq)
    const reply = held ?? this.#replies.message(conversation, seq)
    return reply?.object ?? this.#quoted.get(conversation, seq)
  }
  played(conversation: string, seq: number): boolean {
    return this.#replica.played(conversation, seq)
  }
  pins(conversation: string) {
    return this.#replica.pins(conversation)
  }
  scheduled(conversation: string): readonly Scheduled[] {
    return this.#views.scheduled(conversation)
  }
  receipt(conversation: string, seq: number): Receipt | null {
    return this.#receipts.get(conversation, seq)
  }
  confirmReceipt(conversation: string, seq: number): Promise<void> {
    return this.#receipts.confirm(conversation, seq).catch(rethrow)
  }
  answer(conversation: string, seq: number): MyAnswer | null {
    return this.#answers.get(conversation, seq)
  }
  vote(conversation: string, seq: number, options: number[]): Promise<void> {
    return this.#answers.vote(conversation, seq, options).catch(rethrow)
  }
  writeLine(conversation: string, seq: number, text: string | null): Promise<void> {
    return this.#answers.write(conversation, seq, text).catch(rethrow)
  }
  profile(id: string): Profile | null {
    return this.#profiles.get(id)
  }
  isHidden(id: string): boolean {
    return this.#profiles.isHidden(id)
  }
  nickname(conversation: string, id: string): string | null {
    return this.#nicknames.get(conversation, id)
  }
  fileUrl(...wanted: Parameters<FileUrls['get']>): string | null {
    return this.#fileUrls.get(...wanted)
  }

  openThread(conversation: string, root: number): void {
    this.#replies.open(conversation, root)
  }
  closeThread(conversation: string, root: number): void {
    this.#replies.close(conversation, root)
    this.#threadStates.delete(`${conversation}:${root}`)
  }
  loadOlderReplies(conversation: string, root: number): Promise<void> {
    return this.#replies.older(conversation, root).catch(rethrow)
  }
  /** The same object while it says the same. */
  thread(conversation: string, root: number): ThreadState {
    const id = `${conversation}:${root}`
    const pending = this.#queue.pending(conversation).filter((one) => one.root === root)
    const state = keep(this.#threadStates.get(id), { ...this.#replies.held(conversation, root), pending })
    this.#threadStates.set(id, state)
    return state
  }
  follows(conversation: string, root: number): boolean {
    return this.#threads.followed(conversation, root) !== null
  }
  threadUnread(conversation: string, root: number): number {
    return this.#threads.unread(conversation, root).unread
  }
  unreadThreads(): number {
    return this.#threads.total().threads
  }
  markThreadRead(conversation: string, root: number, seq: number): void {
    this.#threads.markRead(conversation, root, seq)
  }

  opened(conversation: string): void {
    if (!this.#replica.membership(conversation) && !this.#opened.has(conversation)) this.#feeds.forceMember()
    this.#feeds.consider(conversation)
    this.#changed(conversation)
  }

  closed(conversation: string): void {
    this.#far.close(conversation)
    this.#quoted.close(conversation)
    this.#receipts.close(conversation)
    this.#answers.close(conversation)
    this.#replica.slim(conversation)
    this.#views.closed(conversation)
  }

  async loadOlder(conversation: string): Promise<void> {
    const from = this.#far.has(conversation) ? this.#far : this.#history
    await from.older(conversation).catch(rethrow)
  }

  async loadNewer(conversation: string): Promise<void> {
    await this.#far.newer(conversation).catch(rethrow)
  }

  async loadUntil(conversation: string, seq: number): Promise<boolean> {
    if (this.#far.message(conversation, seq)) return true
    if (this.#far.isFar(conversation, seq)) return this.#far.open(conversation, seq).catch(rethrow)
    this.#far.close(conversation)
    return this.#history.until(conversation, seq).catch(rethrow)
  }

  showNewest(conversation: string): void {
    this.#far.close(conversation)
  }

  send(conversation: string, outgoing: Outgoing, quote: number | null, root: number | null): Promise<string> {
    if (this.#ended) return Promise.reject(new CallError('unauthenticated'))
    return this.#queue.add(conversation, outgoing, quote, root)
  }
  retry(key: string): Promise<void> {
    return this.#queue.retry(key)
  }
  takeBack(key: string): Promise<string | null> {
    return this.#queue.takeBack(key)
  }
  discard(key: string): Promise<void> {
    return this.#queue.discard(key)
  }

  markRead(conversation: string): void {
    const newest = this.#replica.newest(conversation)
    if (newest && !this.#ended) this.#cursors.moveTo(conversation, newest.object.seq)
  }

  saveDraft(conversation: string, text: string, quote: number | null): void {
    if (!this.#ended) this.#drafts.save(conversation, text, quote)
  }

  watch(): void {
    this.#departments.watch()
  }
  department(id: string): DepartmentState | null {
    return this.#departments.state(id)
  }

  // ---- the end

  async stop(): Promise<void> {
    this.#halt()
    this.#connection.end()
    await this.#persister.idle()
    await this.#close()
  }

  async wipe(): Promise<void> {
    this.#queue.clear()
    this.#drafts.end()
    this.#replica.clear()
    await this.#persister.stop()
    await this.#store.wipe()
    if (this.#ended) return
    this.#persister.retry()
    this.#feeds.behind()
  }

  /** From here on nothing is shown, kept or heard; what is stored goes when the session is over. */
  #end(ending: Ending): void {
    if (this.#ended) return
    this.#halt()
    this.#connection.end(ending === 'signedOut' ? 'signedOut' : 'connecting')
    this.#drafts.end()
    this.#fileUrls.end()
    this.#profiles.end()
    this.#nicknames.end()
    if (ending === 'signedOut') this.#queue.clear()
    void this.#leave(ending)
    this.#ports.onEnded(ending)
  }

  async #leave(ending: Ending): Promise<void> {
    try {
      if (ending === 'signedOut') await this.wipe()
      else await this.#persister.idle()
      await this.#close()
    } catch (error) {
      this.#options.environment.log('leaving', error)
    }
  }

  #halt(): void {
    this.#ended = true
    this.#feeds.end()
    this.#far.end()
    this.#quoted.end()
    this.#receipts.end()
    this.#answers.end()
    this.#threads.end()
    this.#replies.end()
    this.#queue.end()
    this.#cursors.end()
    this.#typing.end()
  }

  async #close(): Promise<void> {
    this.#leadership.release()
    await this.#store.close()
  }
}

function rethrow(error: unknown): never {
  throw asCallError(error)
}
