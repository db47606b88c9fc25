import { TextField } from '@heyi/ui/Field'
import { useTranslation } from 'react-i18next'

/** When a card ends by itself, if it shall. */
export function EndsAt({ value, onChange }: { value: string; onChange: (next: string) => void }) {
  const { t } = useTranslation()
  return (
    <TextField
      type="datetime-local"
      label={t('card.endsAt')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
