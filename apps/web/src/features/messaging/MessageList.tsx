import type { ChatState } from '@heyi/client'
import { limits } from '@heyi/contract/limits'
import { Spinner } from '@heyi/ui/Spinner'
import { toast } from '@heyi/ui/toast'
import { ArrowDown, ArrowUp } from 'lucide-react'
import {
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { useClient, useHeyi, useMyId } from '../../app/data'
import { toastError } from '../../app/errors'
import { useFormat } from '../../app/format'
import { useUploads } from '../files/uploads'
import styles from './MessageList.module.css'
import { MessageRow } from './MessageRow'
import { holds, makeChatRows, messagesOf, type Row } from './rows'
import { useStanding } from './standing'
import { useMorePages } from './useMorePages'
import { useNewLine } from './useNewLine'
import { useStick } from './useStick'

export interface MessageListHandle {
  toEnd: () => void
  /** Brings a message on screen, loading back to it, and flashes it. */
  jump: (seq: number) => Promise<void>
}

const flashMs = 1600
const nothing: never[] = []
/** Unread is counted no further. */
const capped = (count: number) => (count >= limits.unreadMax ? `${limits.unreadMax - 1}+` : String(count))

export function MessageList({ id, chat, ref }: { id: string; chat: ChatState; ref: Ref<MessageListHandle> }) {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const format = useFormat()
  const everyUpload = useUploads(id)
  const uploads = useMemo(() => everyUpload.filter(({ root }) => root === null), [everyUpload])
  const standing = useStanding(chat)
  const scheduled = useHeyi((held) => held.scheduled(id))
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useRef<VirtualizerHandle>(null)
  const newLine = useNewLine(id, chat)
  const toNewest = chat.ceiling === null
  const more = chat.floor > 0
  const [chatRows] = useState(makeChatRows)
  const rows = useMemo(
    () =>
      chatRows({
        messages: chat.messages,
        more,
        // What is on its way comes behind the newest.
        pending: toNewest ? chat.pending : nothing,
        uploads: toNewest ? uploads : nothing,
        scheduled: toNewest ? scheduled : nothing,
        me,
        newAfter: newLine.line,
        dayOf: format.day,
      }),
    [chatRows, chat.messages, more, toNewest, chat.pending, uploads, scheduled, me, newLine.line, format],
  )
  const shift = useShift(rows)
  const stick = useStick(scroller, rows, { toNewest, stretch: chat.stretch })
  const pages = useMorePages(id, chat, scroller, rows.length)
  const [flashed, setFlashed] = useState<number | null>(null)
  const [wanted, setWanted] = useState<{ seq: number; flash: boolean } | null>(null)
  const [active, setActive] = useState<string | null>(null)

  const onScroll = () => {
    stick.onScroll()
    pages.look()
  }
  const toEnd = () => {
    client.showNewest(id)
    stick.toEnd()
  }
  // Read is what stood at the end of a visible, focused window.
  const lastRev = chat.messages.at(-1)?.rev
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message is a reason to look again
  useEffect(() => {
    const read = () => {
      if (newLine.known && stick.stuck && document.visibilityState === 'visible' && document.hasFocus())
        client.markRead(id)
    }
    read()
    window.addEventListener('focus', read)
    document.addEventListener('visibilitychange', read)
    return () => {
      window.removeEventListener('focus', read)
      document.removeEventListener('visibilitychange', read)
    }
  }, [client, id, lastRev, stick.stuck, newLine.known])

  const jump = async (seq: number, flash = true) => {
    try {
      if (await client.loadUntil(id, seq)) setWanted({ seq, flash })
      else toast(t('chat.quoteGone'))
    } catch (error) {
      toastError(error)
    }
  }
  useImperativeHandle(ref, () => ({ toEnd, jump }))
  useLayoutEffect(() => {
    // The rows that show it may come a moment later.
    if (!wanted || chat.floor >= wanted.seq || (chat.ceiling ?? wanted.seq) < wanted.seq) return
    const index = rows.findIndex((row) => (messagesOf(row).at(-1)?.object.seq ?? 0) >= wanted.seq)
    if (index < 0) return
    stick.release()
    virtual.current?.scrollToIndex(index, { align: wanted.flash ? 'center' : 'start' })
    setWanted(null)
    if (wanted.flash) setFlashed(wanted.seq)
  }, [wanted, rows, chat.floor, chat.ceiling, stick.release])
  useEffect(() => {
    if (flashed === null) return
    const timer = setTimeout(() => setFlashed(null), flashMs)
    return () => clearTimeout(timer)
  }, [flashed])

  // Arrow keys walk over the messages; only one of them is in the tab order.
  const current = Math.max(0, active === null ? rows.length - 1 : rows.findIndex((row) => row.key === active))
  const onKeyDown = (event: KeyboardEvent) => {
    const { row, open } = event.target instanceof HTMLElement ? event.target.dataset : {}
    const onRow = row !== undefined || open !== undefined
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!onRow || by === undefined) return
    event.preventDefault()
    const next = rows[current + by]
    if (!next) return
    setActive(next.key)
    virtual.current?.scrollToIndex(current + by, { align: 'nearest' })
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-row="${next.key}"]`)?.focus())
  }
  const isGroup = chat.conversation?.kind === 'group'
  return (
    <div className={styles.frame}>
      <div
        className={styles.scroller}
        ref={scroller}
        role="log"
        aria-live="polite"
        aria-relevant="additions"
        aria-label={t('chat.log')}
        onKeyDown={onKeyDown}
        onBlur={(event) => {
          // Coming back begins at the newest message again.
          if (!event.currentTarget.contains(event.relatedTarget)) setActive(null)
        }}
      >
        <div className={styles.space} />
        {rows.length === 0 && <p className={styles.none}>{t('chat.empty')}</p>}
        <Virtualizer
          key={chat.stretch}
          ref={virtual}
          scrollRef={scroller}
          shift={shift}
          data={rows}
          bufferSize={600}
          onScroll={onScroll}
          keepMounted={[current]}
        >
          {(row, index) => (
            <MessageRow
              key={row.key}
              row={row}
              conversation={id}
              group={isGroup}
              role={standing ?? 'member'}
              flash={holds(row, flashed)}
              tabIndex={index === current ? 0 : -1}
              onFocus={setActive}
            />
          )}
        </Virtualizer>
        <div className={styles.end} />
      </div>
      {pages.older === 'failed' && (
        <p className={styles.broken} role="alert">
          {t('chat.olderFailed')}
          <button type="button" onClick={pages.loadOlder}>
            {t('action.retry')}
          </button>
        </p>
      )}
      {pages.newer === 'failed' && (
        <p className={`${styles.broken} ${styles.below}`} role="alert">
          {t('chat.newerFailed')}
          <button type="button" onClick={pages.loadNewer}>
            {t('action.retry')}
          </button>
        </p>
      )}
      {pages.older === 'loading' && (
        <span className={styles.older}>
          <Spinner />
          <span className="sr">{t('chat.loadingOlder')}</span>
        </span>
      )}
      {newLine.above > 0 && newLine.after !== null && (
        <button
          type="button"
          className={styles.toNew}
          onClick={() => {
            const after = newLine.after
            newLine.dismiss()
            if (after !== null) void jump(after + 1, false)
          }}
        >
          <ArrowUp size={14} />
          {t('chat.newAbove', { count: newLine.above, shown: capped(newLine.above) })}
        </button>
      )}
      {!stick.stuck && (
        <button type="button" className={styles.toEnd} onClick={toEnd}>
          <ArrowDown size={16} />
          {stick.missed > 0
            ? t('chat.newBelow', { count: stick.missed, shown: capped(stick.missed) })
            : t('chat.toEnd')}
        </button>
      )}
    </div>
  )
}

/** True on the render in which rows came in above those there were, so that the list keeps its place from the end. */
function useShift(rows: Row[]): boolean {
  const before = useRef<string | undefined>(undefined)
  const first = rows[0]?.key
  // What was first may since stand in a grid that began before it.
  const isBefore = (row: Row) =>
    row.key === before.current || messagesOf(row).some(({ object }) => `m${object.seq}` === before.current)
  const shifted = before.current !== undefined && before.current !== first && rows.some(isBefore)
  useLayoutEffect(() => {
    before.current = first
  }, [first])
  return shifted
}
