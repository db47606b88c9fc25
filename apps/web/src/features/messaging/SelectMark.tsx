import { Check } from 'lucide-react'
import { use } from 'react'
import { useTranslation } from 'react-i18next'
import { SelectionContext } from './chat-context'
import styles from './SelectMark.module.css'

/** While messages are selected: a box over the whole row, so that a press anywhere on it is enough. */
export function SelectMark({ seq, name, mine = false }: { seq: number; name: string; mine?: boolean }) {
  const { t } = useTranslation()
  const selection = use(SelectionContext)
  if (!selection) return null
  return (
    <label className={[styles.mark, mine && styles.mine].filter(Boolean).join(' ')}>
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={t('select.one', { name })}
        checked={selection.seqs.has(seq)}
        onChange={() => selection.toggle(seq)}
      />
      <span aria-hidden="true">
        <Check size={14} />
      </span>
    </label>
  )
}
