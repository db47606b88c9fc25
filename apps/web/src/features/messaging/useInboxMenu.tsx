import type { InboxEntry } from '@heyi/client'
import type { MenuEntry } from '@heyi/ui/Menu'
import { Bell, BellOff, MailOpen, MessageCircleDashed, Pin, PinOff } from 'lucide-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../app/data'

/** What can be done with a conversation from the inbox; the same function until something changes, as rows are kept by it. */
export function useInboxMenu() {
  const { t } = useTranslation()
  const client = useClient()
  const [, run] = useAction()
  return useCallback(
    (entry: InboxEntry): MenuEntry[] => {
      const { id: conversation, membership, last } = entry
      const { pinned, muted, version } = membership
      const update = (change: { pinned: boolean } | { muted: boolean }) => () =>
        void run(() => client.call('messaging.updateMembership', { conversation, ...change }))
      const lastSeq = last?.object.seq
      const entries: MenuEntry[] = [
        {
          label: pinned ? t('inbox.unpin') : t('inbox.pin'),
          icon: pinned ? <PinOff size={16} /> : <Pin size={16} />,
          onSelect: update({ pinned: !pinned }),
        },
        {
          label: muted ? t('inbox.unmute') : t('inbox.mute'),
          icon: muted ? <Bell size={16} /> : <BellOff size={16} />,
          onSelect: update({ muted: !muted }),
        },
      ]
      if (lastSeq === undefined) return entries
      if (entry.unread > 0)
        entries.push({
          label: t('inbox.markRead'),
          icon: <MailOpen size={16} />,
          onSelect: () => void run(() => client.call('messaging.markRead', { conversation, seq: lastSeq })),
        })
      else
        entries.push({
          label: t('inbox.markUnread'),
          icon: <MessageCircleDashed size={16} />,
          onSelect: () => void run(() => client.call('messaging.markUnread', { conversation, seq: lastSeq, version })),
        })
      return entries
    },
    [t, client, run],
  )
}
