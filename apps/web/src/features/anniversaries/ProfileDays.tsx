import { Button } from '@heyi/ui/Button'
import { Presence } from '@heyi/ui/Presence'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Days.module.css'
import { DaysDialog } from './DaysDialog'
import { ShownDays } from './ShownDays'
import { useDays } from './useDays'

/** On a profile, for owners and admins: the days of a colleague. */
export function ProfileDays({ member }: { member: string }) {
  const { t } = useTranslation()
  const { data, reload } = useDays(member)
  const [editing, setEditing] = useState(false)
  if (!data) return null
  return (
    <div className={styles.dates}>
      <ShownDays dates={data} />
      <Button size="s" look="ghost" aria-label={t('days.edit')} onClick={() => setEditing(true)}>
        {t('info.rename')}
      </Button>
      <Presence>
        {editing && (
          <DaysDialog member={member} dates={data} withJoining onDone={reload} onClose={() => setEditing(false)} />
        )}
      </Presence>
    </div>
  )
}
