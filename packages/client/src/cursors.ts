import type { Membership } from '@heyi/contract/messaging'
import { isTransient } from './call-error.js'
import type { Environment } from './environment.js'
import type { Call } from './transport.js'

const everyMs = 500
const everyLargeMs = 10_000
const largeMembers = 500

export interface CursorsPorts {
  environment: Environment
  call: Call
  isOnline(): boolean
  membership(conversation: string): Membership | undefined
  memberCount(conversation: string): number
  onChanged(conversation: string): void
}

interface Moving {
  seq: number
  sentSeq: number
  sentAt: number
  sending: boolean
  timer: unknown
}

/** My read cursors on their way to the server; until the feed answers, screens see them where they will be. */
export class Cursors {
  readonly #ports: CursorsPorts
  readonly #moving = new Map<string, Moving>()

  constructor(ports: CursorsPorts) {
    this.#ports = ports
  }

  /** The membership as it will be. */
  ahead(membership: Membership): Membership {
    const moving = this.#moving.get(membership.conversation)
    return moving && moving.seq > membership.readSeq ? { ...membership, readSeq: moving.seq } : membership
  }

  moveTo(conversation: string, seq: number): void {
    const membership = this.#ports.membership(conversation)
    const before = this.#moving.get(conversation)
    if (!membership || seq <= Math.max(membership.readSeq, before?.seq ?? 0)) return
    const moving = before ?? { seq, sentSeq: 0, sentAt: 0, sending: false, timer: null }
    moving.seq = seq
    this.#moving.set(conversation, moving)
    this.#ports.onChanged(conversation)
    this.#schedule(conversation, moving)
  }

  /** The feed brought the membership: it is right, unless a move is still on its way. */
  membershipChanged(conversation: string): void {
    const moving = this.#moving.get(conversation)
    if (moving && moving.sentSeq >= moving.seq && !moving.sending) this.#drop(conversation)
  }

  connected(): void {
    for (const [conversation, moving] of this.#moving) this.#schedule(conversation, moving)
  }

  end(): void {
    for (const conversation of [...this.#moving.keys()]) this.#drop(conversation)
  }

  #drop(conversation: string): void {
    const moving = this.#moving.get(conversation)
    if (!moving) return
    this.#ports.environment.clearTimeout(moving.timer)
    this.#moving.delete(conversation)
    this.#ports.onChanged(conversation)
  }

  #schedule(conversation: string, moving: Moving): void {
    const { environment } = this.#ports
    if (moving.timer !== null || moving.sending || moving.sentSeq >= moving.seq || !this.#ports.isOnline()) return
    const every = this.#ports.memberCount(conversation) > largeMembers ? everyLargeMs : everyMs
    const wait = Math.max(0, moving.sentAt + every - environment.now())
    moving.timer = environment.setTimeout(() => {
      moving.timer = null
      void this.#send(conversation, moving)
    }, wait)
  }

  async #send(conversation: string, moving: Moving): Promise<void> {
    const { environment, call, membership } = this.#ports
    const { seq } = moving
    moving.sending = true
    moving.sentAt = environment.now()
    let refused = false
    try {
      await call('messaging.markRead', { conversation, seq })
      moving.sentSeq = seq
    } catch (error) {
      refused = !isTransient(error)
      if (refused) environment.log('cursor', error)
    }
    moving.sending = false
    if (this.#moving.get(conversation) !== moving) return
    const caughtUp = (membership(conversation)?.readSeq ?? Number.POSITIVE_INFINITY) >= moving.seq
    if (refused || caughtUp) this.#drop(conversation)
    else this.#schedule(conversation, moving)
  }
}
