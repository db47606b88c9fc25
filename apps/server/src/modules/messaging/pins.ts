import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/messaging'
import type { Pins } from '@heyi/contract/messaging'
import type { z } from 'zod'
import type { MemberWrite } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { may } from '../../kernel/may.js'
import { requireConversation } from './gate.js'
import { findMessage } from './message-store.js'
import * as store from './pin-store.js'

type Input<O extends { input: z.ZodType }> = z.output<O['input']>

/** In a direct conversation either of the two; in a group those who run it. */
export async function pinMessage(
  ctx: MemberWrite,
  { conversation, seq, pinned }: Input<typeof ops.pinMessage>,
): Promise<Pins> {
  const { tenantId, memberId } = ctx.actor
  const place = await requireConversation(ctx, conversation, 'read')
  if (place.kind === 'group' && !may(place.role, 'pinForAll')) throw fail('not_allowed')
  if (place.dissolved) throw fail('conversation_closed')
  ctx.changes.see(conversation, place.epoch)
  await ctx.changes.lock(tenantId, [conversation])
  if (pinned) {
    const message = seq > place.fromSeq ? await findMessage(ctx.db, tenantId, conversation, seq) : undefined
    if (!message || message.kind === 'system') throw fail('not_found')
    if (message.state !== 'sent') throw fail('message_gone')
    if ((await store.countPins(ctx.db, tenantId, conversation)) >= limits.pinsPerConversation)
      throw fail('too_many_pins', { limit: limits.pinsPerConversation })
  }
  const changed = pinned
    ? await store.addPin(ctx.db, tenantId, conversation, { seq, by: memberId, at: ctx.clock.now() })
    : await store.removePin(ctx.db, tenantId, conversation, seq)
  if (changed) ctx.changes.put(conversation, 'pins', conversation)
  const loaded = await store.loadPins(ctx.db, tenantId, [{ feed: conversation, id: conversation }])
  return loaded.get(`${conversation} ${conversation}`) ?? { items: [] }
}
