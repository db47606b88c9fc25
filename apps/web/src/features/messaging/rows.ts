import type { HeldMessage, Pending } from '@heyi/client'
import type { Upload } from '../files/uploads'

/** Messages of one sender within this time join in a run: one picture, one name. */
const runMs = 3 * 60_000

interface Placed {
  key: string
  /** The day to announce above it, where it is the first of its day: an instant of that day. */
  day: string | null
  /** The first of a run. */
  head: boolean
}
export type Row = Placed &
  (
    | {
        kind: 'message'
        held: HeldMessage
        /** Pictures that follow it in one grid. */
        more: HeldMessage[]
        /** 以下为新消息 stands above it. */
        newLine: boolean
      }
    | { kind: 'pending'; pending: Pending }
    | { kind: 'upload'; upload: Upload }
  )

interface Input {
  messages: HeldMessage[]
  pending: Pending[]
  uploads: Upload[]
  me: string
  /** The place up to which was read when the chat was opened; null shows no line. */
  newAfter: number | null
  /** The day of an instant in the reader's time zone. */
  dayOf: (iso: string) => string
}

/** The rows of a chat from what is held: days, runs, the line of new messages, then what is on its way. */
export function chatRows({ messages, pending, uploads, me, newAfter, dayOf }: Input): Row[] {
  const rows: Row[] = []
  let last: { sender: string; at: number; day: string } | null = null
  let lineDrawn = newAfter === null
  const place = (sender: string | null, iso: string): Pick<Placed, 'day' | 'head'> => {
    const day = dayOf(iso)
    const at = Date.parse(iso)
    const newDay = last?.day !== day
    const head = newDay || last?.sender !== sender || at - last.at > runMs
    last = { sender: sender ?? '', at, day }
    return { day: newDay ? iso : null, head }
  }
  for (const held of messages) {
    const { object } = held
    const isLine = object.kind === 'system' || object.state === 'recalled'
    const newLine = !lineDrawn && newAfter !== null && object.seq > newAfter && object.sender !== me
    if (newLine) {
      lineDrawn = true
      if (last) last = { ...(last as { sender: string; at: number; day: string }), sender: '' }
    }
    const placed = place(isLine ? null : object.sender, object.sentAt)
    const before = rows.at(-1)
    if (!placed.head && before?.kind === 'message' && isPlainPicture(held) && isPlainPicture(before.held))
      before.more.push(held)
    else rows.push({ kind: 'message', key: `m${object.seq}`, held, more: [], newLine, ...placed })
  }
  for (const one of pending)
    rows.push({ kind: 'pending', key: `p${one.key}`, pending: one, ...place(me, one.queuedAt) })
  for (const upload of uploads)
    rows.push({ kind: 'upload', key: `u${upload.id}`, upload, ...place(me, upload.startedAt) })
  return rows
}

/** Whether it may stand in a grid: a picture that answers nothing. */
const isPlainPicture = ({ object }: HeldMessage): boolean =>
  object.kind === 'image' && object.state === 'sent' && object.body !== null && object.quote === null

/** The messages a row shows. */
export const messagesOf = (row: Row): HeldMessage[] => (row.kind === 'message' ? [row.held, ...row.more] : [])
export const holds = (row: Row, seq: number | null): boolean => messagesOf(row).some(({ object }) => object.seq === seq)
