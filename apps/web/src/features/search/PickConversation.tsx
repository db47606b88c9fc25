import { Dialog } from '@heyi/ui/Dialog'
import { Picker } from '@heyi/ui/Picker'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useHeyi, useMyId } from '../../app/data'
import { ConversationPicture } from '../messaging/ConversationPicture'
import { titleOf } from '../messaging/conversation'
import { rank } from '../switcher/rules'

const most = 50

/** One of my conversations, by its name or the initials of that; first those of now. */
export function PickConversation({ onPick, onClose }: { onPick: (id: string) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const inbox = useHeyi((held) => held.inbox())
  const [text, setText] = useState('')
  const candidates = useMemo(
    () =>
      inbox.map((entry) => ({
        kind: 'conversation' as const,
        id: entry.id,
        title: titleOf(client, entry.conversation, entry.members, me),
        under: '',
        words: '',
        at: entry.lastAt ?? '',
        person: null,
        group: entry.conversation.kind === 'group',
      })),
    [inbox, client, me],
  )
  const wanted = text.trim()
  const shown = (wanted ? rank(wanted, candidates) : candidates).slice(0, most)
  return (
    <Dialog title={t('search.filter.in')} onClose={onClose}>
      <Picker
        texts={{
          search: t('search.pickConversation'),
          list: t('search.conversationList'),
          picked: t('picker.picked'),
          unpick: (name) => t('picker.unpick', { name }),
        }}
        text={text}
        onTextChange={setText}
        options={shown.flatMap(({ id, title }) => {
          const entry = inbox.find((one) => one.id === id)
          if (!entry) return []
          const { conversation, members } = entry
          return [
            {
              id,
              name: title,
              picture: <ConversationPicture key={id} conversation={conversation} members={members} size={32} />,
            },
          ]
        })}
        onToggle={({ id }) => onPick(id)}
        none={t('search.noConversation')}
      />
    </Dialog>
  )
}
