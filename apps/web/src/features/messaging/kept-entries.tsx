import type { Client } from '@heyi/client'
import type { ConversationRole, Message } from '@heyi/contract/messaging'
import type { MenuEntry } from '@heyi/ui/Menu'
import { toast } from '@heyi/ui/toast'
import type { TFunction } from 'i18next'
import { AlarmClock, Link, Pin, PinOff, Star } from 'lucide-react'
import { copyText } from '../../app/device'
import { toastError } from '../../app/errors'
import { openOverlay } from '../../app/overlay'

interface About {
  conversation: string
  message: Message
  role: ConversationRole
  group: boolean
}

/** Keeps messages for myself, and says so. */
export async function keepFavourites(
  client: Client,
  t: TFunction,
  conversation: string,
  seqs: readonly number[],
): Promise<void> {
  await client.call('messaging.addFavourites', { conversation, seqs: [...seqs] })
  toast(t('favourite.added', { count: seqs.length }))
}

const linkTo = (conversation: string, seq: number): string => `${window.location.origin}/chat/${conversation}?at=${seq}`

/** What the menu of a message offers for coming back to it. */
export function keptEntries(client: Client, t: TFunction, { conversation, message, role, group }: About): MenuEntry[] {
  const { seq } = message
  const pinned = client.pins(conversation)?.items.some((pin) => pin.seq === seq) ?? false
  const mayPin = (!group || role !== 'member') && !client.chat(conversation).conversation?.dissolved
  const pin = () => {
    client.call('messaging.pinMessage', { conversation, seq, pinned: !pinned }).then(
      () => toast(t(pinned ? 'pin.unpinned' : 'pin.pinned')),
      (error: unknown) => toastError(error),
    )
  }
  const copyLink = () => {
    copyText(linkTo(conversation, seq)).then(
      () => toast(t('messageLink.copied')),
      (error: unknown) => toastError(error),
    )
  }
  return [
    {
      label: t('favourite.add'),
      icon: <Star size={16} />,
      onSelect: () => void keepFavourites(client, t, conversation, [seq]).catch(toastError),
    },
    {
      label: t('remind.me'),
      icon: <AlarmClock size={16} />,
      onSelect: () => openOverlay({ kind: 'remind', conversation, seq }),
    },
    ...(mayPin
      ? [
          {
            label: t(pinned ? 'pin.unpin' : 'pin.pin'),
            icon: pinned ? <PinOff size={16} /> : <Pin size={16} />,
            onSelect: pin,
          },
        ]
      : []),
    { label: t('messageLink.copy'), icon: <Link size={16} />, onSelect: copyLink },
  ]
}
