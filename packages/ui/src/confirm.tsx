import { useState, useSyncExternalStore } from 'react'
import { Button } from './Button'
import styles from './confirm.module.css'
import { Dialog } from './Dialog'
import { Presence } from './Presence'
import { useWords } from './words'

interface Question {
  /** Names the thing. */
  title: string
  /** Names the consequence. */
  text: string
  /** A verb that names the result. */
  action: string
  danger?: boolean
  /** Runs while the dialog stays; a refusal is shown in it. */
  run: () => Promise<unknown>
}

let question: Question | null = null
const listeners = new Set<() => void>()
const show = (next: Question | null) => {
  question = next
  for (const listener of listeners) listener()
}

/** Asks before something that cannot be undone. */
export const confirm = (next: Question) => show(next)

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Stands once in the app. `describe` says what went wrong. */
export function ConfirmHost({ describe }: { describe: (error: unknown) => string }) {
  const asked = useSyncExternalStore(subscribe, () => question)
  return <Presence>{asked && <Confirm key={asked.title} asked={asked} describe={describe} />}</Presence>
}

function Confirm({ asked, describe }: { asked: Question; describe: (error: unknown) => string }) {
  const words = useWords()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async () => {
    setBusy(true)
    setError(null)
    try {
      await asked.run()
      show(null)
    } catch (cause) {
      setError(cause)
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={asked.title}
      role="alertdialog"
      size="s"
      onClose={() => show(null)}
      footer={
        <>
          <Button size="l" data-first onClick={() => show(null)}>
            {words.cancel}
          </Button>
          <Button size="l" look={asked.danger ? 'danger' : 'primary'} busy={busy} onClick={() => void run()}>
            {asked.action}
          </Button>
        </>
      }
    >
      <p className={styles.text}>{asked.text}</p>
      {error !== null && (
        <p role="alert" className={styles.error}>
          {describe(error)}
        </p>
      )}
    </Dialog>
  )
}
