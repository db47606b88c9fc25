import { limits } from '@heyi/contract/limits'
import type { ConversationRole, Message } from '@heyi/contract/messaging'
import { IconButton } from '@heyi/ui/Button'
import { confirm } from '@heyi/ui/confirm'
import { Menu, type MenuEntry, type MenuPlace } from '@heyi/ui/Menu'
import { toast } from '@heyi/ui/toast'
import { Copy, Ellipsis, Reply, Trash2, Undo2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../app/data'
import { copyText } from '../../app/device'
import { toastError } from '../../app/errors'
import { useChatActions } from './chat-context'
import styles from './MessageTools.module.css'
import { keepRecalled } from './recalled'

interface Props {
  conversation: string
  message: Message
  mine: boolean
  role: ConversationRole
  group: boolean
}

const longPressMs = 450

/** The bar on hover and the menu of one message: by …, the right button, a long press, or keys on its row. */
export function MessageTools({ conversation, message, mine, role, group }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const { reply } = useChatActions()
  const bar = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<MenuPlace | null>(null)
  const { seq } = message
  const text = message.kind === 'text' ? (message.body?.text ?? null) : null

  const recall = () =>
    confirm({
      title: t('message.recallTitle'),
      text: mine ? t('message.recallText') : t('message.recallOtherText'),
      action: t('message.recall'),
      run: async () => {
        // Before the call, for its push may be drawn before its answer.
        if (mine && text) keepRecalled(conversation, seq, text)
        await client.call('messaging.recallMessage', { conversation, seq })
      },
    })
  const hide = () =>
    confirm({
      title: t('message.hideTitle'),
      text: t('message.hideText'),
      action: t('message.hide'),
      danger: true,
      run: () => client.call('messaging.hideMessages', { conversation, seqs: [seq] }),
    })
  const mayRecall = () =>
    (mine && Date.now() - Date.parse(message.sentAt) < limits.recallSeconds * 1000) || (group && role !== 'member')
  const copy = () =>
    void copyText(text ?? '').then(
      () => toast(t('message.copied')),
      (error: unknown) => toastError(error),
    )
  const entries = (): MenuEntry[] => [
    { label: t('message.reply'), icon: <Reply size={16} />, onSelect: () => reply(seq) },
    ...(text ? [{ label: t('message.copy'), icon: <Copy size={16} />, onSelect: copy }] : []),
    ...(mayRecall() ? [{ label: t('message.recall'), icon: <Undo2 size={16} />, onSelect: recall }] : []),
    'line',
    { label: t('message.hide'), icon: <Trash2 size={16} />, onSelect: hide, danger: true },
  ]
  // The listeners sit on the whole row, which is drawn above this in the tree.
  const latest = useRef({ reply, recall, mayRecall, seq })
  latest.current = { reply, recall, mayRecall, seq }
  useEffect(() => {
    const row = bar.current?.closest<HTMLElement>('[data-row]')
    return row ? listen(row, setPlace, () => latest.current) : undefined
  }, [])
  return (
    <div ref={bar} className={[styles.bar, mine && styles.mine, place && styles.open].filter(Boolean).join(' ')}>
      <IconButton small label={t('message.reply')} tabIndex={-1} onClick={() => reply(seq)}>
        <Reply size={16} />
      </IconButton>
      <IconButton
        small
        label={t('message.more')}
        aria-haspopup="menu"
        tabIndex={-1}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          setPlace({ x: box.left, y: box.bottom + 4 })
        }}
      >
        <Ellipsis size={16} />
      </IconButton>
      {place && <Menu label={t('message.menu')} place={place} entries={entries()} onClose={() => setPlace(null)} />}
    </div>
  )
}

interface Deeds {
  reply: (seq: number) => void
  recall: () => void
  mayRecall: () => boolean
  seq: number
}

/** Right button, long press (iOS sends no contextmenu) and the keys R, Backspace, Enter and the menu key on a focused row. */
function listen(row: HTMLElement, open: (place: MenuPlace) => void, deeds: () => Deeds): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const abort = new AbortController()
  const on = <K extends keyof HTMLElementEventMap>(
    name: K,
    heard: (event: HTMLElementEventMap[K]) => void,
    passive = false,
  ) => row.addEventListener(name, heard, { signal: abort.signal, passive })
  const stop = () => clearTimeout(timer)
  on('contextmenu', (event) => {
    // Selected text and links keep the browser's own menu.
    if (window.getSelection()?.toString() || (event.target instanceof Element && event.target.closest('a'))) return
    event.preventDefault()
    open({ x: event.clientX, y: event.clientY })
  })
  on(
    'touchstart',
    (event) => {
      const touch = event.touches[0]
      stop()
      if (touch && event.touches.length === 1)
        timer = setTimeout(() => open({ x: touch.clientX, y: touch.clientY }), longPressMs)
    },
    true,
  )
  for (const name of ['touchend', 'touchmove', 'touchcancel'] as const) on(name, stop, true)
  on('keydown', (event) => {
    if (event.target !== row || event.ctrlKey || event.metaKey || event.altKey) return
    const { reply, recall, mayRecall, seq } = deeds()
    if (event.key.toLowerCase() === 'r') reply(seq)
    else if (event.key === 'Backspace' && mayRecall()) recall()
    else if (event.key === 'Enter' || event.key === 'ContextMenu') {
      const box = row.getBoundingClientRect()
      open({ x: box.left + 48, y: box.top + 32 })
    } else return
    event.preventDefault()
  })
  return () => {
    stop()
    abort.abort()
  }
}
