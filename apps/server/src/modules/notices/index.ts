/**
 * Company notices 公告: for everybody or for departments and roles, now or at a time, with files, comments and, where they
 * must be read, who has said so. Whom one is for is looked up whenever it is asked (`gate.ts`), so that a notice follows
 * people as they move and costs no row for each of them until they open it. Who came to the company later finds older
 * notices, yet is not counted among those who were asked. What devices hear is a hint to ask again (`tell.ts`).
 */
import * as ops from '@heyi/contract/notices'
import type { MemberRead } from '../../kernel/context.js'
import type { Operations } from '../../kernel/operations.js'
import { memberRemoved } from '../directory/index.js'
import { askerOf, type Deps } from './gate.js'
import * as service from './service.js'
import * as statistics from './statistics.js'
import * as store from './store.js'
import { registerTelling } from './tell.js'

export interface NoticesDoor {
  /** What the caller may read as a reader, archived ones too, the newest first, with the whole text. */
  readableNotices(
    ctx: MemberRead,
    limit: number,
  ): Promise<{ id: string; title: string; text: string; publishAt: string }[]>
}

/** Serves notices.* and publishes what waits for its time. */
export function registerNotices(operations: Operations, deps: Deps): NoticesDoor {
  operations.serve(ops.createNotice, (ctx, input) => service.createNotice(deps, ctx, input))
  operations.serve(ops.updateNotice, (ctx, input) => service.updateNotice(deps, ctx, input))
  operations.serve(ops.publishNotice, (ctx, input) => service.publishNotice(deps, ctx, input))
  operations.serve(ops.withdrawNotice, (ctx, input) => service.withdrawNotice(deps, ctx, input))
  operations.serve(ops.archiveNotice, (ctx, input) => service.archiveNotice(deps, ctx, input))
  operations.serve(ops.listNotices, (ctx, input) => service.listNotices(deps, ctx, input))
  operations.serve(ops.getNotice, (ctx, input) => service.getNotice(deps, ctx, input))
  operations.serve(ops.getNoticeSummary, (ctx) => service.getSummary(deps, ctx))
  operations.serveOwnTransaction(ops.readNotice, (ctx, input) => service.readNotice(deps, ctx, input))
  operations.serve(ops.getNoticeStatistics, (ctx, input) => statistics.getStatistics(deps, ctx, input))
  operations.serve(ops.listNoticeDepartments, (ctx, input) => statistics.listDepartments(deps, ctx, input))
  operations.serve(ops.listNoticeReaders, (ctx, input) => statistics.listReaders(deps, ctx, input))
  operations.serve(ops.remindNotice, (ctx, input) => statistics.remindNotice(deps, ctx, input))
  operations.serve(ops.exportNoticeStatistics, (ctx, input) => statistics.exportStatistics(deps, ctx, input))
  operations.serve(ops.addNoticeComment, (ctx, input) => service.addComment(deps, ctx, input))
  operations.serve(ops.deleteNoticeComment, (ctx, input) => service.deleteComment(deps, ctx, input))
  operations.serve(ops.listNoticeComments, (ctx, input) => service.listComments(deps, ctx, input))
  operations.serve(ops.listNoticePublishers, service.listPublishers)
  operations.serve(ops.setNoticePublishers, (ctx, input) => service.setPublishers(deps, ctx, input))
  registerTelling(deps)
  deps.notifications.onNoticeWaiting(store.listWaiting)
  deps.files.onNotice(async (on, actor, file, id) => {
    const { member, words, isAdmin } = await askerOf(deps, on, actor)
    return store.carriesFile(on, actor.tenantId, { id, file, words, member, all: isAdmin })
  })
  deps.kernel.events.on(memberRemoved, 'notices.forget', (tx, { tenantId, memberId }) =>
    store.forgetPublisher(tx, tenantId, memberId),
  )
  deps.identity.onTenantDeleted(store.deleteTenantRows)
  return {
    readableNotices: async (ctx, limit) =>
      store.newestTexts(ctx.db, ctx.actor.tenantId, await askerOf(deps, ctx.db, ctx.actor), limit),
  }
}
