import { limits } from '@heyi/contract/limits'
import type { Conversation } from '@heyi/contract/messaging'
import { FormDialog } from '@heyi/ui/Dialog'
import { TextArea } from '@heyi/ui/Field'
import { toast } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../app/data'
import { errorMessage } from '../../app/errors'

/** What a group says to people who join it. Left empty, it says nothing. */
export function WelcomeDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const [text, setText] = useState(conversation.welcome ?? '')
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const save = () =>
    void run(async () => {
      await client.call('messaging.setWelcome', { conversation: conversation.id, text: text.trim() })
      toast(t('welcome.saved'))
      onClose()
    })
  return (
    <FormDialog
      title={t('welcome.title')}
      size="s"
      onClose={onClose}
      onSubmit={save}
      submit={t('action.save')}
      busy={busy}
    >
      <TextArea
        label={t('welcome.title')}
        help={t('welcome.help', { count: text.length, most: limits.welcomeChars })}
        placeholder={t('welcome.placeholder')}
        data-first
        rows={4}
        maxLength={limits.welcomeChars}
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={error === null ? null : errorMessage(error)}
      />
    </FormDialog>
  )
}
