import type { ChatState } from '@heyi/client'
import type { Conversation, Membership, Silence } from '@heyi/contract/messaging'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../app/format'

/** The longest that a browser’s timer waits. */
const timerMostMs = 2 ** 31 - 1

const lasts = (silence: Silence | null | undefined): silence is Silence =>
  !!silence && (silence.until === null || Date.parse(silence.until) > Date.now())

/** Whether I may say something in it now. */
export const maySay = (conversation: Conversation, { role, silenced }: Membership): boolean =>
  !conversation.dissolved && (role !== 'member' || !(conversation.muteAll || lasts(silenced)))

/** Why nothing can be said in it, as long as that is so; null where it can. */
export function useWhyClosed({ conversation, membership }: Pick<ChatState, 'conversation' | 'membership'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const silence = membership?.role === 'member' ? membership.silenced : null
  const until = lasts(silence) ? silence.until : null
  const [, wake] = useState(0)
  useEffect(() => {
    if (until === null) return
    let timer: ReturnType<typeof setTimeout>
    const wait = () => {
      const left = Date.parse(until) - Date.now()
      timer = setTimeout(left > timerMostMs ? wait : () => wake((turn) => turn + 1), Math.min(left + 1, timerMostMs))
    }
    wait()
    return () => clearTimeout(timer)
  }, [until])
  if (!conversation || !membership) return null
  if (conversation.dissolved) {
    if (conversation.purged) return t('dissolve.purged')
    return conversation.purgeAt
      ? t('dissolve.purgeAt', { time: format.dateTime(conversation.purgeAt) })
      : t('chat.dissolved')
  }
  if (lasts(silence))
    return until === null ? t('moderation.mutedMe') : t('moderation.mutedMeUntil', { time: format.soon(until) })
  return maySay(conversation, membership) ? null : t('chat.mutedAll')
}
