import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { SelectField, TextField } from '@heyi/ui/Field'
import { Skeleton } from '@heyi/ui/Skeleton'
import { toast } from '@heyi/ui/toast'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useCall, useClient } from '../../../app/data'
import { errorMessage } from '../../../app/errors'
import styles from './Manage.module.css'

const choices = ['keep', 'purge'] as const
const standardDays = 30

/** What becomes of the history of a group when it is dissolved. */
export function DissolvePolicy() {
  const { t } = useTranslation()
  const policy = useCall('messaging.getDissolvePolicy', {})
  return (
    <section className={styles.section}>
      <h3>{t('dissolve.policy')}</h3>
      <p>{t('dissolve.policyText')}</p>
      {policy.error !== null && !policy.data && <p role="alert">{errorMessage(policy.error)}</p>}
      {policy.data ? (
        <Form key={policy.data.purgeAfterDays} days={policy.data.purgeAfterDays} onSaved={policy.reload} />
      ) : (
        policy.loading && <Skeleton rows={1} square />
      )}
    </section>
  )
}

function Form({ days: held, onSaved }: { days: number | null; onSaved: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const [purges, setPurges] = useState(held !== null)
  const [days, setDays] = useState(String(held ?? standardDays))
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const count = /^\d{1,4}$/.test(days) && Number(days) <= limits.purgeDays ? Number(days) : null
  const purgeAfterDays = purges ? count : null
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (purges && count === null) return setError(null)
    void run(async () => {
      await client.call('messaging.setDissolvePolicy', { purgeAfterDays })
      toast(t('settings.saved'))
      onSaved()
    })
  }
  const wrong = purges && count === null ? t('dissolve.daysWrong', { most: limits.purgeDays }) : null
  return (
    <form className={styles.form} onSubmit={save}>
      <SelectField
        label={t('dissolve.history')}
        value={purges ? 'purge' : 'keep'}
        disabled={busy}
        options={choices.map((value) => ({ value, label: t(`dissolve.choice.${value}`) }))}
        onChange={(value) => setPurges(value === 'purge')}
      />
      {purges && (
        <TextField
          label={t('dissolve.days')}
          help={t('dissolve.daysHelp')}
          inputMode="numeric"
          maxLength={4}
          value={days}
          onChange={(event) => setDays(event.target.value.trim())}
          error={wrong ?? (error === null ? null : errorMessage(error))}
        />
      )}
      <div className={styles.buttons}>
        <Button type="submit" look="primary" size="l" busy={busy} disabled={wrong !== null || purgeAfterDays === held}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  )
}
