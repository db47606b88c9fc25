import type { Client } from '@heyi/client'
import type { Operations } from '@heyi/contract'
import { useEffect, useSyncExternalStore } from 'react'
import { useClient } from '../../app/data'

// How many have read messages of mine that are on screen, where the company lets senders see it.

export type Reads = Operations['messaging.listReads']['output']['items'][number]

const everyMs = 5_000
const perCall = 20

const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

class Asking {
  /** Null until it is known. */
  visible: boolean | null = null
  readonly held = new Map<string, Reads>()
  /** Places on screen, by conversation. */
  readonly #shown = new Map<string, Set<number>>()
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(private readonly client: Client) {
    client.call('messaging.getReadPolicy', {}).then(
      ({ visible }) => this.set(visible),
      () => undefined,
    )
  }

  set(visible: boolean): void {
    this.visible = visible
    tell()
    this.#soon(0)
  }

  show(conversation: string, seq: number): () => void {
    const seqs = this.#shown.get(conversation) ?? new Set()
    this.#shown.set(conversation, seqs.add(seq))
    this.#soon(0)
    return () => void seqs.delete(seq)
  }

  #soon(inMs: number): void {
    if (this.visible !== true || (this.#timer && inMs > 0)) return
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#timer = null
      void this.#ask().finally(() => this.#soon(everyMs))
    }, inMs)
  }

  async #ask(): Promise<void> {
    if (document.hidden) return
    for (const [conversation, seqs] of this.#shown) {
      // What everybody has read stays so, nearly always: a message marked unread is not asked about again.
      const open = [...seqs].filter((seq) => {
        const known = this.held.get(keyOf(conversation, seq))
        return !known || known.read < known.total
      })
      for (let from = 0; from < open.length; from += perCall) {
        const part = { conversation, seqs: open.slice(from, from + perCall) }
        const answer = await this.client.call('messaging.listReads', part).catch(() => null)
        for (const one of answer?.items ?? []) this.held.set(keyOf(conversation, one.seq), one)
      }
    }
    tell()
  }
}

const keyOf = (conversation: string, seq: number) => `${conversation} ${seq}`
const perClient = new WeakMap<Client, Asking>()

function askingOf(client: Client): Asking {
  const asking = perClient.get(client) ?? new Asking(client)
  perClient.set(client, asking)
  return asking
}

/** Whether senders see who has read; null until it is known. */
export function useReadsVisible(): boolean | null {
  const client = useClient()
  return useSyncExternalStore(subscribe, () => askingOf(client).visible)
}

export const noteReadsVisible = (client: Client, visible: boolean): void => askingOf(client).set(visible)

/** How many have read a message of mine; undefined while it is not known, or hidden. */
export function useReads(conversation: string, seq: number): Reads | undefined {
  const client = useClient()
  useEffect(() => askingOf(client).show(conversation, seq), [client, conversation, seq])
  return useSyncExternalStore(subscribe, () => askingOf(client).held.get(keyOf(conversation, seq)))
}
