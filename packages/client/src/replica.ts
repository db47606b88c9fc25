import type { MeObject } from '@heyi/contract/directory'
import { limits } from '@heyi/contract/limits'
import type { Conversation, Draft, Hidden, Members, Membership, Message, Pins, Played } from '@heyi/contract/messaging'
import type { RestChoices } from '@heyi/contract/rest'
import type { Below, Change, Frame, PullAnswer, PullRequest } from '@heyi/contract/sync'
import type { HeldMessage } from './api.js'
import {
  belowLoaded,
  detach,
  type FeedState,
  fromRow,
  keyOf,
  merge,
  needsLoading,
  needsRecount,
  newFeed,
  settle,
  toRow,
  unload,
  windowOf,
} from './feed-state.js'
import { type ClientRules, countRange, judgeFrame, outdated, placeOf, unreadAndMentions } from './rules.js'
import type { MessageRow, Meta, ObjectRow, Opening, ReplicaRows, StoreChanges } from './store.js'

const nobodyHidden: ReadonlySet<number> = new Set()

/** How many messages of a closed conversation memory may hold, and how many it keeps when that is exceeded. */
const loadedMost = 200
const loadedKept = 40

interface Unsaved {
  dropped: boolean
  objects: Map<string, ObjectRow | null>
  messages: Map<number, MessageRow | null>
}

/** A page of `messaging.listMessages`. */
export interface Page {
  view: string
  rev: number
  messages: { rev: number; object: Message }[]
  floor: number
  below: Below
}

export interface ReplicaPorts {
  member: string
  rules: ClientRules
  /** Something that a screen of this conversation may show is different; null for what belongs to none. */
  onChanged(conversation: string | null): void
  /** A change came by feed, not from the store; `before` is the state it replaces. */
  onObject(feed: string, change: Change, before: unknown): void
}

/**
 * What this device holds of the member's feeds, and the rules by which it changes (FEEDS section 1, Client). All of it
 * is synchronous: asking is `feeds.ts`, keeping is `persister.ts`, which takes the unsaved changes from here.
 */
export class Replica {
  mark: string | null = null
  generation: string | null = null
  readonly want = new Map<string, number>()
  /** Conversations and departments whose need for a pull may be different since this was emptied. */
  readonly touched = new Set<string>()
  readonly #ports: ReplicaPorts
  readonly #feeds = new Map<string, FeedState>()
  readonly #memberships = new Map<string, Membership>()
  readonly #hidden = new Map<string, Set<number>>()
  readonly #drafts = new Map<string, Draft>()
  #me: MeObject | null = null
  #rest: RestChoices | null = null
  readonly #silent = new Set<string>()
  #tracked = true
  #metaUnsaved = false
  #unsaved = new Map<string, Unsaved>()

  constructor(ports: ReplicaPorts) {
    this.#ports = ports
  }

  get member(): string {
    return this.#ports.member
  }

  // ---- what is held

  feed(feed: string): FeedState | undefined {
    return this.#feeds.get(feed)
  }
  feeds(): Iterable<FeedState> {
    return this.#feeds.values()
  }
  memberships(): ReadonlyMap<string, Membership> {
    return this.#memberships
  }
  membership(conversation: string): Membership | undefined {
    return this.#memberships.get(conversation)
  }
  hidden(conversation: string): ReadonlySet<number> {
    return this.#hidden.get(conversation) ?? nobodyHidden
  }
  draft(conversation: string): Draft | null {
    return this.#drafts.get(conversation) ?? null
  }
  me(): MeObject | null {
    return this.#me
  }
  /** What is older than all that is noted was listened to before that was kept. */
  played(conversation: string, seq: number): boolean {
    const row = this.#feeds.get(this.member)?.objects.get(keyOf('played', conversation))
    const seqs = (row?.object as Played | undefined)?.seqs ?? []
    return seqs.includes(seq) || (seqs.length >= limits.playedKept && seq < Math.min(...seqs))
  }
  rest(): RestChoices | null {
    return this.#rest
  }
  isSilent(conversation: string): boolean {
    return this.#silent.has(conversation)
  }
  conversation(id: string): Conversation | null {
    return this.#single<Conversation>(id, 'conversation')
  }
  members(id: string): Members | null {
    return this.#single<Members>(id, 'members')
  }
  pins(id: string): Pins | null {
    return this.#single<Pins>(id, 'pins')
  }
  #single<T>(feed: string, kind: string): T | null {
    for (const row of this.#feeds.get(feed)?.objects.values() ?? []) if (row.kind === kind) return row.object as T
    return null
  }
  newest(conversation: string): HeldMessage | undefined {
    const state = this.#feeds.get(conversation)
    const last = state?.messages.at(-1)
    return state && last && last.object.seq > state.loaded ? last : undefined
  }

  /** Unread and mentions in a conversation held, under the cursor of `membership`. */
  unread(conversation: string, membership: Membership): { unread: number; mentions: number } {
    const state = this.#feeds.get(conversation)
    if (!state) return { unread: 0, mentions: 0 }
    const hidden = this.hidden(conversation)
    return unreadAndMentions(
      state.messages,
      membership,
      hidden,
      belowLoaded(state, membership),
      state.loaded,
      this.member,
    )
  }

  // ---- what is missing

  /** Whether the server has to be asked about a conversation or the member feed. */
  behind(feed: string): boolean {
    const state = this.#feeds.get(feed)
    if (!state) return true
    const want = this.want.get(feed) ?? 0
    if (state.rev < want) return true
    this.want.delete(feed)
    const membership = this.#memberships.get(feed)
    return membership !== undefined && needsRecount(state, membership, this.hidden(feed))
  }

  mustLoad(conversation: string): boolean {
    const state = this.#feeds.get(conversation)
    const membership = this.#memberships.get(conversation)
    return state !== undefined && membership !== undefined && needsLoading(state, membership, this.hidden(conversation))
  }

  mustReach(feed: string, rev: number): void {
    if (rev > (this.want.get(feed) ?? 0)) this.want.set(feed, rev)
  }

  request(feed: string, take: number): PullRequest {
    const state = this.#feeds.get(feed)
    const view = this.#ports.rules.viewReset ? state?.view : (this.#memberships.get(feed)?.view ?? state?.view)
    return { feed, rev: state?.rev ?? null, view: view ?? null, floor: state?.floor ?? 0, take }
  }

  // ---- what comes

  /** The member feed leads: drops the conversation unless its membership is live and of the view held. */
  reconcile(conversation: string): void {
    const state = this.#feeds.get(conversation)
    if (!state || !this.#ports.rules.memberFeedLeads) return
    // While the member feed comes in pages, a membership may still be on a later one.
    if (!this.#memberships.has(conversation) && this.behind(this.member)) return
    if (!this.#fits(conversation, state.view)) this.drop(conversation)
  }

  #fits(feed: string, view: string): boolean {
    if (!feed.startsWith('con_') || !this.#ports.rules.memberFeedLeads) return true
    const membership = this.#memberships.get(feed)
    return membership !== undefined && (membership.view === view || !this.#ports.rules.viewReset)
  }

  drop(feed: string): void {
    if (!this.#feeds.delete(feed)) return
    this.want.delete(feed)
    if (feed === this.member) this.#forgetMember()
    if (this.#isStored(feed)) this.#unsaved.set(feed, { dropped: true, objects: new Map(), messages: new Map() })
    this.#ports.onChanged(feed.startsWith('con_') ? feed : null)
  }

  #forgetMember(): void {
    for (const conversation of this.#memberships.keys()) this.touched.add(conversation)
    for (const index of [this.#memberships, this.#hidden, this.#drafts, this.#silent]) index.clear()
    this.#me = null
    this.#rest = null
  }

  /** Takes note of the heads; another generation drops everything. */
  applyHeads(mark: string, generation: string, heads: readonly (readonly [string, number, ...unknown[]])[]): void {
    if (this.generation !== null && this.generation !== generation) {
      for (const feed of [...this.#feeds.keys()]) this.drop(feed)
      this.want.clear()
    }
    this.mark = mark
    this.generation = generation
    for (const [feed, rev] of heads) {
      this.mustReach(feed, rev)
      this.touched.add(feed)
    }
    this.#metaUnsaved = this.#tracked
  }

  applyFrame(frame: Frame): 'dropped' | 'merged' | 'behind' | 'unknown' {
    const state = this.#feeds.get(frame.feed)
    if (!state) return 'unknown'
    const verdict = judgeFrame(frame, state.rev, this.#ports.rules)
    if (verdict === 'drop') return 'dropped'
    if (verdict === 'pull') return 'behind'
    this.#merge(state, frame.changes ?? [])
    state.rev = frame.rev
    this.#finish(state)
    return 'merged'
  }

  /**
   * The answer to `request`. `strange` is one that does not fit what the member feed said: that has to be pulled first;
   * `stale` one that is of no use any more.
   */
  applyAnswer(request: PullRequest, answer: PullAnswer): 'applied' | 'strange' | 'stale' {
    if ('gone' in answer) {
      this.drop(answer.feed)
      return this.#memberships.has(answer.feed) ? 'strange' : 'applied'
    }
    if (!this.#fits(answer.feed, answer.view)) {
      this.drop(answer.feed)
      return 'strange'
    }
    const state = answer.reset ? this.#reset(answer) : this.#feeds.get(answer.feed)
    if (!state || (state.view !== answer.view && this.#ports.rules.viewReset)) return 'stale'
    this.#merge(state, answer.changes)
    state.rev = Math.max(state.rev, answer.rev)
    let counted = false
    if (answer.rev < answer.head) this.mustReach(answer.feed, answer.head)
    else if (answer.below && (answer.floor ?? request.floor) === state.floor && answer.rev >= state.rev) {
      state.below = answer.below
      state.recount = false
      counted = true
    }
    this.#finish(state)
    const membership = this.#memberships.get(answer.feed)
    // Counted under another cursor than the one known here: the member feed has news.
    return counted && membership && needsRecount(state, membership, this.hidden(answer.feed)) ? 'strange' : 'applied'
  }

  #reset(answer: Extract<PullAnswer, { view: string }>): FeedState {
    this.drop(answer.feed)
    const state = newFeed(answer.feed, answer.view, answer.floor ?? 0)
    this.#feeds.set(answer.feed, state)
    return state
  }

  /** A page of older messages, asked for when the floor was `askedFloor`. False where it does not fit any more. */
  applyPage(conversation: string, askedFloor: number, page: Page): boolean {
    const state = this.#feeds.get(conversation)
    if (!state || state.view !== page.view || state.floor !== askedFloor || state.loaded !== askedFloor) return false
    if (page.floor >= askedFloor) return false
    state.floor = state.loaded = page.floor
    this.#merge(state, page.messages.map(asChange))
    state.below = page.below
    state.recount = page.rev < state.rev
    // What a change while the page was on its way left outside the window is inside now, and was not stored.
    for (const message of windowOf(state)) if (message.object.seq <= askedFloor) this.#note(state, message)
    this.#finish(state)
    return true
  }

  /** Messages of (loaded, …] down to `loaded`, read from the store. */
  applyLoaded(conversation: string, state: FeedState, loaded: number, messages: readonly HeldMessage[]): void {
    if (this.#feeds.get(conversation) !== state || loaded >= state.loaded || loaded < state.floor) return
    const membership = this.#memberships.get(conversation)
    const hidden = this.hidden(conversation)
    const before = membership && !outdated(state.between, membership, hidden) ? state.between : null
    for (const message of messages) merge(state, asChange(message), undefined, this.#ports.rules)
    const now = membership && countRange(state.messages, loaded, state.loaded, membership, hidden, this.member)
    state.between =
      before && now ? { ...now, unread: before.unread - now.unread, mentions: before.mentions - now.mentions } : null
    state.loaded = loaded
    this.#finish(state)
  }

  openRequest(state: FeedState): () => void {
    state.openRequests++
    return () => {
      state.openRequests--
      settle(state)
    }
  }

  /** Lets the older messages of a conversation that is not on screen go from memory. */
  slim(conversation: string): void {
    const state = this.#feeds.get(conversation)
    if (!state || state.messages.length <= loadedMost) return
    unload(state, loadedKept, this.#memberships.get(conversation), this.hidden(conversation), this.member)
    if (!this.#tracked) detach(state, this.#memberships.get(conversation), this.hidden(conversation))
    this.#ports.onChanged(conversation)
  }

  #merge(state: FeedState, changes: readonly Change[]): void {
    const membership = this.#memberships.get(state.feed)
    for (const change of changes) {
      const before = state.objects.get(keyOf(change.kind, change.id))
      const merged = merge(state, change, membership, this.#ports.rules)
      if (merged === 'ignored') continue
      if (state.feed === this.member) this.#index(change, before?.object)
      if (merged === 'kept') this.#noteChange(state, change)
      this.#ports.onObject(state.feed, change, before?.object)
    }
  }

  #finish(state: FeedState): void {
    settle(state)
    if (this.#isStored(state.feed)) this.#unsavedOf(state.feed)
    this.touched.add(state.feed)
    this.#ports.onChanged(state.feed.startsWith('con_') ? state.feed : null)
  }

  #index(change: Change, before: unknown): void {
    const now = change.removed ? undefined : change.object
    const about = (now ?? before) as { conversation?: string } | undefined
    if (change.kind === 'me') this.#me = (now as MeObject | undefined) ?? null
    if (change.kind === 'rest') this.#rest = (now as RestChoices | undefined) ?? null
    const conversation = about?.conversation
    if (!conversation) return
    if (change.kind === 'silent') {
      if (now) this.#silent.add(conversation)
      else this.#silent.delete(conversation)
    }
    if (change.kind === 'membership') put(this.#memberships, conversation, now as Membership | undefined)
    if (change.kind === 'draft') put(this.#drafts, conversation, now as Draft | undefined)
    if (change.kind === 'hidden') {
      const seqs = new Set(this.#hidden.get(conversation))
      if (now) seqs.add((now as Hidden).seq)
      else seqs.delete((before as Hidden).seq)
      this.#hidden.set(conversation, seqs)
    }
    this.touched.add(conversation)
    this.#ports.onChanged(conversation)
  }

  // ---- what is to be stored

  /** Departments are followed while they are on screen and not kept. */
  #isStored(feed: string): boolean {
    return this.#tracked && !feed.startsWith('dep_')
  }

  #unsavedOf(feed: string): Unsaved {
    const unsaved = this.#unsaved.get(feed) ?? { dropped: false, objects: new Map(), messages: new Map() }
    this.#unsaved.set(feed, unsaved)
    return unsaved
  }

  #noteChange(state: FeedState, change: Change): void {
    if (!this.#isStored(state.feed)) return
    const { kind, rev } = change
    if (kind === 'message') {
      const seq = placeOf(change.id)
      if (change.removed) this.#unsavedOf(state.feed).messages.set(seq, null)
      else this.#note(state, { rev, object: change.object as Message })
    } else {
      const row = change.removed ? null : { feed: state.feed, kind, id: change.id, rev, object: change.object }
      this.#unsavedOf(state.feed).objects.set(keyOf(kind, change.id), row)
    }
  }

  #note(state: FeedState, message: HeldMessage): void {
    if (!this.#isStored(state.feed)) return
    const { seq } = message.object
    this.#unsavedOf(state.feed).messages.set(seq, { feed: state.feed, seq, ...message })
  }

  #meta(): Meta {
    const want = this.#ports.rules.wantSaved
      ? [...this.want].filter(([feed, rev]) => (this.#feeds.get(feed)?.rev ?? rev) < rev)
      : []
    return { mark: this.mark, generation: this.generation, want: Object.fromEntries(want) }
  }

  #row(state: FeedState) {
    return toRow(state, this.#memberships.get(state.feed), this.hidden(state.feed), this.member)
  }

  /** Everything since this was called last, as one step for the store; null where nothing is different. */
  takeUnsaved(): StoreChanges | null {
    if (this.#unsaved.size === 0 && !this.#metaUnsaved) return null
    const changes: StoreChanges = { drops: [], feeds: [], objects: [], messages: [], removed: [] }
    if (this.#metaUnsaved) changes.meta = this.#meta()
    for (const [feed, unsaved] of this.#unsaved) {
      if (unsaved.dropped) changes.drops.push(feed)
      const state = this.#feeds.get(feed)
      if (!state) continue
      changes.feeds.push(this.#row(state))
      for (const [key, row] of unsaved.objects) {
        const slash = key.indexOf('/')
        if (row) changes.objects.push(row)
        else changes.removed.push({ feed, kind: key.slice(0, slash), id: key.slice(slash + 1) })
      }
      for (const [seq, row] of unsaved.messages) {
        if (row) changes.messages.push(row)
        else changes.removed.push({ feed, kind: 'message', id: String(seq) })
      }
    }
    this.#unsaved = new Map()
    this.#metaUnsaved = false
    return changes
  }

  /** Goes on without a store: what memory holds is all there is. */
  detach(): void {
    this.#tracked = false
    this.#metaUnsaved = false
    this.#unsaved = new Map()
    for (const state of this.#feeds.values()) {
      detach(state, this.#memberships.get(state.feed), this.hidden(state.feed))
      this.touched.add(state.feed)
    }
  }

  /** All of it, to be put into a store; what changes from now on is taken as unsaved again. */
  attach(): ReplicaRows {
    this.detach()
    this.#tracked = true
    const kept = [...this.#feeds.values()].filter(({ feed }) => !feed.startsWith('dep_'))
    return {
      meta: this.#meta(),
      feeds: kept.map((state) => this.#row(state)),
      objects: kept.flatMap((state) => [...state.objects.values()]),
      messages: kept.flatMap((state) =>
        windowOf(state).map((message) => ({ feed: state.feed, seq: message.object.seq, ...message })),
      ),
    }
  }

  load(opening: Pick<Opening, 'meta' | 'feeds' | 'objects'>): void {
    this.mark = opening.meta.mark
    this.generation = opening.meta.generation
    for (const [feed, rev] of Object.entries(opening.meta.want)) this.want.set(feed, rev)
    for (const row of opening.feeds) this.#feeds.set(row.feed, fromRow(row))
    for (const row of opening.objects) {
      this.#feeds.get(row.feed)?.objects.set(keyOf(row.kind, row.id), row)
      if (row.feed === this.member) this.#index(row, undefined)
    }
    for (const conversation of this.#feeds.keys()) this.#ports.onChanged(conversation)
    for (const feed of [...this.#feeds.keys()]) if (feed !== this.member) this.reconcile(feed)
  }

  /** Forgets everything at once. */
  clear(): void {
    this.detach()
    for (const feed of [...this.#feeds.keys()]) this.drop(feed)
    this.want.clear()
    this.mark = this.generation = null
  }
}

const asChange = (message: HeldMessage): Change => ({
  kind: 'message',
  id: String(message.object.seq),
  rev: message.rev,
  object: message.object,
})

function put<T>(index: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) index.delete(key)
  else index.set(key, value)
}
