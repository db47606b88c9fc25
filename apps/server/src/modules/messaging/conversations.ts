import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type {
  addMembers as addMembersOp,
  Conversation,
  Members,
  Membership,
  ReceiptMode,
  SystemBody,
} from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberActor } from '../../kernel/actor.js'
import type { AnyCtx, MemberRead, MemberWrite } from '../../kernel/context.js'
import type { Tx } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import type { Changes } from '../../kernel/feeds/changes.js'
import { newId } from '../../kernel/ids.js'
import { may } from '../../kernel/may.js'
import { keepName } from './department-store.js'
import * as feeds from './feed-store.js'
import { requireByHand, requireConversation, requireGroup, requireNotSilenced } from './gate.js'
import type { Doors } from './index.js'
import * as links from './link-store.js'
import { insertMessage } from './message-store.js'
import { bannedAmong, deleteBans, deleteSilence } from './moderation-store.js'
import { greetLater } from './newcomers.js'
import { requireActsOn, toSilence } from './rules.js'
import * as store from './store.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

/** The transaction in which a conversation changes, for an operation of a member or for a job. */
export interface Change {
  db: Tx
  changes: Changes
  tenantId: string
  now: string
}

export const changeOf = (ctx: MemberWrite): Change => ({
  db: ctx.db,
  changes: ctx.changes,
  tenantId: ctx.actor.tenantId,
  now: ctx.clock.now(),
})

export async function openDirect(ctx: MemberWrite, doors: Doors, input: Input<typeof ops.openDirect>) {
  const { tenantId, memberId } = ctx.actor
  if (input.with === memberId) throw fail('not_found')
  await doors.directory.requireColleagues(ctx.db, tenantId, [input.with])
  const directKey = [memberId, input.with].sort().join(' ')
  const id = newId('con', ctx.clock.ms())
  const found = await store.findDirect(ctx.db, tenantId, directKey)
  if (found) return opened(ctx, found)
  const made = await store.insertConversation(ctx.db, tenantId, {
    id,
    kind: 'direct',
    name: '',
    owner: null,
    directKey,
    historyVisible: true,
    external: false,
    createdAt: ctx.clock.now(),
  })
  // Both opened it at the same moment: the other’s is there now.
  if (!made) return opened(ctx, (await store.findDirect(ctx.db, tenantId, directKey)) ?? id)
  await begin(changeOf(ctx), id, [
    { member: memberId, role: 'member' },
    { member: input.with, role: 'member' },
  ])
  return opened(ctx, id)
}

export async function createGroup(ctx: MemberWrite, doors: Doors, input: Input<typeof ops.createGroup>) {
  const { tenantId, memberId } = ctx.actor
  const others = [...new Set(input.members)].filter((member) => member !== memberId)
  await doors.directory.requireColleagues(ctx.db, tenantId, others)
  const id = newId('con', ctx.clock.ms())
  await store.insertConversation(ctx.db, tenantId, {
    id,
    kind: 'group',
    name: input.name,
    owner: memberId,
    directKey: null,
    historyVisible: input.historyVisible ?? false,
    external: false,
    createdAt: ctx.clock.now(),
  })
  await begin(changeOf(ctx), id, [
    { member: memberId, role: 'owner' },
    ...others.map((member) => ({ member, role: 'member' as const })),
  ])
  await say(changeOf(ctx), id, memberId, { event: 'created', principals: others.slice(0, 10), count: others.length })
  return opened(ctx, id)
}

/** Makes the feed of a new conversation and puts its first members in, who see all of it. */
export async function begin(
  { db, changes, tenantId, now }: Change,
  id: string,
  members: { member: string; role: 'owner' | 'member' }[],
): Promise<void> {
  await changes.create(tenantId, id)
  await changes.lock(
    tenantId,
    members.map((m) => m.member),
  )
  changes.put(id, 'conversation', id)
  const view = changes.put(id, 'members', id)
  changes.newEpoch(id)
  await store.insertMemberships(
    db,
    tenantId,
    id,
    members.map(({ member, role }) => ({ member, role, view, fromSeq: 0, readSeq: view })),
    now,
  )
  for (const { member } of members) changes.put(member, 'membership', id)
}

/** Writes a line of the system into the conversation; the feed is locked. */
export async function say(
  { db, changes, tenantId, now }: Change,
  conversation: string,
  sender: string,
  body: SystemBody,
  receipt?: ReceiptMode,
): Promise<number> {
  const seq = changes.next(conversation)
  await insertMessage(db, tenantId, conversation, {
    seq,
    sender,
    key: `system-${seq}`,
    kind: 'system',
    body,
    quote: null,
    sentAt: now,
    ...(receipt && { receipt }),
  })
  changes.message(
    conversation,
    seq,
    seq,
    { seq, sender, kind: 'system', body, quote: null, state: 'sent', sentAt: now, ...(receipt && { receipt }) },
    now,
  )
  return seq
}

async function opened(
  ctx: MemberWrite,
  id: string,
): Promise<{ conversation: Conversation; membership: Membership; rev: number }> {
  const { conversation, membership } = await getConversation(ctx, { conversation: id })
  const place = await requireConversation(ctx, id, 'read')
  return { conversation, membership, rev: place.rev }
}

export async function getConversation(
  ctx: AnyCtx<MemberActor>,
  input: Input<typeof ops.getConversation>,
): Promise<{ conversation: Conversation; members: Members; membership: Membership }> {
  const { tenantId, memberId } = ctx.actor
  await requireConversation(ctx, input.conversation, 'read')
  const { kinds } = ctx.kernel
  const own = [{ feed: input.conversation, id: input.conversation }]
  const mine = [{ feed: memberId, id: input.conversation }]
  const conversation = (await feeds.loadConversations(ctx.db, tenantId, own)).get(
    `${input.conversation} ${input.conversation}`,
  )
  const members = (await feeds.loadMembers(ctx.db, tenantId, own)).get(`${input.conversation} ${input.conversation}`)
  const membership = (await kinds.of('mem_')?.objects.membership?.(ctx.db, tenantId, mine))?.get(
    `${memberId} ${input.conversation}`,
  )
  if (!conversation || !members || !membership) throw fail('not_found')
  return { conversation, members, membership: membership as Membership }
}

export async function listMembers(ctx: MemberRead, input: Input<typeof ops.listMembers>) {
  const place = await requireConversation(ctx, input.conversation, 'read')
  const found = await store.listMembers(
    ctx.db,
    ctx.actor.tenantId,
    input.conversation,
    readCursor(input.cursor),
    input.limit,
    input.only ?? null,
  )
  const last = found.length === input.limit ? found.at(-1) : undefined
  // Silent to the others: a mute concerns the one and those who made it.
  const runs = may(place.role, 'silence')
  const nowMs = ctx.clock.ms()
  return {
    items: found.map(({ rank: _rank, silencedUntil, ...member }) => ({
      ...member,
      silenced: runs && silencedUntil !== null && silencedUntil > nowMs ? toSilence(silencedUntil) : null,
    })),
    next: last ? `${last.rank} ${last.joinedAt} ${last.id}` : null,
  }
}

function readCursor(cursor: string | null): { rank: number; joinedAt: string; id: string } | null {
  if (cursor === null) return null
  const [rank, joinedAt, id] = cursor.split(' ')
  if (!/^[123]$/.test(rank ?? '') || joinedAt === undefined || Number.isNaN(Date.parse(joinedAt)) || id === undefined)
    throw fail('invalid_input', { path: 'cursor', reason: '' })
  return { rank: Number(rank), joinedAt, id }
}

export async function updateGroup(ctx: MemberWrite, input: Input<typeof ops.updateGroup>): Promise<Conversation> {
  const { conversation: id, name, muteAll, historyVisible, memberLinks } = input
  const configures = muteAll !== undefined || historyVisible !== undefined || memberLinks !== undefined
  const place = await requireGroup(ctx, id, configures ? 'configure' : 'rename')
  requireNotSilenced(place, ctx.clock)
  const change = changeOf(ctx)
  await ctx.changes.lock(change.tenantId, [id])
  // From here on it bears a name of its own.
  if (name !== undefined && place.department) await keepName(ctx.db, change.tenantId, id)
  await store.updateConversation(ctx.db, change.tenantId, id, { name, muteAll, historyVisible, memberLinks })
  ctx.changes.put(id, 'conversation', id)
  if (name !== undefined) await say(change, id, ctx.actor.memberId, { event: 'renamed', name })
  if (muteAll !== undefined && muteAll !== place.muteAll) {
    await say(change, id, ctx.actor.memberId, { event: muteAll ? 'muted_all' : 'unmuted_all' })
    ctx.changes.newEpoch(id)
  }
  // Who may join by a link was decided by this.
  if (memberLinks !== undefined && memberLinks !== place.memberLinks) ctx.changes.newEpoch(id)
  return (await getConversation(ctx, { conversation: id })).conversation
}

export async function addMembers(ctx: MemberWrite, doors: Doors, input: Input<typeof addMembersOp>): Promise<Members> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireGroup(ctx, input.conversation, 'addMembers')
  requireByHand(place)
  const wanted = [...new Set(input.members)]
  await doors.directory.requireColleagues(ctx.db, tenantId, wanted)
  const here = new Set((await store.rolesOf(ctx.db, tenantId, input.conversation, wanted)).map((m) => m.id))
  const joining = wanted.filter((member) => !here.has(member))
  const change = changeOf(ctx)
  if (joining.length > 0) {
    await requireRoom(ctx, place.id, joining.length)
    await requireNotBanned(ctx, place, joining)
    await join(change, place, joining)
    await say(change, place.id, memberId, { event: 'added', principals: joining.slice(0, 10), count: joining.length })
  }
  return (await getConversation(ctx, { conversation: input.conversation })).members
}

/**
 * Whoever runs the group may bring back whom it banned: that lifts the ban, once they are in.
 *
 * @throws AppError `member_banned`
 */
async function requireNotBanned(ctx: MemberWrite, place: store.Place, joining: string[]): Promise<void> {
  if (may(place.role, 'ban')) return
  const banned = await bannedAmong(ctx.db, ctx.actor.tenantId, place.id, joining)
  if (banned.length > 0) throw fail('member_banned', { members: banned })
}

/** @throws AppError `too_many_members` */
export async function requireRoom(ctx: MemberWrite, conversation: string, joining: number): Promise<void> {
  const count = await store.countMembers(ctx.db, ctx.actor.tenantId, conversation)
  if (count + joining > limits.groupMembers) throw fail('too_many_members', { limit: limits.groupMembers })
}

/** Puts people into a conversation: with its history where that is shown, else from here on. They ask no longer. */
export async function join(
  { db, changes, tenantId, now }: Change,
  place: Pick<store.Place, 'id' | 'historyVisible'>,
  joining: string[],
): Promise<void> {
  await changes.lock(tenantId, [place.id, ...joining])
  await links.deleteRequests(db, tenantId, place.id, joining)
  await deleteBans(db, tenantId, place.id, joining)
  const view = changes.put(place.id, 'members', place.id)
  changes.newEpoch(place.id)
  const fromSeq = place.historyVisible ? 0 : view
  await store.insertMemberships(
    db,
    tenantId,
    place.id,
    joining.map((member) => ({ member, role: 'member', view, fromSeq, readSeq: view })),
    now,
  )
  for (const member of joining) changes.put(member, 'membership', place.id)
  await greetLater({ db, tenantId, now }, place.id, joining)
}

export async function removeMembers(ctx: MemberWrite, input: Input<typeof ops.removeMembers>): Promise<Members> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireGroup(ctx, input.conversation, 'removeMember')
  requireByHand(place)
  const found = await store.rolesOf(ctx.db, tenantId, input.conversation, [...new Set(input.members)])
  for (const one of found) requireActsOn({ id: memberId, role: place.role }, one)
  const leaving = found.map((m) => m.id)
  if (leaving.length > 0) await expel(changeOf(ctx), place.id, memberId, leaving)
  return (await getConversation(ctx, { conversation: input.conversation })).members
}

/** Takes people out of a group, which is told of it. */
export async function expel(change: Change, conversation: string, by: string, leaving: string[]): Promise<void> {
  await leave(change, conversation, leaving)
  await say(change, conversation, by, { event: 'removed', principals: leaving.slice(0, 10), count: leaving.length })
}

/** Takes people out: from here on nothing of the conversation is theirs, and their devices drop what they hold. */
export async function leave({ db, changes, tenantId }: Change, conversation: string, leaving: string[]): Promise<void> {
  await changes.lock(tenantId, [conversation, ...leaving])
  const rev = changes.put(conversation, 'members', conversation)
  changes.newEpoch(conversation)
  await store.endMemberships(
    db,
    tenantId,
    conversation,
    leaving.map((member) => ({ member, rev })),
  )
  for (const member of leaving) {
    changes.remove(member, 'membership', conversation)
    changes.remove(member, 'draft', conversation)
  }
}

export async function leaveConversation(
  ctx: MemberWrite,
  input: Input<typeof ops.leaveConversation>,
): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireConversation(ctx, input.conversation, 'read')
  if (place.kind !== 'group') throw fail('not_allowed')
  requireByHand(place)
  // The last one out needs nobody to hand it to, and a dissolved group needs no owner.
  const alone = (await store.countMembers(ctx.db, tenantId, place.id)) === 1
  if (place.role === 'owner' && !place.dissolved && !alone) throw fail('owner_must_transfer')
  ctx.changes.see(place.id, place.epoch)
  await leave(changeOf(ctx), place.id, [memberId])
  await say(changeOf(ctx), place.id, memberId, { event: 'left' })
  return {}
}

export async function transferOwnership(
  ctx: MemberWrite,
  input: Input<typeof ops.transferOwnership>,
): Promise<Conversation> {
  const { memberId } = ctx.actor
  const place = await requireGroup(ctx, input.conversation, 'transfer')
  requireByHand(place)
  if (input.to === memberId) throw fail('not_found')
  await requireMembers(ctx, place.id, [input.to])
  await makeOwner(changeOf(ctx), place.id, memberId, input.to)
  return (await getConversation(ctx, { conversation: place.id })).conversation
}

/** Gives a group to another of its members; the one before stays as a member. */
export async function makeOwner(change: Change, conversation: string, from: string, to: string): Promise<void> {
  const { db, changes, tenantId } = change
  await changes.lock(tenantId, [conversation, from, to])
  await store.updateConversation(db, tenantId, conversation, { owner: to })
  await deleteSilence(db, tenantId, conversation, [to])
  await store.setRoles(db, tenantId, conversation, [
    { member: from, role: 'member' },
    { member: to, role: 'owner' },
  ])
  changes.put(conversation, 'conversation', conversation)
  changes.put(conversation, 'members', conversation)
  for (const member of [from, to]) changes.put(member, 'membership', conversation)
  await say(change, conversation, from, { event: 'transferred', principals: [to] })
  changes.newEpoch(conversation)
}

export async function setAdmin(ctx: MemberWrite, input: Input<typeof ops.setAdmin>): Promise<Members> {
  const place = await requireGroup(ctx, input.conversation, 'setAdmin')
  const { tenantId, memberId } = ctx.actor
  if (input.member === memberId) throw fail('not_allowed')
  await requireMembers(ctx, place.id, [input.member])
  await ctx.changes.lock(tenantId, [place.id, input.member])
  await store.setRoles(ctx.db, tenantId, place.id, [{ member: input.member, role: input.admin ? 'admin' : 'member' }])
  // Nobody who runs a group is muted in it.
  if (input.admin) await deleteSilence(ctx.db, tenantId, place.id, [input.member])
  ctx.changes.put(place.id, 'members', place.id)
  ctx.changes.put(input.member, 'membership', place.id)
  await say(changeOf(ctx), place.id, memberId, {
    event: input.admin ? 'admin_set' : 'admin_unset',
    principals: [input.member],
  })
  ctx.changes.newEpoch(place.id)
  return (await getConversation(ctx, { conversation: place.id })).members
}

async function requireMembers(ctx: MemberWrite, conversation: string, members: string[]): Promise<void> {
  const found = await store.rolesOf(ctx.db, ctx.actor.tenantId, conversation, members)
  if (found.length < members.length) throw fail('not_found')
}
