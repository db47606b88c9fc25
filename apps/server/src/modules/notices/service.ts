import { limits } from '@heyi/contract/limits'
import type { AttachmentBody } from '@heyi/contract/messaging'
import type * as ops from '@heyi/contract/notices'
import type { Notice, NoticeComment } from '@heyi/contract/notices'
import type { z } from 'zod'
import type { Clock } from '../../kernel/clock.js'
import type { MemberRead, MemberWrite } from '../../kernel/context.js'
import { fail } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'
import { addJob } from '../../kernel/jobs.js'
import {
  askerOf,
  type Deps,
  lineOf,
  lockManaged,
  manages,
  noticeOf,
  readPage,
  requireReadable,
  unreadMost,
} from './gate.js'
import { wordsOf } from './rules.js'
import * as store from './store.js'
import { type Due, publishJob, tellAuthor, tellLater } from './tell.js'

export type Input<O extends { input: z.ZodType }> = z.output<O['input']>
export type Output<O extends { output: z.ZodType }> = z.output<O['output']>

export async function createNotice(deps: Deps, ctx: MemberWrite, input: Input<typeof ops.createNotice>) {
  const { tenantId, memberId } = ctx.actor
  const asker = await askerOf(deps, ctx.db, ctx.actor)
  if (!asker.mayPost) throw fail('not_allowed')
  const audience = await wordsFor(deps, ctx, input.audience)
  const now = ctx.clock.now()
  if (input.publishAt !== null) {
    requireTime(ctx.clock, input.publishAt)
    if ((await store.countScheduled(ctx.db, tenantId)) >= limits.scheduledNotices)
      throw fail('too_many_scheduled', { limit: limits.scheduledNotices })
  }
  const id = newId('ntc', ctx.clock.ms())
  const notice: store.NoticeRow = {
    id,
    author: memberId,
    title: input.title,
    text: input.text,
    files: await attachAll(deps, ctx, id, input.files, []),
    audience,
    mustRead: input.mustRead,
    commentsOn: input.commentsOn,
    comments: 0,
    state: input.publishAt === null ? 'published' : 'scheduled',
    publishAt: input.publishAt === null ? now : new Date(input.publishAt).toISOString(),
    editedAt: null,
    archivedAt: null,
    reminded: [],
    version: 1,
  }
  await store.saveNotice(ctx.db, tenantId, notice, now)
  await deps.identity.auditLog(ctx, 'notices.created', id, { title: input.title })
  if (notice.state === 'published') await tellLater(ctx.db, ctx.clock, tenantId, id, 'published')
  else await publishLater(ctx, notice)
  return answer(deps, ctx, id)
}

export async function updateNotice(deps: Deps, ctx: MemberWrite, input: Input<typeof ops.updateNotice>) {
  const { tenantId } = ctx.actor
  const held = await lockManaged(deps, ctx, input.id)
  if (held.version !== input.version) throw fail('version_conflict', { version: held.version })
  const waits = held.state === 'scheduled'
  const beforeOnly = input.audience ?? input.mustRead ?? input.publishAt
  if (held.state === 'withdrawn' || (!waits && beforeOnly !== undefined)) throw fail('notice_fixed')
  if (input.publishAt !== undefined) requireTime(ctx.clock, input.publishAt)
  const { title = held.title, text = held.text, commentsOn = held.commentsOn, mustRead = held.mustRead } = input
  const notice: store.NoticeRow = {
    ...held,
    title,
    text,
    commentsOn,
    mustRead,
    files: input.files ? await attachAll(deps, ctx, held.id, input.files, held.files) : held.files,
    audience: input.audience ? await wordsFor(deps, ctx, input.audience) : held.audience,
    publishAt: input.publishAt === undefined ? held.publishAt : new Date(input.publishAt).toISOString(),
    editedAt: waits ? null : ctx.clock.now(),
    version: held.version + 1,
  }
  await store.saveNotice(ctx.db, tenantId, notice, ctx.clock.now())
  await deps.identity.auditLog(ctx, 'notices.updated', held.id, { title })
  if (waits) await publishLater(ctx, notice)
  else await tellLater(ctx.db, ctx.clock, tenantId, held.id, 'changed')
  return answer(deps, ctx, held.id)
}

export async function publishNotice(deps: Deps, ctx: MemberWrite, input: Input<typeof ops.publishNotice>) {
  const { tenantId } = ctx.actor
  const held = await lockManaged(deps, ctx, input.id)
  if (held.version !== input.version) throw fail('version_conflict', { version: held.version })
  if (held.state !== 'scheduled') throw fail('notice_fixed')
  const now = ctx.clock.now()
  const notice = { ...held, state: 'published' as const, publishAt: now, version: held.version + 1 }
  await store.saveNotice(ctx.db, tenantId, notice, now)
  await deps.identity.auditLog(ctx, 'notices.published', held.id, { title: held.title })
  await tellLater(ctx.db, ctx.clock, tenantId, held.id, 'published')
  return answer(deps, ctx, held.id)
}

export async function withdrawNotice(deps: Deps, ctx: MemberWrite, { id }: Input<typeof ops.withdrawNotice>) {
  const { tenantId } = ctx.actor
  const held = await lockManaged(deps, ctx, id)
  if (held.state !== 'withdrawn') {
    const notice = { ...held, state: 'withdrawn' as const, version: held.version + 1 }
    await store.saveNotice(ctx.db, tenantId, notice, ctx.clock.now())
    await deps.identity.auditLog(ctx, 'notices.withdrawn', id, { title: held.title })
    if (held.state === 'published') await tellLater(ctx.db, ctx.clock, tenantId, id, 'changed')
  }
  return answer(deps, ctx, id)
}

export async function archiveNotice(deps: Deps, ctx: MemberWrite, { id, archived }: Input<typeof ops.archiveNotice>) {
  const { tenantId } = ctx.actor
  const held = await lockManaged(deps, ctx, id)
  if (held.state !== 'published') throw fail('notice_fixed')
  if ((held.archivedAt !== null) !== archived) {
    const notice = { ...held, archivedAt: archived ? ctx.clock.now() : null, version: held.version + 1 }
    await store.saveNotice(ctx.db, tenantId, notice, ctx.clock.now())
    await deps.identity.auditLog(ctx, archived ? 'notices.archived' : 'notices.unarchived', id, { title: held.title })
    await tellLater(ctx.db, ctx.clock, tenantId, id, 'changed')
  }
  return answer(deps, ctx, id)
}

export async function listNotices(
  deps: Deps,
  ctx: MemberRead,
  { box, cursor, limit }: Input<typeof ops.listNotices>,
): Promise<Output<typeof ops.listNotices>> {
  const { tenantId, memberId } = ctx.actor
  const asker = await askerOf(deps, ctx.db, ctx.actor)
  const page = readPage(cursor, limit)
  const found =
    box === 'managed'
      ? await store.listManaged(ctx.db, tenantId, memberId, asker.isAdmin ? null : memberId, page)
      : await store.listFor(ctx.db, tenantId, asker, box === 'archived', page)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map((one) => lineOf(asker, one)),
    next: found.length > limit && last ? `${last.publishAt} ${last.id}` : null,
  }
}

export async function getNotice(deps: Deps, ctx: MemberRead, { id }: Input<typeof ops.getNotice>): Promise<Notice> {
  const { asker, notice } = await requireReadable(deps, ctx, id)
  return noticeOf(asker, notice)
}

export async function getSummary(deps: Deps, ctx: MemberRead): Promise<Output<typeof ops.getNoticeSummary>> {
  const { tenantId } = ctx.actor
  const asker = await askerOf(deps, ctx.db, ctx.actor)
  const [latest] = await store.listFor(ctx.db, tenantId, asker, false, { after: null, limit: 1 })
  return {
    ...(await store.countWaiting(ctx.db, tenantId, asker, asker.joinedAt, unreadMost)),
    latest: latest ? lineOf(asker, latest) : null,
    mayPost: asker.mayPost,
  }
}

/** Whoever is not meant by it, such as an admin who looks after it, leaves no trace. */
export async function readNotice(
  deps: Deps,
  ctx: MemberRead,
  { id, confirm }: Input<typeof ops.readNotice>,
): Promise<Output<typeof ops.readNotice>> {
  const { tenantId, memberId } = ctx.actor
  const { notice, forMe } = await requireReadable(deps, ctx, id)
  const now = ctx.clock.now()
  if (!forMe || notice.author === memberId) return { readAt: now, confirmedAt: null }
  const confirms = confirm && notice.mustRead
  if (notice.readAt && (!confirms || notice.confirmedAt))
    return { readAt: notice.readAt, confirmedAt: notice.confirmedAt }
  const saved = await store.saveRead(ctx.db, tenantId, id, memberId, now, confirms)
  tellAuthor(deps.kernel, tenantId, [notice.author, memberId])
  return saved ?? { readAt: now, confirmedAt: null }
}

export async function addComment(
  deps: Deps,
  ctx: MemberWrite,
  { id, text }: Input<typeof ops.addNoticeComment>,
): Promise<NoticeComment> {
  const { tenantId, memberId } = ctx.actor
  await requireReadable(deps, ctx, id)
  const notice = await store.lockNotice(ctx.db, tenantId, id)
  if (notice?.state !== 'published') throw fail('not_found')
  if (!notice.commentsOn || notice.archivedAt) throw fail('comments_closed')
  if ((await store.countComments(ctx.db, tenantId, id, memberId)) >= limits.commentsPerMember)
    throw fail('too_many_comments', { limit: limits.commentsPerMember })
  const comment = { id: newId('ncm', ctx.clock.ms()), member: memberId, text, at: ctx.clock.now() }
  await store.insertComment(ctx.db, tenantId, id, comment)
  ctx.afterCommit(() => tellAuthor(deps.kernel, tenantId, [notice.author]))
  return { ...comment, mayDelete: true }
}

export async function deleteComment(
  deps: Deps,
  ctx: MemberWrite,
  { id, comment }: Input<typeof ops.deleteNoticeComment>,
): Promise<Record<string, never>> {
  const { tenantId, memberId } = ctx.actor
  const { asker, notice } = await requireReadable(deps, ctx, id)
  await store.lockNotice(ctx.db, tenantId, id)
  const any = manages(asker, notice)
  if (await store.deleteComment(ctx.db, tenantId, id, comment, any ? null : memberId)) return {}
  throw fail(any ? 'not_found' : 'not_allowed')
}

export async function listComments(
  deps: Deps,
  ctx: MemberRead,
  { id, cursor, limit }: Input<typeof ops.listNoticeComments>,
): Promise<Output<typeof ops.listNoticeComments>> {
  const { asker, notice } = await requireReadable(deps, ctx, id)
  const found = await store.listComments(ctx.db, ctx.actor.tenantId, id, cursor ?? '', limit + 1)
  const items = found.slice(0, limit)
  const any = manages(asker, notice)
  return {
    items: items.map((one) => ({ ...one, mayDelete: any || one.member === asker.member })),
    next: found.length > limit ? (items.at(-1)?.id ?? null) : null,
  }
}

export async function listPublishers(ctx: MemberRead): Promise<{ members: string[] }> {
  return { members: await store.listPublishers(ctx.db, ctx.actor.tenantId) }
}

export async function setPublishers(
  { identity, directory }: Deps,
  ctx: MemberWrite,
  { members }: Input<typeof ops.setNoticePublishers>,
): Promise<{ members: string[] }> {
  await identity.requireRole(ctx, 'admin')
  await directory.requireColleagues(ctx.db, ctx.actor.tenantId, members)
  await store.setPublishers(ctx.db, ctx.actor.tenantId, members)
  await identity.auditLog(ctx, 'notices.publishersSet', null, { members })
  return { members: await store.listPublishers(ctx.db, ctx.actor.tenantId) }
}

async function answer(deps: Deps, ctx: MemberWrite, id: string): Promise<Notice> {
  const { asker, notice } = await requireReadable(deps, ctx, id)
  return noticeOf(asker, notice)
}

async function wordsFor(
  { directory }: Deps,
  ctx: MemberWrite,
  audience: Input<typeof ops.createNotice>['audience'],
): Promise<string[]> {
  const words = wordsOf(audience)
  if (words.length === 0) throw fail('invalid_input', { path: 'audience', reason: 'nobody' })
  await directory.requireDepartments(ctx.db, ctx.actor.tenantId, audience.departments)
  return words
}

/** Those it had stay or are let go; others must be uploads of the caller’s own. */
async function attachAll(
  { files }: Deps,
  ctx: MemberWrite,
  id: string,
  wanted: string[],
  held: AttachmentBody[],
): Promise<AttachmentBody[]> {
  const carrier = { kind: 'notice', object: id } as const
  const had = new Map(held.map((body) => [body.file, body]))
  const bodies = new Map<string, AttachmentBody>()
  for (const file of [...new Set(wanted)].sort())
    bodies.set(file, had.get(file) ?? (await files.attach(ctx, file, carrier)))
  for (const file of had.keys()) if (!bodies.has(file)) await files.release(ctx.db, ctx.actor.tenantId, carrier, file)
  return [...new Set(wanted)].flatMap((file) => bodies.get(file) ?? [])
}

async function publishLater(ctx: MemberWrite, { id, publishAt, version }: store.NoticeRow): Promise<void> {
  const data: Due = { tenantId: ctx.actor.tenantId, id, version }
  await addJob(ctx.db, ctx.clock, { kind: publishJob, data, runAt: publishAt })
}

function requireTime(clock: Clock, at: string): void {
  const ahead = Date.parse(at) - clock.ms()
  if (!(ahead > 0 && ahead <= limits.scheduleDays * 24 * 3600_000))
    throw fail('time_not_allowed', { days: limits.scheduleDays })
}
