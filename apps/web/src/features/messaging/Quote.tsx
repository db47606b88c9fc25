import { IconButton } from '@heyi/ui/Button'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useHeyi, useMyId } from '../../app/data'
import { PersonCard } from '../directory/PersonCard'
import { useChatActions } from './chat-context'
import { calledIn, messageLine } from './conversation'
import styles from './Quote.module.css'

/** The quoted message in one line. Not known, gone or recalled, it says so; it never shows what was taken back. */
function QuoteLine({ conversation, seq }: { conversation: string; seq: number }) {
  const { t } = useTranslation()
  const me = useMyId()
  const message = useHeyi((client) => client.message(conversation, seq))
  const sender = message?.state === 'sent' ? message.sender : null
  const name = useHeyi((client) => (sender === null ? '' : calledIn(client, conversation, sender) || '…'))
  const line = useHeyi((client) => (message ? messageLine(client, message, me, t, conversation) : ''))
  if (!message) return t(message === null ? 'chat.quoteGone' : 'chat.quoteEarlier')
  if (sender === null) return t('chat.quoteRecalled')
  return (
    <>
      <PersonCard id={sender} inButton>
        {name}
      </PersonCard>
      {t('list.colon')}
      {line}
    </>
  )
}

export function Quote({ conversation, seq }: { conversation: string; seq: number }) {
  const { jump } = useChatActions()
  return (
    <button type="button" className={styles.quote} onClick={() => jump(seq)}>
      <span className="ell">
        <QuoteLine conversation={conversation} seq={seq} />
      </span>
    </button>
  )
}

/** Above the composer: what the next message answers. */
export function QuoteDraft({ conversation, seq, onClose }: { conversation: string; seq: number; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={styles.draft}>
      <span className="ell">
        <QuoteLine conversation={conversation} seq={seq} />
      </span>
      <IconButton small label={t('composer.dropQuote')} onClick={onClose}>
        <X size={14} />
      </IconButton>
    </div>
  )
}
