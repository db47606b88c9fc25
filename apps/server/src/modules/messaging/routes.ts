import * as ops from '@heyi/contract/messaging'
import type { Kernel } from '../../kernel/context.js'
import { RateLimiter } from '../../kernel/limiter.js'
import type { Operations } from '../../kernel/operations.js'
import * as conversations from './conversations.js'
import { forwardMessages } from './forward.js'
import * as group from './group.js'
import type { Doors } from './index.js'
import type { Lanes } from './lane.js'
import * as links from './links.js'
import * as messages from './messages.js'
import * as mine from './mine.js'

export function serveMessaging(kernel: Kernel, operations: Operations, lanes: Lanes, doors: Doors): void {
  const limiter = new RateLimiter(kernel.clock, kernel.settings.HEYI_SEND_RATE)
  const sending = { lanes, limiter, doors }
  operations.serveOwnTransaction(ops.sendMessage, (ctx, input) => messages.sendMessage(ctx, sending, input))
  operations.serve(ops.listMessages, messages.listMessages)
  operations.serve(ops.getMessages, messages.getMessages)
  operations.serve(ops.recallMessage, (ctx, input) => messages.recallMessage(ctx, doors, input))
  operations.serve(ops.hideMessages, messages.hideMessages)
  operations.serve(ops.openDirect, (ctx, input) => conversations.openDirect(ctx, doors, input))
  operations.serve(ops.createGroup, (ctx, input) => conversations.createGroup(ctx, doors, input))
  operations.serve(ops.getConversation, conversations.getConversation)
  operations.serve(ops.listMembers, conversations.listMembers)
  operations.serve(ops.updateGroup, conversations.updateGroup)
  operations.serve(ops.addMembers, (ctx, input) => conversations.addMembers(ctx, doors, input))
  operations.serve(ops.removeMembers, conversations.removeMembers)
  operations.serve(ops.leaveConversation, conversations.leaveConversation)
  operations.serve(ops.transferOwnership, conversations.transferOwnership)
  operations.serve(ops.setAdmin, conversations.setAdmin)
  operations.serve(ops.dissolveGroup, conversations.dissolveGroup)
  operations.serve(ops.forwardMessages, (ctx, input) => forwardMessages(ctx, { files: doors.files, limiter }, input))
  operations.serve(ops.setGroupNotice, group.setGroupNotice)
  operations.serve(ops.setNickname, group.setNickname)
  operations.serve(ops.listNicknames, group.listNicknames)
  operations.serve(ops.listSharedGroups, (ctx, input) => group.listSharedGroups(ctx, doors, input))
  operations.serve(ops.createGroupLink, links.createGroupLink)
  operations.serve(ops.listGroupLinks, links.listGroupLinks)
  operations.serve(ops.revokeGroupLink, links.revokeGroupLink)
  operations.serve(ops.getGroupLink, links.getGroupLink)
  operations.serve(ops.joinByLink, links.joinByLink)
  operations.serve(ops.listGroupJoinRequests, links.listGroupJoinRequests)
  operations.serve(ops.decideGroupJoinRequest, (ctx, input) => links.decideGroupJoinRequest(ctx, doors, input))
  operations.serve(ops.markRead, mine.markRead)
  operations.serve(ops.markUnread, mine.markUnread)
  operations.serve(ops.updateMembership, mine.updateMembership)
  operations.serve(ops.saveDraft, mine.saveDraft)
}
