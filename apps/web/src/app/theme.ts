export type Theme = 'system' | 'light' | 'dark'

const stored = 'heyi.theme'
const dark = window.matchMedia('(prefers-color-scheme: dark)')
let theme: Theme = 'system'

function apply() {
  const isDark = theme === 'dark' || (theme === 'system' && dark.matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
}

/** Kept on the device too, so that the next start has it before anything is drawn. */
export function setTheme(next: Theme): void {
  theme = next
  localStorage.setItem(stored, next)
  apply()
}

export function startTheme(): void {
  const kept = localStorage.getItem(stored)
  if (kept === 'light' || kept === 'dark') theme = kept
  dark.addEventListener('change', apply)
  apply()
}
