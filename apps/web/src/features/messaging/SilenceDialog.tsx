import { Chips } from '@heyi/ui/Chips'
import { FormDialog } from '@heyi/ui/Dialog'
import { toast } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../app/data'
import { errorMessage } from '../../app/errors'
import styles from './Moderation.module.css'

const times = { minutes: 600, hour: 3600, day: 24 * 3600, week: 7 * 24 * 3600, lifted: null }
type Time = keyof typeof times
const choices = Object.keys(times) as Time[]

interface Props {
  id: string
  member: string
  name: string
  onMuted: () => void
  onClose: () => void
}

/** For how long one member of a group may not write. */
export function SilenceDialog({ id, member, name, onMuted, onClose }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const [time, setTime] = useState<Time>('hour')
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const mute = () =>
    void run(async () => {
      await client.call('messaging.silenceMember', { conversation: id, member, seconds: times[time] })
      toast(t('moderation.muted', { name }))
      onMuted()
      onClose()
    })
  return (
    <FormDialog
      title={t('moderation.muteTitle', { name })}
      size="s"
      onClose={onClose}
      onSubmit={mute}
      submit={t('moderation.mute')}
      busy={busy}
    >
      <p className={styles.help}>{t('moderation.muteText')}</p>
      <Chips
        label={t('moderation.howLong')}
        value={time}
        options={choices.map((value) => ({ value, label: t(`moderation.for.${value}`) }))}
        onChange={setTime}
        className={styles.times}
      />
      {error !== null && <p role="alert">{errorMessage(error)}</p>}
    </FormDialog>
  )
}
