import { Dialog } from '@heyi/ui/Dialog'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../app/data'
import { PeoplePicker } from '../directory/PeoplePicker'

/** Finds a colleague and opens the conversation with them. */
export function NewChat({ onClose, onOpen }: { onClose: () => void; onOpen: (conversation: string) => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const [busy, run] = useAction()
  const open = (member: string) =>
    void run(async () => {
      const { conversation } = await client.call('messaging.openDirect', { with: member })
      onClose()
      onOpen(conversation.id)
    })
  return (
    <Dialog title={t('newChat.title')} onClose={onClose}>
      <PeoplePicker onPick={open} busy={busy} />
    </Dialog>
  )
}
