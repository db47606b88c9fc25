import { useSyncExternalStore } from 'react'

/** How often a window that stays open asks whether there is a new version. */
const askEveryMs = 3_600_000
const leastMs = 60_000

let registration: ServiceWorkerRegistration | null = null
let ready = false
let askedAt = 0
const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether a new version of the program is on this device and waits to be taken. */
export const useNewVersion = (): boolean => useSyncExternalStore(subscribe, () => ready)

function offer() {
  ready = true
  for (const listener of listeners) listener()
}

/**
 * Lets the program open without a network from now on. Off HTTPS browsers have no service workers, and nothing is
 * missing but that; with a certificate somebody let through by hand they refuse one.
 */
export async function startProgram(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const workers = navigator.serviceWorker
  try {
    registration = await workers.register('/service-worker.js')
  } catch (error) {
    console.warn('Heyi cannot open without a network here', error)
    return
  }
  // What installs while no version is in charge is the first one: this page has it already.
  const follow = (worker: ServiceWorker | null) =>
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && workers.controller) offer()
    })
  if (registration.waiting && workers.controller) offer()
  follow(registration.installing)
  registration.addEventListener('updatefound', () => follow(registration?.installing ?? null))
  setInterval(askForNewVersion, askEveryMs)
}

/** Asks the server for a new version, at most once a minute. */
export function askForNewVersion(): void {
  if (!registration || Date.now() - askedAt < leastMs) return
  askedAt = Date.now()
  registration.update().catch(() => undefined)
}

/** Opens this window again with the new version; others go on with theirs until somebody says so there too. */
export function takeNewVersion(): void {
  const waiting = registration?.waiting
  if (!waiting) return location.reload()
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting.postMessage('take over')
}
