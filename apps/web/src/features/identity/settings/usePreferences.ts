import type { MeObject, Preferences } from '@heyi/contract/directory'
import { useAction, useClient, useMe } from '../../../app/data'

interface Held {
  /** Null until the device has it the first time. */
  me: MeObject | null
  busy: boolean
  put: (change: Partial<Preferences>) => void
}

/** What follows me over all my devices; each choice is saved as it is made. */
export function usePreferences(): Held {
  const client = useClient()
  const me = useMe()
  const [busy, run] = useAction()
  return {
    me,
    busy,
    put: (change) => void run(() => client.call('directory.updateMe', { preferences: change })),
  }
}
