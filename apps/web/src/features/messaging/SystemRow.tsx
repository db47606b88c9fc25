import { limits } from '@heyi/contract/limits'
import type { Message } from '@heyi/contract/messaging'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useMyId } from '../../app/data'
import { PersonCard } from '../directory/PersonCard'
import { PersonName } from '../directory/PersonName'
import { useChatActions } from './chat-context'
import { systemLine } from './conversation'
import { recalledText } from './recalled'
import styles from './SystemRow.module.css'

/** What happened, or that a message was taken back; my own text can be written anew for a while. */
export function SystemRow({ conversation, message }: { conversation: string; message: Message }) {
  const { t } = useTranslation()
  const me = useMyId()
  const { edit } = useChatActions()
  const navigate = useNavigate()
  const recalled =
    message.sender === me && message.state === 'recalled' ? recalledText(conversation, message.seq) : null
  const about = message.kind === 'system' ? message.body?.about : undefined
  const [, wake] = useState(0)
  const until = recalled ? recalled.at + limits.reeditSeconds * 1000 : 0
  useEffect(() => {
    if (!until) return
    const timer = setTimeout(() => wake((turn) => turn + 1), Math.max(0, until - Date.now()))
    return () => clearTimeout(timer)
  }, [until])
  return (
    <p className={styles.line}>
      <Line message={message} me={me} />
      {about !== undefined && (
        <button type="button" onClick={() => void navigate(`/chat/${conversation}?at=${about}`)}>
          {t('chat.look')}
        </button>
      )}
      {recalled && until > Date.now() && (
        <button type="button" onClick={() => edit(recalled.text)}>
          {t('chat.reedit')}
        </button>
      )}
    </p>
  )
}

/** The words, in which those they name are the ways to them. */
function Line({ message, me }: { message: Message; me: string }) {
  const { t } = useTranslation()
  const named: string[] = []
  const line = systemLine(message, t, (id) => (id === me ? t('chat.you') : `\uE000${named.push(id) - 1}\uE000`))
  return line.split(/\uE000(\d+)\uE000/).map((part, index) => {
    const id = index % 2 === 1 ? named[Number(part)] : undefined
    if (id === undefined) return part
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a line's parts never move
      <PersonCard key={index} id={id} className={styles.name}>
        <PersonName id={id} />
      </PersonCard>
    )
  })
}
