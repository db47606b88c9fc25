import type { Department } from '@heyi/contract/directory'
import { FormDialog } from '@heyi/ui/Dialog'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../../app/data'
import { errorMessage } from '../../../app/errors'
import { PeoplePicker, type Picked } from '../PeoplePicker'
import styles from './Manage.module.css'

const most = 10

/** Who leads a department; ten at most. */
export function Leaders({
  department,
  onClose,
  onSave,
}: {
  department: Department
  onClose: () => void
  onSave: (leaders: string[]) => Promise<unknown>
}) {
  const { t } = useTranslation()
  const client = useClient()
  const [picked, setPicked] = useState<Picked[]>(() =>
    department.leaders.map((id) => ({ id, name: client.profile(id)?.name ?? '…' })),
  )
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  return (
    <FormDialog
      title={t('manage.leadersTitle', { name: department.name })}
      onClose={onClose}
      onSubmit={() => void run(() => onSave(picked.map((person) => person.id)))}
      submit={t('manage.saveLeaders')}
      busy={busy}
      disabled={picked.length > most}
    >
      <PeoplePicker picked={picked} onPickedChange={setPicked} withMe />
      {picked.length > most && <p className={styles.error}>{t('manage.leadersMost', { count: most })}</p>}
      {error !== null && (
        <p role="alert" className={styles.error}>
          {errorMessage(error)}
        </p>
      )}
    </FormDialog>
  )
}
