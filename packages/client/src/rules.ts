import type { LadderStep } from '@heyi/contract/channels'
import { limits } from '@heyi/contract/limits'
import type { Membership, Mention, Message, ReceiptMode } from '@heyi/contract/messaging'
import type { Below, Frame } from '@heyi/contract/sync'

/** A message of mine as it is sent. The types of `api.ts` fit these; this file imports the contract alone. */
type Content =
  | TextContent
  | { kind: 'image' | 'file' | 'voice'; file: string }
  | { kind: 'poll'; question: string }
  | { kind: 'relay'; title: string }
  | { kind: 'contact'; member: string }
  | { kind: 'location'; name: string }
  | { kind: 'sticker'; sticker: string }
interface TextContent {
  kind: 'text'
  text: string
  mentions?: Mention[]
  receipt?: ReceiptMode
  ladder?: LadderStep[]
}
interface HeldMessage {
  rev: number
  object: Message
}

/**
 * The rules of FEEDS section 1 that can be switched off one by one, so that the property test can show that it notices.
 * Never off otherwise.
 */
export interface ClientRules {
  /** A frame is merged only where its `prev` has been reached. */
  prevFrame: boolean
  /** A conversation lives only under its live membership of the same view. */
  memberFeedLeads: boolean
  /** A pull names the view it holds, so that another one starts afresh. */
  viewReset: boolean
  /** Changes of messages outside the window are kept while a page is on its way. */
  sparseKeep: boolean
  /** The revs to reach are stored together with the mark. */
  wantSaved: boolean
  /** An object gives way only to a newer rev. */
  newerRevWins: boolean
}

export const allRules: ClientRules = {
  prevFrame: true,
  memberFeedLeads: true,
  viewReset: true,
  sparseKeep: true,
  wantSaved: true,
  newerRevWins: true,
}

/** What to do with a frame at a feed that stands at `own`. */
export function judgeFrame(
  frame: Pick<Frame, 'prev' | 'rev' | 'changes'>,
  own: number,
  rules: ClientRules,
): 'drop' | 'merge' | 'pull' {
  if (frame.rev <= own) return 'drop'
  if (frame.changes && (frame.prev <= own || !rules.prevFrame)) return 'merge'
  return 'pull'
}

/** Whether a state of rev `next` replaces the one held; `held` is undefined where nothing is. */
export const replaces = (next: number, held: number | undefined, rules: ClientRules): boolean =>
  held === undefined || next > held || !rules.newerRevWins

/** Whether a message counts as unread for `me`, wherever the cursor stands. */
const counts = (message: Message, membership: Membership, hidden: ReadonlySet<number>, me: string): boolean =>
  message.seq > Math.max(membership.readSeq, membership.fromSeq) &&
  message.root === undefined &&
  message.sender !== me &&
  message.state === 'sent' &&
  message.kind !== 'system' &&
  !hidden.has(message.seq)

export const mentions = (message: Message, me: string): boolean =>
  message.kind === 'text' &&
  (message.body?.mentions ?? []).some(({ principal }) => principal === me || principal === 'all')

/** Whether nothing at or under `floor` can be unread, so that `below` is not needed. */
export const readToFloor = (membership: Membership, floor: number): boolean =>
  Math.max(membership.readSeq, membership.fromSeq) >= floor

/** Unread among the messages held above `above` and up to `upTo`, in the form of a `Below`. */
export function countRange(
  messages: readonly HeldMessage[],
  above: number,
  upTo: number,
  membership: Membership,
  hidden: ReadonlySet<number>,
  me: string,
): Below {
  let [unreadHere, mentionsHere] = [0, 0]
  // From the newest, for under the cursor nothing counts: thousands that were read cost nothing.
  const least = Math.max(above, membership.readSeq, membership.fromSeq)
  for (let i = messages.length - 1; i >= 0; i--) {
    const message = messages[i]?.object
    if (!message || message.seq <= least) break
    if (message.seq > upTo || !counts(message, membership, hidden, me)) continue
    unreadHere++
    if (mentions(message, me)) mentionsHere++
  }
  return { unread: unreadHere, mentions: mentionsHere, readSeq: membership.readSeq, hidden: hidden.size }
}

/** Whether `below` was counted for another cursor or other hidden messages than there are now. */
export const outdated = (below: Below | null, membership: Membership, hidden: ReadonlySet<number>): boolean =>
  !below || below.readSeq !== membership.readSeq || below.hidden !== hidden.size

/** Two neighbouring ranges as one, null unless both were counted for what is true now. */
export function addRanges(
  a: Below | null,
  b: Below | null,
  membership: Membership,
  hidden: ReadonlySet<number>,
): Below | null {
  if (!a || !b || outdated(a, membership, hidden) || outdated(b, membership, hidden)) return null
  return { ...a, unread: a.unread + b.unread, mentions: a.mentions + b.mentions }
}

/**
 * Unread messages and mentions of me in one conversation: the ones held above `floor`, and `below` for the rest. An
 * outdated `below` is used until the right one has come.
 */
export function unreadAndMentions(
  messagesHeld: readonly HeldMessage[],
  membership: Membership,
  hidden: ReadonlySet<number>,
  below: Below | null,
  floor: number,
  me: string,
): { unread: number; mentions: number } {
  const above = countRange(messagesHeld, floor, Number.POSITIVE_INFINITY, membership, hidden, me)
  const under = below && !readToFloor(membership, floor) ? below : { unread: 0, mentions: 0 }
  return {
    unread: Math.min(limits.unreadMax, above.unread + under.unread),
    mentions: Math.min(limits.unreadMax, above.mentions + under.mentions),
  }
}

/** See `unreadAndMentions`. */
export const unread = (...held: Parameters<typeof unreadAndMentions>): number => unreadAndMentions(...held).unread

/** The place of a message from the id of its change: the digits at its end. */
export const placeOf = (id: string): number => Number(/\d+$/.exec(id)?.[0] ?? Number.NaN)

/**
 * Whether a message held looks like this send, whose answer has not come: mine, born after it was tried, the same content.
 * Only for what is shown; the answer decides.
 */
export function looksLike(message: Message, outgoing: Content, after: number, me: string): boolean {
  if (message.seq <= after || message.sender !== me || message.kind !== outgoing.kind || !message.body) return false
  if (message.kind === 'text' && outgoing.kind === 'text') return message.body.text === outgoing.text
  const told = ['file', 'question', 'title', 'member', 'sticker', 'name'] as const
  const by = told.find((key) => key in outgoing)
  return by !== undefined && field(message.body, by) === field(outgoing, by)
}

const field = (of: object, key: string): unknown => (of as Record<string, unknown>)[key]

/** A text as messages of at most `most` UTF-16 units, cutting neither a mention nor a pair of surrogates. */
export function splitText(outgoing: TextContent, most: number = limits.messageChars): TextContent[] {
  if (outgoing.text.length <= most) return [outgoing]
  const all = outgoing.mentions ?? []
  const parts: TextContent[] = []
  for (let from = 0; from < outgoing.text.length; ) {
    const to = cutAt(outgoing.text, from, most, all)
    const mine = all.filter(({ start, length }) => start >= from && start + length <= to)
    const mentions = mine.map((mention) => ({ ...mention, start: mention.start - from }))
    parts.push({ kind: 'text', text: outgoing.text.slice(from, to), ...(mentions.length ? { mentions } : {}) })
    from = to
  }
  // Whoever confirms has come to the end.
  const last = parts.at(-1)
  if (last && outgoing.receipt) last.receipt = outgoing.receipt
  if (last && outgoing.ladder) last.ladder = outgoing.ladder
  return parts
}

function cutAt(text: string, from: number, most: number, all: readonly Mention[]): number {
  let to = Math.min(text.length, from + most)
  if (to === text.length) return to
  if (/[\uD800-\uDBFF]/.test(text[to - 1] ?? '') && to - 1 > from) to--
  const cut = all.find(({ start, length }) => start > from && start < to && start + length > to)
  return cut?.start ?? to
}
