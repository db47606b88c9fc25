import type { HeldMessage, Pending } from '@heyi/client'
import type { Message, Scheduled } from '@heyi/contract/messaging'
import type { Upload } from '../files/uploads'

/** Messages of one sender within this time join in a run: one picture, one name. */
const runMs = 3 * 60_000
/** So many messages fill a screen without the oldest one. */
const cutFrom = 20
const none: HeldMessage[] = []

interface Placed {
  key: string
  /** The day to announce above it, where it is the first of its day: an instant of that day. */
  day: string | null
  /** The first of a run. */
  head: boolean
}
type SpokenRow = Placed & {
  kind: 'message'
  held: HeldMessage
  /** Pictures that follow it in one grid. */
  more: HeldMessage[]
  /** 以下为新消息 stands above it. */
  newLine: boolean
}
/** One message: a row of its own, or a picture in the grid of the row above it. */
type Piece = SpokenRow & { joins: boolean }
export type Row =
  | SpokenRow
  | (Placed & { kind: 'pending'; pending: Pending })
  | (Placed & { kind: 'upload'; upload: Upload })
  | (Placed & { kind: 'scheduled'; scheduled: Scheduled })

interface Input {
  messages: HeldMessage[]
  /** There are older ones than these. */
  more: boolean
  pending: Pending[]
  uploads: Upload[]
  /** What waits for its time. */
  scheduled: readonly Scheduled[]
  me: string
  /** The place up to which was read when the chat was opened; null shows no line. */
  newAfter: number | null
  /** The day of an instant in the reader's time zone. */
  dayOf: (iso: string) => string
}

/** Who spoke last and when, as far as it decides what the next row looks like. */
interface Said {
  /** Null for a line of the system, which nobody continues. */
  sender: string | null
  iso: string
}

const isLine = (message: Message) => message.kind === 'system' || message.state === 'recalled'
const saidBy = ({ object }: HeldMessage): Said => ({
  sender: isLine(object) ? null : object.sender,
  iso: object.sentAt,
})

/**
 * Makes the rows of a chat from what is held: days, runs, the line of new messages, then what is on its way. The rows of
 * messages that stand as before between the same neighbours are the same objects again, so that with 50,000 of them a
 * page or a message more costs what it brings.
 */
export function makeChatRows(): (input: Input) => Row[] {
  let before: { input: Input; line: number | null; pieces: Piece[]; cut: number; rows: Row[] } | null = null
  const gridOf = makeGrids()
  return (input) => {
    const line = newLineOf(input)
    const isSame =
      before?.input.me === input.me && before.input.dayOf === input.dayOf && before.line === line ? before : null
    const pieces = piecesOf(input, line, isSame && { messages: isSame.input.messages, pieces: isSame.pieces })
    const cut = input.more && pieces.length >= cutFrom ? firstWhole(pieces) : 0
    const rows = isSame?.pieces === pieces && isSame.cut === cut ? isSame.rows : rowsOf(pieces, cut, gridOf)
    before = { input, line, pieces, cut, rows }
    return input.pending.length + input.uploads.length + input.scheduled.length > 0
      ? [...rows, ...onTheWay(input)]
      : rows
  }
}

/**
 * What stands above the oldest message held is not known: whether it begins a day, a run or a grid. With enough others to
 * show it waits for the next page, so that no row ever changes its height because of what came in above.
 */
function firstWhole(pieces: Piece[]): number {
  const whole = pieces.findIndex((piece, index) => index > 0 && !piece.joins)
  return Math.max(0, whole)
}

function rowsOf(pieces: Piece[], cut: number, gridOf: (first: Piece, more: HeldMessage[]) => Row): Row[] {
  const rows: Row[] = []
  for (let i = cut; i < pieces.length; ) {
    const first = pieces[i]
    if (!first) break
    const more: HeldMessage[] = []
    for (i++; pieces[i]?.joins; i++) more.push((pieces[i] as Piece).held)
    rows.push(more.length > 0 ? gridOf(first, more) : first)
  }
  return rows
}

/** The row of pictures in one grid: the same object while the same pictures are in it. */
function makeGrids() {
  const known = new WeakMap<Piece, SpokenRow>()
  return (first: Piece, more: HeldMessage[]): Row => {
    const held = known.get(first)
    if (held?.more.length === more.length && held.more.every((one, index) => one === more[index])) return held
    const row = { ...first, more }
    known.set(first, row)
    return row
  }
}

/** The place of the first message of others after what was read. */
function newLineOf({ messages, newAfter, me }: Input): number | null {
  if (newAfter === null) return null
  let found: number | null = null
  for (let i = messages.length - 1; i >= 0; i--) {
    const message = messages[i]?.object
    if (!message || message.seq <= newAfter) break
    if (message.sender !== me) found = message.seq
  }
  return found
}

function piecesOf(
  { messages, dayOf }: Input,
  line: number | null,
  before: { messages: HeldMessage[]; pieces: Piece[] } | null,
): Piece[] {
  const make = (from: number, to: number) => {
    const made: Piece[] = []
    for (let i = from; i < to; i++) {
      const held = messages[i]
      if (!held) break
      const { seq } = held.object
      const newLine = seq === line
      const last = messages[i - 1]
      const placed = place(last && saidBy(last), saidBy(held), newLine, dayOf)
      const joins = !placed.head && isPlainPicture(held) && last !== undefined && isPlainPicture(last)
      made.push({ kind: 'message', key: `m${seq}`, held, more: none, newLine, joins, ...placed })
    }
    return made
  }
  const old = before?.messages ?? []
  const most = Math.min(old.length, messages.length)
  let start = 0
  while (start < most && old[start] === messages[start]) start++
  let end = 0
  while (end < most - start && old[old.length - 1 - end] === messages[messages.length - 1 - end]) end++
  if (!before || start + end === 0) return make(0, messages.length)
  if (start === messages.length && start === old.length) return before.pieces
  // The first row after the new ones stands behind another message than before.
  const again = end > 0 ? 1 : 0
  const kept = end - again
  return [
    ...before.pieces.slice(0, start),
    ...make(start, messages.length - kept),
    ...before.pieces.slice(before.pieces.length - kept),
  ]
}

function place(
  last: Said | undefined,
  said: Said,
  newLine: boolean,
  dayOf: (iso: string) => string,
): Pick<Placed, 'day' | 'head'> {
  const newDay = !last || dayOf(last.iso) !== dayOf(said.iso)
  const follows =
    !newDay &&
    !newLine &&
    last.sender !== null &&
    last.sender === said.sender &&
    Date.parse(said.iso) - Date.parse(last.iso) <= runMs
  return { day: newDay ? said.iso : null, head: !follows }
}

function onTheWay({ messages, pending, uploads, scheduled, me, dayOf }: Input): Row[] {
  const rows: Row[] = []
  const newest = messages.at(-1)
  let last = newest && saidBy(newest)
  const next = (iso: string) => {
    const said = { sender: me, iso }
    const placed = place(last, said, false, dayOf)
    last = said
    return placed
  }
  for (const one of pending) rows.push({ kind: 'pending', key: `p${one.key}`, pending: one, ...next(one.queuedAt) })
  for (const upload of uploads) rows.push({ kind: 'upload', key: `u${upload.id}`, upload, ...next(upload.startedAt) })
  for (const one of scheduled)
    rows.push({ kind: 'scheduled', key: `s${one.id}`, scheduled: one, day: null, head: true })
  return rows
}

/** Whether it may stand in a grid: a picture that answers nothing and has nothing below it. */
const isPlainPicture = ({ object }: HeldMessage): boolean =>
  object.kind === 'image' &&
  object.state === 'sent' &&
  object.body !== null &&
  object.quote === null &&
  !object.receipt &&
  !object.reactions &&
  !object.thread &&
  !object.todo

/** The messages a row shows. */
export const messagesOf = (row: Row): HeldMessage[] => (row.kind === 'message' ? [row.held, ...row.more] : [])
export const holds = (row: Row, seq: number | null): boolean => messagesOf(row).some(({ object }) => object.seq === seq)
