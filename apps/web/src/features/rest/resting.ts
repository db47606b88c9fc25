import type { Client } from '@heyi/client'
import { limits } from '@heyi/contract/limits'
import type { RestingMember } from '@heyi/contract/rest'
import { useEffect, useSyncExternalStore } from 'react'
import { useClient } from '../../app/data'

/** Those who come on screen together are asked about together. */
const gatherMs = 60
/** A rest begun by hand is seen after so long where nothing else asks. */
const staleMs = 5 * 60_000
/** Of whoever is looked at closely. */
const freshMs = 20_000

interface Known {
  resting: RestingMember | null
  askedAt: number
}

let owner: Client | null = null
const known = new Map<string, Known>()
const watched = new Map<string, number>()
const listeners = new Set<() => void>()
let wanted = new Set<string>()
let gathering: ReturnType<typeof setTimeout> | undefined
let next: ReturnType<typeof setTimeout> | undefined

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function want(client: Client, id: string): void {
  if (owner !== client) {
    owner = client
    known.clear()
  }
  wanted.add(id)
  if (gathering === undefined) gathering = setTimeout(() => void ask(client), gatherMs)
}

async function ask(client: Client): Promise<void> {
  gathering = undefined
  const members = [...wanted].slice(0, limits.profilesPerCall)
  wanted = new Set([...wanted].slice(limits.profilesPerCall))
  if (wanted.size > 0) gathering = setTimeout(() => void ask(client), gatherMs)
  if (members.length === 0) return
  try {
    const { items, changesAt } = await client.call('rest.listResting', { members })
    if (owner !== client) return
    const resting = new Map(items.map((item) => [item.member, item]))
    for (const id of members) known.set(id, { resting: resting.get(id) ?? null, askedAt: Date.now() })
    const inMs = changesAt === null ? staleMs : Math.max(1_000, Date.parse(changesAt) - Date.now() + 500)
    clearTimeout(next)
    next = setTimeout(() => askAgain(client), Math.min(inMs, staleMs))
    for (const listener of listeners) listener()
  } catch {
    // Without an answer nobody is shown at rest who was not before.
  }
}

function askAgain(client: Client): void {
  for (const id of watched.keys()) want(client, id)
}

/** Somebody's rest, while they rest. `closely` asks again at once, such as for whoever is being written to. */
export function useResting(id: string | null, closely = false): RestingMember | null {
  const client = useClient()
  useEffect(() => {
    if (!id?.startsWith('mem_')) return
    watched.set(id, (watched.get(id) ?? 0) + 1)
    const before = owner === client ? known.get(id) : undefined
    if (!before || Date.now() - before.askedAt > (closely ? freshMs : staleMs)) want(client, id)
    return () => {
      const left = (watched.get(id) ?? 1) - 1
      if (left > 0) watched.set(id, left)
      else watched.delete(id)
    }
  }, [client, id, closely])
  return useSyncExternalStore(subscribe, () => (id && owner === client ? (known.get(id)?.resting ?? null) : null))
}
