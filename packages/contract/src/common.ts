import { z } from 'zod'
import { limits } from './limits.js'

/** An id: a prefix that names its kind, then 20 characters that sort by time of creation. */
const id = (prefix: string, what: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9a-z]{20}$`))
    .describe(what)

export const TenantId = id('ten', 'A company.')
export const PersonId = id('per', 'A human with credentials.')
export const MemberId = id('mem', 'A person inside one tenant; also the id of that member’s own feed.')
export const DepartmentId = id('dep', 'A node of the department tree; also the id of its feed.')
export const ConversationId = id('con', 'A conversation; also the id of its feed.')
export const FileId = id('fil', 'An uploaded file.')
export const SessionId = id('ses', 'One signed-in device.')
export const InvitationId = id('inv', 'An invitation link.')
export const JoinRequestId = id('joi', 'Somebody waiting to be let in.')
export const TodoId = id('tdo', 'Something to be done.')
export const FavouriteId = id('fav', 'A message that somebody keeps.')
export const NoticeId = id('ntc', 'A notice of the company.')
export const NoticeCommentId = id('ncm', 'Something said below a notice.')
export const ReminderId = id('rem', 'A message that somebody wants to be reminded of.')
export const ScheduledId = id('sch', 'A message that waits for its time.')
export const StickerId = id('stk', 'A picture of one of the company’s sticker packs.')
export const StickerPackId = id('spk', 'A pack of stickers of the company.')
export const LinkId = id('lnk', 'A link by which colleagues join a group.')
export const JobId = id('job', 'Work in the background.')
/** Whoever can speak or hold a grant. In this version always a member or an outside contact. */
export const PrincipalId = z.string().regex(/^(mem|ctc)_[0-9a-z]{20}$/)
export const FeedId = z.string().regex(/^(con|mem|dep)_[0-9a-z]{20}$/)

export const Instant = z.string().describe('ISO 8601 in UTC, e.g. 2030-01-01T00:00:00.000Z')
export const Seq = z.int().min(0).describe('A place in a conversation: the rev with which a message was born.')
export const Rev = z.int().min(0).describe('A feed’s count of changes.')
/** Made once by the client for a write; a repeat with the same one returns the first answer. */
export const RequestId = z
  .string()
  .min(8)
  .max(64)
  .regex(/^[\w-]+$/)
export const Cursor = z.string().max(200).describe('Opaque; the `next` of the page before.')
export const Name = z.string().trim().min(1).max(limits.nameChars)
export const LocaleName = z.enum(['zh-CN', 'en'])
export const TimeZone = z.string().min(1).max(64).describe('IANA name, e.g. Asia/Shanghai')
export const Empty = z.object({})

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: Cursor.nullable().describe('Null on the last page.') })
