import { useSyncExternalStore } from 'react'

/** The three widths at which the layout changes (DESIGN section 5). */
export const widths = {
  phone: '(max-width: 767px)',
  twoPanes: '(min-width: 1024px)',
  rightPanel: '(min-width: 1280px)',
} as const

/** Every row of a list asks, so a query is made once. */
const media = new Map<string, ReturnType<typeof follow>>()

function follow(query: string) {
  const list = window.matchMedia(query)
  return {
    subscribe: (listener: () => void) => {
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    matches: () => list.matches,
  }
}

export function useMedia(query: string): boolean {
  let followed = media.get(query)
  if (!followed) {
    followed = follow(query)
    media.set(query, followed)
  }
  return useSyncExternalStore(followed.subscribe, followed.matches)
}
