import * as ops from '@heyi/contract/operator'
import type { Kernel } from './context.js'
import { fail } from './errors.js'
import type { Operations } from './operations.js'

/** Serves the operator’s view of jobs that failed for good. */
export function serveJobs({ jobs }: Kernel, operations: Operations): void {
  operations.serveOperator(ops.listDeadJobs, async (_ctx, { cursor, limit }) => {
    const found = await jobs.dead(cursor, limit + 1)
    const items = found.slice(0, limit)
    return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
  })
  operations.serveOperator(ops.replayJob, async (ctx, { job }) => {
    if (!(await jobs.replay(ctx.db, job))) throw fail('not_found')
    return {}
  })
}
