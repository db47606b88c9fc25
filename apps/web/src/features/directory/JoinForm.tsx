import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { PasswordField, TextField } from '@heyi/ui/Field'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { deviceName } from '../../app/device'
import { errorMessage } from '../../app/errors'
import { post } from '../../app/http'
import { startSession } from '../../app/session'
import formStyles from '../identity/form.module.css'
import { accountFault, passwordFault } from '../identity/rules'

interface Props {
  token: string
  onStart: () => void
  onWaiting: () => void
}

/** A new account by invitation. */
export function JoinForm({ token, onStart, onWaiting }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [form, setForm] = useState({ name: '', account: '', password: '', phone: '', email: '' })
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const put = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }))
  const faults = {
    name: form.name.trim() === '',
    account: accountFault(form.account),
    password: passwordFault(form.password, form.account),
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (faults.name || faults.account || faults.password) return
    setBusy(true)
    setError(null)
    onStart()
    try {
      const { waiting } = await post('directory.acceptInvitation', {
        token,
        name: form.name,
        account: form.account.trim().toLowerCase(),
        password: form.password,
        ...(form.phone.trim() && { phone: form.phone }),
        ...(form.email.trim() && { email: form.email.trim() }),
        device: deviceName(),
        via: 'cookie',
      })
      if (waiting) return onWaiting()
      await startSession()
      void navigate('/chat', { replace: true })
    } catch (cause) {
      setError(cause)
      setBusy(false)
    }
  }
  return (
    <form className={formStyles.form} onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        label={t('field.name')}
        required
        autoFocus
        autoComplete="name"
        maxLength={limits.nameChars}
        value={form.name}
        onChange={(event) => put({ name: event.target.value })}
        error={tried && faults.name ? t('field.nameMissing') : null}
      />
      <TextField
        label={t('field.account')}
        required
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={form.account}
        onChange={(event) => put({ account: event.target.value })}
        help={t('field.accountHelp')}
        error={tried && faults.account ? t('field.accountFault') : null}
      />
      <PasswordField
        label={t('signIn.password')}
        required
        autoComplete="new-password"
        value={form.password}
        onChange={(event) => put({ password: event.target.value })}
        help={t('field.passwordHelp', { min: limits.passwordMinChars })}
        error={tried && faults.password ? t('field.passwordWeak', { min: limits.passwordMinChars }) : null}
      />
      <TextField
        label={t('join.phone')}
        type="tel"
        autoComplete="tel"
        value={form.phone}
        onChange={(event) => put({ phone: event.target.value })}
      />
      <TextField
        label={t('join.email')}
        type="email"
        autoComplete="email"
        value={form.email}
        onChange={(event) => put({ email: event.target.value })}
      />
      {error !== null && (
        <p role="alert" className={formStyles.error}>
          {errorMessage(error)}
        </p>
      )}
      <Button type="submit" look="primary" size="xl" busy={busy}>
        {t('join.submit')}
      </Button>
      <p className={formStyles.hint}>
        <Link to="/signin" state={{ from: `/join/${token}` }}>
          {t('join.haveAccount')}
        </Link>
      </p>
    </form>
  )
}
