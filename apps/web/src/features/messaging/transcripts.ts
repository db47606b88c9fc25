import type { Client } from '@heyi/client'
import { useEffect, useSyncExternalStore } from 'react'
import { useClient } from '../../app/data'
import { toastError } from '../../app/errors'

// What voices say, written down by the engine of this installation, for whom somebody here asked; in memory only.

const againMs = 2_000
/** Longer than the engine may take. */
const patienceMs = 120_000

interface Held {
  /** Whether there is an engine; null until that is known. */
  on: boolean | null
  asked: boolean
  /** Undefined while it is being written down. */
  texts: Map<string, string | undefined>
}
const all = new WeakMap<Client, Held>()
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
function heldBy(client: Client): Held {
  const held = all.get(client) ?? { on: null, asked: false, texts: new Map() }
  all.set(client, held)
  return held
}
const keyOf = (conversation: string, seq: number) => `${conversation}:${seq}`

/** Whether voices can be written down here; asked for once, when the first voice is shown. */
export function useTranscribes(wanted: boolean): boolean {
  const client = useClient()
  const on = useSyncExternalStore(subscribe, () => heldBy(client).on) ?? false
  useEffect(() => {
    const held = heldBy(client)
    if (!wanted || held.asked) return
    held.asked = true
    client.call('identity.getInstallation', {}).then(
      ({ transcripts }) => {
        held.on = transcripts
        tell()
      },
      () => {
        held.asked = false
      },
    )
  }, [client, wanted])
  return on
}

/** What a voice says; undefined while that is being written down, null where nobody asked. */
export function useTranscript(conversation: string, seq: number): string | undefined | null {
  const client = useClient()
  const key = keyOf(conversation, seq)
  return useSyncExternalStore(subscribe, () => {
    const { texts } = heldBy(client)
    return texts.has(key) ? texts.get(key) : null
  })
}

/** Asks for it, and again for as long as the engine may take. */
export async function transcribe(client: Client, conversation: string, seq: number): Promise<void> {
  const { texts } = heldBy(client)
  const key = keyOf(conversation, seq)
  if (texts.has(key)) return
  const put = (text: string | undefined) => {
    texts.set(key, text)
    tell()
  }
  put(undefined)
  const until = Date.now() + patienceMs
  try {
    for (;;) {
      const { state, text } = await client.call('messaging.getTranscript', { conversation, seq })
      if (state === 'ready') return put(text ?? '')
      if (Date.now() > until) throw Object.assign(new Error(), { code: 'transcript_failed' })
      await new Promise((resolve) => setTimeout(resolve, againMs))
    }
  } catch (error) {
    texts.delete(key)
    tell()
    toastError(error)
  }
}
