import type { Head } from '@heyi/contract/sync'
import type { MemberActor } from '../actor.js'
import type { Queryable } from '../db.js'

/** An object as one feed shows it. */
export interface ObjectRef {
  feed: string
  id: string
}
export const refKey = (ref: ObjectRef): string => `${ref.feed} ${ref.id}`

/** Reads objects of one kind as they are now; what is gone is left out. Keys by `refKey`. */
export type ObjectLoader = (on: Queryable, tenantId: string, refs: ObjectRef[]) => Promise<Map<string, unknown>>

/** Who is to get the pushes of a feed, under which epoch that is true. */
export interface Audience<P = unknown> {
  epoch: number
  /** Member id to the place at or under which messages are not theirs to see. */
  members: ReadonlyMap<string, number>
  /** Whatever else the feed’s module decides by and the epoch guards. */
  policy: P
}

/** What a reader may see of a feed. */
export interface Access {
  /** Opaque; another one than the client’s is a fresh start. */
  view: string
  /** Log places at or under this are not theirs. */
  fromSeq: number
}

export interface LogRow {
  feed: string
  seq: number
  rev: number
  object: unknown
}

/** The message log of a feed kind that has one. Rows come in order of `rev` (changed) or `seq` (newest). */
interface FeedLog {
  /** Up to `limit` rows for each feed, of those with `rev > since`, whatever their place. */
  changed(on: Queryable, tenantId: string, feeds: { feed: string; since: number }[], limit: number): Promise<LogRow[]>
  /** The newest `take` above `fromSeq` and the place under the oldest given: 0 when nothing older is theirs. */
  newest(
    on: Queryable,
    tenantId: string,
    feeds: { feed: string; fromSeq: number; take: number }[],
  ): Promise<{ rows: LogRow[]; floors: Map<string, number> }>
  /** Unread at or under the floor. */
  below(
    on: Queryable,
    actor: MemberActor,
    feeds: { feed: string; floor: number }[],
  ): Promise<Map<string, { unread: number; mentions: number; readSeq: number; hidden: number }>>
}

/** Everything the kernel must know of one kind of feed; the module that owns it registers it once. */
export interface FeedKind {
  prefix: 'con' | 'mem' | 'dep'
  objects: Record<string, ObjectLoader>
  /** Which of these feeds the actor may read; the others are left out. */
  access(on: Queryable, actor: MemberActor, feeds: string[]): Promise<Map<string, Access>>
  /** Feeds that the actor follows without asking, with a head whose xid is at or above `sinceXid` (all if null). */
  implicit?(on: Queryable, actor: MemberActor, sinceXid: string | null): Promise<Head[]>
  /** Who gets its pushes; a kind without one goes to the member it is named after, or to those who watch it. */
  audience?(on: Queryable, tenantId: string, feed: string): Promise<Audience>
  log?: FeedLog
}

/** The feed kinds of this program, by the prefix of their ids. */
export class FeedKinds {
  readonly #kinds = new Map<string, FeedKind>()

  register(kind: FeedKind): void {
    const have = this.#kinds.get(kind.prefix)
    // A member’s feed carries objects of several modules; the others have one owner.
    this.#kinds.set(kind.prefix, have ? { ...have, ...kind, objects: { ...have.objects, ...kind.objects } } : kind)
  }

  /** Adds a kind of object to a feed that another module owns. */
  addObjects(prefix: FeedKind['prefix'], objects: Record<string, ObjectLoader>): void {
    const have = this.#kinds.get(prefix)
    if (!have) throw new Error(`No module has registered the feed kind ${prefix}.`)
    Object.assign(have.objects, objects)
  }

  of(feed: string): FeedKind | undefined {
    return this.#kinds.get(feed.slice(0, 3))
  }

  all(): Iterable<FeedKind> {
    return this.#kinds.values()
  }
}

/** Loads all refs, grouped by feed kind and object kind: one query each. Keys are `kind refKey`. */
export async function loadObjects(
  kinds: FeedKinds,
  on: Queryable,
  tenantId: string,
  refs: (ObjectRef & { kind: string })[],
): Promise<Map<string, unknown>> {
  const groups = new Map<string, { loader: ObjectLoader; kind: string; refs: ObjectRef[] }>()
  for (const ref of refs) {
    const loader = kinds.of(ref.feed)?.objects[ref.kind]
    if (!loader) throw new Error(`No loader for ${ref.kind} in ${ref.feed}.`)
    const key = `${ref.feed.slice(0, 3)} ${ref.kind}`
    const group = groups.get(key) ?? { loader, kind: ref.kind, refs: [] }
    group.refs.push(ref)
    groups.set(key, group)
  }
  const loaded = new Map<string, unknown>()
  for (const { loader, kind, refs: wanted } of groups.values())
    for (const [key, object] of await loader(on, tenantId, wanted)) loaded.set(`${kind} ${key}`, object)
  return loaded
}
