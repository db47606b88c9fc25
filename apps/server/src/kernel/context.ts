import type { Actor, MemberActor } from './actor.js'
import type { Bus } from './bus.js'
import type { Clock } from './clock.js'
import type { Database, Db, Queryable, Tx } from './db.js'
import type { Events } from './events.js'
import type { Changes } from './feeds/changes.js'
import type { Hub } from './feeds/hub.js'
import type { FeedKinds } from './feeds/kinds.js'
import type { FeedRules } from './feeds/rules.js'
import type { FeedSocket } from './feeds/socket.js'
import type { Jobs } from './jobs.js'
import type { Log } from './log.js'
import type { OutboxReaders } from './outbox-readers.js'
import type { Settings } from './settings.js'

/** What every module stands on; made once in `app.ts` and passed in. */
export interface Kernel {
  settings: Settings
  clock: Clock
  log: Log
  database: Database
  db: Db
  bus: Bus
  kinds: FeedKinds
  hub: Hub
  jobs: Jobs
  events: Events
  outbox: OutboxReaders
  rules: FeedRules
  version: string
  /** The address people use, without a trailing slash; known once the server listens. */
  publicUrl(): string
}

/** Where a call came from. */
export interface Origin {
  transport: 'http' | 'socket' | 'local'
  address: string
  /** From this machine, by a loopback name in the Host header and no proxy in between. */
  loopback: boolean
  secure: boolean
  requestId: string
  socket?: FeedSocket
  /** False once the caller’s socket is closed: a send still waiting is then left out. */
  open(): boolean
}

/** A session token that the transport hands to a browser as its cookie; null takes it away. */
export type CookieChange = { token: string; keep: boolean } | null

interface BaseCtx<A extends Actor> {
  kernel: Kernel
  actor: A
  origin: Origin
  clock: Clock
  log: Log
  setCookie(change: CookieChange): void
}

/** What a reading operation gets. */
export interface ReadCtx<A extends Actor = Actor> extends BaseCtx<A> {
  db: Db
}

/** What a writing operation gets: one transaction, with the feed changes that commit in it. */
export interface WriteCtx<A extends Actor = Actor> extends BaseCtx<A> {
  db: Tx
  changes: Changes
  /** Runs after the commit, before the answer. */
  afterCommit(work: () => void): void
}

export type MemberRead = ReadCtx<MemberActor>
export type MemberWrite = WriteCtx<MemberActor>
/** Either, for gates and lookups. */
export interface AnyCtx<A extends Actor = Actor> extends BaseCtx<A> {
  db: Queryable
}
