import { Button } from '@heyi/ui/Button'
import { FormDialog } from '@heyi/ui/Dialog'
import { TextField } from '@heyi/ui/TextField'
import { toast } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, useHeyi, useMyId } from '../../app/data'
import { useFormat, useZone } from '../../app/format'
import { instantOf, wallTime } from '../../app/zoned'
import { messageLine } from '../messaging/conversation'
import { sendTimes } from '../messaging/send-times'
import styles from './Reminders.module.css'

const two = (value: number) => String(value).padStart(2, '0')
const hourMs = 3600_000

interface Props {
  conversation: string
  seq: number
  onClose: () => void
}

/** When I want to be reminded of a message: one press for what is usual, or a time by the clock. */
export function RemindDialog({ conversation, seq, onClose }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const format = useFormat()
  const zone = useZone()
  const [busy, run] = useAction()
  const [now] = useState(() => new Date())
  const [first] = useState(() => wallTime(zone, new Date(Math.ceil(now.getTime() / hourMs + 1) * hourMs)))
  const [date, setDate] = useState(`${first.year}-${two(first.month)}-${two(first.day)}`)
  const [time, setTime] = useState(`${two(first.hour)}:${two(first.minute)}`)
  const message = useHeyi((held) => held.message(conversation, seq))
  const line = useHeyi((held) => (message ? messageLine(held, message, me, t, conversation) : ''))
  const set = (at: Date) =>
    void run(async () => {
      const remindAt = at.toISOString()
      await client.call('reminders.addReminder', { conversation, seq, remindAt })
      toast(t('remind.set', { time: format.soon(remindAt) }))
      onClose()
    })
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const soon = [
    { label: t('remind.inMinutes', { count: 30 }), at: new Date(now.getTime() + hourMs / 2) },
    { label: t('remind.inHours', { count: 2 }), at: new Date(now.getTime() + 2 * hourMs) },
    ...sendTimes(zone, now).map((at) => ({ label: format.soon(at.toISOString()), at })),
  ]
  return (
    <FormDialog
      title={t('remind.title')}
      size="s"
      onClose={onClose}
      onSubmit={() => set(instantOf(zone, { year, month, day, hour, minute }))}
      submit={t('remind.atTime')}
      busy={busy}
      disabled={date === '' || time === ''}
    >
      <p className={styles.about}>{line}</p>
      <div className={styles.soon}>
        {soon.map(({ label, at }) => (
          <Button key={label} disabled={busy} onClick={() => set(at)}>
            {label}
          </Button>
        ))}
      </div>
      <div className={styles.fields}>
        <TextField
          type="date"
          label={t('schedule.date')}
          value={date}
          onChange={(event) => setDate(event.target.value)}
        />
        <TextField
          type="time"
          label={t('schedule.time')}
          value={time}
          onChange={(event) => setTime(event.target.value)}
        />
      </div>
      <p className={styles.private}>{t('remind.private')}</p>
    </FormDialog>
  )
}
