import { SelectField } from '@heyi/ui/Field'
import { Skeleton } from '@heyi/ui/Skeleton'
import { toast } from '@heyi/ui/toast'
import { useTranslation } from 'react-i18next'
import { useAction, useCall, useClient } from '../../../app/data'
import { errorMessage } from '../../../app/errors'
import styles from './Manage.module.css'

const choices = ['off', 'owners', 'members'] as const

/** Who may take conversations out as a file. */
export function ExportPolicy() {
  const { t } = useTranslation()
  const client = useClient()
  const policy = useCall('messaging.getExportPolicy', {})
  const [busy, run] = useAction()
  const choose = (value: string) =>
    void run(async () => {
      const who = choices.find((one) => one === value) ?? 'off'
      await client.call('messaging.setExportPolicy', { who })
      toast(t('settings.saved'))
      policy.reload()
    })
  return (
    <section className={styles.section}>
      <h3>{t('export.policy')}</h3>
      <p>{t('export.policyText')}</p>
      {policy.error !== null && !policy.data && <p role="alert">{errorMessage(policy.error)}</p>}
      {policy.data ? (
        <div className={styles.form}>
          <SelectField
            label={t('export.who')}
            value={policy.data.who}
            disabled={busy}
            options={choices.map((value) => ({ value, label: t(`export.by.${value}`) }))}
            onChange={choose}
          />
        </div>
      ) : (
        policy.loading && <Skeleton rows={1} square />
      )}
    </section>
  )
}
