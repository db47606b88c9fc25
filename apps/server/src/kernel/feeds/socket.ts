import type { Duplex } from 'node:stream'
import { limits } from '@heyi/contract/limits'
import type { MemberActor } from '../actor.js'
import { socketBytes } from './frame.js'

const behindBytes = socketBytes(JSON.stringify({ behind: true }))

/** The socket of one device as the hub sees it: bytes out, joined into one write per flush, never buffered without limit. */
export class FeedSocket {
  /** Feeds it watches besides those it follows anyway; null for the many that watch none. */
  watched: Set<string> | null = null
  #due: Buffer[] = []
  #lost = false
  #open = true

  constructor(
    readonly actor: MemberActor,
    private readonly stream: Duplex,
    private readonly onDue: (socket: FeedSocket) => void,
    private readonly tellBehind: boolean,
  ) {}

  get open(): boolean {
    return this.#open && !this.stream.destroyed
  }

  close(): void {
    this.#open = false
    this.#due = []
  }

  /** Queues a feed frame; dropped while the socket is over its limit, and the client is told once it drains. */
  push(bytes: Buffer): void {
    if (this.#lost) return
    if (this.stream.writableLength > limits.socketBufferBytes) return this.#lose()
    this.write(bytes)
  }

  /** Queues an answer; answers are never dropped, for the requests that cause them are limited. */
  write(bytes: Buffer): void {
    if (!this.open) return
    if (this.#due.push(bytes) === 1) this.onDue(this)
  }

  flush(): void {
    const due = this.#due
    if (due.length === 0) return
    this.#due = []
    if (!this.open) return
    const only = due[0]
    this.stream.write(due.length === 1 && only ? only : Buffer.concat(due))
  }

  /** Tells the client to ask for heads: something may have passed it by. */
  behind(): void {
    this.write(behindBytes)
  }

  #lose(): void {
    this.#lost = true
    this.stream.once('drain', () => {
      this.#lost = false
      if (this.tellBehind) this.behind()
    })
  }
}
