const systems: [RegExp, string][] = [
  [/iPhone|iPod/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]
const browsers: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS/, 'Firefox'],
  [/Chrome\/|CriOS/, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const named = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(navigator.userAgent))?.[1]

/** What the list of devices shows for this browser. */
export const deviceName = (): string => [named(browsers) ?? 'Browser', named(systems)].filter(Boolean).join(' · ')

/** Puts text on the clipboard; off HTTPS the clipboard API is absent and the old command does it. */
export async function copyText(text: string): Promise<void> {
  if (window.isSecureContext && navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  area.style.opacity = '0'
  // Inside an open modal, which would take the focus back from anywhere else.
  const host = [...document.querySelectorAll('[role$="dialog"]')].at(-1) ?? document.body
  const focused = document.activeElement
  host.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
  if (focused instanceof HTMLElement) focused.focus()
}

/** An id for something on this device only; `crypto.randomUUID` is absent off HTTPS. */
export function localId(): string {
  return [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
