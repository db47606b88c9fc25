import type { Membership, Message } from '@heyi/contract/messaging'
import type { Below, Change } from '@heyi/contract/sync'
import type { HeldMessage } from './api.js'
import { addRanges, type ClientRules, countRange, placeOf, readToFloor, replaces } from './rules.js'
import type { FeedRow, ObjectRow } from './store.js'

/**
 * One feed as memory holds it.
 *
 * The store holds every message above `floor`; memory only those above `loaded`, and `between` counts what is unread in
 * (floor, loaded]. Messages at or under `loaded` that are in `messages` nevertheless are changes that came while a
 * request was open, waiting to meet the page that brings an older state of them.
 */
export interface FeedState {
  readonly feed: string
  view: string
  rev: number
  floor: number
  below: Below | null
  /** A change fell at or under the floor, so that `below` has to be asked for again. */
  recount: boolean
  loaded: number
  between: Below | null
  /** In order of place. */
  messages: HeldMessage[]
  objects: Map<string, ObjectRow>
  /** Requests whose answer may bring old states. While there are any, tombstones are kept. */
  openRequests: number
  tombstones: Map<string, number>
}

export const keyOf = (kind: string, id: string): string => `${kind}/${id}`

export const newFeed = (feed: string, view: string, floor: number): FeedState => ({
  feed,
  view,
  rev: 0,
  floor,
  below: null,
  recount: false,
  loaded: floor,
  between: null,
  messages: [],
  objects: new Map(),
  openRequests: 0,
  tombstones: new Map(),
})

/** The index of the first message at `seq` or above. */
export function indexOf(messages: readonly HeldMessage[], seq: number): number {
  let [from, to] = [0, messages.length]
  // Nearly always it is the newest.
  if (to > 0 && (messages[to - 1]?.object.seq ?? 0) < seq) return to
  while (from < to) {
    const middle = (from + to) >> 1
    if ((messages[middle]?.object.seq ?? 0) < seq) from = middle + 1
    else to = middle
  }
  return from
}

export function messageAt(state: FeedState, seq: number): HeldMessage | undefined {
  const found = state.messages[indexOf(state.messages, seq)]
  return found?.object.seq === seq ? found : undefined
}

/** Those above `loaded`: nothing is missing among them. */
export const windowOf = (state: FeedState): HeldMessage[] =>
  state.messages.slice(indexOf(state.messages, state.loaded + 1))

export type Merged = 'kept' | 'outside' | 'ignored'

/**
 * Merges one change by its rev. `outside` are changes under the floor: memory keeps them while a request is open, the
 * store never does.
 */
export function merge(
  state: FeedState,
  change: Change,
  membership: Membership | undefined,
  rules: ClientRules,
): Merged {
  const isMessage = change.kind === 'message'
  const seq = isMessage ? placeOf(change.id) : Number.NaN
  const key = keyOf(change.kind, isMessage ? String(seq) : change.id)
  const held = isMessage ? messageAt(state, seq)?.rev : state.objects.get(key)?.rev
  if (!replaces(change.rev, held ?? state.tombstones.get(key), rules)) return 'ignored'
  // Neither an object nor its end: nothing that this reader may see.
  if (change.object === undefined && !change.removed) return 'ignored'
  if (isMessage && seq <= state.floor) {
    if (!membership || seq > membership.readSeq) state.recount = true
    if (!rules.sparseKeep) return 'ignored'
  } else if (isMessage && seq <= state.loaded) state.between = null
  if (change.removed) remove(state, isMessage, seq, key, change.rev)
  else if (isMessage) putMessage(state, { rev: change.rev, object: change.object as Message })
  else
    state.objects.set(key, {
      feed: state.feed,
      kind: change.kind,
      id: change.id,
      rev: change.rev,
      object: change.object,
    })
  return isMessage && seq <= state.floor ? 'outside' : 'kept'
}

function remove(state: FeedState, isMessage: boolean, seq: number, key: string, rev: number): void {
  if (state.openRequests > 0) state.tombstones.set(key, rev)
  if (!isMessage) state.objects.delete(key)
  else if (messageAt(state, seq)) state.messages.splice(indexOf(state.messages, seq), 1)
}

function putMessage(state: FeedState, message: HeldMessage): void {
  const index = indexOf(state.messages, message.object.seq)
  state.messages.splice(index, state.messages[index]?.object.seq === message.object.seq ? 1 : 0, message)
}

/** With no request open nothing old can come any more: forgets what was kept against that. */
export function settle(state: FeedState): void {
  if (state.openRequests > 0) return
  state.tombstones.clear()
  if ((state.messages[0]?.object.seq ?? Number.POSITIVE_INFINITY) <= state.loaded) state.messages = windowOf(state)
}

/** Whether the server has to be asked what is unread under the floor. */
export const needsRecount = (state: FeedState, membership: Membership, hidden: ReadonlySet<number>): boolean =>
  !readToFloor(membership, state.floor) &&
  (state.recount || !state.below || state.below.readSeq !== membership.readSeq || state.below.hidden !== hidden.size)

/** Whether the store has to be read to know what is unread above the floor. */
export const needsLoading = (state: FeedState, membership: Membership, hidden: ReadonlySet<number>): boolean =>
  state.loaded > state.floor &&
  !readToFloor(membership, state.loaded) &&
  (!state.between || state.between.readSeq !== membership.readSeq || state.between.hidden !== hidden.size)

/** All that is unread at or under `loaded`, as far as is known. */
export function belowLoaded(state: FeedState, membership: Membership): Below | null {
  const under = readToFloor(membership, state.floor) ? null : state.below
  const between = readToFloor(membership, state.loaded) ? null : state.between
  if (!under || !between) return under ?? between
  return { ...between, unread: under.unread + between.unread, mentions: under.mentions + between.mentions }
}

/** Lets all but the newest `keep` messages go from memory; the store has them. */
export function unload(
  state: FeedState,
  keep: number,
  membership: Membership | undefined,
  hidden: ReadonlySet<number>,
  me: string,
): void {
  const held = windowOf(state)
  const oldest = held.at(-keep)
  if (!oldest || held.length <= keep || state.openRequests > 0) return
  const loaded = oldest.object.seq - 1
  state.between = membership ? countTo(state, loaded, membership, hidden, me) : null
  state.loaded = loaded
  settle(state)
}

/** What is unread in (floor, upTo], null where a part of it is not known. */
function countTo(
  state: FeedState,
  upTo: number,
  membership: Membership,
  hidden: ReadonlySet<number>,
  me: string,
): Below | null {
  const above = countRange(state.messages, state.loaded, upTo, membership, hidden, me)
  if (readToFloor(membership, state.loaded)) return above
  return state.loaded > state.floor ? addRanges(state.between, above, membership, hidden) : above
}

/** Takes what memory holds for all there is, where no store stands behind it any more. */
export function detach(state: FeedState, membership: Membership | undefined, hidden: ReadonlySet<number>): void {
  if (state.loaded <= state.floor) return
  if (!membership || needsRecount(state, membership, hidden) || needsLoading(state, membership, hidden))
    state.recount = true
  else state.below = belowLoaded(state, membership)
  state.floor = state.loaded
  state.between = null
}

export function toRow(
  state: FeedState,
  membership: Membership | undefined,
  hidden: ReadonlySet<number>,
  me: string,
): FeedRow {
  const last = state.messages.at(-1)
  const held = last && last.object.seq > state.loaded ? last : null
  const loaded = held ? held.object.seq - 1 : state.loaded
  const between = membership ? countTo(state, loaded, membership, hidden, me) : null
  const { feed, view, rev, floor, below, recount } = state
  return { feed, view, rev, floor, below, recount, last: held, loaded, between }
}

export function fromRow(row: FeedRow): FeedState {
  return {
    ...newFeed(row.feed, row.view, row.floor),
    rev: row.rev,
    below: row.below,
    recount: row.recount,
    loaded: row.loaded,
    between: row.between,
    messages: row.last ? [row.last] : [],
  }
}
