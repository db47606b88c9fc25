import { useSyncExternalStore } from 'react'

/** The three widths at which the layout changes (DESIGN section 5). */
export const widths = {
  phone: '(max-width: 767px)',
  twoPanes: '(min-width: 1024px)',
  rightPanel: '(min-width: 1280px)',
} as const

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    () => window.matchMedia(query).matches,
  )
}
