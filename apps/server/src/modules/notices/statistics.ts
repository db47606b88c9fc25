import { limits } from '@heyi/contract/limits'
import type * as ops from '@heyi/contract/notices'
import type { MemberRead, MemberWrite } from '../../kernel/context.js'
import type { Queryable } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import { type Deps, listAsked, lockManaged, requireManaged } from './gate.js'
import { csvLine, mayRemind } from './rules.js'
import type { Input, Output } from './service.js'
import * as store from './store.js'
import { tellReminded } from './tell.js'

/** Who is asked and what became of it. */
async function stateOf(deps: Deps, on: Queryable, tenantId: string, notice: store.NoticeRow) {
  const asked = await listAsked(deps, on, tenantId, notice)
  const reads = await store.listReads(on, tenantId, notice.id, asked)
  return { asked, reads, of: new Map(reads.map((read) => [read.member, read])) }
}

const count = (asked: number, reads: { confirmedAt: string | null }[]) => ({
  asked,
  read: reads.length,
  confirmed: reads.filter(({ confirmedAt }) => confirmedAt !== null).length,
})

export async function getStatistics(deps: Deps, ctx: MemberRead, { id }: Input<typeof ops.getNoticeStatistics>) {
  const notice = await requireManaged(deps, ctx, id)
  const { asked, reads } = await stateOf(deps, ctx.db, ctx.actor.tenantId, notice)
  return count(asked.length, reads)
}

export async function listDepartments(
  deps: Deps,
  ctx: MemberRead,
  { id, cursor, limit }: Input<typeof ops.listNoticeDepartments>,
): Promise<Output<typeof ops.listNoticeDepartments>> {
  const { tenantId } = ctx.actor
  const notice = await requireManaged(deps, ctx, id)
  const { asked, of } = await stateOf(deps, ctx.db, tenantId, notice)
  const places = await deps.directory.mainDepartments(ctx.db, tenantId, asked)
  const groups = new Map<string | null, string[]>()
  for (const member of asked) {
    const department = places.get(member) ?? null
    const held = groups.get(department)
    if (held) held.push(member)
    else groups.set(department, [member])
  }
  const all = [...groups].map(([department, members]) => ({
    department,
    ...count(
      members.length,
      members.flatMap((member) => of.get(member) ?? []),
    ),
  }))
  const missing = (one: (typeof all)[number]) => one.asked - (notice.mustRead ? one.confirmed : one.read)
  const from = placeIn(cursor)
  all.sort((a, b) => missing(b) - missing(a) || ((a.department ?? '') < (b.department ?? '') ? -1 : 1))
  const page = all.slice(from, from + limit)
  const paths = await deps.directory.departmentPaths(
    ctx.db,
    tenantId,
    page.flatMap(({ department }) => department ?? []),
  )
  return {
    items: page.map((one) => ({ ...one, path: paths.get(one.department ?? '') ?? [] })),
    next: all.length > from + limit ? String(from + limit) : null,
  }
}

export async function listReaders(
  deps: Deps,
  ctx: MemberRead,
  { id, which, cursor, limit }: Input<typeof ops.listNoticeReaders>,
): Promise<Output<typeof ops.listNoticeReaders>> {
  const notice = await requireManaged(deps, ctx, id)
  const { asked, reads, of } = await stateOf(deps, ctx.db, ctx.actor.tenantId, notice)
  const from = cursor ?? ''
  const all =
    which === 'read' || which === 'confirmed'
      ? reads
          .flatMap(({ member, readAt, confirmedAt }) => {
            const at = which === 'read' ? readAt : confirmedAt
            return at === null ? [] : [{ member, at, place: `${at} ${member}` }]
          })
          .sort((a, b) => (a.place < b.place ? -1 : 1))
      : asked
          .filter((member) => (which === 'unread' ? !of.has(member) : !of.get(member)?.confirmedAt))
          .map((member) => ({ member, at: null, place: member }))
  const rest = all.filter(({ place }) => place > from)
  const page = rest.slice(0, limit)
  return {
    items: page.map(({ member, at }) => ({ member, at })),
    next: rest.length > limit ? (page.at(-1)?.place ?? null) : null,
  }
}

export async function remindNotice(
  deps: Deps,
  ctx: MemberWrite,
  { id }: Input<typeof ops.remindNotice>,
): Promise<Output<typeof ops.remindNotice>> {
  const { tenantId, memberId } = ctx.actor
  const notice = await lockManaged(deps, ctx, id)
  if (notice.state !== 'published' || notice.archivedAt) throw fail('notice_fixed')
  const bounds = { pauseMs: limits.remindSeconds * 1000, perDay: limits.noticeRemindersPerDay }
  const may = mayRemind(notice.reminded, ctx.clock.ms(), bounds)
  if (may === 'lately') throw fail('reminded_lately', { seconds: limits.remindSeconds })
  if (may === 'often') throw fail('reminded_often', { limit: limits.noticeRemindersPerDay })
  const now = ctx.clock.now()
  const reminded = [...notice.reminded, now].slice(-limits.noticeRemindersPerDay)
  await store.saveNotice(ctx.db, tenantId, { ...notice, reminded }, now)
  await deps.identity.auditLog(ctx, 'notices.reminded', id, { title: notice.title })
  const { asked, of } = await stateOf(deps, ctx.db, tenantId, notice)
  const members = asked.filter((member) => (notice.mustRead ? !of.get(member)?.confirmedAt : !of.has(member)))
  const resting = await deps.notifications.tellNotice(ctx.db, {
    tenantId,
    id,
    title: notice.title,
    sender: memberId,
    turn: Date.parse(now),
    members,
  })
  const quiet = new Set(resting)
  const waiting = members.filter((member) => !quiet.has(member))
  ctx.afterCommit(() => void tellReminded(deps.kernel, tenantId, waiting, notice))
  return { reminded: waiting.length, resting: quiet.size }
}

const heads = {
  'zh-CN': ['姓名', '部门', '阅读时间', '确认时间'],
  en: ['Name', 'Department', 'Read', 'Confirmed'],
} as const
/** By it spreadsheets know that the text is UTF-8. */
const mark = '\ufeff'
const namesAtOnce = 1_000

export async function exportStatistics(
  deps: Deps,
  ctx: MemberWrite,
  { id }: Input<typeof ops.exportNoticeStatistics>,
): Promise<Output<typeof ops.exportNoticeStatistics>> {
  const { tenantId, memberId } = ctx.actor
  const notice = await requireManaged(deps, ctx, id)
  const { asked, of } = await stateOf(deps, ctx.db, tenantId, notice)
  const locale = (await deps.directory.localesOf(ctx.db, tenantId, [memberId])).of(memberId)
  const zone = (await deps.directory.timeZonesOf(ctx.db, tenantId, [memberId])).of(memberId)
  const time = timeIn(zone)
  const lines = [csvLine(heads[locale])]
  for (let from = 0; from < asked.length; from += namesAtOnce) {
    const members = asked.slice(from, from + namesAtOnce)
    for (const { id: member, name, department } of await deps.directory.profilesByIds(ctx.db, tenantId, members)) {
      const read = of.get(member)
      lines.push(csvLine([name, department, time(read?.readAt), time(read?.confirmedAt)]))
    }
  }
  const name = `${notice.title.replaceAll(/[\\/:*?"<>|\n\r]/g, ' ').slice(0, 60)}.csv`
  const bytes = new TextEncoder().encode(mark + lines.join(''))
  const file = await deps.files.store(ctx.db, tenantId, memberId, { name, bytes })
  await deps.identity.auditLog(ctx, 'notices.exported', id, { title: notice.title })
  return { file, name, rows: asked.length }
}

function timeIn(timeZone: string): (at: string | null | undefined) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (at) => (at ? format.format(new Date(at)) : '')
}

function placeIn(cursor: string | null): number {
  const from = cursor === null ? 0 : Number(cursor)
  if (!Number.isSafeInteger(from) || from < 0) throw fail('invalid_input', { path: 'cursor', reason: '' })
  return from
}
