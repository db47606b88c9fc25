import { limits } from '@heyi/contract/limits'
import { FormDialog } from '@heyi/ui/Dialog'
import { TextField } from '@heyi/ui/Field'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../../app/data'
import { errorMessage } from '../../../app/errors'

interface Props {
  title: string
  label: string
  action: string
  initial?: string
  onClose: () => void
  onSave: (name: string) => Promise<unknown>
}

/** Asks for one name. */
export function NameDialog({ title, label, action, initial = '', onClose, onSave }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState(initial)
  const [tried, setTried] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const missing = name.trim() === ''
  return (
    <FormDialog
      title={title}
      size="s"
      onClose={onClose}
      onSubmit={() => {
        setTried(true)
        if (!missing) void run(() => onSave(name.trim()))
      }}
      submit={action}
      busy={busy}
    >
      <TextField
        label={label}
        data-first
        maxLength={limits.nameChars}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={error !== null ? errorMessage(error) : tried && missing ? t('field.nameMissing') : null}
      />
    </FormDialog>
  )
}
