import type { ChatState } from '@heyi/client'
import { useEffect, useRef, useState } from 'react'
import { useMyId } from '../../app/data'

/** More unread than this are not all on one screen, so a way up to the first of them is offered. */
const screenful = 12

/** Where 以下为新消息 stands: frozen when the chat is opened, and again when the window is left. */
export function useNewLine(chat: ChatState) {
  const me = useMyId()
  const [after, setAfter] = useState<number | null>(null)
  const [dismissed, setDismissed] = useState(false)
  const opened = useRef(false)
  const readSeq = chat.membership?.readSeq
  useEffect(() => {
    if (opened.current || readSeq === undefined || chat.loading) return
    opened.current = true
    setAfter(readSeq)
  }, [readSeq, chat.loading])
  useEffect(() => {
    const left = () => {
      if (document.visibilityState === 'hidden' && readSeq !== undefined) setAfter(readSeq)
    }
    document.addEventListener('visibilitychange', left)
    return () => document.removeEventListener('visibilitychange', left)
  }, [readSeq])
  const [countAtOpening, setCount] = useState<number | null>(null)
  useEffect(() => {
    if (after === null || countAtOpening !== null) return
    setCount(chat.messages.filter(({ object }) => object.seq > after && object.sender !== me).length)
  }, [after, countAtOpening, chat.messages, me])
  const above = !dismissed && (countAtOpening ?? 0) > screenful ? (countAtOpening ?? 0) : 0
  return { after, above, dismiss: () => setDismissed(true) }
}
