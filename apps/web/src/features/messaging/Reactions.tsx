import type { Message, Reaction } from '@heyi/contract/messaging'
import { SmilePlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useHeyi, useMyId } from '../../app/data'
import { toastError } from '../../app/errors'
import { calledIn } from './conversation'
import styles from './Reactions.module.css'
import { ReactPicker } from './ReactPicker'

interface Props {
  conversation: string
  message: Message
}

/** Names stand where they fit: of one or two. */
const namedMost = 2

/** Answers by emoji below a message; mine are marked, a press adds mine or takes it away. */
export function Reactions({ conversation, message }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const [place, setPlace] = useState<{ x: number; y: number } | null>(null)
  const shown = message.reactions ?? []
  if (shown.length === 0) return null
  const toggle = (emoji: string, on: boolean) =>
    void client.call('messaging.react', { conversation, seq: message.seq, emoji, on }).catch(toastError)
  return (
    <div className={styles.pills}>
      {shown.map((reaction) => (
        <Pill
          key={reaction.emoji}
          conversation={conversation}
          seq={message.seq}
          reaction={reaction}
          onToggle={toggle}
        />
      ))}
      <button
        type="button"
        className={styles.pill}
        aria-label={t('reaction.add')}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          setPlace({ x: box.left, y: box.bottom + 4 })
        }}
      >
        <SmilePlus size={14} />
      </button>
      {place && <ReactPicker place={place} onPick={(emoji) => toggle(emoji, true)} onClose={() => setPlace(null)} />}
    </div>
  )
}

interface PillProps {
  conversation: string
  seq: number
  reaction: Reaction
  onToggle: (emoji: string, on: boolean) => void
}

function Pill({ conversation, seq, reaction, onToggle }: PillProps) {
  const { t } = useTranslation()
  const me = useMyId()
  const { emoji, count, members } = reaction
  const names = useHeyi((client) =>
    members
      .slice(0, 6)
      .map((id) => (id === me ? t('chat.you') : calledIn(client, conversation, id) || '…'))
      .join(t('list.comma')),
  )
  // Of very many only the first are named: whether I am among the others is asked for.
  const named = members.includes(me)
  const mine =
    useHeyi(
      (client) => named || (count > members.length && client.answer(conversation, seq)?.emojis.includes(emoji)),
    ) ?? false
  return (
    <button
      type="button"
      className={[styles.pill, mine && styles.mine].filter(Boolean).join(' ')}
      aria-pressed={mine}
      aria-label={t('reaction.by', { emoji, names, count })}
      title={count > 6 ? t('list.more', { names, count }) : names}
      onClick={() => onToggle(emoji, !mine)}
    >
      <span aria-hidden="true">{emoji}</span>
      <span className={count <= namedMost ? 'ell' : 'num'}>{count <= namedMost ? names : count}</span>
    </button>
  )
}
