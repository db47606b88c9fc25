import { Dialog } from '@heyi/ui/Dialog'
import { useTranslation } from 'react-i18next'
import { PeoplePicker } from '../directory/PeoplePicker'
import { type SendProps, useSend } from './useSend'

/** Whose card is sent. */
export function NewContact(props: SendProps) {
  const { t } = useTranslation()
  const [busy, send] = useSend(props)
  return (
    <Dialog title={t('contact.pick')} onClose={props.onClose}>
      <PeoplePicker withMe busy={busy} onPick={(member) => send({ kind: 'contact', member })} />
    </Dialog>
  )
}
