import { Users } from 'lucide-react'
import { type KeyboardEvent, type Ref, useImperativeHandle, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useClient, useSettled } from '../../app/data'
import { PersonPicture } from '../directory/PersonPicture'
import styles from './MentionPicker.module.css'
import type { Nameable } from './rich-text'
import type { Mentionable } from './useMentionable'

export interface MentionPickerHandle {
  /** True where the key was for the picker. */
  onKey: (event: KeyboardEvent) => boolean
}

interface Props {
  text: string
  mentionable: Mentionable
  onPick: (person: Nameable) => void
  onClose: () => void
  ref: Ref<MentionPickerHandle>
}

const most = 30

/** Above the composer while `@…` is typed; names here at once, pinyin by the server's search. */
export function MentionPicker({ text, mentionable, onPick, onClose, ref }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const [at, setAt] = useState(0)
  const wanted = useSettled(text)
  const search = useCall('directory.search', wanted ? { text: wanted, limit: 20 } : null)
  const lower = text.toLowerCase()
  const near = mentionable.known.filter(({ name }) => name.toLowerCase().includes(lower))
  const found = (wanted ? (search.data?.people ?? []) : [])
    .filter(
      (person) => !near.some(({ principal }) => principal === person.id) && (mentionable.ids?.has(person.id) ?? true),
    )
    .map((person) => ({
      principal: person.id,
      name: client.nickname(mentionable.conversation, person.id) ?? person.name,
    }))
  const shown = [...near, ...found].slice(0, most)
  useImperativeHandle(ref, () => ({
    onKey: (event) => {
      if (event.key === 'Escape') {
        event.preventDefault()
        onClose()
        return true
      }
      if (shown.length === 0) return false
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault()
        setAt((at + (event.key === 'ArrowDown' ? 1 : shown.length - 1)) % shown.length)
        return true
      }
      const person = shown[Math.min(at, shown.length - 1)]
      if ((event.key !== 'Enter' && event.key !== 'Tab') || event.shiftKey || !person) return false
      event.preventDefault()
      onPick(person)
      return true
    },
  }))
  if (shown.length === 0) return null
  return (
    <div className={styles.picker} role="listbox" aria-label={t('composer.mention')}>
      {shown.map((person, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the textarea keeps the focus and hears the keys
        // biome-ignore lint/a11y/useKeyWithClickEvents: the textarea keeps the focus and hears the keys
        <div
          key={person.principal}
          role="option"
          aria-selected={index === at}
          className={[styles.option, index === at && styles.at].filter(Boolean).join(' ')}
          ref={index === at ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(person)}
        >
          {person.principal === 'all' ? <Users size={20} /> : <PersonPicture id={person.principal} size={24} />}
          <span className="ell">{person.name}</span>
        </div>
      ))}
    </div>
  )
}
