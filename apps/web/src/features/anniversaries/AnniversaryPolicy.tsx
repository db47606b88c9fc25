import { Switch } from '@heyi/ui/Field'
import { Skeleton } from '@heyi/ui/Skeleton'
import { toast } from '@heyi/ui/toast'
import { useTranslation } from 'react-i18next'
import { useAction, useCall, useClient } from '../../app/data'
import styles from '../directory/manage/Manage.module.css'

/** Whether the company tells of birthdays and joining days. */
export function AnniversaryPolicy() {
  const { t } = useTranslation()
  const client = useClient()
  const held = useCall('anniversaries.getPolicy', {})
  const [busy, run] = useAction()
  if (!held.data) return <Skeleton rows={2} />
  const policy = held.data
  const set = (change: Partial<typeof policy>) =>
    void run(async () => {
      await client.call('anniversaries.setPolicy', { ...policy, ...change })
      toast(t('settings.saved'))
      held.reload()
    })
  return (
    <section className={styles.section}>
      <h3>{t('days.title')}</h3>
      <p>{t('days.policyText')}</p>
      <div className={styles.form}>
        <Switch
          label={t('days.birthdays')}
          checked={policy.birthdays}
          disabled={busy}
          onChange={(birthdays) => set({ birthdays })}
        />
        <Switch
          label={t('days.joiningDays')}
          checked={policy.joiningDays}
          disabled={busy}
          onChange={(joiningDays) => set({ joiningDays })}
        />
      </div>
    </section>
  )
}
