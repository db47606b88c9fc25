import { limits } from '@heyi/contract/limits'
import type { Notice, NoticeLine } from '@heyi/contract/notices'
import type { MemberActor } from '../../kernel/actor.js'
import type { Kernel, MemberRead, MemberWrite } from '../../kernel/context.js'
import type { Queryable } from '../../kernel/db.js'
import { fail } from '../../kernel/errors.js'
import type { DirectoryDoor } from '../directory/index.js'
import type { FilesDoor } from '../files/index.js'
import type { IdentityDoor } from '../identity/index.js'
import type { NotificationsDoor } from '../notifications/index.js'
import { audienceOf, wordsOfMember } from './rules.js'
import * as store from './store.js'

/** What this module stands on. */
export interface Deps {
  kernel: Kernel
  identity: IdentityDoor
  directory: DirectoryDoor
  files: FilesDoor
  notifications: NotificationsDoor
}

/** Who asks: what notices mean them by, since when they are here, and what they may do. */
export interface Asker extends store.Reader {
  joinedAt: string
  isAdmin: boolean
  mayPost: boolean
}

export async function askerOf({ identity, directory }: Deps, on: Queryable, actor: MemberActor): Promise<Asker> {
  const { tenantId, memberId: member } = actor
  const me = await identity.findMember(on, tenantId, member)
  if (me?.state !== 'active') throw fail('unauthenticated')
  const isAdmin = me.role !== 'member'
  return {
    member,
    words: wordsOfMember(await directory.departmentsAbove(on, tenantId, member), me.role),
    joinedAt: (await identity.findJoined(on, tenantId, member)) ?? '',
    isAdmin,
    mayPost: isAdmin || (await store.isPublisher(on, tenantId, member)),
  }
}

export const manages = (asker: Pick<Asker, 'isAdmin' | 'member'>, { author }: { author: string }): boolean =>
  asker.isAdmin || author === asker.member

const isFor = ({ words }: store.Reader, { state, audience }: store.NoticeRow): boolean =>
  state === 'published' && audience.some((word) => words.includes(word))

const isAsked = (asker: Asker, notice: store.NoticeRow): boolean =>
  isFor(asker, notice) && notice.author !== asker.member && notice.publishAt >= asker.joinedAt

/** A notice that the caller may read: one for them, or one they manage. @throws AppError `not_found` */
export async function requireReadable(
  deps: Deps,
  ctx: MemberRead | MemberWrite,
  id: string,
): Promise<{ asker: Asker; notice: store.SeenRow; forMe: boolean }> {
  const asker = await askerOf(deps, ctx.db, ctx.actor)
  const notice = await store.findNotice(ctx.db, ctx.actor.tenantId, id, ctx.actor.memberId)
  const forMe = notice !== undefined && isFor(asker, notice)
  if (!notice || !(forMe || manages(asker, notice))) throw fail('not_found')
  return { asker, notice, forMe }
}

/** The same for whoever may change it and see who has read it. @throws AppError `not_found`, `not_allowed` */
export async function requireManaged(deps: Deps, ctx: MemberRead | MemberWrite, id: string): Promise<store.SeenRow> {
  const { asker, notice } = await requireReadable(deps, ctx, id)
  if (!manages(asker, notice)) throw fail('not_allowed')
  return notice
}

/** The same, locked until the transaction ends. */
export async function lockManaged(deps: Deps, ctx: MemberWrite, id: string): Promise<store.NoticeRow> {
  await requireManaged(deps, ctx, id)
  const notice = await store.lockNotice(ctx.db, ctx.actor.tenantId, id)
  if (!notice) throw fail('not_found')
  return notice
}

const excerptChars = 120

export function lineOf(asker: Asker, row: store.SeenRow): NoticeLine {
  const { id, title, author, state, mustRead, publishAt, archivedAt, comments, readAt, confirmedAt } = row
  return {
    id,
    title,
    excerpt: [...row.text.replaceAll(/\s+/g, ' ').trim()].slice(0, excerptChars).join(''),
    author,
    state,
    mustRead,
    publishAt,
    archivedAt,
    attachments: row.files.length,
    comments,
    asked: isAsked(asker, row),
    readAt,
    confirmedAt,
  }
}

export function noticeOf(asker: Asker, row: store.SeenRow): Notice {
  const { text, files, audience, commentsOn, editedAt, reminded, version } = row
  const mayManage = manages(asker, row)
  return {
    ...lineOf(asker, row),
    text,
    files,
    audience: audienceOf(audience),
    commentsOn,
    editedAt,
    mayManage,
    remindedAt: mayManage ? (reminded.at(-1) ?? null) : null,
    version,
  }
}

/** Those who are to know of a notice: in its audience now, and here when it was published. Not who wrote it. */
export async function listAsked({ directory }: Deps, on: Queryable, tenantId: string, notice: store.NoticeRow) {
  const members = await directory.membersOf(on, tenantId, audienceOf(notice.audience), notice.publishAt)
  return members.filter((member) => member !== notice.author)
}

export function readPage(cursor: string | null, limit: number) {
  if (cursor === null) return { after: null, limit: limit + 1 }
  const [at, id] = cursor.split(' ')
  if (!at || !id || Number.isNaN(Date.parse(at))) throw fail('invalid_input', { path: 'cursor', reason: '' })
  return { after: { at, id }, limit: limit + 1 }
}

export const unreadMost = limits.unreadMax
