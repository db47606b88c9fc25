import type { AnniversaryDates } from '@heyi/contract/anniversaries'
import { FormDialog } from '@heyi/ui/Dialog'
import { SelectField, TextField } from '@heyi/ui/Field'
import { toast } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../app/data'
import { errorMessage } from '../../app/errors'
import styles from './Days.module.css'

interface Props {
  member: string
  dates: AnniversaryDates
  /** The joining date is for admins to say. */
  withJoining: boolean
  onDone: () => void
  onClose: () => void
}

const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const upTo = (most: number) => Array.from({ length: most }, (_, index) => index + 1)

export function DaysDialog({ member, dates, withJoining, onDone, onClose }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const [month, setMonth] = useState(String(dates.birthday?.month ?? ''))
  const [day, setDay] = useState(String(dates.birthday?.day ?? ''))
  const [joinedOn, setJoinedOn] = useState(dates.joinedOn ?? '')
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const most = daysIn[Number(month) - 1] ?? 31
  const save = () =>
    void run(async () => {
      const birthday = month === '' || day === '' ? null : { month: Number(month), day: Math.min(Number(day), most) }
      await client.call('anniversaries.setDates', {
        member,
        birthday,
        ...(withJoining && { joinedOn: joinedOn || null }),
      })
      toast(t('settings.saved'))
      onDone()
      onClose()
    })
  const none = { value: '', label: t('days.none') }
  return (
    <FormDialog
      title={t(withJoining ? 'days.edit' : 'days.editMine')}
      size="s"
      onClose={onClose}
      onSubmit={save}
      submit={t('action.save')}
      busy={busy}
    >
      <fieldset className={styles.pair}>
        <legend>{t('days.birthday')}</legend>
        <SelectField
          label={t('days.month')}
          value={month}
          options={[none, ...upTo(12).map((n) => ({ value: String(n), label: t('days.monthOf', { month: n }) }))]}
          onChange={setMonth}
        />
        <SelectField
          label={t('days.day')}
          value={Number(day) > most ? String(most) : day}
          options={[none, ...upTo(most).map((n) => ({ value: String(n), label: t('days.dayOf', { day: n }) }))]}
          onChange={setDay}
        />
      </fieldset>
      {withJoining && (
        <TextField
          type="date"
          label={t('days.joinedOn')}
          value={joinedOn}
          onChange={(event) => setJoinedOn(event.target.value)}
        />
      )}
      {error !== null && <p role="alert">{errorMessage(error)}</p>}
    </FormDialog>
  )
}
