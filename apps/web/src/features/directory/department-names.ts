import type { Department } from '@heyi/contract/directory'
import { useEffect, useSyncExternalStore } from 'react'
import { useClient } from '../../app/data'

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

/** Asked for once where the page has not come across it. */
export function useDepartmentName(id: string | null): string | null {
  const client = useClient()
  const name = useSyncExternalStore(subscribe, () => (id ? (names.get(id) ?? null) : null))
  useEffect(() => {
    if (id === null || names.has(id)) return
    client.call('directory.getDepartment', { department: id }).then(
      ({ department }) => noteDepartments([department]),
      // Gone meanwhile: the place goes without a name.
      () => undefined,
    )
  }, [client, id])
  return name
}
