import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { PasswordField, SelectField, Switch, TextField } from '@heyi/ui/Field'
import { Logo } from '@heyi/ui/Logo'
import { Check } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { deviceName } from '../../app/device'
import { errorMessage, refusedWith } from '../../app/errors'
import { post } from '../../app/http'
import { startSession } from '../../app/session'
import { chooseDeviceLocale, currentLocale } from '../../texts'
import formStyles from './form.module.css'
import { NotSetUp } from './NotSetUp'
import { accountFault, ownTimeZone, passwordFault, timeZones } from './rules'
import styles from './SetUp.module.css'
import { SetUpChecks } from './SetUpChecks'
import { SetUpPreview } from './SetUpPreview'
import { localeNames, Threshold } from './Threshold'
import { useInstallation } from './useInstallation'

const steps = ['region', 'company', 'admin', 'sample'] as const
type Step = (typeof steps)[number]

/** `/setup?token=…`: the first company and its owner, in four short steps. */
export function SetUp() {
  const { t } = useTranslation()
  const installation = useInstallation()
  const [params] = useSearchParams()
  const token = params.get('token')
  useEffect(() => {
    document.title = `${t('setUp.title')} · ${t('app.name')}`
  }, [t])
  if (!installation) return null
  if (installation.setUp) return <AlreadySetUp />
  if (!token || token.length < 16) return <NotSetUp />
  return <Wizard token={token} />
}

function AlreadySetUp() {
  const { t } = useTranslation()
  return (
    <Threshold>
      <h1 className={formStyles.title}>{t('setUp.doneTitle')}</h1>
      <p className={formStyles.lead}>{t('setUp.doneText')}</p>
      <p style={{ marginTop: 16 }}>
        <Link to="/signin">{t('setUp.toSignIn')}</Link>
      </p>
    </Threshold>
  )
}

function Wizard({ token }: { token: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [at, setAt] = useState(0)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [form, setForm] = useState({
    timeZone: ownTimeZone(),
    company: '',
    name: '',
    account: '',
    password: '',
    sampleData: false,
  })
  const put = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }))
  const step: Step = steps[at] ?? 'region'
  const fault = {
    region: false,
    company: form.company.trim() === '',
    admin: form.name.trim() === '' || accountFault(form.account) || passwordFault(form.password, form.account),
    sample: false,
  }[step]

  const finish = async () => {
    setBusy(true)
    setError(null)
    try {
      await post('identity.setUp', {
        ...form,
        token,
        locale: currentLocale(),
        account: form.account.trim().toLowerCase(),
        device: deviceName(),
        via: 'cookie',
      })
      await startSession()
      void navigate('/chat', { replace: true })
    } catch (cause) {
      setError(cause)
      setBusy(false)
      if (refusedWith(cause, 'password_weak')) setAt(2)
    }
  }
  const next = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (fault) return
    if (at === steps.length - 1) return void finish()
    setTried(false)
    setAt(at + 1)
  }
  return (
    <div className={styles.page}>
      <aside className={styles.side}>
        <div className={styles.brand}>
          <Logo size={36} />
          <div>
            <b>合一</b>
            <span>{t('setUp.title')}</span>
          </div>
        </div>
        <ol className={styles.steps} aria-label={t('setUp.steps')}>
          {steps.map((name, index) => (
            <li
              key={name}
              className={index < at ? styles.done : index === at ? styles.now : undefined}
              aria-current={index === at ? 'step' : undefined}
            >
              <i aria-hidden="true">{index < at ? <Check size={12} strokeWidth={3} /> : index + 1}</i>
              <span>{t(`setUp.${name}.step`)}</span>
            </li>
          ))}
        </ol>
        <SetUpChecks />
      </aside>
      <main className={styles.main}>
        <form key={step} className={styles.form} onSubmit={next} noValidate>
          <h1 className={styles.title}>{t(`setUp.${step}.title`)}</h1>
          <p className={styles.lead}>{t(`setUp.${step}.text`)}</p>
          <div className={styles.fields}>
            {step === 'region' && (
              <>
                <SelectField
                  label={t('field.language')}
                  value={currentLocale()}
                  options={Object.entries(localeNames).map(([value, label]) => ({ value, label }))}
                  onChange={(value) => void chooseDeviceLocale(value === 'en' ? 'en' : 'zh-CN')}
                />
                <SelectField
                  label={t('field.timeZone')}
                  value={form.timeZone}
                  options={timeZones(form.timeZone).map((zone) => ({ value: zone, label: zone }))}
                  onChange={(timeZone) => put({ timeZone })}
                />
              </>
            )}
            {step === 'company' && (
              <TextField
                label={t('setUp.company.name')}
                required
                autoFocus
                maxLength={limits.nameChars}
                autoComplete="organization"
                value={form.company}
                onChange={(event) => put({ company: event.target.value })}
                error={tried && fault ? t('setUp.company.missing') : null}
              />
            )}
            {step === 'admin' && (
              <>
                <TextField
                  label={t('field.name')}
                  required
                  autoFocus
                  maxLength={limits.nameChars}
                  autoComplete="name"
                  value={form.name}
                  onChange={(event) => put({ name: event.target.value })}
                  error={tried && form.name.trim() === '' ? t('field.nameMissing') : null}
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
                  error={tried && accountFault(form.account) ? t('field.accountFault') : null}
                />
                <PasswordField
                  label={t('signIn.password')}
                  required
                  autoComplete="new-password"
                  value={form.password}
                  onChange={(event) => put({ password: event.target.value })}
                  help={t('field.passwordHelp', { min: limits.passwordMinChars })}
                  error={
                    tried && passwordFault(form.password, form.account)
                      ? t('field.passwordWeak', { min: limits.passwordMinChars })
                      : null
                  }
                />
              </>
            )}
            {step === 'sample' && (
              <Switch
                label={t('setUp.sample.label')}
                help={t('setUp.sample.help')}
                checked={form.sampleData}
                onChange={(sampleData) => put({ sampleData })}
              />
            )}
          </div>
          {error !== null && (
            <p role="alert" className={formStyles.error}>
              {errorMessage(error)}
            </p>
          )}
          <div className={styles.buttons}>
            {at > 0 && (
              <Button size="l" onClick={() => setAt(at - 1)} disabled={busy}>
                {t('setUp.back')}
              </Button>
            )}
            <Button type="submit" look="primary" size="l" busy={busy} className={styles.next}>
              {at === steps.length - 1 ? t('setUp.finish') : t('setUp.next')}
            </Button>
          </div>
        </form>
        <SetUpPreview company={form.company} owner={form.name} />
      </main>
    </div>
  )
}
