import { z } from 'zod'
import { FeedId, Instant, Rev, Seq } from './common.js'
import { operation } from './define.js'
import { limits } from './limits.js'

/** One change of one object: its whole new state, or that it is gone from this feed. */
export const Change = z.object({
  kind: z.string(),
  id: z.string(),
  rev: Rev,
  object: z.unknown().optional(),
  removed: z.literal(true).optional(),
})
export type Change = z.infer<typeof Change>

/** A push: everything that happened in `feed` in (prev, rev]. Without `changes` it only says that there is more. */
export const Frame = z.object({ feed: FeedId, prev: Rev, rev: Rev, changes: z.array(Change).optional() })
export type Frame = z.infer<typeof Frame>

/** Unread at or under the floor, with what it was counted for; other values make it stale. */
export const Below = z.object({ unread: z.int(), mentions: z.int(), readSeq: Seq, hidden: z.int() })
export type Below = z.infer<typeof Below>

export const Head = z.tuple([FeedId, Rev, Seq, Instant.nullable()])
export type Head = z.infer<typeof Head>

export const heads = operation({
  name: 'sync.heads',
  kind: 'read',
  summary: 'The heads of my feeds that moved since the mark; all of them without a mark.',
  scope: 'sync:read',
  input: z.object({ mark: z.string().max(80).nullable() }),
  output: z.object({
    mark: z.string(),
    generation: z.string().describe('Another one than before: drop everything but the send queue.'),
    heads: z.array(Head),
  }),
  errors: [],
})

export const PullRequest = z.object({
  feed: FeedId,
  rev: Rev.nullable().describe('What I have; null asks for a fresh start.'),
  view: z.string().max(120).nullable(),
  floor: Seq.describe('I hold every message above this place.'),
  take: z.int().min(0).max(limits.pageSize).describe('On a reset: this many of the newest messages.'),
})
export type PullRequest = z.infer<typeof PullRequest>

export const PullAnswer = z.union([
  z.object({ feed: FeedId, gone: z.literal(true) }),
  z.object({
    feed: FeedId,
    view: z.string(),
    changes: z.array(Change),
    rev: Rev.describe('What was scanned; equal to head on the last page.'),
    head: Rev,
    reset: z.literal(true).optional(),
    floor: Seq.optional(),
    below: Below.optional(),
  }),
])
export type PullAnswer = z.infer<typeof PullAnswer>

export const pull = operation({
  name: 'sync.pull',
  kind: 'read',
  summary: 'What changed in up to 50 feeds since my revs, all from one snapshot.',
  scope: 'sync:read',
  input: z.object({ feeds: z.array(PullRequest).min(1).max(limits.pullFeeds) }),
  output: z.object({ generation: z.string(), feeds: z.array(PullAnswer) }),
  errors: [],
})

export const watch = operation({
  name: 'sync.watch',
  kind: 'read',
  summary: 'Follow department feeds on this socket while they are open; replaces the earlier list.',
  scope: 'sync:read',
  input: z.object({ feeds: z.array(FeedId).max(limits.watches) }),
  output: z.object({ feeds: z.array(FeedId) }),
  errors: ['too_many_watches'],
  socketOnly: true,
})

export const signal = operation({
  name: 'sync.signal',
  kind: 'read',
  summary:
    'Tell those who have the conversation open something fleeting, such as typing. Never stored, may be dropped.',
  scope: 'messaging:write',
  input: z.object({ feed: FeedId, signal: z.enum(['typing']) }),
  output: z.object({}),
  errors: [],
  socketOnly: true,
})

/** What a client may write on the socket. */
export interface SocketRequest {
  id: number
  op: string
  input: unknown
  requestId?: string
}

/** A receipt moved: to its sender how far it has come, to other devices of whoever confirmed that they did. */
export interface ReceiptSignal {
  signal: 'receipt'
  feed: string
  seq: number
  progress?: { confirmed: number; total: number }
  confirmedAt?: string
  /** The sender asks again. */
  reminded?: true
}

/** I answered a poll or a relay list on another of my devices. */
export interface AnswerSignal {
  signal: 'answer'
  feed: string
  seq: number
  options: number[]
  line: string | null
}

/** I reacted to a message, or took that back, on one of my devices. */
export interface ReactionSignal {
  signal: 'reaction'
  feed: string
  seq: number
  emoji: string
  on: boolean
}

/** Notices for me changed: ask for the summary again. */
export interface NoticesSignal {
  signal: 'notices'
  /** I am reminded of this one. */
  reminded?: { id: string; title: string }
}

/** What the server writes on the socket, one JSON object in each WebSocket message. */
export type ServerMessage =
  | { id: number; ok: unknown }
  | { id: number | null; error: { code: string; data?: Record<string, unknown> } }
  | Frame
  | { behind: true }
  | { signal: 'typing'; feed: string; from: string }
  | ReceiptSignal
  | AnswerSignal
  | ReactionSignal
  | NoticesSignal

/** Why the server closed a socket (WebSocket close codes 4000 to 4999 are ours). */
export const closeCodes = {
  signedOut: 4001,
  switchedTenant: 4002,
  malformed: 4003,
  tooLarge: 1009,
  stopping: 1012,
  tooMany: 4004,
} as const
