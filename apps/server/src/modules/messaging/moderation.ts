import type * as ops from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberRead, MemberWrite } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { changeOf, expel } from './conversations.js'
import { requireByHand, requireConversation, requireGroup } from './gate.js'
import type { Doors } from './index.js'
import * as links from './link-store.js'
import * as store from './moderation-store.js'
import { requireActsOn } from './rules.js'
import { rolesOf } from './store.js'

// Muting one member and banning, by those who run a group. A mute is told to nobody but the one concerned, by their
// membership: made public it would shame, and where it ends by itself there would be two lines for nothing.

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

export async function silenceMember(
  ctx: MemberWrite,
  { conversation, member, seconds }: Input<typeof ops.silenceMember>,
): Promise<{ until: string | null }> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireGroup(ctx, conversation, 'silence')
  const [found] = await rolesOf(ctx.db, tenantId, conversation, [member])
  if (!found) throw fail('not_found')
  // Whoever runs the group speaks even while all are muted: they are made a member first.
  if (found.role !== 'member') throw fail('not_allowed')
  requireActsOn({ id: memberId, role: place.role }, found)
  await ctx.changes.lock(tenantId, [conversation, member])
  const until = seconds === null ? null : new Date(ctx.clock.ms() + seconds * 1000).toISOString()
  await store.saveSilence(ctx.db, tenantId, conversation, { member, until, by: memberId, at: ctx.clock.now() })
  tell(ctx, conversation, member)
  return { until }
}

export async function endSilence(
  ctx: MemberWrite,
  { conversation, member }: Input<typeof ops.endSilence>,
): Promise<Record<string, never>> {
  const { tenantId } = ctx.actor
  await requireGroup(ctx, conversation, 'silence')
  if ((await rolesOf(ctx.db, tenantId, conversation, [member])).length === 0) throw fail('not_found')
  await ctx.changes.lock(tenantId, [conversation, member])
  if (await store.deleteSilence(ctx.db, tenantId, conversation, [member])) tell(ctx, conversation, member)
  return {}
}

/** Their devices learn of it; and what is being sent is decided anew. */
function tell({ changes }: MemberWrite, conversation: string, member: string): void {
  changes.put(member, 'membership', conversation)
  changes.put(conversation, 'members', conversation)
  changes.newEpoch(conversation)
}

/** The group hears that somebody was removed, as of any removal; that they may not come back is for those who run it. */
export async function banMember(
  ctx: MemberWrite,
  doors: Doors,
  { conversation, member }: Input<typeof ops.banMember>,
): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireGroup(ctx, conversation, 'ban')
  requireByHand(place)
  await doors.directory.requireColleagues(ctx.db, tenantId, [member])
  const [found] = await rolesOf(ctx.db, tenantId, conversation, [member])
  requireActsOn({ id: memberId, role: place.role }, found ?? { id: member, role: 'member' })
  await ctx.changes.lock(tenantId, [conversation, member])
  await store.insertBan(ctx.db, tenantId, conversation, { member, by: memberId, at: ctx.clock.now() })
  await links.deleteRequests(ctx.db, tenantId, conversation, [member])
  if (found) {
    await expel(changeOf(ctx), conversation, memberId, [member])
  } else {
    // Whoever adds them at this moment decides anew.
    ctx.changes.put(conversation, 'members', conversation)
    ctx.changes.newEpoch(conversation)
  }
  return {}
}

export async function liftBan(
  ctx: MemberWrite,
  { conversation, member }: Input<typeof ops.liftBan>,
): Promise<Record<string, never>> {
  const { tenantId } = ctx.actor
  await requireGroup(ctx, conversation, 'ban')
  await ctx.changes.lock(tenantId, [conversation])
  if (!(await store.deleteBans(ctx.db, tenantId, conversation, [member]))) throw fail('not_found')
  return {}
}

export async function listBanned(ctx: MemberRead, { conversation, cursor, limit }: Input<typeof ops.listBanned>) {
  await requireConversation(ctx, conversation, 'ban')
  const found = await store.listBans(ctx.db, ctx.actor.tenantId, conversation, readCursor(cursor), limit + 1)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: found.length > limit && last ? `${last.at} ${last.member}` : null }
}

function readCursor(cursor: string | null): { at: string; member: string } | null {
  if (cursor === null) return null
  const [at, member] = cursor.split(' ')
  if (!at || !member || Number.isNaN(Date.parse(at))) throw fail('invalid_input', { path: 'cursor', reason: '' })
  return { at, member }
}
