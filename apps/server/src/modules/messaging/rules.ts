import { limits } from '@heyi/contract/limits'
import type {
  AttachmentBody,
  ConversationRole,
  Message,
  PollBody,
  PollTally,
  RecordBody,
  RecordItem,
  RelayBody,
  RelayTally,
  Silence,
  SystemBody,
  ThanksBody,
} from '@heyi/contract/messaging'
import { type AppError, fail } from '../../kernel/errors.js'
import { may } from '../../kernel/may.js'

/**
 * Whether a message may be taken back: by its sender within the window, by owner and admins of a group at any time.
 *
 * @throws AppError `not_allowed` to others, `recall_too_late` to its sender after the window
 */
export function mayRecall(facts: {
  place: { kind: 'direct' | 'group'; role: ConversationRole }
  message: { sender: string; sentAt: string }
  memberId: string
  nowMs: number
  windowSeconds: number
}): void {
  const { place, message, memberId, nowMs, windowSeconds } = facts
  if (place.kind === 'group' && may(place.role, 'recallOthers')) return
  if (message.sender !== memberId) throw fail('not_allowed')
  if (nowMs - Date.parse(message.sentAt) > windowSeconds * 1000)
    throw fail('recall_too_late', { seconds: windowSeconds })
}

/**
 * Whether a text may be put right: by its sender in its time, unless others were asked to confirm what it says.
 *
 * @throws AppError `not_allowed` to others, `message_gone`, `receipt_fixed`, `edit_too_late`
 */
export function mayEdit(facts: {
  message: { sender: string; kind: string; state: string; sentAt: string; receipt: string | null }
  memberId: string
  nowMs: number
  windowSeconds: number
}): void {
  const { message, memberId, nowMs, windowSeconds } = facts
  if (message.sender !== memberId || message.kind !== 'text') throw fail('not_allowed')
  if (message.state !== 'sent') throw fail('message_gone')
  if (message.receipt) throw fail('receipt_fixed')
  if (nowMs - Date.parse(message.sentAt) > windowSeconds * 1000)
    throw fail('edit_too_late', { hours: windowSeconds / 3600 })
}

/**
 * Why somebody in this place may not say anything now: the one rule for every way of sending; null where they may.
 *
 * @param silencedUntil the end of a mute of this one, in milliseconds; Infinity until it is lifted, null without one
 */
export function whyMayNotSay(
  place: { dissolved: boolean; muteAll: boolean; seat: ConversationRole; silencedUntil: number | null },
  nowMs: number,
): AppError | null {
  if (place.dissolved) return fail('conversation_closed')
  if (may(place.seat, 'sendWhileMuted')) return null
  const { silencedUntil } = place
  if (silencedUntil !== null && silencedUntil > nowMs)
    return fail('silenced', { until: Number.isFinite(silencedUntil) ? new Date(silencedUntil).toISOString() : null })
  return place.muteAll ? fail('muted') : null
}

/** The end of a mute as the contract has it. */
export const toSilence = (untilMs: number | null): Silence | null =>
  untilMs === null ? null : { until: Number.isFinite(untilMs) ? new Date(untilMs).toISOString() : null }

/**
 * Whether one who runs a group may act on another: nobody on themselves or on the owner, admins not on each other.
 *
 * @throws AppError `not_allowed`
 */
export function requireActsOn(
  by: { id: string; role: ConversationRole },
  on: { id: string; role: ConversationRole },
): void {
  if (on.id === by.id || on.role === 'owner') throw fail('not_allowed')
  if (on.role === 'admin' && !may(by.role, 'removeAdmin')) throw fail('not_allowed')
}

/** Whether a link to join by may be made by somebody in this place. */
export const mayMakeLink = (role: ConversationRole, group: { memberLinks: boolean }): boolean =>
  may(role, 'keepLinks') || (group.memberLinks && may(role, 'makeLink'))

/** Whether a link still opens: in its time, not revoked, and of somebody who could make it today. */
export const isOpenLink = (
  link: { expiresAt: string; revokedAt: string | null; makerRole: ConversationRole | null },
  group: { memberLinks: boolean },
  now: string,
): boolean =>
  link.revokedAt === null && link.expiresAt > now && link.makerRole !== null && mayMakeLink(link.makerRole, group)

/**
 * What of a message goes on to another conversation: its words or its file, and how a poll or a relay list stands at that
 * moment, to be read and not answered. Who was named stays behind: there it would call people who were not meant.
 */
export function forwardedBody(
  message: Pick<Message, 'kind'> & { body: unknown; poll?: PollTally | null; relay?: RelayTally | null },
): unknown {
  const { kind, body, poll, relay } = message
  if (kind === 'text') return { text: (body as { text: string }).text }
  if (kind === 'poll') {
    const { options, result } = body as { options: string[]; result?: PollTally }
    const none: PollTally = { voters: 0, counts: options.map(() => 0), endedAt: null }
    return { ...(body as object), result: result ?? poll ?? none }
  }
  if (kind === 'relay') {
    const { result } = body as { result?: RelayTally }
    return { ...(body as object), result: result ?? relay ?? { count: 0, lines: [], endedAt: null } }
  }
  return body
}

/** A thank-you card is for those whom it names: sent on or kept, it is its words. */
export const asSentOn = <M extends { kind: Message['kind']; body: unknown }>(message: M): M =>
  message.kind === 'thanks' ? { ...message, kind: 'text', body: { text: (message.body as ThanksBody).text } } : message

/** One message on the outside of a record: its first words, or the name of what it carries. */
export function recordLine({ name, kind, body }: RecordItem): RecordBody['first'][number] {
  const text =
    kind === 'text'
      ? body.text
      : kind === 'poll'
        ? body.question
        : kind === 'relay'
          ? body.title
          : kind === 'sticker'
            ? body.label
            : kind !== 'voice' && 'name' in body
              ? body.name
              : ''
  const line = text.replace(/\s+/g, ' ').trim()
  const cut = [...line].slice(0, limits.recordLineChars / 2 - 1).join('')
  return { name, kind, text: cut.length < line.length ? `${cut}…` : line }
}

interface Nested {
  items?: Nested[]
}
/** How deep records stand within records: 1 without any. */
export const depthOf = (items: readonly Nested[]): number =>
  1 + Math.max(0, ...items.map((item) => (item.items ? depthOf(item.items) : 0)))

/** Whether bytes of this type can be a voice: recorders of browsers write sound into containers for films. */
export const isSound = (mime: string): boolean =>
  mime.startsWith('audio/') || ['video/webm', 'video/mp4'].includes(mime)

/** A name by which an engine knows the kind of sound. */
export function soundName(mime: string): string {
  const [, kind = ''] = /^(?:audio|video)\/(?:x-)?(\w+)/.exec(mime) ?? []
  const endings: Record<string, string> = { mpeg: 'mp3', mp4: 'm4a', aac: 'aac', webm: 'webm', ogg: 'ogg', wav: 'wav' }
  return `voice.${endings[kind] ?? 'bin'}`
}

/** Whether a poll or a relay list takes no more answers. */
export const isOver = (poll: { endsAt: string | null; endedAt: string | null }, now: string): boolean =>
  poll.endedAt !== null || (poll.endsAt !== null && poll.endsAt <= now)

/** What is said of a poll or a relay list that ended: what leads it, or how many lines it has. */
export function outcomeOf({
  body,
  poll,
  relay,
}: {
  body: PollBody | RelayBody
  poll: PollTally | null
  relay: RelayTally | null
}): Pick<SystemBody, 'event' | 'text' | 'count' | 'leading'> {
  if (!('options' in body)) return { event: 'relay_ended', text: body.title, count: relay?.count ?? 0 }
  const counts = poll?.counts ?? []
  const most = Math.max(0, ...counts)
  const leading = most === 0 ? [] : body.options.filter((_, option) => counts[option] === most)
  return { event: 'poll_ended', text: body.question, count: most, leading }
}

/** Whether a picture may be a sticker. */
export const isSticker = ({ mime, sizeBytes, width }: AttachmentBody): boolean =>
  ['image/png', 'image/webp', 'image/gif'].includes(mime) && sizeBytes <= limits.stickerBytes && width !== null
/**
 * Who of those who differ from a department leave its group and who come into it in one transaction: those who lead it
 * come first, and nobody for whom there is no room.
 */
export function biteOf(
  { missing, extra, count }: { missing: string[]; extra: string[]; count: number },
  leaders: readonly string[],
  most: number,
  room: number,
): { leaving: string[]; joining: string[]; more: boolean } {
  const leaving = extra.slice(0, most)
  const first = missing.filter((member) => leaders.includes(member))
  const rest = missing.filter((member) => !leaders.includes(member))
  const space = Math.max(0, room - count + leaving.length)
  const joining = [...first, ...rest].slice(0, Math.min(most - leaving.length, space))
  const left = extra.length - leaving.length
  // Who finds no room waits until somebody leaves.
  const canCome = Math.min(missing.length, Math.max(0, room - count + extra.length)) - joining.length
  return { leaving, joining, more: left > 0 || canCome > 0 }
}

/** Whose the group of a department is: of the first of its leaders who is in it, else of who had it, else nobody’s. */
export const ownerOfDepartment = (facts: {
  leaders: readonly string[]
  owner: string | null
  here: ReadonlySet<string>
}): string | null => {
  const { leaders, owner, here } = facts
  return leaders.find((leader) => here.has(leader)) ?? (owner !== null && here.has(owner) ? owner : null)
}
