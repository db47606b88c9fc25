import { limits } from '@heyi/contract/limits'
import type { ConversationRole, Message } from '@heyi/contract/messaging'
import { IconButton } from '@heyi/ui/Button'
import { confirm } from '@heyi/ui/confirm'
import { Menu, type MenuEntry, type MenuPlace } from '@heyi/ui/Menu'
import { Presence } from '@heyi/ui/Presence'
import { toast } from '@heyi/ui/toast'
import {
  BellRing,
  Captions,
  Copy,
  Ellipsis,
  Forward,
  ListTodo,
  MessagesSquare,
  Pencil,
  Reply,
  SmilePlus,
  SquareCheck,
  Trash2,
  Undo2,
  UserRound,
} from 'lucide-react'
import { use, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useHeyi } from '../../app/data'
import { copyText } from '../../app/device'
import { toastError } from '../../app/errors'
import { pressed } from '../../app/keyboard'
import { openOverlay } from '../../app/overlay'
import { SelectionContext, useChatActions } from './chat-context'
import { canCopyImages, copyImage } from './copy'
import { keptEntries } from './kept-entries'
import styles from './MessageTools.module.css'
import { QuickReactions, ReactPicker } from './ReactPicker'
import { keepRecalled } from './recalled'
import { transcribe, useTranscribes } from './transcripts'

interface Props {
  conversation: string
  message: Message
  mine: boolean
  role: ConversationRole
  group: boolean
}

const longPressMs = 450

/**
 * The bar on hover and the menu of one message: by …, the right button, a long press, or keys on its row. It belongs to
 * the nearest element with `data-message`.
 */
export function MessageTools({ conversation, message, mine, role, group }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const { reply, correct, forward, select, thread, profile, todo } = useChatActions()
  const selection = use(SelectionContext)
  const bar = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<MenuPlace | null>(null)
  // Its buttons cost more than the message: they are made for the one that is pointed at.
  const [near, setNear] = useState(false)
  const [reacting, setReacting] = useState<(MenuPlace & { all: boolean }) | null>(null)
  const { seq } = message
  const text = message.kind === 'text' ? (message.body?.text ?? null) : null
  const voice = message.kind === 'voice' && message.body !== null
  const transcribes = useTranscribes(voice)
  const image = message.kind === 'image' ? (message.body?.file ?? null) : null
  const copyable = text !== null || (image !== null && canCopyImages())
  // Asked for before it is wanted: a picture can be copied only at once after the press.
  const address = useHeyi((held) => (place && image ? held.fileUrl(image, { conversation, seq }, 'original') : null))

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
  const mayEdit = () =>
    mine && text !== null && !message.receipt && Date.now() - Date.parse(message.sentAt) < limits.editSeconds * 1000
  const react = (emoji: string) =>
    void client.call('messaging.react', { conversation, seq, emoji, on: true }).catch(toastError)
  const copy = () => {
    const url = image && client.fileUrl(image, { conversation, seq }, 'original')
    const copying = text !== null ? copyText(text) : url ? copyImage(url) : null
    copying?.then(
      () => toast(t('message.copied')),
      (error: unknown) => toastError(error),
    )
  }
  const entries = (): MenuEntry[] => [
    { label: t('message.reply'), icon: <Reply size={16} />, onSelect: () => reply(seq) },
    ...(thread ? [{ label: t('thread.reply'), icon: <MessagesSquare size={16} />, onSelect: () => thread(seq) }] : []),
    { label: t('message.forward'), icon: <Forward size={16} />, onSelect: () => forward([seq]) },
    ...(mayEdit() ? [{ label: t('edit.edit'), icon: <Pencil size={16} />, onSelect: () => correct(seq) }] : []),
    ...(text !== null || address ? [{ label: t('message.copy'), icon: <Copy size={16} />, onSelect: copy }] : []),
    ...(voice && transcribes
      ? [
          {
            label: t('voice.transcribe'),
            icon: <Captions size={16} />,
            onSelect: () => transcribe(client, conversation, seq),
          },
        ]
      : []),
    ...keptEntries(client, t, { conversation, message, role, group }),
    { label: t('todo.make'), icon: <ListTodo size={16} />, onSelect: () => todo(seq) },
    ...(select ? [{ label: t('message.select'), icon: <SquareCheck size={16} />, onSelect: () => select(seq) }] : []),
    ...(mine
      ? []
      : [{ label: t('info.profile'), icon: <UserRound size={16} />, onSelect: () => profile(message.sender) }]),
    ...(mine
      ? []
      : [
          {
            label: t('message.why'),
            icon: <BellRing size={16} />,
            onSelect: () => openOverlay({ kind: 'why', conversation, seq }),
          },
        ]),
    'line',
    ...(mayRecall() ? [{ label: t('message.recall'), icon: <Undo2 size={16} />, onSelect: recall }] : []),
    { label: t('message.hide'), icon: <Trash2 size={16} />, onSelect: hide, danger: true },
  ]
  // The listeners sit on the whole row, which is drawn above this in the tree.
  const latest = useRef<Deeds>(null)
  latest.current = {
    reply: () => reply(seq),
    forward: () => forward([seq]),
    recall: () => mayRecall() && recall(),
    toggle: selection && (() => selection.toggle(seq)),
    open: setPlace,
    near: setNear,
  }
  useEffect(() => {
    const row = bar.current?.closest<HTMLElement>('[data-message]')
    return row ? listen(row, () => latest.current) : undefined
  }, [])
  const buttons = () => (
    <>
      <IconButton
        small
        label={t('reaction.add')}
        aria-haspopup="dialog"
        tabIndex={-1}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          setReacting({ x: box.left, y: box.bottom + 4, all: false })
        }}
      >
        <SmilePlus size={16} />
      </IconButton>
      <IconButton small label={t('message.reply')} tabIndex={-1} onClick={() => reply(seq)}>
        <Reply size={16} />
      </IconButton>
      <IconButton small label={t('message.forward')} tabIndex={-1} onClick={() => forward([seq])}>
        <Forward size={16} />
      </IconButton>
      {copyable && (
        <IconButton
          small
          label={t('message.copy')}
          tabIndex={-1}
          onPointerEnter={() => image && client.fileUrl(image, { conversation, seq }, 'original')}
          onClick={copy}
        >
          <Copy size={16} />
        </IconButton>
      )}
      {thread && (
        <IconButton small label={t('thread.reply')} tabIndex={-1} onClick={() => thread(seq)}>
          <MessagesSquare size={16} />
        </IconButton>
      )}
      {select && (
        <IconButton small label={t('message.select')} tabIndex={-1} onClick={() => select(seq)}>
          <SquareCheck size={16} />
        </IconButton>
      )}
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
    </>
  )
  if (selection) return <div ref={bar} hidden />
  return (
    <div
      ref={bar}
      className={[styles.bar, mine && styles.mine, (place || reacting) && styles.open].filter(Boolean).join(' ')}
    >
      {(near || place || reacting) && buttons()}
      <Presence>
        {place && (
          <Menu
            label={t('message.menu')}
            place={place}
            entries={entries()}
            onClose={() => setPlace(null)}
            head={
              <QuickReactions
                onPick={(emoji) => {
                  setPlace(null)
                  react(emoji)
                }}
                onMore={() => {
                  setPlace(null)
                  setReacting({ ...place, all: true })
                }}
              />
            }
          />
        )}
      </Presence>
      <Presence>
        {reacting && (
          <ReactPicker place={reacting} all={reacting.all} onPick={react} onClose={() => setReacting(null)} />
        )}
      </Presence>
    </div>
  )
}

interface Deeds {
  reply: () => void
  forward: () => void
  recall: () => void
  /** While messages are selected. */
  toggle: (() => void) | null
  open: (place: MenuPlace) => void
  /** The pointer or the focus has come, or gone. */
  near: (here: boolean) => void
}

/**
 * Right button, long press (iOS sends no contextmenu) and keys on a focused message: its shortcuts, Enter for what it
 * carries or its menu, and the menu key. While messages are selected, Space and Enter choose it.
 */
function listen(row: HTMLElement, deeds: () => Deeds | null): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOpened = false
  const abort = new AbortController()
  const on = <K extends keyof HTMLElementEventMap>(
    name: K,
    heard: (event: HTMLElementEventMap[K]) => void,
    passive = false,
  ) => row.addEventListener(name, heard, { signal: abort.signal, passive })
  const stop = () => clearTimeout(timer)
  const open = (place: MenuPlace) => {
    const { toggle, open: show } = deeds() ?? {}
    if (!toggle) show?.(place)
  }
  for (const name of ['pointerenter', 'focusin'] as const) on(name, () => deeds()?.near(true), true)
  on('pointerleave', () => !row.contains(document.activeElement) && deeds()?.near(false), true)
  on('focusout', () => !row.matches(':hover') && deeds()?.near(false), true)
  on('contextmenu', (event) => {
    // Selected text and links that people wrote keep the browser's own menu.
    const link = event.target instanceof Element && event.target.closest('a:not([data-person])')
    if (window.getSelection()?.toString() || link) return
    event.preventDefault()
    open({ x: event.clientX, y: event.clientY })
  })
  on(
    'touchstart',
    (event) => {
      const touch = event.touches[0]
      stop()
      if (touch && event.touches.length === 1)
        timer = setTimeout(() => {
          isOpened = true
          open({ x: touch.clientX, y: touch.clientY })
        }, longPressMs)
    },
    true,
  )
  for (const name of ['touchmove', 'touchcancel'] as const) on(name, stop, true)
  on('touchend', (event) => {
    stop()
    // The finger that opened the menu must not also press what is under it.
    if (isOpened) event.preventDefault()
    isOpened = false
  })
  on('keydown', (event) => {
    const { target } = event
    const here = target === row || (target instanceof HTMLElement && target.dataset.open !== undefined)
    const now = deeds()
    if (!here || !now || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (now.toggle) {
      if (event.key !== ' ' && event.key !== 'Enter') return
      now.toggle()
    } else if (pressed(event, 'reply') >= 0) now.reply()
    else if (pressed(event, 'forward') >= 0) now.forward()
    else if (pressed(event, 'recall') >= 0) now.recall()
    else if (event.key === 'ContextMenu' || (event.key === 'Enter' && target === row)) {
      const carried = event.key === 'Enter' && row.querySelector<HTMLElement>('[data-open]')
      const box = row.getBoundingClientRect()
      if (carried) carried.click()
      else open({ x: box.left + 48, y: box.top + 32 })
    } else return
    event.preventDefault()
  })
  return () => {
    stop()
    abort.abort()
  }
}
