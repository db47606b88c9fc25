import * as ops from '@heyi/contract/messaging'
import type { Kernel } from '../../kernel/context.js'
import { RateLimiter } from '../../kernel/limiter.js'
import type { Operations } from '../../kernel/operations.js'
import * as conversations from './conversations.js'
import * as departments from './departments.js'
import * as edits from './edits.js'
import * as exports from './exports.js'
import * as favourites from './favourites.js'
import { listFiles } from './files.js'
import { forwardMessages } from './forward.js'
import * as group from './group.js'
import type { Hooks } from './hooks.js'
import type { Doors } from './index.js'
import type { Lanes } from './lane.js'
import * as links from './links.js'
import * as messages from './messages.js'
import * as mine from './mine.js'
import * as moderation from './moderation.js'
import * as named from './named.js'
import * as pins from './pins.js'
import * as polls from './polls.js'
import * as purge from './purge.js'
import * as reactions from './reactions.js'
import * as reads from './reads.js'
import * as receipts from './receipts.js'
import { getRecord } from './records.js'
import * as scheduled from './scheduled.js'
import * as stickers from './stickers.js'
import { listThanks, sendThanks } from './thanks.js'
import * as threads from './threads.js'
import type { Transcripts } from './transcripts.js'
import { setWelcome } from './welcome.js'

export function serveMessaging(
  kernel: Kernel,
  operations: Operations,
  deps: { lanes: Lanes; receipts: receipts.Receipts; transcripts: Transcripts; doors: Doors; hooks: Hooks },
): void {
  const { lanes, transcripts, doors, hooks } = deps
  const limiter = new RateLimiter(kernel.clock, kernel.settings.HEYI_SEND_RATE)
  const sending = { lanes, limiter, doors, hooks }
  operations.serveOwnTransaction(ops.sendMessage, (ctx, input) => messages.sendMessage(ctx, sending, input))
  operations.serve(ops.listMessages, messages.listMessages)
  operations.serve(ops.getMessages, messages.getMessages)
  operations.serve(ops.scheduleMessage, (ctx, input) => scheduled.scheduleMessage(ctx, doors, input))
  operations.serve(ops.updateScheduled, (ctx, input) => scheduled.updateScheduled(ctx, doors, input))
  operations.serve(ops.cancelScheduled, (ctx, input) => scheduled.cancelScheduled(ctx, doors, input))
  operations.serve(ops.sendScheduled, (ctx, input) => scheduled.sendScheduled(ctx, { doors, hooks }, input))
  operations.serve(ops.editMessage, edits.editMessage)
  operations.serve(ops.listEdits, edits.listEdits)
  operations.serve(ops.react, reactions.react)
  operations.serve(ops.listReactions, reactions.listReactions)
  operations.serve(ops.vote, polls.vote)
  operations.serve(ops.writeRelayLine, polls.writeRelayLine)
  operations.serve(ops.endPoll, polls.endPoll)
  operations.serve(ops.listMyAnswers, polls.listMyAnswers)
  operations.serve(ops.listVoters, polls.listVoters)
  operations.serve(ops.listRelayLines, polls.listRelayLines)
  operations.serve(ops.listStickerPacks, (ctx, input) => stickers.listStickerPacks(ctx, doors, input))
  operations.serve(ops.createStickerPack, (ctx, input) => stickers.createStickerPack(ctx, doors, input))
  operations.serve(ops.updateStickerPack, (ctx, input) => stickers.updateStickerPack(ctx, doors, input))
  operations.serve(ops.orderStickerPacks, (ctx, input) => stickers.orderStickerPacks(ctx, doors, input))
  operations.serve(ops.getTranscript, (ctx, input) => transcripts.get(ctx, input))
  operations.serve(ops.getExportPolicy, exports.getExportPolicy)
  operations.serve(ops.setExportPolicy, (ctx, input) => exports.setExportPolicy(ctx, doors, input))
  operations.serve(ops.startExport, (ctx, input) => exports.startExport(ctx, doors, input))
  operations.serve(ops.pinMessage, pins.pinMessage)
  operations.serve(ops.addFavourites, (ctx, input) => favourites.addFavourites(ctx, doors, input))
  operations.serve(ops.removeFavourite, (ctx, input) => favourites.removeFavourite(ctx, doors, input))
  operations.serve(ops.tagFavourite, favourites.tagFavourite)
  operations.serve(ops.listFavourites, favourites.listFavourites)
  operations.serve(ops.listFavouriteTags, favourites.listFavouriteTags)
  operations.serve(ops.listMentions, named.listMentions)
  operations.serve(ops.findByDate, named.findByDate)
  operations.serve(ops.listReplies, threads.listReplies)
  operations.serve(ops.listThreads, threads.listThreads)
  operations.serve(ops.listTopics, threads.listTopics)
  operations.serve(ops.followThread, threads.followThread)
  operations.serve(ops.markThreadRead, threads.markThreadRead)
  operations.serveOwnTransaction(ops.confirmReceipt, (ctx, input) => receipts.confirmReceipt(ctx, deps.receipts, input))
  operations.serve(ops.listReceipts, receipts.listReceipts)
  operations.serve(ops.listReceiptMembers, receipts.listReceiptMembers)
  operations.serve(ops.remindReceipt, (ctx, input) =>
    receipts.remindReceipt(ctx, { receipts: deps.receipts, hooks }, input),
  )
  operations.serve(ops.recallMessage, (ctx, input) => messages.recallMessage(ctx, doors, input))
  operations.serve(ops.hideMessages, messages.hideMessages)
  operations.serve(ops.openDirect, (ctx, input) => conversations.openDirect(ctx, doors, input))
  operations.serve(ops.createGroup, (ctx, input) => conversations.createGroup(ctx, doors, input))
  operations.serve(ops.getConversation, conversations.getConversation)
  operations.serve(ops.listFiles, listFiles)
  operations.serve(ops.listReads, reads.listReads)
  operations.serve(ops.getReadPolicy, reads.getReadPolicy)
  operations.serve(ops.setReadPolicy, (ctx, input) => reads.setReadPolicy(ctx, doors, input))
  operations.serve(ops.getDissolvePolicy, purge.getDissolvePolicy)
  operations.serve(ops.setDissolvePolicy, (ctx, input) => purge.setDissolvePolicy(ctx, doors, input))
  operations.serve(ops.listMembers, conversations.listMembers)
  operations.serve(ops.updateGroup, conversations.updateGroup)
  operations.serve(ops.addMembers, (ctx, input) => conversations.addMembers(ctx, doors, input))
  operations.serve(ops.removeMembers, conversations.removeMembers)
  operations.serve(ops.silenceMember, moderation.silenceMember)
  operations.serve(ops.endSilence, moderation.endSilence)
  operations.serve(ops.banMember, (ctx, input) => moderation.banMember(ctx, doors, input))
  operations.serve(ops.liftBan, moderation.liftBan)
  operations.serve(ops.listBanned, moderation.listBanned)
  operations.serve(ops.leaveConversation, conversations.leaveConversation)
  operations.serve(ops.transferOwnership, conversations.transferOwnership)
  operations.serve(ops.setAdmin, conversations.setAdmin)
  operations.serve(ops.dissolveGroup, purge.dissolveGroup)
  operations.serve(ops.forwardMessages, (ctx, input) => forwardMessages(ctx, { doors, limiter }, input))
  operations.serve(ops.getRecord, getRecord)
  operations.serve(ops.setGroupNotice, group.setGroupNotice)
  operations.serve(ops.listGroupNotices, group.listGroupNotices)
  operations.serve(ops.setNickname, group.setNickname)
  operations.serve(ops.listNicknames, group.listNicknames)
  operations.serve(ops.listSharedGroups, (ctx, input) => group.listSharedGroups(ctx, doors, input))
  operations.serve(ops.getDepartmentGroup, (ctx, input) => departments.getDepartmentGroup(ctx, doors, input))
  operations.serve(ops.setDepartmentGroup, (ctx, input) => departments.setDepartmentGroup(ctx, doors, input))
  operations.serve(ops.setWelcome, setWelcome)
  operations.serve(ops.sendThanks, (ctx, input) => sendThanks(ctx, limiter, input))
  operations.serve(ops.listThanks, listThanks)
  operations.serve(ops.createGroupLink, links.createGroupLink)
  operations.serve(ops.listGroupLinks, links.listGroupLinks)
  operations.serve(ops.revokeGroupLink, links.revokeGroupLink)
  operations.serve(ops.getGroupLink, links.getGroupLink)
  operations.serve(ops.joinByLink, links.joinByLink)
  operations.serve(ops.listGroupJoinRequests, links.listGroupJoinRequests)
  operations.serve(ops.decideGroupJoinRequest, (ctx, input) => links.decideGroupJoinRequest(ctx, doors, input))
  operations.serve(ops.markRead, mine.markRead)
  operations.serve(ops.markPlayed, mine.markPlayed)
  operations.serve(ops.markUnread, mine.markUnread)
  operations.serve(ops.updateMembership, mine.updateMembership)
  operations.serve(ops.saveDraft, mine.saveDraft)
}
