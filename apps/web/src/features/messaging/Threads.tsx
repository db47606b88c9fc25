import { limits } from '@heyi/contract/limits'
import type { Thread } from '@heyi/contract/messaging'
import { Button, IconButton } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Badge } from '@heyi/ui/Tag'
import { ChevronLeft, X } from 'lucide-react'
import { useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { type Pages, useClient, useHeyi, useMyId, usePages } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import { useMedia, widths } from '../../app/media'
import { NamesIn, PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import { messageLine, titleOf } from './conversation'
import styles from './Threads.module.css'

/** `/chat/threads`: the threads that I follow, the last answered first. */
export function MyThreads() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useClient()
  const twoPanes = useMedia(widths.twoPanes)
  const load = useCallback(
    (cursor: string | null) => client.call('messaging.listThreads', { unread: false, cursor, limit: 30 }),
    [client],
  )
  const pages = usePages(load)
  useReloadOn(
    useHeyi((held) => held.unreadThreads()),
    pages.reload,
  )
  return (
    <main className={styles.page} aria-label={t('thread.mineLong')}>
      <header className={styles.head}>
        {!twoPanes && (
          <IconButton label={t('action.back')} onClick={() => navigate('/chat')}>
            <ChevronLeft size={24} />
          </IconButton>
        )}
        <h1>{t('thread.mineLong')}</h1>
      </header>
      <ThreadList pages={pages} named empty={{ title: t('thread.noneMine'), text: t('thread.noneMineText') }} />
    </main>
  )
}

/** `/chat/con_…/topics`: the threads of one conversation. */
export function Topics({ id, beside }: { id: string; beside: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useClient()
  useEffect(() => client.openChat(id), [client, id])
  const load = useCallback(
    (cursor: string | null) => client.call('messaging.listTopics', { conversation: id, cursor, limit: 30 }),
    [client, id],
  )
  const pages = usePages(load)
  useReloadOn(
    useHeyi((held) => held.unreadThreads()),
    pages.reload,
  )
  return (
    <aside className={beside ? styles.beside : styles.page} aria-label={t('thread.ofGroup')}>
      <header className={styles.head}>
        {!beside && (
          <IconButton label={t('action.back')} onClick={() => navigate(`/chat/${id}/info`)}>
            <ChevronLeft size={24} />
          </IconButton>
        )}
        <h2>{t('thread.ofGroup')}</h2>
        {beside && (
          <IconButton label={t('action.close')} onClick={() => navigate(`/chat/${id}`)}>
            <X size={18} />
          </IconButton>
        )}
      </header>
      <ThreadList pages={pages} named={false} empty={{ title: t('thread.noneHere'), text: t('thread.noneHereText') }} />
    </aside>
  )
}

/** The list is asked again when something in it was read or came in. */
function useReloadOn(sign: number, reload: () => void): void {
  const before = useRef(sign)
  useEffect(() => {
    if (before.current !== sign) reload()
    before.current = sign
  }, [sign, reload])
}

interface ListProps {
  pages: Pages<Thread>
  /** Each says in which conversation it stands. */
  named: boolean
  empty: { title: string; text: string }
}

function ThreadList({ pages, named, empty }: ListProps) {
  const { t } = useTranslation()
  if (pages.items.length === 0 && pages.loading) return <Skeleton rows={6} />
  if (pages.items.length === 0 && pages.done) return <Empty drawing="none" {...empty} />
  return (
    <div className={styles.body}>
      {pages.error !== null && <p role="alert">{errorMessage(pages.error)}</p>}
      <ul>
        {pages.items.slice(0, 10 * limits.pageSize).map((thread) => (
          <ThreadItem key={`${thread.conversation}:${thread.root}`} thread={thread} named={named} />
        ))}
      </ul>
      {!pages.done && (
        <Button look="ghost" busy={pages.loading} onClick={pages.more}>
          {t('action.more')}
        </Button>
      )}
    </div>
  )
}

function ThreadItem({ thread, named }: { thread: Thread; named: boolean }) {
  const { t } = useTranslation()
  const me = useMyId()
  const format = useFormat()
  const { conversation, root, message, summary } = thread
  const line = useHeyi((client) => (message ? messageLine(client, message, me, t, conversation) : t('thread.rootGone')))
  const title = useHeyi((client) => {
    const chat = client.chat(conversation)
    return titleOf(client, chat.conversation, chat.members, me)
  })
  // What the device knows is newer than the list.
  const unread = useHeyi((client) => client.threadUnread(conversation, root))
  return (
    <li>
      <Link to={`/chat/${conversation}/thread/${root}`} className={styles.item}>
        {message ? <PersonPicture id={message.sender} size={36} /> : <span className={styles.noFace} />}
        <span className={styles.said}>
          <span className={styles.first}>
            {message && (
              <NamesIn value={conversation}>
                <b className="ell">
                  <PersonName id={message.sender} />
                </b>
              </NamesIn>
            )}
            {named && <span className="ell">{t('thread.in', { title })}</span>}
            <time dateTime={summary.lastAt}>{format.listTime(summary.lastAt)}</time>
          </span>
          <span className={styles.line}>{line}</span>
          <span className={styles.foot}>
            {t('thread.below', { count: summary.replies })}
            <Badge count={unread} label={t('thread.unread', { count: unread })} />
          </span>
        </span>
      </Link>
    </li>
  )
}
