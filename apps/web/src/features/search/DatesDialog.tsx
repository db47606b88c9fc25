import { FormDialog } from '@heyi/ui/Dialog'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Find.module.css'

interface Days {
  since: string | null
  until: string | null
}

/** A first and a last day, either of which may be left open. */
export function DatesDialog({
  since,
  until,
  onPick,
  onClose,
}: Days & { onPick: (days: Days) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const [from, setFrom] = useState(since ?? '')
  const [to, setTo] = useState(until ?? '')
  return (
    <FormDialog
      title={t('search.time.own')}
      size="s"
      onClose={onClose}
      onSubmit={() => onPick({ since: from || null, until: to || null })}
      submit={t('search.time.apply')}
      disabled={from === '' && to === ''}
    >
      <div className={styles.dates}>
        <label>
          {t('search.time.from')}
          <input type="date" data-first value={from} max={to || undefined} onChange={(e) => setFrom(e.target.value)} />
        </label>
        <label>
          {t('search.time.to')}
          <input type="date" value={to} min={from || undefined} onChange={(e) => setTo(e.target.value)} />
        </label>
      </div>
    </FormDialog>
  )
}
