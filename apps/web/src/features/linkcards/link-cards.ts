import type { Client } from '@heyi/client'
import type { LinkCard } from '@heyi/contract/linkcards'
import { useEffect, useSyncExternalStore } from 'react'
import { useClient, useMyId } from '../../app/data'

// What links lead to, asked of our own server, for as long as the page lives.

/** Undefined while it is not known; null where there is nothing to show. */
type Held = LinkCard | null | undefined
interface Cards {
  held: Map<string, Held>
  /** Places that wait to be asked for together, by conversation. */
  due: Map<string, Set<number>>
  tries: Map<string, number>
}

const perClient = new WeakMap<Client, Cards>()
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const retryMs = 3_000
const mostTries = 5
const perCall = 20

function cardsOf(client: Client): Cards {
  const cards = perClient.get(client) ?? { held: new Map(), due: new Map(), tries: new Map() }
  perClient.set(client, cards)
  return cards
}
const keyOf = (conversation: string, seq: number) => `${conversation} ${seq}`

/** The card of a message’s first link. A text that was put right is asked for anew. */
export function useLinkCard(conversation: string, seq: number, url: string): Held {
  const client = useClient()
  const key = `${keyOf(conversation, seq)} ${url}`
  useEffect(() => {
    const { held, due } = cardsOf(client)
    if (held.has(key)) return
    held.set(key, undefined)
    const waiting = due.get(conversation)
    if (waiting) return void waiting.add(seq)
    due.set(conversation, new Set([seq]))
    // Rows that come into view together are asked for together.
    setTimeout(() => void ask(client, conversation), 0)
  }, [client, conversation, seq, key])
  return useSyncExternalStore(subscribe, () => cardsOf(client).held.get(key))
}

async function ask(client: Client, conversation: string): Promise<void> {
  const cards = cardsOf(client)
  const all = [...(cards.due.get(conversation) ?? [])]
  cards.due.delete(conversation)
  for (let from = 0; from < all.length; from += perCall) {
    const seqs = all.slice(from, from + perCall)
    const answer = await client.call('linkcards.getCards', { conversation, seqs }).catch(() => null)
    for (const seq of seqs) {
      const key = keyOf(conversation, seq)
      const item = answer?.items.find((one) => one.seq === seq)
      const tries = (cards.tries.get(key) ?? 0) + 1
      cards.tries.set(key, tries)
      if ((!answer || item?.state === 'pending') && tries < mostTries) later(client, conversation, seq)
      else settle(cards, key, item?.card ?? null)
    }
    tell()
  }
}

function settle({ held }: Cards, place: string, card: LinkCard | null): void {
  for (const key of held.keys()) if (key.startsWith(`${place} `) && held.get(key) === undefined) held.set(key, card)
}

function later(client: Client, conversation: string, seq: number): void {
  setTimeout(() => {
    const { due } = cardsOf(client)
    const waiting = due.get(conversation)
    if (waiting) return void waiting.add(seq)
    due.set(conversation, new Set([seq]))
    void ask(client, conversation)
  }, retryMs)
}

const remembered = 'heyi.linkcards'
const policies = new WeakMap<Client, boolean>()

/** Whether the company shows what is behind links. Remembered on the device, so that rows have their height at once. */
export function useLinkCardsOn(): boolean {
  const client = useClient()
  const me = useMyId()
  useEffect(() => {
    if (policies.has(client)) return
    policies.set(client, localStorage.getItem(remembered) === me)
    client.call('linkcards.getPolicy', {}).then(
      ({ on }) => noteLinkCardsOn(client, me, on),
      () => undefined,
    )
  }, [client, me])
  return useSyncExternalStore(subscribe, () => policies.get(client) ?? localStorage.getItem(remembered) === me)
}

export function noteLinkCardsOn(client: Client, me: string, on: boolean): void {
  policies.set(client, on)
  if (on) localStorage.setItem(remembered, me)
  else localStorage.removeItem(remembered)
  tell()
}
