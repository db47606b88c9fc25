import { limits } from '@heyi/contract/limits'
import type { Membership } from '@heyi/contract/messaging'
import { FormDialog } from '@heyi/ui/Dialog'
import { TextField } from '@heyi/ui/Field'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../app/data'
import { errorMessage } from '../../app/errors'

/** What I am called in this group. Left empty, I go by my name. */
export function NicknameDialog({ membership, onClose }: { membership: Membership; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const [nickname, setNickname] = useState(membership.nickname ?? '')
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const save = () =>
    void run(async () => {
      await client.call('messaging.setNickname', { conversation: membership.conversation, nickname: nickname.trim() })
      onClose()
    })
  return (
    <FormDialog
      title={t('group.nickname')}
      size="s"
      onClose={onClose}
      onSubmit={save}
      submit={t('action.save')}
      busy={busy}
    >
      <TextField
        label={t('group.nickname')}
        help={t('group.nicknameHelp')}
        data-first
        maxLength={limits.nicknameChars}
        value={nickname}
        onChange={(event) => setNickname(event.target.value)}
        error={error === null ? null : errorMessage(error)}
      />
    </FormDialog>
  )
}
