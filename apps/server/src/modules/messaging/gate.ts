import type { ConversationAction } from '@heyi/contract/permissions'
import type { MemberActor } from '../../kernel/actor.js'
import type { Clock } from '../../kernel/clock.js'
import type { AnyCtx, MemberWrite } from '../../kernel/context.js'
import type { Queryable } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import { may } from '../../kernel/may.js'
import { sayingPlaces } from './notified-store.js'
import { whyMayNotSay } from './rules.js'
import { findPlace, type Place } from './store.js'

/**
 * The one way to a conversation: the caller’s place in it, if that lets them do this. A write remembers the epoch it
 * was decided under, so that it cannot commit after the place was lost.
 *
 * @throws AppError `not_found` for whoever is not in it, `not_allowed` where the place does not reach
 */
export async function requireConversation(
  ctx: AnyCtx<MemberActor>,
  conversation: string,
  action: ConversationAction,
): Promise<Place> {
  const place = await findPlace(ctx.db, ctx.actor.tenantId, ctx.actor.memberId, conversation)
  if (!place) throw fail('not_found')
  if (!may(place.role, action)) throw fail('not_allowed')
  return place
}

/** A group in which something is about to change: also not dissolved, and really a group. */
export async function requireGroup(ctx: MemberWrite, conversation: string, action: ConversationAction): Promise<Place> {
  const place = await requireConversation(ctx, conversation, action)
  if (place.kind !== 'group') throw fail('not_allowed')
  if (place.dissolved) throw fail('conversation_closed')
  ctx.changes.see(conversation, place.epoch)
  return place
}

/**
 * A group whose people come and go by hand.
 *
 * @throws AppError `group_automatic` for that of a department
 */
export function requireByHand({ department }: Pick<Place, 'department'>): void {
  if (department) throw fail('group_automatic')
}

/**
 * A conversation in which the caller is about to say something: also not dissolved, nor muted for them.
 *
 * @throws AppError `conversation_closed`, `muted`, `silenced`
 */
export async function requireOpen(ctx: MemberWrite, conversation: string): Promise<Place> {
  const place = await requireConversation(ctx, conversation, 'send')
  requireMaySay(place, ctx.clock)
  ctx.changes.see(conversation, place.epoch)
  return place
}

/**
 * Somebody in this place may say something now. Every way of sending asks here, or `whyMayNotSay` itself.
 *
 * @throws AppError `conversation_closed`, `muted`, `silenced`
 */
export function requireMaySay(place: Place, clock: Clock): void {
  const refusal = whyMayNotSay(place, clock.ms())
  if (refusal) throw refusal
}

/**
 * Whoever is muted alone does not go on by other means: emojis, nicknames, the group’s name.
 *
 * @throws AppError `silenced`
 */
export function requireNotSilenced(place: Place, clock: Clock): void {
  requireMaySay({ ...place, muteAll: false }, clock)
}

/** Of these members, those who may say something in these conversations at this moment, by `member conversation`. */
export async function whoMaySay(
  on: Queryable,
  tenantId: string,
  all: { member: string; conversation: string }[],
  nowMs: number,
): Promise<Set<string>> {
  const places = await sayingPlaces(on, tenantId, all)
  const open = places.filter((place) => whyMayNotSay(place, nowMs) === null)
  return new Set(open.map(({ member, conversation }) => `${member} ${conversation}`))
}
