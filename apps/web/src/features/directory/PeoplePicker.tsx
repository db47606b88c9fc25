import type { Profile } from '@heyi/contract/directory'
import { limits } from '@heyi/contract/limits'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Check, Search, X } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useMyId, useSettled } from '../../app/data'
import { errorMessage } from '../../app/errors'
import styles from './PeoplePicker.module.css'
import { PersonPicture } from './PersonPicture'

export interface Picked {
  id: string
  name: string
}

interface Props {
  /** One is enough: called at once. */
  onPick?: (member: string) => void
  /** Several: chips above the list. */
  picked?: Picked[]
  onPickedChange?: (picked: Picked[]) => void
  /** Who cannot be picked, because they are in already. */
  without?: ReadonlySet<string>
  /** Myself can be picked too, as a department's leader for instance. */
  withMe?: boolean
  busy?: boolean
}

/** Search among colleagues, one or several to pick. Without a text it offers the top of the company's people. */
export function PeoplePicker({ onPick, picked = [], onPickedChange, without, withMe = false, busy = false }: Props) {
  const { t } = useTranslation()
  const me = useMyId()
  const listId = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const wanted = useSettled(text.trim())
  const found = useCall('directory.search', wanted ? { text: wanted, limit: limits.searchResults } : null)
  const top = useCall('directory.listDepartmentMembers', { department: null, cursor: null, limit: 50 })
  const answer = wanted ? found : top
  const people = (wanted ? found.data?.people : top.data?.items)?.filter(
    (person) => (withMe || person.id !== me) && !without?.has(person.id) && person.kind === 'member',
  )
  const isPicked = (id: string) => picked.some((one) => one.id === id)
  const choose = (person: Profile) => {
    if (onPick) return onPick(person.id)
    setText('')
    setAt(0)
    onPickedChange?.(
      isPicked(person.id)
        ? picked.filter((one) => one.id !== person.id)
        : [...picked, { id: person.id, name: person.name }],
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || !people) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setAt(Math.max(0, Math.min(people.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      const person = people[at]
      if (person && !busy) choose(person)
    }
    if (event.key === 'Backspace' && text === '' && picked.length > 0) onPickedChange?.(picked.slice(0, -1))
  }
  const active = people?.[at]
  return (
    <div className={styles.picker}>
      {picked.length > 0 && (
        <ul className={styles.chips} aria-label={t('picker.picked')}>
          {picked.map((person) => (
            <li key={person.id}>
              <button
                type="button"
                onClick={() => onPickedChange?.(picked.filter((one) => one.id !== person.id))}
                aria-label={t('picker.unpick', { name: person.name })}
              >
                {person.name}
                <X size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.search}>
        <Search size={16} />
        <input
          type="search"
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={active ? `${listId}${active.id}` : undefined}
          aria-label={t('picker.search')}
          placeholder={t('picker.search')}
          data-first
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        className={styles.list}
        id={listId}
        role="listbox"
        aria-label={t('picker.people')}
        aria-multiselectable={onPick ? undefined : true}
      >
        {people?.map((person, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox hears the keys
          <div
            key={person.id}
            id={`${listId}${person.id}`}
            role="option"
            aria-selected={onPick ? index === at : isPicked(person.id)}
            className={[styles.option, index === at && styles.at].filter(Boolean).join(' ')}
            onClick={() => !busy && choose(person)}
          >
            <PersonPicture id={person.id} size={36} />
            <span>
              <b className="ell">{person.name}</b>
              <small className="ell">{[person.position, person.department].filter(Boolean).join(' · ')}</small>
            </span>
            {isPicked(person.id) && <Check size={18} className={styles.check} />}
          </div>
        ))}
        {!people && answer.loading && <Skeleton rows={4} />}
        {people?.length === 0 && (
          <p className={styles.none}>{wanted ? t('picker.none', { text: wanted }) : t('picker.type')}</p>
        )}
        {answer.error !== null && !people && <p className={styles.none}>{errorMessage(answer.error)}</p>}
      </div>
    </div>
  )
}
