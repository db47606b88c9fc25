import { Dialog } from '@heyi/ui/Dialog'
import { Checkbox } from '@heyi/ui/Field'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PeoplePicker } from '../directory/PeoplePicker'
import { type SendProps, useSend } from './useSend'

/** Whose card is sent. */
export function NewContact(props: SendProps) {
  const { t } = useTranslation()
  const [busy, send] = useSend(props)
  const [later, setLater] = useState(false)
  const { onLater } = props
  const pick = (member: string) => {
    if (!later || !onLater) return send({ kind: 'contact', member })
    props.onClose()
    onLater({ kind: 'contact', member })
  }
  return (
    <Dialog title={t('contact.pick')} onClose={props.onClose}>
      <PeoplePicker withMe busy={busy} onPick={pick} />
      {onLater && (
        <Checkbox label={t('schedule.later')} checked={later} onChange={(event) => setLater(event.target.checked)} />
      )}
    </Dialog>
  )
}
