import { limits } from '@heyi/contract/limits'
import type { Change, Head, PullAnswer, PullRequest } from '@heyi/contract/sync'
import type { MemberActor } from '../actor.js'
import { type Db, type Queryable, row, rows, snapshot, sql } from '../db.js'
import { type BusFrame, makeFrame } from './frame.js'
import { type Access, type FeedKinds, type LogRow, loadObjects } from './kinds.js'
import type { FeedRules } from './rules.js'

interface Deps {
  db: Db
  kinds: FeedKinds
  rules: FeedRules
}

interface FeedHead {
  id: string
  rev: number
  epoch: number
}

interface Entry {
  feed: string
  kind: string
  object: string
  rev: number
  removed: boolean
}

/** Which database this is: another id after a restore, another timeline after a failover. */
const generationSql = sql<{ generation: string; xmin: string; xmax: string }>`
  select g.id || '-' || c.timeline_id as generation, pg_snapshot_xmin(s.now)::text as xmin, pg_snapshot_xmax(s.now)::text as xmax
  from generation g, pg_control_checkpoint() c, (select pg_current_snapshot() as now) s`

export async function readGeneration(on: Queryable): Promise<{ generation: string; xmin: string; xmax: string }> {
  const found = await row(on, generationSql)
  if (!found) throw new Error('The database has no generation.')
  return found
}

/** Heads of the actor’s feeds that moved since the mark; all of them under no mark or another generation. */
export function readHeads(
  deps: Deps,
  actor: MemberActor,
  mark: string | null,
): Promise<{ mark: string; generation: string; heads: Head[] }> {
  return snapshot(deps.db, async (tx) => {
    const { generation, xmin, xmax } = await readGeneration(tx)
    const [markGeneration, markXid] = (mark ?? '').split(':')
    const since = markXid && markGeneration === generation && /^[0-9]{1,19}$/.test(markXid) ? markXid : null
    const heads: Head[] = []
    for (const kind of deps.kinds.all()) if (kind.implicit) heads.push(...(await kind.implicit(tx, actor, since)))
    return { mark: `${generation}:${deps.rules.xminMark ? xmin : xmax}`, generation, heads }
  })
}

/** One page for each feed asked about, all from one snapshot. A feed that finds no more room is left out: ask again. */
export function readPulls(
  deps: Deps,
  actor: MemberActor,
  requests: PullRequest[],
): Promise<{ generation: string; feeds: PullAnswer[] }> {
  const read = async (on: Queryable) => {
    const { generation } = await readGeneration(on)
    const access = await readAccess(deps.kinds, on, actor, requests)
    const heads = await readFeedHeads(
      on,
      actor.tenantId,
      requests.map((r) => r.feed),
    )
    const plans = requests.map((request) =>
      plan(deps, generation, request, access.get(request.feed), heads.get(request.feed)),
    )
    const open = plans.filter((p) => p !== null)
    const pages = await readPages(deps, on, actor, open)
    const late = deps.rules.oneSnapshot
      ? heads
      : await readFeedHeads(
          deps.db,
          actor.tenantId,
          requests.map((r) => r.feed),
        )
    return { generation, feeds: answer(requests, open, pages, late) }
  }
  return deps.rules.oneSnapshot ? snapshot(deps.db, read) : read(deps.db)
}

/** All of (at, head] of a feed as one frame; null when there is nothing new. Past the far limit it only points. */
export function repairFrame(deps: Deps, tenantId: string, feed: string, at: number): Promise<BusFrame | null> {
  return snapshot(deps.db, async (tx) => {
    const head = (await readFeedHeads(tx, tenantId, [feed])).get(feed)
    if (!head || head.rev <= at) return null
    const frame = { tenantId, feed, prev: at, rev: head.rev, epoch: head.epoch }
    if (head.rev - at > limits.pullFar)
      return { ...frame, minSeq: null, json: JSON.stringify({ feed, prev: at, rev: head.rev }) }
    const kind = deps.kinds.of(feed)
    const log = kind?.log ? await kind.log.changed(tx, tenantId, [{ feed, since: at }], limits.pullFar + 1) : []
    const entries = await readEntries(tx, tenantId, [{ feed, since: at, limit: limits.pullFar + 1 }])
    return makeFrame(frame, await toChanges(deps.kinds, tx, tenantId, log, entries))
  })
}

interface Plan {
  request: PullRequest
  access: Access
  view: string
  head: number
  since: number
  reset: boolean
  /** Changes in a page of it. */
  pageSize: number
}

function plan(
  { rules, kinds }: Deps,
  generation: string,
  request: PullRequest,
  access: Access | undefined,
  head: FeedHead | undefined,
): Plan | null {
  if (!access || !head) return null
  const view = `${generation}/${access.view}`
  const otherView = rules.viewInPull && request.view !== view
  const logged = kinds.of(request.feed)?.log !== undefined
  // Only a log can be taken from its newest end; other feeds are read through, page by page.
  const far = logged && head.rev - (request.rev ?? 0) > limits.pullFar
  const reset = request.rev === null || otherView || request.rev > head.rev || far
  const pageSize = logged ? limits.pageSize : limits.entriesPage
  return { request, access, view, head: head.rev, since: reset ? 0 : (request.rev ?? 0), reset, pageSize }
}

async function readAccess(
  kinds: FeedKinds,
  on: Queryable,
  actor: MemberActor,
  requests: PullRequest[],
): Promise<Map<string, Access>> {
  const byKind = groupByPrefix(requests)
  const all = new Map<string, Access>()
  for (const group of byKind.values()) {
    const feeds = group.map((r) => r.feed)
    const kind = feeds[0] ? kinds.of(feeds[0]) : undefined
    if (kind) for (const [feed, access] of await kind.access(on, actor, feeds)) all.set(feed, access)
  }
  return all
}

function groupByPrefix(requests: PullRequest[]): Map<string, PullRequest[]> {
  const groups = new Map<string, PullRequest[]>()
  for (const request of requests) {
    const key = request.feed.slice(0, 3)
    groups.set(key, [...(groups.get(key) ?? []), request])
  }
  return groups
}

async function readFeedHeads(on: Queryable, tenantId: string, feeds: string[]): Promise<Map<string, FeedHead>> {
  const found = await rows(
    on,
    sql<FeedHead>`select id, rev, epoch from feed where tenant_id = ${tenantId} and id = any(${feeds})`,
  )
  return new Map(found.map((head) => [head.id, head]))
}

interface Page {
  changes: Change[]
  /** What was scanned. */
  rev: number
  floor?: number
  below?: { unread: number; mentions: number; readSeq: number; hidden: number }
}

async function readPages(deps: Deps, on: Queryable, actor: MemberActor, plans: Plan[]): Promise<Map<string, Page>> {
  const { kinds } = deps
  const { tenantId } = actor
  // One more than a page tells whether there is another.
  const limit = limits.pageSize + 1
  const logged = plans.filter((p) => kinds.of(p.request.feed)?.log)
  const log = logged[0] ? kinds.of(logged[0].request.feed)?.log : undefined
  const fresh = logged.filter((p) => p.reset)
  const following = logged.filter((p) => !p.reset)
  const changed =
    log && following.length > 0
      ? await log.changed(
          on,
          tenantId,
          following.map((p) => ({ feed: p.request.feed, since: p.since })),
          limit,
        )
      : []
  const newest =
    log && fresh.length > 0
      ? await log.newest(
          on,
          tenantId,
          fresh.map((p) => ({ feed: p.request.feed, fromSeq: p.access.fromSeq, take: p.request.take })),
        )
      : { rows: [], floors: new Map<string, number>() }
  const entries = await readEntries(
    on,
    tenantId,
    plans.map((p) => ({ feed: p.request.feed, since: p.since, limit: p.pageSize + 1 })),
  )
  const floors = new Map(
    logged.map((p) => [p.request.feed, p.reset ? (newest.floors.get(p.request.feed) ?? 0) : p.request.floor]),
  )
  const below =
    log && logged.length > 0
      ? await log.below(
          on,
          actor,
          logged.map((p) => ({ feed: p.request.feed, floor: floors.get(p.request.feed) ?? 0 })),
        )
      : new Map()

  const logOf = byFeed([...changed, ...newest.rows])
  const entriesOf = byFeed(entries)
  const cuts = plans.map((p) => ({
    plan: p,
    ...cut(deps.rules, p, logOf.get(p.request.feed) ?? [], entriesOf.get(p.request.feed) ?? []),
  }))
  const objects = await loadObjects(
    kinds,
    on,
    tenantId,
    cuts.flatMap((c) => c.entries.filter((e) => !e.removed).map((e) => ({ feed: e.feed, kind: e.kind, id: e.object }))),
  )
  const pages = new Map<string, Page>()
  let room = limits.pullBytes * 4
  for (const { plan: p, log: messages, entries: others, rev } of cuts) {
    const { feed } = p.request
    const all = mergeChanges(messages, others, objects)
    const fitting = p.reset && logOf.has(feed) ? { changes: all, rev } : fitBytes(all, rev)
    room -= sizeOf(fitting.changes)
    if (room < 0 && pages.size > 0) continue
    const count = below.get(feed)
    pages.set(feed, {
      ...fitting,
      ...(p.reset && logged.includes(p) && { floor: floors.get(feed) ?? 0 }),
      ...(count && fitting.rev >= p.head && { below: count }),
    })
  }
  return pages
}

/** The page of one feed: log and entries merged by rev, then cut; what may not be seen is scanned, not shown. */
function cut(
  rules: FeedRules,
  p: Plan,
  log: LogRow[],
  entries: Entry[],
): { log: LogRow[]; entries: Entry[]; rev: number } {
  const shown = (row: LogRow) => row.seq > p.access.fromSeq
  // A fresh client needs no tombstones, and gets the newest window of the log whole.
  if (p.reset && log.length > 0)
    return { log: log.filter(shown), entries: entries.filter((e) => !e.removed).slice(0, p.pageSize), rev: p.head }
  const revs = [...log.map((r) => r.rev), ...entries.map((e) => e.rev)].sort((a, b) => a - b)
  const size = p.pageSize
  if (!rules.mergedCut) {
    const page = { log: log.slice(0, size).filter(shown), entries: entries.slice(0, size) }
    const last = Math.max(p.since, ...log.slice(0, size).map((r) => r.rev), ...page.entries.map((e) => e.rev))
    return { ...page, rev: log.length > size || entries.length > size ? last : p.head }
  }
  const rev = revs.length > size ? (revs[size - 1] ?? p.head) : p.head
  return {
    log: log.filter((r) => r.rev <= rev && shown(r)),
    entries: entries.filter((e) => e.rev <= rev && !(p.since === 0 && e.removed)),
    rev,
  }
}

function fitBytes(changes: Change[], rev: number): { changes: Change[]; rev: number } {
  let bytes = 0
  for (const [i, change] of changes.entries()) {
    bytes += sizeOf([change])
    const before = changes[i - 1]
    if (bytes > limits.pullBytes && before) return { changes: changes.slice(0, i), rev: before.rev }
  }
  return { changes, rev }
}

/** Bytes on the wire, near enough: most of an object is its text. */
function sizeOf(changes: Change[]): number {
  let bytes = 0
  for (const change of changes) bytes += 60 + (change.object === undefined ? 0 : JSON.stringify(change.object).length)
  return bytes
}

function answer(
  requests: PullRequest[],
  plans: Plan[],
  pages: Map<string, Page>,
  heads: Map<string, FeedHead>,
): PullAnswer[] {
  const answers: PullAnswer[] = []
  for (const { feed } of requests) {
    const p = plans.find((one) => one.request.feed === feed)
    const page = pages.get(feed)
    if (!p) answers.push({ feed, gone: true })
    else if (page) {
      const head = heads.get(feed)?.rev ?? p.head
      // With one snapshot `head` is the plan’s; the switched-off rule shows why it must be.
      answers.push({
        feed,
        view: p.view,
        ...page,
        rev: page.rev === p.head ? head : page.rev,
        head,
        ...(p.reset && { reset: true as const }),
      })
    }
  }
  return answers
}

function readEntries(
  on: Queryable,
  tenantId: string,
  feeds: { feed: string; since: number; limit: number }[],
): Promise<Entry[]> {
  if (feeds.length === 0) return Promise.resolve([])
  return rows(
    on,
    sql<Entry>`
      select e.feed, e.kind, e.object, e.rev, e.removed
      from unnest(${feeds.map((f) => f.feed)}::text[], ${feeds.map((f) => f.since)}::bigint[], ${feeds.map((f) => f.limit)}::int[]) as i(feed, since, take)
      cross join lateral (
        select * from feed_entry e where e.tenant_id = ${tenantId} and e.feed = i.feed collate "C" and e.rev > i.since order by e.rev limit i.take
      ) e`,
  )
}

async function toChanges(
  kinds: FeedKinds,
  on: Queryable,
  tenantId: string,
  log: LogRow[],
  entries: Entry[],
): Promise<Change[]> {
  const live = entries.filter((e) => !e.removed).map((e) => ({ feed: e.feed, kind: e.kind, id: e.object }))
  return mergeChanges(log, entries, await loadObjects(kinds, on, tenantId, live))
}

function mergeChanges(log: LogRow[], entries: Entry[], objects: Map<string, unknown>): Change[] {
  const changes = log.map((r): Change => ({ kind: 'message', id: String(r.seq), rev: r.rev, object: r.object }))
  for (const { feed, kind, object: id, rev, removed } of entries) {
    const object = objects.get(`${kind} ${feed} ${id}`)
    changes.push(removed || object === undefined ? { kind, id, rev, removed: true } : { kind, id, rev, object })
  }
  return changes.sort((a, b) => a.rev - b.rev)
}

function byFeed<T extends { feed: string }>(items: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(item.feed)
    if (group) group.push(item)
    else groups.set(item.feed, [item])
  }
  return groups
}
