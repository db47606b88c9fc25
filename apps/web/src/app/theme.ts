export type Theme = 'system' | 'light' | 'dark'

const stored = 'heyi.theme'
const dark = window.matchMedia('(prefers-color-scheme: dark)')
/** What the system draws around the page: the ground of the rail (--bg-app). index.html says it too, for the first paint. */
const surroundings = { light: '#eeefec', dark: '#0f1211' }
let theme: Theme = 'system'

function apply() {
  const shown = theme === 'dark' || (theme === 'system' && dark.matches) ? 'dark' : 'light'
  document.documentElement.dataset.theme = shown
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', surroundings[shown])
}

export const currentTheme = (): Theme => theme

/** Kept on the device too, so that the next start has it before anything is drawn. */
export function setTheme(next: Theme): void {
  theme = next
  localStorage.setItem(stored, next)
  apply()
}

const storedSize = 'heyi.textSize'
export const textSizes = [87.5, 100, 112.5, 125, 150] as const

export const currentTextSize = (): number => Number(localStorage.getItem(storedSize)) || 100

/** Scales everything that is read, in percent. Kept on the device too, like the theme. */
export function applyTextSize(percent: number): void {
  const size = Math.max(textSizes[0], Math.min(textSizes[4], percent))
  localStorage.setItem(storedSize, String(size))
  document.documentElement.style.setProperty('--text-scale', String(size / 100))
}

export function startTheme(): void {
  const size = Number(localStorage.getItem(storedSize))
  if (size > 0) applyTextSize(size)
  const kept = localStorage.getItem(stored)
  if (kept === 'light' || kept === 'dark') theme = kept
  dark.addEventListener('change', apply)
  apply()
}
