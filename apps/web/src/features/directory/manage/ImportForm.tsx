import { Button } from '@heyi/ui/Button'
import { TextArea } from '@heyi/ui/Field'
import { useState } from 'react'
import { useAction } from '../../../app/data'
import { errorMessage } from '../../../app/errors'
import styles from './Manage.module.css'

interface Props<T> {
  label: string
  help: string
  example: string
  /** What its button says as long as nothing was tried, and after that, and what trying brought. */
  attempt: string
  action: (tried: T) => string
  told: (tried: T) => string
  load: (text: string, dryRun: boolean) => Promise<T>
  /** All of it is in; null where only trying began anew. */
  onDone: (done: T | null) => void
}

/** Many lines at once: tried first without changing anything, then all or nothing. */
export function ImportForm<T>({ label, help, example, attempt, action, told, load, onDone }: Props<T>) {
  const [text, setText] = useState('')
  const [tried, setTried] = useState<T | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const start = () =>
    void run(async () => {
      setError(null)
      const dryRun = tried === null
      const outcome = await load(text, dryRun)
      setTried(dryRun ? outcome : null)
      if (!dryRun) setText('')
      onDone(dryRun ? null : outcome)
    })
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        start()
      }}
    >
      <TextArea
        label={label}
        help={help}
        rows={6}
        spellCheck={false}
        placeholder={example}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setTried(null)
        }}
      />
      {error !== null && (
        <p role="alert" className={styles.error}>
          {errorMessage(error)}
        </p>
      )}
      {tried !== null && (
        <p role="status" className={styles.result}>
          {told(tried)}
        </p>
      )}
      <div className={styles.buttons}>
        <Button
          type="submit"
          look={tried === null ? 'plain' : 'primary'}
          size="l"
          busy={busy}
          disabled={text.trim() === ''}
        >
          {tried === null ? attempt : action(tried)}
        </Button>
      </div>
    </form>
  )
}
