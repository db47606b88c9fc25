import { FormDialog } from '@heyi/ui/Dialog'
import { TextField } from '@heyi/ui/TextField'
import { toastFailure } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAction, useClient } from '../../app/data'
import { useZone } from '../../app/format'
import { instantOf, wallTime } from '../../app/zoned'

const two = (value: number) => String(value).padStart(2, '0')

/** Leads to the first message of a day, or of the next one on which something was said. */
export function DateDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  const zone = useZone()
  const [busy, run] = useAction()
  const [today] = useState(() => {
    const { year, month, day } = wallTime(zone, new Date())
    return `${year}-${two(month)}-${two(day)}`
  })
  const [date, setDate] = useState(today)
  const go = () =>
    void run(async () => {
      const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
      const at = instantOf(zone, { year, month, day, hour: 0, minute: 0 }).toISOString()
      const { seq } = await client.call('messaging.findByDate', { conversation: id, at })
      if (seq === null) return toastFailure(t('jumpDate.none'))
      onClose()
      await navigate(`/chat/${id}?at=${seq}`)
    })
  return (
    <FormDialog
      title={t('jumpDate.title')}
      size="s"
      onClose={onClose}
      onSubmit={go}
      submit={t('jumpDate.go')}
      busy={busy}
      disabled={date === ''}
    >
      <TextField
        type="date"
        data-first
        label={t('jumpDate.day')}
        max={today}
        value={date}
        onChange={(event) => setDate(event.target.value)}
      />
    </FormDialog>
  )
}
