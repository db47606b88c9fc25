import { limits } from '@heyi/contract/limits'
import { Picker } from '@heyi/ui/Picker'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useClient, useHeyi, useMyId, useSettled } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useRecentPeople } from '../messaging/useRecentPeople'
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

/** Search among colleagues, one or several to pick. Without a text it offers whom I talked with last. */
export function PeoplePicker({ onPick, picked = [], onPickedChange, without, withMe = false, busy = false }: Props) {
  const { t } = useTranslation()
  const me = useMyId()
  const [text, setText] = useState('')
  const wanted = useSettled(text.trim())
  const found = useCall('directory.search', wanted ? { text: wanted, limit: limits.searchResults } : null)
  const offered = useOffered()
  const answer = wanted ? found : offered
  const people = (wanted ? found.data?.people : offered.people)?.filter(
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

const offeredMost = 50

/** Before anything is typed: whom I talked with last, then people of the company who are in no department. */
function useOffered() {
  const client = useClient()
  const recent = useRecentPeople().slice(0, offeredMost)
  // Drawn anew as their cards arrive.
  useHeyi((held) => recent.map((id) => held.profile(id)?.name ?? '').join('\n'))
  const known = recent.flatMap((id) => client.profile(id) ?? [])
  const top = useCall('directory.listDepartmentMembers', { department: null, cursor: null, limit: offeredMost })
  const others = top.data?.items.filter(({ id }) => !recent.includes(id))
  const people = known.length > 0 || others ? [...known, ...(others ?? [])] : undefined
  return { people, loading: top.loading, error: top.error }
}
