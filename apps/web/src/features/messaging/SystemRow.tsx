import { limits } from '@heyi/contract/limits'
import type { Message } from '@heyi/contract/messaging'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHeyi, useMyId } from '../../app/data'
import { useChatActions } from './chat-context'
import { systemLine } from './conversation'
import { recalledText } from './recalled'
import styles from './SystemRow.module.css'

/** What happened, or that a message was taken back; my own text can be written anew for a while. */
export function SystemRow({ conversation, message }: { conversation: string; message: Message }) {
  const { t } = useTranslation()
  const me = useMyId()
  const { edit } = useChatActions()
  const line = useHeyi((client) => systemLine(client, message, me, t, conversation))
  const recalled =
    message.sender === me && message.state === 'recalled' ? recalledText(conversation, message.seq) : null
  const [, wake] = useState(0)
  const until = recalled ? recalled.at + limits.reeditSeconds * 1000 : 0
  useEffect(() => {
    if (!until) return
    const timer = setTimeout(() => wake((turn) => turn + 1), Math.max(0, until - Date.now()))
    return () => clearTimeout(timer)
  }, [until])
  return (
    <p className={styles.line}>
      {line}
      {recalled && until > Date.now() && (
        <button type="button" onClick={() => edit(recalled.text)}>
          {t('chat.reedit')}
        </button>
      )}
    </p>
  )
}
