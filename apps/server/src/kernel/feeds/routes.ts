import * as ops from '@heyi/contract/sync'
import type { Kernel } from '../context.js'
import { row, sql } from '../db.js'
import { fail } from '../errors.js'
import type { Operations } from '../operations.js'
import { readHeads, readPulls } from './read.js'

/** Serves sync.* and registers the member feed, which every member has and nobody else reads. */
export function registerFeeds(kernel: Kernel, operations: Operations): void {
  kernel.kinds.register({
    prefix: 'mem',
    objects: {},
    access: async (_on, actor, feeds) =>
      new Map(feeds.includes(actor.memberId) ? [[actor.memberId, { view: 'm', fromSeq: -1 }]] : []),
    implicit: async (on, actor) => {
      const head = await row(
        on,
        sql<{ rev: number }>`select rev from feed where tenant_id = ${actor.tenantId} and id = ${actor.memberId}`,
      )
      return [[actor.memberId, head?.rev ?? 0, 0, null]]
    },
  })

  operations.serve(ops.heads, async (ctx, { mark }) => {
    const answer = await readHeads(kernel, ctx.actor, mark)
    if (ctx.origin.socket) kernel.hub.follow(ctx.actor.tenantId, answer.heads)
    return answer
  })

  operations.serve(ops.pull, (ctx, { feeds }) => readPulls(kernel, ctx.actor, feeds))

  operations.serve(ops.watch, async (ctx, { feeds }) => {
    const { socket } = ctx.origin
    if (!socket) throw fail('not_allowed')
    const departments = feeds.filter((feed) => feed.startsWith('dep_'))
    const kind = kernel.kinds.of('dep_')
    const access = kind && departments.length > 0 ? await kind.access(ctx.db, ctx.actor, departments) : new Map()
    const watched = departments.filter((feed) => access.has(feed))
    kernel.hub.watch(socket, watched)
    return { feeds: watched }
  })

  operations.serve(ops.signal, async (ctx, { feed, signal }) => {
    if (!feed.startsWith('con_')) throw fail('not_found')
    const audience = await kernel.hub.audience(ctx.actor.tenantId, feed)
    if (!audience.members.has(ctx.actor.memberId)) throw fail('not_found')
    kernel.hub.signal({ tenantId: ctx.actor.tenantId, feed, epoch: audience.epoch, signal, from: ctx.actor.memberId })
    return {}
  })
}
