import type { Client } from '@heyi/client'
import type { NoticeSummary } from '@heyi/contract/notices'
import { useSyncExternalStore } from 'react'
import { useClient } from '../../app/data'

/** What this device knows of notices; `turn` grows when something about them changed. */
interface Held {
  summary: NoticeSummary | null
  turn: number
}

/** A notice reaches everybody at once; they do not all ask in the same moment. */
const spreadMs = 2_000
const againMs = 10_000

/** Asked for when the connection is there, and again when the server hints at a change. */
class Notices {
  #held: Held = { summary: null, turn: 0 }
  readonly #listeners = new Set<() => void>()
  #timer: ReturnType<typeof setTimeout> | null = null
  #wasOnline: boolean

  constructor(private readonly client: Client) {
    this.#wasOnline = client.connection === 'online'
    client.onNotices((reminded) => this.#later(reminded ? 0 : Math.random() * spreadMs))
    client.subscribe(() => {
      const online = client.connection === 'online'
      if (online && !this.#wasOnline) this.#later(0)
      this.#wasOnline = online
    })
    this.#later(0)
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly held = (): Held => this.#held

  async refresh(): Promise<void> {
    try {
      const summary = await this.client.call('notices.getSummary', {})
      this.#held = { summary, turn: this.#held.turn + 1 }
      for (const listener of this.#listeners) listener()
    } catch {
      // Nothing is shown that was not before; it is asked again.
      if (this.client.connection === 'online') this.#later(againMs)
    }
  }

  #later(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      void this.refresh()
    }, ms)
  }
}

const all = new WeakMap<Client, Notices>()

export function noticesOf(client: Client): Notices {
  const held = all.get(client) ?? new Notices(client)
  all.set(client, held)
  return held
}

export function useNotices(): Held {
  const notices = noticesOf(useClient())
  return useSyncExternalStore(notices.subscribe, notices.held)
}
