import type { ChatState, HeldMessage } from '@heyi/client'
import { Button, IconButton } from '@heyi/ui/Button'
import { Skeleton } from '@heyi/ui/Skeleton'
import { toast } from '@heyi/ui/toast'
import { Bell, BellOff, ChevronLeft, X } from 'lucide-react'
import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { useAction, useClient, useHeyi, useMyId } from '../../app/data'
import { toastError } from '../../app/errors'
import { useFormat } from '../../app/format'
import { NamesIn } from '../directory/PersonName'
import { useUploads } from '../files/uploads'
import { Composer } from './Composer'
import { ChatContext } from './chat-context'
import { MessageRow } from './MessageRow'
import { makeChatRows, type Row } from './rows'
import { useStanding } from './standing'
import styles from './ThreadPanel.module.css'
import { useTalking } from './useTalking'
import { useWhyClosed } from './useWhyClosed'

const none: never[] = []
const flashMs = 1600
/** This close to the end of the replies, new ones are followed. */
const nearEnd = 60

/** A thread: the message that it hangs on, its replies, and a composer of its own. Beside the chat, or a page. */
export function ThreadPanel({ id, root, beside }: { id: string; root: number; beside: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useClient()
  const chat = useHeyi((held) => held.chat(id))
  const thread = useHeyi((held) => held.thread(id, root))
  const first = useHeyi((held) => held.message(id, root))
  const follows = useHeyi((held) => held.follows(id, root))
  const closed = useWhyClosed(chat)
  const scroller = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const [busy, run] = useAction()
  useEffect(() => client.openChat(id), [client, id])
  useEffect(() => client.openThread(id, root), [client, id, root])
  useReadReplies(id, root, thread.replies)
  const flashed = useArrivalIn(scroller, thread.replies)
  useEffect(() => {
    if (chat.gone) void navigate('/chat', { replace: true })
  }, [chat.gone, navigate])
  const toEnd = () => {
    atEnd.current = true
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
  }
  const messages = useMemo(
    () => [...(first ? [{ rev: 0, object: first }] : []), ...thread.replies],
    [first, thread.replies],
  )
  const talking = useTalking({
    id,
    root,
    chat,
    messages,
    jump: (seq) => {
      const row = scroller.current?.querySelector(`[data-message="${seq}"]`)
      if (row) row.scrollIntoView({ block: 'center' })
      else void navigate(`/chat/${id}?at=${seq}`)
    },
    toEnd,
    select: null,
    shut: closed !== null,
  })
  const { conversation } = chat
  const follow = () =>
    run(async () => {
      await client.call('messaging.followThread', { conversation: id, root, follow: !follows })
      toast(t(follows ? 'thread.unfollowed' : 'thread.followed'))
    })
  const written: ChatState = { ...chat, messages: thread.replies }
  return (
    <NamesIn value={conversation?.kind === 'group' ? id : null}>
      <aside className={beside ? styles.beside : styles.page} aria-label={t('thread.one')} {...talking.dropping}>
        <header className={styles.head}>
          {!beside && (
            <IconButton label={t('action.back')} onClick={() => navigate(`/chat/${id}`)}>
              <ChevronLeft size={24} />
            </IconButton>
          )}
          <div className={styles.title}>
            <h2>{t('thread.one')}</h2>
            <p className="ell">{t('thread.in', { title: talking.title })}</p>
          </div>
          <Button
            look="ghost"
            busy={busy}
            aria-pressed={follows}
            icon={follows ? <Bell size={16} /> : <BellOff size={16} />}
            onClick={() => void follow()}
          >
            {t(follows ? 'thread.following' : 'thread.follow')}
          </Button>
          {beside && (
            <IconButton label={t('action.close')} onClick={() => navigate(`/chat/${id}`)}>
              <X size={18} />
            </IconButton>
          )}
        </header>
        <ChatContext value={talking.actions}>
          <Rows id={id} root={root} chat={chat} first={first} flashed={flashed} scroller={scroller} atEnd={atEnd} />
        </ChatContext>
        {closed ? (
          <p className={styles.closed}>{closed}</p>
        ) : (
          conversation && <Composer key={root} id={id} root={root} chat={written} {...talking.writing} />
        )}
        {talking.dropHere}
      </aside>
      {talking.dialogs}
    </NamesIn>
  )
}

interface RowsProps {
  id: string
  root: number
  chat: ChatState
  first: HeldMessage['object'] | null | undefined
  flashed: number | null
  scroller: RefObject<HTMLDivElement | null>
  /** Whether new ones are followed. */
  atEnd: RefObject<boolean>
}

function Rows({ id, root, chat, first, flashed, scroller, atEnd }: RowsProps) {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const format = useFormat()
  const thread = useHeyi((held) => held.thread(id, root))
  const all = useUploads(id)
  const uploads = useMemo(() => all.filter((one) => one.root === root), [all, root])
  const [makeFirst] = useState(makeChatRows)
  const [makeReplies] = useState(makeChatRows)
  const dayOf = format.day
  const firstRows = useMemo(() => {
    const messages = first ? [{ rev: 0, object: first }] : none
    return makeFirst({
      messages,
      pending: none,
      uploads: none,
      scheduled: none,
      more: false,
      newAfter: null,
      me,
      dayOf,
    })
  }, [makeFirst, first, me, dayOf])
  const rows = useMemo(() => {
    const { replies: messages, pending } = thread
    return makeReplies({ messages, pending, uploads, scheduled: none, more: false, newAfter: null, me, dayOf })
  }, [makeReplies, thread, uploads, me, dayOf])
  const [active, setActive] = useState<string | null>(null)
  const every = [...firstRows, ...rows]
  const current = Math.max(0, active === null ? every.length - 1 : every.findIndex(({ key }) => key === active))
  useFollowEnd(scroller, atEnd, rows)
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (by === undefined || !(event.target instanceof HTMLElement) || event.target.dataset.row === undefined) return
    const next = every[current + by]
    if (!next) return
    event.preventDefault()
    setActive(next.key)
    scroller.current?.querySelector<HTMLElement>(`[data-row="${next.key}"]`)?.focus()
  }
  const group = chat.conversation?.kind === 'group'
  const role = useStanding(chat) ?? 'member'
  const draw = (row: Row, index: number) => (
    <MessageRow
      key={row.key}
      row={row}
      conversation={id}
      group={group}
      role={role}
      flash={row.kind === 'message' && row.held.object.seq === flashed}
      tabIndex={index === current ? 0 : -1}
      onFocus={setActive}
    />
  )
  const count = thread.replies.filter(({ object }) => object.state === 'sent').length
  return (
    <div
      className={styles.body}
      ref={scroller}
      role="log"
      aria-label={t('thread.log')}
      onKeyDown={onKeyDown}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setActive(null)}
    >
      {first === null && <p className={styles.gone}>{t('thread.rootGone')}</p>}
      {firstRows.map(draw)}
      <p className={styles.count}>{count > 0 ? t('thread.below', { count }) : t('thread.none')}</p>
      {thread.failed && <p role="alert">{t('thread.failed')}</p>}
      {thread.more && (
        <Button
          look="ghost"
          busy={thread.loading}
          onClick={() => void client.loadOlderReplies(id, root).catch(toastError)}
        >
          {t('thread.earlier')}
        </Button>
      )}
      {thread.loading && thread.replies.length === 0 && <Skeleton rows={3} />}
      {rows.map((row, index) => draw(row, firstRows.length + index))}
    </div>
  )
}

/** Read is what stands in a visible, focused window. */
function useReadReplies(id: string, root: number, replies: readonly HeldMessage[]): void {
  const client = useClient()
  const follows = useHeyi((held) => held.follows(id, root))
  const newest = replies.at(-1)?.object.seq
  useEffect(() => {
    if (newest === undefined || !follows) return
    const read = () => {
      if (document.visibilityState === 'visible' && document.hasFocus()) client.markThreadRead(id, root, newest)
    }
    read()
    window.addEventListener('focus', read)
    document.addEventListener('visibilitychange', read)
    return () => {
      window.removeEventListener('focus', read)
      document.removeEventListener('visibilitychange', read)
    }
  }, [client, id, root, newest, follows])
}

/** `?at=7`: brings that reply on screen, once it is held, and flashes it. */
function useArrivalIn(scroller: RefObject<HTMLDivElement | null>, replies: readonly HeldMessage[]): number | null {
  const { search, key } = useLocation()
  const at = Number(new URLSearchParams(search).get('at')) || null
  const [done, setDone] = useState<string | null>(null)
  const [flashed, setFlashed] = useState<number | null>(null)
  const isHeld = at !== null && replies.some(({ object }) => object.seq === at)
  useEffect(() => {
    if (!isHeld || done === key) return
    setDone(key)
    scroller.current?.querySelector(`[data-message="${at}"]`)?.scrollIntoView({ block: 'center' })
    setFlashed(at)
  }, [isHeld, at, key, done, scroller])
  useEffect(() => {
    if (flashed === null) return
    const timer = setTimeout(() => setFlashed(null), flashMs)
    return () => clearTimeout(timer)
  }, [flashed])
  return flashed
}

/** Begins at the end, and stays there while somebody looks at it. */
function useFollowEnd(
  scroller: RefObject<HTMLDivElement | null>,
  atEnd: RefObject<boolean>,
  rows: readonly Row[],
): void {
  const note = useCallback(() => {
    const box = scroller.current
    if (box) atEnd.current = box.scrollHeight - box.clientHeight - box.scrollTop < nearEnd
  }, [scroller, atEnd])
  useEffect(() => {
    const box = scroller.current
    box?.addEventListener('scroll', note)
    return () => box?.removeEventListener('scroll', note)
  }, [scroller, note])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the rows may move the end
  useLayoutEffect(() => {
    const box = scroller.current
    if (box && atEnd.current) box.scrollTop = box.scrollHeight
  }, [rows])
}
