import { CircleAlert, CircleCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './SetUpChecks.module.css'

/** More than this between the clocks makes times look wrong. */
const clockMostMs = 60_000

interface Found {
  ready: boolean
  clockMs: number
}

/** What the person who sets it up can see of the installation from here: whether it is ready, encrypted, and on time. */
export function SetUpChecks() {
  const { t } = useTranslation()
  const [found, setFound] = useState<Found | null>(null)
  useEffect(() => {
    let live = true
    const askedAt = Date.now()
    fetch('/readyz').then(
      (answer) => {
        const date = Date.parse(answer.headers.get('date') ?? '')
        // The header counts whole seconds.
        const clockMs = Number.isNaN(date) ? 0 : Math.max(0, Math.abs(date - askedAt) - 1000)
        if (live) setFound({ ready: answer.ok, clockMs })
      },
      () => live && setFound({ ready: false, clockMs: 0 }),
    )
    return () => {
      live = false
    }
  }, [])
  if (!found) return null
  const { ready, clockMs } = found
  const encrypted = location.protocol === 'https:'
  const local = /^(localhost|127\.|\[::1\])/.test(location.host)
  return (
    <section className={styles.checks} aria-label={t('setUp.checks.title')}>
      <b>{t('setUp.checks.title')}</b>
      <Check
        ok={ready}
        label={t('setUp.checks.service')}
        state={t(ready ? 'setUp.checks.ready' : 'setUp.checks.notReady')}
      />
      <Check
        ok={encrypted || local}
        label={t('setUp.checks.connection')}
        state={t(encrypted ? 'setUp.checks.encrypted' : local ? 'setUp.checks.local' : 'setUp.checks.plain')}
      />
      <Check
        ok={clockMs < clockMostMs}
        label={t('setUp.checks.clock')}
        state={
          clockMs < clockMostMs
            ? t('setUp.checks.onTime')
            : t('setUp.checks.offTime', { count: Math.round(clockMs / 60_000) })
        }
      />
    </section>
  )
}

function Check({ ok, label, state }: { ok: boolean; label: string; state: string }) {
  return (
    <p className={ok ? styles.fine : styles.poor}>
      {ok ? <CircleCheck size={14} /> : <CircleAlert size={14} />}
      <span>{label}</span>
      <small>{state}</small>
    </p>
  )
}
