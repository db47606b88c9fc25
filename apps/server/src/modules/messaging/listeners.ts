import type { Kernel } from '../../kernel/context.js'
import { writeTransaction } from '../../kernel/write.js'
import { memberRemoved } from '../directory/index.js'
import { type Change, leave, makeOwner, say } from './conversations.js'
import * as links from './link-store.js'
import { forgetModeration } from './moderation-store.js'
import * as store from './store.js'

/** Whoever leaves the company leaves its conversations: one whole transaction each, groups of theirs handed on first. */
export function listenForLeavers(kernel: Kernel): void {
  kernel.events.on(memberRemoved, 'messaging.leaveAll', async (tx, { tenantId, memberId }) => {
    for (const conversation of await store.conversationsOf(tx, tenantId, memberId))
      await leaveOne(kernel, tenantId, memberId, conversation.id)
    for (const conversation of await links.requestedBy(tx, tenantId, memberId))
      await askNoLonger(kernel, tenantId, memberId, conversation)
    await forgetModeration(tx, tenantId, memberId)
  })
}

function leaveOne(kernel: Kernel, tenantId: string, memberId: string, conversation: string): Promise<void> {
  return writeTransaction(kernel, async (db, changes) => {
    const change: Change = { db, changes, tenantId, now: kernel.clock.now() }
    const place = await store.findPlace(db, tenantId, memberId, conversation)
    // Another try of this job was here before.
    if (!place) return
    changes.see(conversation, place.epoch)
    // Whose a department’s group is follows the department.
    const heir =
      place.role === 'owner' && !place.department
        ? await store.nextOwner(db, tenantId, conversation, memberId)
        : undefined
    // All feeds at once: the order of locks is by id.
    await changes.lock(tenantId, [conversation, memberId, ...(heir ? [heir.id] : [])])
    if (heir) await makeOwner(change, conversation, memberId, heir.id)
    await leave(change, conversation, [memberId])
    await say(change, conversation, memberId, { event: 'left' })
  })
}

function askNoLonger(kernel: Kernel, tenantId: string, memberId: string, conversation: string): Promise<void> {
  return writeTransaction(kernel, async (db, changes) => {
    await changes.lock(tenantId, [conversation])
    if (await links.deleteRequests(db, tenantId, conversation, [memberId]))
      changes.put(conversation, 'members', conversation)
  })
}
