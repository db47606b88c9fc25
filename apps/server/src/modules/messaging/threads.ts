import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { Mention, Thread } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberActor } from '../../kernel/actor.js'
import type { Clock } from '../../kernel/clock.js'
import type { MemberRead, MemberWrite } from '../../kernel/context.js'
import { type Queryable, snapshot, type Tx } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import type { Changes } from '../../kernel/feeds/changes.js'
import { readGeneration } from '../../kernel/feeds/read.js'
import { readAccess } from './feed-store.js'
import { requireConversation } from './gate.js'
import { findMessage, toMessage } from './message-store.js'
import type { Place } from './store.js'
import { claimRenewal, renewClaimed } from './tallies.js'
import * as store from './thread-store.js'

// Replies are messages of the conversation that name their root (docs/decisions/0016).

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

/** A reply that is about to be written: everything decided before the feeds are locked. */
export interface Reply {
  root: number
  /** Who follows from now on and did not before; their feeds are to be locked with the conversation’s. */
  joining: string[]
  /** The root’s summary is renewed in this transaction. */
  renews: boolean
}

/**
 * Decides about a reply before any feed is locked: its root must be there to be answered, and whoever writes, is named or
 * wrote the root follows the thread.
 *
 * @throws AppError `root_not_found`
 */
export async function prepareReply(
  { db, actor, clock }: { db: Tx; actor: MemberActor; clock: Clock },
  place: Place,
  { root, mentions }: { root: number; mentions: readonly Mention[] },
): Promise<Reply> {
  const { tenantId, memberId } = actor
  const message = await requireRoot(db, tenantId, place, root)
  const named = mentions.map(({ principal }) => principal).filter((principal) => principal !== 'all')
  const wanted = [...new Set([memberId, message.sender, ...named])].slice(0, limits.membersPerCall)
  const found = await store.followersAmong(db, tenantId, place.id, root, wanted)
  const joining = found
    // Whoever wrote the root and left the thread is not brought back by each reply.
    .filter(({ member, following }) =>
      following === null ? true : !following && (member === memberId || named.includes(member)),
    )
    .map(({ member }) => member)
  const renews = await claimRenewal(db, clock, { tenantId, conversation: place.id, seq: root })
  return { root, joining, renews }
}

/** After the reply is in the log: counts it, and lets those follow who are to. The caller holds all their feeds. */
export async function noteReply(
  { db, changes, tenantId }: { db: Tx; changes: Changes; tenantId: string },
  conversation: string,
  { root, joining, renews }: Reply,
  reply: { seq: number; sender: string; sentAt: string },
): Promise<void> {
  await store.addReply(db, tenantId, conversation, root, reply)
  // Whoever writes has read what was said before; to whoever is named this reply is new, to the root’s author all of it.
  await store.follow(
    db,
    tenantId,
    conversation,
    root,
    joining.map((member) => ({ member, readSeq: member === reply.sender ? reply.seq : reply.seq - 1 })),
  )
  for (const member of joining) changes.put(member, 'thread', `${conversation}:${root}`)
  if (renews) await renewClaimed(db, changes, { tenantId, conversation, seq: root })
}

/** The message that a thread hangs on: neither a reply itself nor a line of the system; gone only where others answered before. */
async function requireRoot(on: Queryable, tenantId: string, place: Place, root: number) {
  const message = root > place.fromSeq ? await findMessage(on, tenantId, place.id, root) : undefined
  if (!message || message.kind === 'system' || message.root !== null) throw fail('root_not_found')
  if (message.state !== 'sent' && !(await store.threadExists(on, tenantId, place.id, root)))
    throw fail('root_not_found')
  return message
}

export async function followThread(
  ctx: MemberWrite,
  { conversation, root, follow }: Input<typeof ops.followThread>,
): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireConversation(ctx, conversation, 'keepMine')
  await requireRoot(ctx.db, tenantId, place, root)
  await ctx.changes.lock(tenantId, [memberId])
  const id = `${conversation}:${root}`
  const [before] = await store.followersAmong(ctx.db, tenantId, conversation, root, [memberId])
  if ((before?.following ?? false) === follow) return {}
  if (follow) {
    // What was said before somebody follows is not new to them.
    await store.follow(ctx.db, tenantId, conversation, root, [{ member: memberId, readSeq: place.lastSeq }])
    ctx.changes.put(memberId, 'thread', id)
  } else {
    await store.unfollow(ctx.db, tenantId, memberId, conversation, root)
    ctx.changes.remove(memberId, 'thread', id)
  }
  return {}
}

export async function markThreadRead(
  ctx: MemberWrite,
  { conversation, root, seq }: Input<typeof ops.markThreadRead>,
): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireConversation(ctx, conversation, 'keepMine')
  await ctx.changes.lock(tenantId, [memberId])
  if (await store.advance(ctx.db, tenantId, memberId, conversation, root, Math.min(seq, place.lastSeq)))
    ctx.changes.put(memberId, 'thread', `${conversation}:${root}`)
  return {}
}

export function listReplies(ctx: MemberRead, { conversation, root, before, limit }: Input<typeof ops.listReplies>) {
  const { actor } = ctx
  return snapshot(ctx.db, async (tx) => {
    const place = await requireConversation({ ...ctx, db: tx }, conversation, 'read')
    const access = (await readAccess(tx, actor, [conversation])).get(conversation)
    if (!access) throw fail('not_found')
    const { generation } = await readGeneration(tx)
    const range = { above: place.fromSeq, before }
    const found = await store.listReplies(tx, actor.tenantId, conversation, root, range, limit + 1)
    const page = found.slice(0, limit).reverse()
    return {
      view: `${generation}/${access.view}`,
      rev: place.rev,
      messages: page.map((message) => ({ rev: message.rev, object: toMessage(message) })),
      floor: found[limit]?.seq ?? 0,
    }
  })
}

export function listThreads(ctx: MemberRead, { unread, cursor, limit }: Input<typeof ops.listThreads>) {
  return snapshot(ctx.db, async (tx) => {
    const found = await store.listFollowed(tx, ctx.actor, unread, readCursor(cursor), limit + 1)
    const items = await withRoots(tx, ctx.actor, found.slice(0, limit))
    const last = items.at(-1)
    const next = found.length > limit && last ? `${last.summary.lastAt} ${last.conversation} ${last.root}` : null
    return { items, next }
  })
}

export function listTopics(ctx: MemberRead, { conversation, cursor, limit }: Input<typeof ops.listTopics>) {
  return snapshot(ctx.db, async (tx) => {
    await requireConversation({ ...ctx, db: tx }, conversation, 'read')
    const before = cursor === null ? null : Number(cursor)
    if (before !== null && !Number.isSafeInteger(before)) throw fail('invalid_input', { path: 'cursor', reason: '' })
    const found = await store.listTopics(tx, ctx.actor, conversation, before, limit + 1)
    const items = await withRoots(tx, ctx.actor, found.slice(0, limit))
    const last = items.at(-1)
    return { items, next: found.length > limit && last ? String(last.summary.lastSeq) : null }
  })
}

async function withRoots(on: Queryable, actor: MemberActor, found: store.ThreadRow[]): Promise<Thread[]> {
  const roots = await store.rootMessages(
    on,
    actor,
    found.map(({ conversation, root }) => ({ conversation, seq: root })),
  )
  const byPlace = new Map(
    roots.map(({ conversation, ...message }) => [`${conversation}:${message.seq}`, toMessage(message)]),
  )
  return found.map(({ replies, lastSeq, lastAt, members, ...thread }) => ({
    ...thread,
    message: byPlace.get(`${thread.conversation}:${thread.root}`) ?? null,
    summary: { replies, lastSeq, lastAt, members },
  }))
}

function readCursor(cursor: string | null): { at: string; conversation: string; root: number } | null {
  if (cursor === null) return null
  const [at, conversation, root] = cursor.split(' ')
  if (!at || !conversation || !Number.isSafeInteger(Number(root)) || Number.isNaN(Date.parse(at)))
    throw fail('invalid_input', { path: 'cursor', reason: '' })
  return { at, conversation, root: Number(root) }
}
