import { limits } from '@heyi/contract/limits'
import { FormDialog } from '@heyi/ui/Dialog'
import { TextField } from '@heyi/ui/Field'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, useMe } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { PeoplePicker, type Picked } from '../directory/PeoplePicker'
import formStyles from '../identity/form.module.css'
import styles from './NewGroup.module.css'

/** A name and its first members; more than one call's worth is added afterwards. */
export function NewGroup({
  initial = [],
  onClose,
  onOpen,
}: {
  /** Picked from the start; may be taken out again. */
  initial?: Picked[]
  onClose: () => void
  onOpen: (conversation: string) => void
}) {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMe()
  const [name, setName] = useState('')
  const [picked, setPicked] = useState<Picked[]>(initial)
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  // Unnamed groups take the names of the first people, as everybody would call them.
  const fallback = [me?.profile.name ?? '', ...picked.slice(0, 3).map((person) => person.name)]
    .filter(Boolean)
    .join(t('list.comma'))
    .slice(0, limits.nameChars)
  const create = () =>
    void run(async () => {
      const members = picked.map((person) => person.id)
      const { conversation } = await client.call('messaging.createGroup', {
        name: name.trim() || fallback,
        members: members.slice(0, limits.membersPerCall),
      })
      for (let at = limits.membersPerCall; at < members.length; at += limits.membersPerCall)
        await client.call('messaging.addMembers', {
          conversation: conversation.id,
          members: members.slice(at, at + limits.membersPerCall),
        })
      onClose()
      onOpen(conversation.id)
    })
  return (
    <FormDialog
      title={t('newGroup.title')}
      onClose={onClose}
      onSubmit={create}
      submit={picked.length > 0 ? t('newGroup.create', { count: picked.length + 1 }) : t('newGroup.pickFirst')}
      busy={busy}
      disabled={picked.length === 0}
    >
      <div className={styles.form}>
        <TextField
          label={t('newGroup.name')}
          placeholder={fallback}
          maxLength={limits.nameChars}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <PeoplePicker picked={picked} onPickedChange={setPicked} />
        {error !== null && (
          <p role="alert" className={formStyles.error}>
            {errorMessage(error)}
          </p>
        )}
      </div>
    </FormDialog>
  )
}
