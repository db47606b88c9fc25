import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { PasswordField } from '@heyi/ui/Field'
import { toast } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../../app/data'
import { errorMessage } from '../../../app/errors'
import { passwordFault } from '../rules'
import styles from './Settings.module.css'

export function Password() {
  const { t } = useTranslation()
  const client = useClient()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [tried, setTried] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const fault = passwordFault(next, '')
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (current === '' || fault) return
        setError(null)
        void run(async () => {
          await client.call('identity.changePassword', { current, next })
          setCurrent('')
          setNext('')
          setTried(false)
          toast(t('settings.passwordChanged'))
        })
      }}
    >
      <p>{t('settings.passwordText')}</p>
      <PasswordField
        label={t('settings.currentPassword')}
        autoComplete="current-password"
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
        error={tried && current === '' ? t('signIn.passwordMissing') : null}
      />
      <PasswordField
        label={t('link.password')}
        autoComplete="new-password"
        value={next}
        onChange={(event) => setNext(event.target.value)}
        help={t('field.passwordHelp', { min: limits.passwordMinChars })}
        error={tried && fault ? t('field.passwordWeak', { min: limits.passwordMinChars }) : null}
      />
      {error !== null && (
        <p role="alert" className={styles.error}>
          {errorMessage(error)}
        </p>
      )}
      <div>
        <Button type="submit" look="primary" size="l" busy={busy}>
          {t('settings.changePassword')}
        </Button>
      </div>
    </form>
  )
}
