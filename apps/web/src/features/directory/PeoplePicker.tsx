import { limits } from '@heyi/contract/limits'
import { Picker } from '@heyi/ui/Picker'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useMyId, useSettled } from '../../app/data'
import { errorMessage } from '../../app/errors'
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
  const [text, setText] = useState('')
  const wanted = useSettled(text.trim())
  const found = useCall('directory.search', wanted ? { text: wanted, limit: limits.searchResults } : null)
  const top = useCall('directory.listDepartmentMembers', { department: null, cursor: null, limit: 50 })
  const answer = wanted ? found : top
  const people = (wanted ? found.data?.people : top.data?.items)?.filter(
    (person) => (withMe || person.id !== me) && !without?.has(person.id) && person.kind === 'member',
  )
  const toggle = ({ id, name }: Picked) => {
    if (busy) return
    if (onPick) return onPick(id)
    const others = picked.filter((one) => one.id !== id)
    onPickedChange?.(others.length < picked.length ? others : [...picked, { id, name }])
  }
  return (
    <Picker
      texts={{
        search: t('picker.search'),
        list: t('picker.people'),
        picked: t('picker.picked'),
        unpick: (name) => t('picker.unpick', { name }),
      }}
      text={text}
      onTextChange={setText}
      options={
        people?.map(({ id, name, position, department }) => ({
          id,
          name,
          under: [position, department].filter(Boolean).join(' · '),
          picture: <PersonPicture id={id} size={36} />,
        })) ?? []
      }
      {...(!onPick && { picked })}
      onToggle={toggle}
      loading={!people && answer.loading}
      none={
        !people && answer.error !== null
          ? errorMessage(answer.error)
          : wanted
            ? t('picker.none', { text: wanted })
            : t('picker.type')
      }
    />
  )
}
