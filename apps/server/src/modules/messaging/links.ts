import { createHash } from 'node:crypto'
import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { GroupLink } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberActor } from '../../kernel/actor.js'
import type { AnyCtx, Kernel, MemberRead, MemberWrite } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { newId, newSecret } from '../../kernel/ids.js'
import { may } from '../../kernel/may.js'
import { changeOf, join, requireRoom, say } from './conversations.js'
import { requireByHand, requireConversation, requireGroup } from './gate.js'
import type { Doors } from './index.js'
import * as links from './link-store.js'
import { bannedAmong } from './moderation-store.js'
import { isOpenLink, mayMakeLink } from './rules.js'
import * as store from './store.js'

// Links by which colleagues join a group, and those who wait to be let in. A link is as good as its maker: it opens as
// long as whoever made it may still make one.

type Input<O extends { input: z.ZodType }> = z.output<O['input']>
type Output<O extends { output: z.ZodType }> = z.input<O['output']>

const digest = (token: string): Buffer => createHash('sha256').update(token).digest()

const toLink = (
  kernel: Kernel,
  { id, token, approval, createdBy, createdAt, expiresAt }: links.LinkRow,
): GroupLink => ({
  id,
  url: `${kernel.publicUrl()}/group/join/${token}`,
  approval,
  createdBy,
  createdAt,
  expiresAt,
})

export async function createGroupLink(ctx: MemberWrite, input: Input<typeof ops.createGroupLink>): Promise<GroupLink> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireGroup(ctx, input.conversation, 'makeLink')
  if (!mayMakeLink(place.role, place)) throw fail('not_allowed')
  requireByHand(place)
  // Held, so that links are counted one after the other.
  await ctx.changes.lock(tenantId, [place.id])
  const now = ctx.clock.now()
  const open = await links.listOpenLinks(ctx.db, tenantId, place.id, now, limits.groupLinks)
  if (open.length >= limits.groupLinks) throw fail('too_many_links', { limit: limits.groupLinks })
  const token = newSecret()
  const link: links.LinkRow = {
    id: newId('lnk', ctx.clock.ms()),
    conversation: place.id,
    token,
    approval: input.approval,
    createdBy: memberId,
    createdAt: now,
    expiresAt: new Date(ctx.clock.ms() + input.expiresInHours * 3_600_000).toISOString(),
    revokedAt: null,
    makerRole: place.role,
  }
  await links.insertLink(ctx.db, tenantId, link, digest(token))
  return toLink(ctx.kernel, link)
}

export async function listGroupLinks(ctx: MemberRead, { conversation }: Input<typeof ops.listGroupLinks>) {
  const { tenantId, memberId } = ctx.actor
  const place = await requireConversation(ctx, conversation, 'read')
  const open = await links.listOpenLinks(ctx.db, tenantId, conversation, ctx.clock.now(), limits.groupLinks)
  const shown = open.filter(
    (link) => isOpenLink(link, place, ctx.clock.now()) && (link.createdBy === memberId || may(place.role, 'keepLinks')),
  )
  return { items: shown.map((link) => toLink(ctx.kernel, link)) }
}

export async function revokeGroupLink(
  ctx: MemberWrite,
  { conversation, link: id }: Input<typeof ops.revokeGroupLink>,
): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireConversation(ctx, conversation, 'read')
  const by = may(place.role, 'keepLinks') ? null : memberId
  ctx.changes.see(conversation, place.epoch)
  await ctx.changes.lock(tenantId, [conversation])
  if (!(await links.revokeLink(ctx.db, tenantId, { conversation, id, by }, ctx.clock.now()))) throw fail('not_found')
  return {}
}

/** The link and its group, for a colleague; a link of another company is none. */
async function requireLink(
  ctx: AnyCtx<MemberActor>,
  token: string,
): Promise<{ link: links.LinkRow; group: store.GroupFacts }> {
  const { tenantId } = ctx.actor
  const link = await links.findLink(ctx.db, tenantId, digest(token))
  const group = link && (await store.findGroup(ctx.db, tenantId, link.conversation))
  if (!link || !group) throw fail('not_found')
  return { link, group }
}

function requireOpen({ link, group }: { link: links.LinkRow; group: store.GroupFacts }, now: string): void {
  if (group.dissolved) throw fail('conversation_closed')
  if (!isOpenLink(link, group, now)) throw fail('link_invalid')
}

/** @throws AppError `banned` */
async function requireWelcome(ctx: AnyCtx<MemberActor>, group: string): Promise<void> {
  const { tenantId, memberId } = ctx.actor
  if ((await bannedAmong(ctx.db, tenantId, group, [memberId])).length > 0) throw fail('banned')
}

export async function getGroupLink(
  ctx: MemberRead,
  { token }: Input<typeof ops.getGroupLink>,
): Promise<Output<typeof ops.getGroupLink>> {
  const { tenantId, memberId } = ctx.actor
  const found = await requireLink(ctx, token)
  requireOpen(found, ctx.clock.now())
  const { link, group } = found
  await requireWelcome(ctx, group.id)
  const inIt = await store.findPlace(ctx.db, tenantId, memberId, group.id)
  const asks = inIt ? undefined : await links.findRequest(ctx.db, tenantId, group.id, { member: memberId })
  return {
    conversation: group.id,
    name: group.name,
    count: await store.countMembers(ctx.db, tenantId, group.id),
    invitedBy: link.createdBy,
    approval: link.approval,
    expiresAt: link.expiresAt,
    state: inIt ? 'joined' : asks ? 'waiting' : 'open',
  }
}

export async function joinByLink(
  ctx: MemberWrite,
  { token }: Input<typeof ops.joinByLink>,
): Promise<Output<typeof ops.joinByLink>> {
  const { tenantId, memberId } = ctx.actor
  const { group } = await requireLink(ctx, token)
  ctx.changes.see(group.id, group.epoch)
  await ctx.changes.lock(tenantId, [group.id, memberId])
  // Read again under the lock: it may just have been revoked.
  const found = await requireLink(ctx, token)
  requireOpen(found, ctx.clock.now())
  await requireWelcome(ctx, group.id)
  const { link } = found
  const conversation = group.id
  if (await store.findPlace(ctx.db, tenantId, memberId, conversation)) return { conversation, waiting: false }
  if (link.approval) {
    await ask(ctx, conversation, link.createdBy)
    return { conversation, waiting: true }
  }
  await letIn(ctx, group, { member: memberId, invitedBy: link.createdBy })
  return { conversation, waiting: false }
}

async function ask(ctx: MemberWrite, conversation: string, invitedBy: string): Promise<void> {
  const { tenantId, memberId: member } = ctx.actor
  const waiting = await links.listRequests(ctx.db, tenantId, conversation, limits.groupJoinRequests)
  if (waiting.some((request) => request.member === member)) return
  if (waiting.length >= limits.groupJoinRequests) throw fail('too_many_join_requests')
  const request = { id: newId('joi', ctx.clock.ms()), member, invitedBy, createdAt: ctx.clock.now() }
  await links.insertRequest(ctx.db, tenantId, conversation, request)
  ctx.changes.put(conversation, 'members', conversation)
}

async function letIn(
  ctx: MemberWrite,
  group: Pick<store.Place, 'id' | 'historyVisible'>,
  { member, invitedBy }: { member: string; invitedBy: string },
): Promise<void> {
  await requireRoom(ctx, group.id, 1)
  const change = changeOf(ctx)
  await join(change, group, [member])
  await say(change, group.id, member, { event: 'joined_by_link', principals: [invitedBy] })
}

export async function listGroupJoinRequests(
  ctx: MemberRead,
  { conversation }: Input<typeof ops.listGroupJoinRequests>,
): Promise<Output<typeof ops.listGroupJoinRequests>> {
  await requireConversation(ctx, conversation, 'letIn')
  return { items: await links.listRequests(ctx.db, ctx.actor.tenantId, conversation, limits.groupJoinRequests) }
}

export async function decideGroupJoinRequest(
  ctx: MemberWrite,
  doors: Doors,
  { conversation, request: id, accept }: Input<typeof ops.decideGroupJoinRequest>,
): Promise<Record<string, never>> {
  const { tenantId } = ctx.actor
  const place = await requireGroup(ctx, conversation, 'letIn')
  const asked = await links.findRequest(ctx.db, tenantId, conversation, { id })
  if (!asked) throw fail('not_found')
  if (accept) await doors.directory.requireColleagues(ctx.db, tenantId, [asked.member])
  await ctx.changes.lock(tenantId, [conversation, ...(accept ? [asked.member] : [])])
  // Two may decide at once: the first counts.
  if (!(await links.deleteRequests(ctx.db, tenantId, conversation, [asked.member]))) throw fail('not_found')
  if (accept) await letIn(ctx, place, asked)
  else ctx.changes.put(conversation, 'members', conversation)
  return {}
}
