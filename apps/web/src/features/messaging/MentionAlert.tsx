import type { ChatState } from '@heyi/client'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHeyi, useMyId } from '../../app/data'
import { calledIn } from './conversation'

/** Says at once to a screen reader that I was mentioned; the log itself waits until it is quiet. */
export function MentionAlert({ chat }: { chat: ChatState }) {
  const { t } = useTranslation()
  const me = useMyId()
  const seen = useRef<number | null>(null)
  const [told, setTold] = useState<{ sender: string; text: string } | null>(null)
  const name = useHeyi((client) => (told ? calledIn(client, chat.conversation?.id ?? '', told.sender) : ''))
  useEffect(() => {
    const newest = chat.messages.at(-1)?.object.seq
    if (chat.loading || newest === undefined) return
    const after = seen.current
    seen.current = Math.max(after ?? 0, newest)
    if (after === null) return
    for (const { object } of chat.messages)
      if (
        object.seq > after &&
        object.sender !== me &&
        object.kind === 'text' &&
        object.receipt !== 'open' &&
        object.body
      )
        if (object.body.mentions?.some(({ principal }) => principal === me || principal === 'all'))
          setTold({ sender: object.sender, text: object.body.text })
  }, [chat.messages, chat.loading, me])
  return (
    <div className="sr" role="alert">
      {told && t('chat.mentionedYou', { name, text: told.text })}
    </div>
  )
}
