import type { Replica } from './replica.js'

/** What others wrote while there was no connection, counted once all of it is there. */
export class Absence {
  readonly #replica: Replica
  /** The newest place and the unread of each conversation when the connection was lost; null while there is one. */
  #before: Map<string, { seq: number; unread: number }> | null = null
  #caughtUp: number | null = null

  constructor(replica: Replica) {
    this.#replica = replica
  }

  /** Messages of others that came in; null until it is caught up. */
  get caughtUp(): number | null {
    return this.#caughtUp
  }

  begin(): void {
    this.#caughtUp = null
    if (this.#before) return
    this.#before = new Map()
    for (const [id, membership] of this.#replica.memberships())
      this.#before.set(id, {
        seq: this.#replica.newest(id)?.object.seq ?? 0,
        unread: this.#replica.unread(id, membership).unread,
      })
  }

  /** Nothing is missing any more. Of a long absence only the newest messages are held; then what is unread says more. */
  end(): void {
    if (!this.#before) return
    let count = 0
    for (const [id, membership] of this.#replica.memberships()) {
      const { seq, unread } = this.#before.get(id) ?? { seq: 0, unread: 0 }
      count += Math.max(this.#heldAfter(id, seq), this.#replica.unread(id, membership).unread - unread)
    }
    this.#before = null
    this.#caughtUp = count
  }

  #heldAfter(conversation: string, seq: number): number {
    const held = this.#replica.feed(conversation)?.messages ?? []
    let count = 0
    for (let i = held.length - 1; i >= 0; i--) {
      const message = held[i]?.object
      if (!message || message.seq <= seq) break
      if (message.sender !== this.#replica.member && message.kind !== 'system') count++
    }
    return count
  }
}
