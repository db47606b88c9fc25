import { limits } from '@heyi/contract/limits'
import type { Change } from '@heyi/contract/sync'

/** A push on its way between copies: the frame’s JSON made once, and what a copy must know without reading it. */
export interface BusFrame {
  tenantId: string
  feed: string
  prev: number
  rev: number
  epoch: number
  /** The whole frame as a client gets it. */
  json: string
  /** The smallest place of a message in it, null if it carries none: members who start later get a blanked copy. */
  minSeq: number | null
}

/** Something every copy should hear besides feeds, durable in the outbox. */
export type Control = { endSessions: string[] } | { switchSessions: string[] }

export function makeFrame(
  at: { tenantId: string; feed: string; prev: number; rev: number; epoch: number },
  changes: Change[],
): BusFrame {
  const json = JSON.stringify({ feed: at.feed, prev: at.prev, rev: at.rev, changes })
  const seqs = changes.filter((c) => c.kind === 'message').map((c) => Number(c.id))
  const minSeq = seqs.length > 0 ? Math.min(...seqs) : null
  // Too large to push: it only says that there is more, and the client pulls.
  if (json.length > limits.frameBytes)
    return { ...at, minSeq: null, json: JSON.stringify({ feed: at.feed, prev: at.prev, rev: at.rev }) }
  return { ...at, minSeq, json }
}

/** The same frame without the messages at or under `fromSeq`. */
export function blankFrame(json: string, fromSeq: number): string {
  const frame: { feed: string; prev: number; rev: number; changes?: Change[] } = JSON.parse(json)
  const changes = frame.changes?.filter((c) => c.kind !== 'message' || Number(c.id) > fromSeq)
  return JSON.stringify({ ...frame, ...(changes && { changes }) })
}

/** One unmasked WebSocket text message, ready to be written to any number of sockets (RFC 6455, section 5.2). */
export function socketBytes(json: string): Buffer {
  const size = Buffer.byteLength(json)
  const header = size < 126 ? 2 : size < 65_536 ? 4 : 10
  const bytes = Buffer.allocUnsafe(header + size)
  bytes[0] = 0x81
  if (header === 2) bytes[1] = size
  else if (header === 4) {
    bytes[1] = 126
    bytes.writeUInt16BE(size, 2)
  } else {
    bytes[1] = 127
    bytes.writeBigUInt64BE(BigInt(size), 2)
  }
  bytes.write(json, header)
  return bytes
}
