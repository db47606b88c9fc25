import type { Profile } from '@heyi/contract/directory'
import type { Below } from '@heyi/contract/sync'
import type { HeldMessage, Pending } from './api.js'

/** How far this device is: the mark of its last heads, and what those said it must reach. Stored together. */
export interface Meta {
  mark: string | null
  generation: string | null
  want: Record<string, number>
}

/** A feed without its objects. Only its newest message is in it, so that opening reads no other. */
export interface FeedRow {
  feed: string
  view: string
  rev: number
  /** Every message above this place is stored. */
  floor: number
  /** Unread at or under the floor. */
  below: Below | null
  recount: boolean
  last: HeldMessage | null
  /** Above this place the row itself has everything: right under `last`, where there is one. */
  loaded: number
  /** Unread in (floor, loaded]; null where that is not known. */
  between: Below | null
}

export interface ObjectRow {
  feed: string
  kind: string
  id: string
  rev: number
  object: unknown
}

export interface MessageRow extends HeldMessage {
  feed: string
  seq: number
}

/** A send that is not answered yet, kept under the tab that made it. */
export interface SendRow extends Pending {
  tab: string
  /** Sends go out in this order. */
  order: number
}

/** A draft that the server does not have yet. */
export interface DraftRow {
  conversation: string
  text: string
  quote: number | null
  savedAt: string
}

export interface ProfileRow {
  id: string
  profile: Profile
  at: number
}

export interface ReplicaRows {
  meta: Meta
  feeds: FeedRow[]
  objects: ObjectRow[]
  messages: MessageRow[]
}

/** What is read at the start; messages are read by conversation when they are needed. */
export interface Opening extends Omit<ReplicaRows, 'messages'> {
  sends: SendRow[]
  drafts: DraftRow[]
  profiles: ProfileRow[]
}

/** One step from one true state of the replica to a later one. Drops come before what is put. */
export interface StoreChanges {
  meta?: Meta
  /** Feeds of which everything goes. */
  drops: string[]
  feeds: FeedRow[]
  objects: ObjectRow[]
  messages: MessageRow[]
  /** Objects and messages that are gone. */
  removed: { feed: string; kind: string; id: string }[]
}

/** What a tab writes of its own, whether it leads or not: no order between these and the replica matters. */
export interface OwnChanges {
  sends?: SendRow[]
  sent?: string[]
  drafts?: DraftRow[]
  draftsSaved?: string[]
  profiles?: ProfileRow[]
}

/** Another tab has claimed the replica since. */
export class NotTheWriter extends Error {
  override readonly name = 'NotTheWriter'
}

/**
 * What one member's device holds between two starts. Reads and writes of the replica are whole transactions: what is
 * read is always a state that was true at one moment.
 */
export interface Store {
  /** Reads everything small. With `claim` this one alone writes the replica from now on. */
  open(claim: boolean): Promise<Opening>
  /** The `newest` messages of a conversation in (above, upTo], in order of place. */
  messages(feed: string, above: number, upTo: number, newest?: number): Promise<HeldMessage[]>
  /** @throws NotTheWriter */
  commit(changes: StoreChanges): Promise<void>
  /** Puts this replica in the place of the stored one, and claims it. */
  replace(replica: ReplicaRows): Promise<void>
  saveOwn(changes: OwnChanges): Promise<void>
  /** Sends of every tab, for whoever adopts those of tabs that are gone. */
  sends(): Promise<SendRow[]>
  /** Deletes all of it. */
  wipe(): Promise<void>
  close(): Promise<void>
}
