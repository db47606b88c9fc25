import { useSyncExternalStore } from 'react'
import type { ViewedFile } from '../features/files/viewer/kind'

/** What can be opened over any screen: by a key, by a button, by a command of the switcher. */
export type Overlay =
  | { kind: 'switcher'; text: string }
  | { kind: 'shortcuts' }
  | { kind: 'newChat' | 'newGroup' | 'rest' }
  | { kind: 'file'; files: readonly ViewedFile[]; start: number }
  | { kind: 'why' | 'remind'; conversation: string; seq: number }

let open: Overlay | null = null
const listeners = new Set<() => void>()

function set(next: Overlay | null) {
  open = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** One at a time: another takes its place. */
export const openOverlay = (next: Overlay): void => set(next)
export const closeOverlay = (): void => set(null)
export const useOverlay = (): Overlay | null => useSyncExternalStore(subscribe, () => open)
