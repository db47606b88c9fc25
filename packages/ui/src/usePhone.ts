import { useSyncExternalStore } from 'react'

const phone = '(max-width: 767px)'

const subscribe = (listener: () => void) => {
  const list = window.matchMedia(phone)
  list.addEventListener('change', listener)
  return () => list.removeEventListener('change', listener)
}

/** Whether things that float come as sheets from the bottom. */
export const usePhone = () => useSyncExternalStore(subscribe, () => window.matchMedia(phone).matches)
