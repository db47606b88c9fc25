import type { Department } from '@heyi/contract/directory'
import { useSyncExternalStore } from 'react'

/** Names of the departments this page has come across, for places that have only the id. */
const names = new Map<string, string>()
const listeners = new Set<() => void>()

export function noteDepartments(departments: readonly Department[]): void {
  let changed = false
  for (const { id, name } of departments) {
    if (names.get(id) === name) continue
    names.set(id, name)
    changed = true
  }
  if (changed) for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useDepartmentName = (id: string | null): string | null =>
  useSyncExternalStore(subscribe, () => (id ? (names.get(id) ?? null) : null))
