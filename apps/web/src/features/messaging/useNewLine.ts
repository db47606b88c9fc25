import type { ChatState, HeldMessage } from '@heyi/client'
import { useEffect, useState } from 'react'
import { useClient, useHeyi, useMyId } from '../../app/data'

/** More unread than this are not all on one screen, so a way up to the first of them is offered. */
const screenful = 12

/** Where 以下为新消息 stands: frozen when the chat is opened, and again when the window is left. */
export function useNewLine(id: string, chat: ChatState) {
  const me = useMyId()
  const client = useClient()
  const [after, setAfter] = useState<number | null>(null)
  const [dismissed, setDismissed] = useState(false)
  const readSeq = chat.membership?.readSeq
  const offline = useHeyi((held) => held.connection === 'offline')
  // What the device held when it was last in use does not say what is new: another device may have read on.
  const known = readSeq !== undefined && !chat.loading && (chat.current || offline)
  useEffect(() => {
    if (known) setAfter((before) => before ?? readSeq ?? null)
  }, [known, readSeq])
  useEffect(() => {
    const left = () => {
      if (document.visibilityState === 'hidden' && readSeq !== undefined) setAfter(readSeq)
    }
    document.addEventListener('visibilitychange', left)
    return () => document.removeEventListener('visibilitychange', left)
  }, [readSeq])
  // What was unread then: told by the inbox, which knows also what this device does not hold, before the cursor moves.
  const [opening, setOpening] = useState<{ unread: number; newest: number } | null>(null)
  useEffect(() => {
    if (after === null || opening) return
    const unread = client.inbox().find((entry) => entry.id === id)?.unread ?? 0
    setOpening({ unread, newest: chat.messages.at(-1)?.object.seq ?? after })
  }, [client, id, after, opening, chat.messages])
  const isNew = ({ object }: HeldMessage) =>
    object.seq > (after ?? 0) && object.seq <= (opening?.newest ?? 0) && object.sender !== me
  const count = after === null || !opening ? 0 : Math.max(opening.unread, chat.messages.filter(isNew).length)
  return {
    // Where older ones are not loaded yet, the first of the new ones is not known.
    line: after !== null && chat.floor <= after ? after : null,
    after,
    /** Where reading began is known: from now on the cursor may move. */
    known: after !== null,
    above: !dismissed && count > screenful ? count : 0,
    dismiss: () => setDismissed(true),
  }
}
