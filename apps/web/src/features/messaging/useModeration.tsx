import type { ConversationRole, Silence } from '@heyi/contract/messaging'
import { confirm } from '@heyi/ui/confirm'
import type { MenuEntry } from '@heyi/ui/Menu'
import { Presence } from '@heyi/ui/Presence'
import { toast } from '@heyi/ui/toast'
import { MessageSquare, MessageSquareOff, UserX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../app/data'
import { useFormat } from '../../app/format'
import { SilenceDialog } from './SilenceDialog'

interface Props {
  id: string
  member: { id: string; role: ConversationRole; silenced: Silence | null }
  name: string
  onChanged: () => void
}

/** Muting and banning one member of a group: what a menu offers, and what the list shows of it. */
export function useModeration({ id, member, name, onChanged }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const [, run] = useAction()
  const [muting, setMuting] = useState(false)
  const place = { conversation: id, member: member.id }
  const { silenced } = member
  const unmute = () =>
    void run(async () => {
      await client.call('messaging.endSilence', place)
      toast(t('moderation.unmuted', { name }))
      onChanged()
    })
  const entries: MenuEntry[] = []
  // Whoever runs the group is never muted.
  if (member.role === 'member') {
    entries.push({
      label: t('moderation.mute'),
      icon: <MessageSquareOff size={16} />,
      onSelect: () => setMuting(true),
    })
    if (silenced) entries.push({ label: t('moderation.unmute'), icon: <MessageSquare size={16} />, onSelect: unmute })
  }
  const ban: MenuEntry = {
    label: t('moderation.ban'),
    icon: <UserX size={16} />,
    danger: true,
    onSelect: () =>
      confirm({
        title: t('moderation.banTitle', { name }),
        text: t('moderation.banText'),
        action: t('moderation.ban'),
        danger: true,
        run: async () => {
          await client.call('messaging.banMember', place)
          toast(t('moderation.banDone', { name }))
          onChanged()
        },
      }),
  }
  const tag =
    silenced &&
    (silenced.until === null
      ? t('moderation.isMuted')
      : t('moderation.isMutedUntil', { time: format.soon(silenced.until) }))
  const dialog = (
    <Presence>
      {muting && (
        <SilenceDialog id={id} member={member.id} name={name} onMuted={onChanged} onClose={() => setMuting(false)} />
      )}
    </Presence>
  )
  return { entries, ban, tag, dialog }
}
