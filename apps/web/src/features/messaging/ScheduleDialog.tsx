import { limits } from '@heyi/contract/limits'
import type { Scheduled } from '@heyi/contract/messaging'
import { FormDialog } from '@heyi/ui/Dialog'
import { TextArea, TextField } from '@heyi/ui/TextField'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../app/data'
import { useZone } from '../../app/format'
import { instantOf, wallTime } from '../../app/zoned'
import styles from './ScheduleDialog.module.css'

interface Props {
  /** What is changed; null where a time is chosen for what is not waiting yet. */
  scheduled: Scheduled | null
  /** Words to begin with where some are asked for here; null where they stand in the composer. */
  words: string | null
  /** What goes along: then words may be left out. */
  parts?: ReactNode
  ready?: boolean
  onTime: (sendAt: string, text: string) => Promise<unknown>
  onClose: () => void
}

const two = (value: number) => String(value).padStart(2, '0')

/** When a message is to be sent, by the clock of the member’s time zone. */
export function ScheduleDialog({ scheduled, words, parts, ready = true, onTime, onClose }: Props) {
  const { t } = useTranslation()
  const zone = useZone()
  const [busy, run] = useAction()
  const [first] = useState(() =>
    wallTime(zone, scheduled ? new Date(scheduled.sendAt) : new Date(Math.ceil(Date.now() / 3600_000 + 1) * 3600_000)),
  )
  const [date, setDate] = useState(`${first.year}-${two(first.month)}-${two(first.day)}`)
  const [time, setTime] = useState(`${two(first.hour)}:${two(first.minute)}`)
  const [text, setText] = useState(words ?? '')
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const complete = ready && date !== '' && time !== '' && (words === null || Boolean(parts) || text.trim() !== '')
  const submit = () =>
    void run(async () => {
      await onTime(instantOf(zone, { year, month, day, hour, minute }).toISOString(), text.trim())
      onClose()
    })
  return (
    <FormDialog
      title={t(scheduled ? 'schedule.editTitle' : 'schedule.title')}
      size="s"
      onClose={onClose}
      onSubmit={submit}
      submit={t('schedule.set')}
      busy={busy}
      disabled={!complete}
    >
      <div className={styles.fields}>
        {parts}
        {words !== null && (
          <TextArea
            label={t(parts ? 'schedule.words' : 'schedule.text')}
            rows={3}
            maxLength={limits.messageChars}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
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
        <p className={styles.zone}>{t('schedule.zone', { zone })}</p>
      </div>
    </FormDialog>
  )
}
