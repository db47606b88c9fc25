import { Button } from '@heyi/ui/Button'
import { Switch } from '@heyi/ui/Field'
import { Presence } from '@heyi/ui/Presence'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, useMyId } from '../../app/data'
import settings from '../identity/settings/Settings.module.css'
import styles from './Days.module.css'
import { DaysDialog } from './DaysDialog'
import { ShownDays } from './ShownDays'
import { useDays } from './useDays'

/** My own days, and whether colleagues are told of them. */
export function MyDays() {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const { data, reload } = useDays(me)
  const [editing, setEditing] = useState(false)
  const [busy, run] = useAction()
  if (!data) return null
  const hide = (hidden: boolean) =>
    void run(async () => {
      await client.call('anniversaries.setHidden', { hidden })
      reload()
    })
  return (
    <section className={settings.part}>
      <h3>{t('days.mine')}</h3>
      <p>{t('days.mineText')}</p>
      <div className={styles.dates}>
        <ShownDays dates={data} />
        <Button size="s" onClick={() => setEditing(true)}>
          {t('days.editMine')}
        </Button>
      </div>
      <Switch label={t('days.hide')} checked={data.hidden} disabled={busy} onChange={hide} />
      <Presence>
        {editing && (
          <DaysDialog member={me} dates={data} withJoining={false} onDone={reload} onClose={() => setEditing(false)} />
        )}
      </Presence>
    </section>
  )
}
