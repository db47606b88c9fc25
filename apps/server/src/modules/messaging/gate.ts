import type { ConversationAction } from '@heyi/contract/permissions'
import type { MemberActor } from '../../kernel/actor.js'
import type { AnyCtx, MemberWrite } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { may } from '../../kernel/may.js'
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
