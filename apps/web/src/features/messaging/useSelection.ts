import type { ChatState } from '@heyi/client'
import { limits } from '@heyi/contract/limits'
import type { Message } from '@heyi/contract/messaging'
import { confirm } from '@heyi/ui/confirm'
import { toast } from '@heyi/ui/toast'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useMyId } from '../../app/data'
import { copyText } from '../../app/device'
import { toastError } from '../../app/errors'
import { useFormat } from '../../app/format'
import { calledIn, messageLine } from './conversation'
import { transcript } from './copy'
import { keepFavourites } from './kept-entries'

/** Selecting messages of a chat, and what is done with several at once. */
export function useSelection(conversation: string, chat: ChatState) {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const format = useFormat()
  const [seqs, setSeqs] = useState<ReadonlySet<number> | null>(null)
  const toggle = useCallback(
    (seq: number) =>
      setSeqs((before) => {
        const next = new Set(before)
        if (!next.delete(seq) && next.size < limits.forwardMessages) next.add(seq)
        return next
      }),
    [],
  )
  // What was recalled or removed meanwhile is not selected any more.
  const chosen = useMemo((): Message[] => {
    if (!seqs) return []
    return chat.messages.flatMap(({ object }) => (seqs.has(object.seq) && object.state === 'sent' ? [object] : []))
  }, [chat.messages, seqs])
  const context = useMemo(
    () => (seqs ? { seqs: new Set(chosen.map(({ seq }) => seq)), toggle } : null),
    [seqs, chosen, toggle],
  )
  const end = useCallback(() => setSeqs(null), [])
  const copy = () => {
    const only = chosen.length === 1 && chosen[0]?.kind === 'text' ? chosen[0].body?.text : null
    const text =
      only ??
      transcript(chosen, {
        name: (id) => calledIn(client, conversation, id) || '…',
        time: format.dateTime,
        line: (message) => messageLine(client, message, me, t, conversation),
      })
    copyText(text).then(() => {
      toast(t('message.copied'))
      end()
    }, toastError)
  }
  const keep = () => {
    keepFavourites(
      client,
      t,
      conversation,
      chosen.map(({ seq }) => seq),
    ).then(end, toastError)
  }
  const hide = () =>
    confirm({
      title: t('select.hideTitle', { count: chosen.length }),
      text: t('message.hideText'),
      action: t('message.hide'),
      danger: true,
      run: async () => {
        await client.call('messaging.hideMessages', { conversation, seqs: chosen.map(({ seq }) => seq) })
        end()
      },
    })
  return {
    context,
    copyable: chosen.some(({ kind }) => kind === 'text'),
    begin: useCallback((seq: number) => setSeqs(new Set([seq])), []),
    end,
    copy,
    keep,
    hide,
  }
}
