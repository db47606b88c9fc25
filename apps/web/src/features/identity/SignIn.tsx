import { Button } from '@heyi/ui/Button'
import { Checkbox, PasswordField, TextField } from '@heyi/ui/Field'
import { Server } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deviceName } from '../../app/device'
import { errorMessage } from '../../app/errors'
import { post } from '../../app/http'
import { startSession } from '../../app/session'
import { DemoSignIns } from './DemoSignIns'
import { ForgotPassword } from './ForgotPassword'
import styles from './form.module.css'
import { NotSetUp } from './NotSetUp'
import { Threshold } from './Threshold'
import { useInstallation } from './useInstallation'

export function SignIn() {
  const { t } = useTranslation()
  const installation = useInstallation()
  const [forgot, setForgot] = useState(false)
  useEffect(() => {
    document.title = `${t('signIn.title')} · ${t('app.name')}`
  }, [t])
  if (installation && !installation.setUp) return <NotSetUp />
  const where = [window.location.host, installation?.name].filter(Boolean).join(' · ')
  return (
    <Threshold
      sample={installation?.sample ?? false}
      where={
        <>
          <Server size={14} />
          {where}
        </>
      }
      foot={installation && t('signIn.foot', { version: installation.version })}
    >
      {forgot ? (
        <ForgotPassword mail={installation?.mail ?? false} onBack={() => setForgot(false)} />
      ) : (
        <>
          <PasswordForm onForgot={() => setForgot(true)} />
          {installation && installation.demoSignIns.length > 0 && <DemoSignIns people={installation.demoSignIns} />}
        </>
      )}
    </Threshold>
  )
}

function PasswordForm({ onForgot }: { onForgot: () => void }) {
  const { t } = useTranslation()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [keep, setKeep] = useState(true)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [missing, setMissing] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const incomplete = login.trim().length < 2 || password === ''
    setMissing(incomplete)
    if (incomplete) return
    setBusy(true)
    setError(null)
    try {
      await post('identity.signIn', { login, password, keep, device: deviceName(), via: 'cookie' })
      await startSession()
    } catch (cause) {
      setError(cause)
      setBusy(false)
    }
  }
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <h1 className="sr">{t('signIn.title')}</h1>
      <TextField
        label={t('signIn.login')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        value={login}
        onChange={(event) => setLogin(event.target.value)}
        error={missing && login.trim().length < 2 ? t('signIn.loginMissing') : null}
      />
      <PasswordField
        label={t('signIn.password')}
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={missing && password === '' ? t('signIn.passwordMissing') : null}
        aside={
          <button type="button" className={styles.link} onClick={onForgot}>
            {t('signIn.forgot')}
          </button>
        }
      />
      <Checkbox label={t('signIn.keep')} checked={keep} onChange={(event) => setKeep(event.target.checked)} />
      {error !== null && (
        <p role="alert" className={styles.error}>
          {errorMessage(error)}
        </p>
      )}
      <Button type="submit" look="primary" size="xl" busy={busy}>
        {t('signIn.submit')}
      </Button>
      <p className={styles.hint}>{t('signIn.noAccount')}</p>
    </form>
  )
}
