import { useSyncExternalStore } from 'react'

/** What this browser allows; `absent` where it has no notifications, as over plain HTTP. */
export type Allowed = NotificationPermission | 'absent'

const listeners = new Set<() => void>()
const changed = () => {
  for (const listener of listeners) listener()
}

/** Android's browsers have the name, but show notifications only from a service worker. */
const isAbsent = () => !('Notification' in window) || !window.isSecureContext || /Android/.test(navigator.userAgent)

const current = (): Allowed => (isAbsent() ? 'absent' : Notification.permission)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  // It may be changed in the browser's own settings while the page is open.
  window.addEventListener('focus', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('focus', listener)
  }
}

export const useAllowed = (): Allowed => useSyncExternalStore(subscribe, current)

/** Asks the person; browsers show the question only in answer to a click. */
export async function askForNotifications(): Promise<Allowed> {
  if (current() === 'default') await Notification.requestPermission()
  changed()
  return current()
}
