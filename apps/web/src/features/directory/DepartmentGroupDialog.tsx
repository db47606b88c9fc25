import type { DepartmentGroup } from '@heyi/contract/messaging'
import { Button } from '@heyi/ui/Button'
import { confirm } from '@heyi/ui/confirm'
import { FormDialog } from '@heyi/ui/Dialog'
import { Switch } from '@heyi/ui/Field'
import { toast } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../app/data'
import { errorMessage } from '../../app/errors'
import styles from './DepartmentGroup.module.css'

interface Props {
  department: string
  group: DepartmentGroup | null
  onDone: () => void
  onClose: () => void
}

/** Whether a department has a group that follows it, and who belongs to it. */
export function DepartmentGroupDialog({ department, group, onDone, onClose }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const [below, setBelow] = useState(group?.below ?? true)
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const set = async (on: boolean) => {
    await client.call('messaging.setDepartmentGroup', { department, on, below })
    toast(t(on ? 'departmentGroup.started' : 'departmentGroup.ended'))
    onDone()
    onClose()
  }
  const turnOff = () =>
    confirm({
      title: t('departmentGroup.offTitle'),
      text: t('departmentGroup.offText', { name: group?.name ?? '' }),
      action: t('departmentGroup.off'),
      danger: true,
      run: () => set(false),
    })
  return (
    <FormDialog
      title={t(group ? 'departmentGroup.change' : 'departmentGroup.start')}
      size="s"
      onClose={onClose}
      onSubmit={() => void run(() => set(true))}
      submit={t(group ? 'action.save' : 'departmentGroup.start')}
      busy={busy}
      disabled={group?.below === below}
      aside={
        group && (
          <Button size="l" className={styles.danger} onClick={turnOff}>
            {t('departmentGroup.turnOff')}
          </Button>
        )
      }
    >
      <p className={styles.about}>{t('departmentGroup.onHelp')}</p>
      <Switch label={t('departmentGroup.below')} checked={below} onChange={setBelow} />
      <p className={styles.help}>{t('departmentGroup.name')}</p>
      {error !== null && <p role="alert">{errorMessage(error)}</p>}
    </FormDialog>
  )
}
