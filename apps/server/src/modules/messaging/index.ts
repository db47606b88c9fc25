/**
 * Conversations and the message log. Text goes through the lanes (`lane.ts`); everything else is an ordinary write
 * under the conversation’s epoch. What a client watches is registered in `feed.ts`.
 */
import { limits } from '@heyi/contract/limits'
import type { Kernel } from '../../kernel/context.js'
import type { Queryable } from '../../kernel/db.js'
import type { Metrics } from '../../kernel/metrics.js'
import type { Operations } from '../../kernel/operations.js'
import type { DirectoryDoor } from '../directory/index.js'
import type { FilesDoor } from '../files/index.js'
import type { IdentityDoor } from '../identity/index.js'
import { followDepartments } from './departments.js'
import { forgetFavouritesOfLeavers } from './favourites.js'
import { registerConversationFeed } from './feed.js'
import { registerForwardJob } from './forward.js'
import type { Hooks } from './hooks.js'
import { Lanes } from './lane.js'
import { listenForLeavers } from './listeners.js'
import { carriesFile } from './message-store.js'
import { registerPolls } from './polls.js'
import { registerPurge } from './purge.js'
import { registerReactions } from './reactions.js'
import {
  findCardsOf,
  findGroupsWith,
  findReadableMessages,
  readableConversations,
  readLogSpans,
  readLogStretch,
} from './readable-store.js'
import { listUnconfirmed } from './receipt-store.js'
import { Receipts } from './receipts.js'
import { serveMessaging } from './routes.js'
import { registerScheduled } from './scheduled.js'
import { registerTallies, showTodo } from './tallies.js'
import { deleteTenantRows } from './tenant-store.js'
import { Transcripts } from './transcripts.js'
import { registerWelcomes } from './welcome.js'

export { requireConversation, whoMaySay } from './gate.js'
export { updateMembership } from './mine.js'
export * from './notified-store.js'
export { historyPurged } from './purge.js'
export { placesInThreads } from './thread-store.js'

export interface Doors {
  identity: IdentityDoor
  directory: DirectoryDoor
  files: FilesDoor
}

export type MessagingDoor = ReturnType<typeof registerMessaging>
export type { ReadableMessage } from './readable-store.js'

/** Serves messaging.*; `close` closes what writes in batches once it has written what it holds. */
export function registerMessaging(kernel: Kernel, operations: Operations, metrics: Metrics, doors: Doors) {
  registerConversationFeed(kernel)
  const lanes = new Lanes(kernel, metrics)
  const receipts = new Receipts(kernel)
  const hooks: Hooks = {
    startLadder: async () => undefined,
    remind: async () => ({ resting: [] }),
  }
  const transcripts = new Transcripts(kernel, doors.files)
  serveMessaging(kernel, operations, { lanes, receipts, transcripts, doors, hooks })
  listenForLeavers(kernel)
  forgetFavouritesOfLeavers(kernel, doors)
  registerTallies(kernel)
  registerPolls(kernel)
  registerReactions(kernel)
  registerScheduled(kernel, doors, hooks)
  registerForwardJob(kernel, doors)
  followDepartments(kernel, doors)
  registerWelcomes(kernel)
  registerPurge(kernel, doors)
  doors.files.onCarrier('message', carriesFile)
  doors.identity.onTenantDeleted(deleteTenantRows)
  return {
    /** Before it serves: who reaches people that do not look. */
    use: (given: Hooks): void => void Object.assign(hooks, given),
    /** Who was asked to confirm this message and has not; nobody where it asks for nothing. */
    unconfirmed: async (on: Queryable, tenantId: string, conversation: string, seq: number): Promise<string[]> =>
      (await listUnconfirmed(on, tenantId, conversation, seq, -1, limits.groupMembers)).map(({ id }) => id),
    /** Shows below a message how many of the to-dos made from it are done. The caller holds the conversation’s feed. */
    showTodo,
    close: async (): Promise<void> => {
      await lanes.close()
      await receipts.close()
      await transcripts.close()
    },
    findCardsOf,
    findGroupsWith,
    findReadableMessages,
    readableConversations,
    readLogSpans,
    readLogStretch,
  }
}
