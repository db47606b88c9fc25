import { CircleAlert, CircleCheck } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import styles from './toast.module.css'

interface Toast {
  id: number
  text: string
  bad: boolean
}

const shownMs = 4000
let toasts: Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()
const set = (next: Toast[]) => {
  toasts = next
  for (const listener of listeners) listener()
}

function push(text: string, bad: boolean) {
  const id = ++lastId
  set([...toasts.slice(-2), { id, text, bad }])
  setTimeout(() => set(toasts.filter((toast) => toast.id !== id)), shownMs)
}

/** Says briefly what happened; never the only place where something important stands. */
export const toast = (text: string) => push(text, false)
/** The same of something that failed. */
export const toastFailure = (text: string) => push(text, true)

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function Toaster() {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <div className={styles.host} role="status" aria-live="polite">
      {shown.map(({ id, text, bad }) => (
        <p key={id} className={styles.toast}>
          {bad ? <CircleAlert size={16} /> : <CircleCheck size={16} />}
          <span>{text}</span>
        </p>
      ))}
    </div>
  )
}
