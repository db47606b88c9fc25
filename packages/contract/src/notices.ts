import { z } from 'zod'
import { Cursor, DepartmentId, Empty, FileId, Instant, MemberId, NoticeCommentId, NoticeId, pageOf } from './common.js'
import { operation } from './define.js'
import { Role } from './identity.js'
import { limits } from './limits.js'
import { AttachmentBody } from './messaging-objects.js'

/**
 * Whom a notice is for: everybody, or whoever is in one of the departments (those below them included) or has one of the
 * roles. Who that is, is looked up whenever it is asked, so that it follows people as they move.
 */
export const NoticeAudience = z.object({
  everyone: z.boolean(),
  departments: z.array(DepartmentId).max(limits.noticeDepartments),
  roles: z.array(Role).max(3),
})
export type NoticeAudience = z.infer<typeof NoticeAudience>

export const NoticeState = z.enum(['scheduled', 'published', 'withdrawn'])

/** A notice as it stands in a list. */
export const NoticeLine = z.object({
  id: NoticeId,
  title: z.string(),
  excerpt: z.string().describe('How its text begins.'),
  author: MemberId,
  state: NoticeState,
  mustRead: z.boolean(),
  publishAt: Instant.describe('When it was or will be published.'),
  archivedAt: Instant.nullable(),
  attachments: z.int(),
  comments: z.int(),
  asked: z
    .boolean()
    .describe('Whether it counts for me: I am in its audience, and was in the company when it was published.'),
  readAt: Instant.nullable().describe('When I first opened it.'),
  confirmedAt: Instant.nullable().describe('When I said that I have read it.'),
})
export type NoticeLine = z.infer<typeof NoticeLine>

export const Notice = NoticeLine.extend({
  text: z.string(),
  files: z.array(AttachmentBody).max(limits.noticeFiles),
  audience: NoticeAudience,
  commentsOn: z.boolean(),
  editedAt: Instant.nullable().describe('When it was last changed after it was published.'),
  mayManage: z.boolean().describe('Whether I may change it and see who has read it.'),
  remindedAt: Instant.nullable().describe('When the rest was last reminded.'),
  version: z.int(),
})
export type Notice = z.infer<typeof Notice>

/** What the list of conversations says of notices. */
export const NoticeSummary = z.object({
  unread: z.int().describe('At most `unreadMax`.'),
  toConfirm: z.int().describe('Those that ask for “I have read it”, and have not got it from me.'),
  latest: NoticeLine.nullable(),
  mayPost: z.boolean(),
})
export type NoticeSummary = z.infer<typeof NoticeSummary>

const Title = z.string().trim().min(1).max(limits.noticeTitleChars)
const Text = z.string().trim().min(1).max(limits.noticeChars)
const Files = z.array(FileId).max(limits.noticeFiles)
const paged = { cursor: Cursor.nullable(), limit: z.int().min(1).max(limits.pageSize) }

export const createNotice = operation({
  name: 'notices.createNotice',
  kind: 'write',
  summary: 'Post a notice, now or at a time. For owners, admins and whoever they named.',
  scope: 'notices:write',
  input: z.object({
    title: Title,
    text: Text,
    files: Files.describe('Finished uploads of my own.'),
    audience: NoticeAudience,
    mustRead: z.boolean().describe('Everybody is asked to say that they have read it.'),
    commentsOn: z.boolean(),
    publishAt: Instant.nullable().describe('Null: at once.'),
  }),
  output: Notice,
  errors: ['time_not_allowed', 'too_many_scheduled'],
})

export const updateNotice = operation({
  name: 'notices.updateNotice',
  kind: 'write',
  summary: 'Change a notice of mine, or any as an admin. Audience, time and must-read only until it is published.',
  scope: 'notices:write',
  input: z.object({
    id: NoticeId,
    version: z.int(),
    title: Title.optional(),
    text: Text.optional(),
    files: Files.optional().describe('Those it has may stay; new ones are uploads of my own.'),
    commentsOn: z.boolean().optional(),
    audience: NoticeAudience.optional(),
    mustRead: z.boolean().optional(),
    publishAt: Instant.optional(),
  }),
  output: Notice,
  errors: ['version_conflict', 'notice_fixed', 'time_not_allowed'],
})

export const publishNotice = operation({
  name: 'notices.publishNotice',
  kind: 'write',
  summary: 'Publish now what waits for its time.',
  scope: 'notices:write',
  input: z.object({ id: NoticeId, version: z.int() }),
  output: Notice,
  errors: ['version_conflict', 'notice_fixed'],
})

export const withdrawNotice = operation({
  name: 'notices.withdrawNotice',
  kind: 'write',
  summary: 'Take a notice back: nobody but those who manage it sees it any more.',
  scope: 'notices:write',
  input: z.object({ id: NoticeId }),
  output: Notice,
  errors: [],
})

export const archiveNotice = operation({
  name: 'notices.archiveNotice',
  kind: 'write',
  summary: 'Put a notice that is over aside, or back. It can be read, and nobody is asked for it any more.',
  scope: 'notices:write',
  input: z.object({ id: NoticeId, archived: z.boolean() }),
  output: Notice,
  errors: ['notice_fixed'],
})

export const listNotices = operation({
  name: 'notices.listNotices',
  kind: 'read',
  summary: 'Notices for me, the newest first; archived ones; or, in every state, those I manage.',
  scope: 'notices:read',
  input: z.object({ box: z.enum(['current', 'archived', 'managed']), ...paged }),
  output: pageOf(NoticeLine),
  errors: [],
})

export const getNotice = operation({
  name: 'notices.getNotice',
  kind: 'read',
  summary: 'A notice for me, or one that I manage.',
  scope: 'notices:read',
  input: z.object({ id: NoticeId }),
  output: Notice,
  errors: [],
})

export const getNoticeSummary = operation({
  name: 'notices.getSummary',
  kind: 'read',
  summary: 'How many notices I have not read, the newest one, and whether I may post.',
  scope: 'notices:read',
  input: Empty,
  output: NoticeSummary,
  errors: [],
})

export const readNotice = operation({
  name: 'notices.readNotice',
  kind: 'write',
  summary: 'I have opened it; with `confirm`, I say that I have read it. The first time counts.',
  scope: 'notices:write',
  input: z.object({ id: NoticeId, confirm: z.boolean() }),
  output: z.object({ readAt: Instant, confirmedAt: Instant.nullable() }),
  errors: [],
  ownRetry: true,
})

const Counts = z.object({ asked: z.int(), read: z.int(), confirmed: z.int() })

export const getNoticeStatistics = operation({
  name: 'notices.getStatistics',
  kind: 'read',
  summary: 'How many have read and confirmed a notice that I manage. Counted among those in its audience now.',
  scope: 'notices:read',
  input: z.object({ id: NoticeId }),
  output: Counts,
  errors: [],
})

export const listNoticeDepartments = operation({
  name: 'notices.listDepartments',
  kind: 'read',
  summary: 'The same by main department, the one with the most people missing first.',
  scope: 'notices:read',
  input: z.object({ id: NoticeId, ...paged }),
  output: pageOf(Counts.extend({ department: DepartmentId.nullable(), path: z.array(z.string()) })),
  errors: [],
})

export const listNoticeReaders = operation({
  name: 'notices.listReaders',
  kind: 'read',
  summary: 'Who has read or confirmed a notice that I manage, the first first, or who has not.',
  scope: 'notices:read',
  input: z.object({ id: NoticeId, which: z.enum(['read', 'unread', 'confirmed', 'unconfirmed']), ...paged }),
  output: pageOf(z.object({ member: MemberId, at: Instant.nullable() })),
  errors: [],
})

export const remindNotice = operation({
  name: 'notices.remindNotice',
  kind: 'write',
  summary: 'Remind whoever has not confirmed (or not read) it, a few times a day. Whoever rests is left in peace.',
  scope: 'notices:write',
  input: z.object({ id: NoticeId }),
  output: z.object({ reminded: z.int(), resting: z.int() }),
  errors: ['reminded_lately', 'reminded_often', 'notice_fixed'],
})

export const exportNoticeStatistics = operation({
  name: 'notices.exportStatistics',
  kind: 'write',
  summary: 'Everybody who is asked, with when they read and confirmed, as a CSV file of mine that goes after a day.',
  scope: 'notices:write',
  input: z.object({ id: NoticeId }),
  output: z.object({ file: FileId, name: z.string(), rows: z.int() }),
  errors: [],
})

export const NoticeComment = z.object({
  id: NoticeCommentId,
  member: MemberId,
  text: z.string(),
  at: Instant,
  mayDelete: z.boolean(),
})
export type NoticeComment = z.infer<typeof NoticeComment>

export const addNoticeComment = operation({
  name: 'notices.addComment',
  kind: 'write',
  summary: 'Say something below a notice where that is allowed.',
  scope: 'notices:write',
  input: z.object({ id: NoticeId, text: z.string().trim().min(1).max(limits.noticeCommentChars) }),
  output: NoticeComment,
  errors: ['comments_closed', 'too_many_comments'],
})

export const deleteNoticeComment = operation({
  name: 'notices.deleteComment',
  kind: 'write',
  summary: 'Take a comment of mine away, or any below a notice that I manage.',
  scope: 'notices:write',
  input: z.object({ id: NoticeId, comment: NoticeCommentId }),
  output: Empty,
  errors: [],
})

export const listNoticeComments = operation({
  name: 'notices.listComments',
  kind: 'read',
  summary: 'What was said below a notice, the first first.',
  scope: 'notices:read',
  input: z.object({ id: NoticeId, ...paged }),
  output: pageOf(NoticeComment),
  errors: [],
})

export const listNoticePublishers = operation({
  name: 'notices.listPublishers',
  kind: 'read',
  summary: 'Who may post notices besides owners and admins.',
  scope: 'notices:read',
  input: Empty,
  output: z.object({ members: z.array(MemberId).max(limits.noticePublishers) }),
  errors: [],
})

export const setNoticePublishers = operation({
  name: 'notices.setPublishers',
  kind: 'write',
  summary: 'Name those who may post notices besides owners and admins.',
  scope: 'directory:admin',
  input: z.object({ members: z.array(MemberId).max(limits.noticePublishers) }),
  output: z.object({ members: z.array(MemberId).max(limits.noticePublishers) }),
  errors: [],
})
