import { IconButton } from '@heyi/ui/Button'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useHeyi, useMyId } from '../../app/data'
import { useChatActions } from './chat-context'
import { calledIn, messageLine } from './conversation'
import styles from './Quote.module.css'

/** The quoted message in one line. Not known, gone or recalled, it says so; it never shows what was taken back. */
function useQuoteLine(conversation: string, seq: number): string {
  const { t } = useTranslation()
  const me = useMyId()
  return useHeyi((client) => {
    const message = client.message(conversation, seq)
    if (!message) return t(message === null ? 'chat.quoteGone' : 'chat.quoteEarlier')
    if (message.state === 'recalled') return t('chat.quoteRecalled')
    const name = calledIn(client, conversation, message.sender) || '…'
    return `${name}${t('list.colon')}${messageLine(client, message, me, t, conversation)}`
  })
}

export function Quote({ conversation, seq }: { conversation: string; seq: number }) {
  const { jump } = useChatActions()
  const line = useQuoteLine(conversation, seq)
  return (
    <button type="button" className={styles.quote} onClick={() => jump(seq)}>
      <span className="ell">{line}</span>
    </button>
  )
}

/** Above the composer: what the next message answers. */
export function QuoteDraft({ conversation, seq, onClose }: { conversation: string; seq: number; onClose: () => void }) {
  const { t } = useTranslation()
  const line = useQuoteLine(conversation, seq)
  return (
    <div className={styles.draft}>
      <span className="ell">{line}</span>
      <IconButton small label={t('composer.dropQuote')} onClick={onClose}>
        <X size={14} />
      </IconButton>
    </div>
  )
}
