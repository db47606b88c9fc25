import type { Operations } from '@heyi/contract'
import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { PasswordField } from '@heyi/ui/Field'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { deviceName } from '../../app/device'
import { errorMessage } from '../../app/errors'
import { post } from '../../app/http'
import { startSession } from '../../app/session'
import styles from './form.module.css'
import { passwordFault } from './rules'
import { Threshold } from './Threshold'

type Link = Operations['identity.getLink']['output']

/** `/link/:token`: choose the first password, or a new one. */
export function PasswordLink() {
  const { t } = useTranslation()
  const { token = '' } = useParams()
  const [link, setLink] = useState<Link | null>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    let live = true
    post('identity.getLink', { token }).then(
      (answer) => live && setLink(answer),
      (cause: unknown) => live && setError(cause),
    )
    return () => {
      live = false
    }
  }, [token])
  return (
    <Threshold where={link?.tenant}>
      {error !== null && (
        <>
          <h1 className={styles.title}>{t('link.deadTitle')}</h1>
          <p className={styles.lead}>{errorMessage(error)}</p>
        </>
      )}
      {link && <Choose token={token} link={link} />}
    </Threshold>
  )
}

function Choose({ token, link }: { token: string; link: Link }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [touched, setTouched] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const fault = passwordFault(password, link.login)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTouched(true)
    if (fault) return
    setBusy(true)
    setError(null)
    try {
      await post('identity.redeemLink', { token, password, device: deviceName(), via: 'cookie' })
      await startSession()
      void navigate('/chat', { replace: true })
    } catch (cause) {
      setError(cause)
      setBusy(false)
    }
  }
  return (
    <>
      <h1 className={styles.title}>
        {link.first ? t('link.firstTitle', { name: link.name }) : t('link.resetTitle', { name: link.name })}
      </h1>
      <p className={styles.lead}>{link.first ? t('link.firstText', { login: link.login }) : t('link.resetText')}</p>
      <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <input type="text" name="username" autoComplete="username" value={link.login} readOnly hidden />
        <PasswordField
          label={t('link.password')}
          autoComplete="new-password"
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          help={t('field.passwordHelp', { min: limits.passwordMinChars })}
          error={touched && fault ? t('field.passwordWeak', { min: limits.passwordMinChars }) : null}
        />
        {error !== null && (
          <p role="alert" className={styles.error}>
            {errorMessage(error)}
          </p>
        )}
        <Button type="submit" look="primary" size="xl" busy={busy}>
          {t('link.submit')}
        </Button>
      </form>
    </>
  )
}
