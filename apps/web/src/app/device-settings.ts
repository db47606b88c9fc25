import { useSyncExternalStore } from 'react'
import { type DeviceSettings, readDeviceSettings, standardSettings } from './stored-settings'

const stored = 'heyi.device'

let settings = standardSettings
const listeners = new Set<() => void>()

function apply(): void {
  const { style } = document.documentElement
  if (settings.listWidth === null) style.removeProperty('--list-w')
  else style.setProperty('--list-w', `${settings.listWidth}px`)
}

function take(next: DeviceSettings): void {
  settings = next
  apply()
  for (const listener of listeners) listener()
}

/** Before anything is drawn; another tab's choices are taken over. */
export function startDeviceSettings(): void {
  take(readDeviceSettings(localStorage.getItem(stored)))
  window.addEventListener('storage', (event) => {
    if (event.key === stored) take(readDeviceSettings(event.newValue))
  })
}

export function setDeviceSettings(change: Partial<DeviceSettings>): void {
  take({ ...settings, ...change })
  localStorage.setItem(stored, JSON.stringify(settings))
}

export const deviceSettings = (): DeviceSettings => settings

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useDeviceSettings = (): DeviceSettings => useSyncExternalStore(subscribe, () => settings)
