import { limits } from '@heyi/contract/limits'
import { Picker } from '@heyi/ui/Picker'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useClient, useHeyi, useMyId, useSettled } from '../../app/data'
import { errorMessage } from '../../app/errors'
import type { Picked } from '../directory/PeoplePicker'
import { PersonPicture } from '../directory/PersonPicture'
import { calledIn } from '../messaging/conversation'

interface Props {
  conversation: string
  picked: Picked[]
  onPickedChange: (picked: Picked[]) => void
}

const offered = 50

/** Search among the other members of a group, several to pick. */
export function MemberPicker({ conversation, picked, onPickedChange }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const [text, setText] = useState('')
  const wanted = useSettled(text.trim())
  // The company’s search knows names and pinyin; who of those found is in the group, the group knows.
  const found = useCall('directory.search', wanted ? { text: wanted, limit: limits.searchResults } : null)
  const among = found.data?.people.map(({ id }) => id)
  const page = { conversation, cursor: null, limit: offered }
  const only = { among: among ?? [], nickname: wanted.slice(0, limits.nicknameChars) }
  const members = useCall('messaging.listMembers', wanted ? (among ? { ...page, only } : null) : page)
  const others = members.data?.items.filter(({ id }) => id !== me)
  // Drawn anew as their cards arrive.
  useHeyi((held) => others?.map(({ id }) => calledIn(held, conversation, id)).join('\n') ?? '')
  const toggle = ({ id, name }: Picked) => {
    const rest = picked.filter((one) => one.id !== id)
    onPickedChange(rest.length < picked.length ? rest : [...picked, { id, name }])
  }
  return (
    <Picker
      texts={{
        search: t('thanks.find'),
        list: t('thanks.people'),
        picked: t('picker.picked'),
        unpick: (name) => t('picker.unpick', { name }),
      }}
      text={text}
      onTextChange={setText}
      options={
        others?.map(({ id }) => {
          const profile = client.profile(id)
          return {
            id,
            name: calledIn(client, conversation, id),
            under: [profile?.position, profile?.department].filter(Boolean).join(' · '),
            picture: <PersonPicture id={id} size={36} />,
          }
        }) ?? []
      }
      picked={picked}
      onToggle={toggle}
      loading={!others && members.loading}
      none={
        !others && members.error !== null
          ? errorMessage(members.error)
          : wanted
            ? t('picker.none', { text: wanted })
            : t('picker.type')
      }
    />
  )
}
