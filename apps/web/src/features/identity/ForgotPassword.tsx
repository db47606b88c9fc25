import { Button } from '@heyi/ui/Button'
import { TextField } from '@heyi/ui/Field'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorMessage } from '../../app/errors'
import { post } from '../../app/http'
import styles from './form.module.css'

/** With mail set up, a link to whoever has the login; without, whom to ask. Never says whether the login exists. */
export function ForgotPassword({ mail, onBack }: { mail: boolean; onBack: () => void }) {
  const { t } = useTranslation()
  const [login, setLogin] = useState('')
  const [busy, setBusy] = useState(false)
  const [sent, setSent] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (login.trim().length < 2) return
    setBusy(true)
    setError(null)
    try {
      await post('identity.requestPasswordLink', { login })
      setSent(true)
    } catch (cause) {
      setError(cause)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <h1 className={styles.title}>{t('forgot.title')}</h1>
      <p className={styles.lead} role={sent ? 'status' : undefined}>
        {sent ? t('forgot.sent') : mail ? t('forgot.text') : t('forgot.noMail')}
      </p>
      <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        {mail && !sent && (
          <>
            <TextField
              label={t('signIn.login')}
              autoComplete="username"
              autoFocus
              value={login}
              onChange={(event) => setLogin(event.target.value)}
            />
            {error !== null && (
              <p role="alert" className={styles.error}>
                {errorMessage(error)}
              </p>
            )}
            <Button type="submit" look="primary" size="xl" busy={busy} disabled={login.trim().length < 2}>
              {t('forgot.submit')}
            </Button>
          </>
        )}
        <Button size="l" onClick={onBack}>
          {t('forgot.back')}
        </Button>
      </form>
    </>
  )
}
