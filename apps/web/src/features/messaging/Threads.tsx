import type { Thread } from '@heyi/contract/messaging'
import { Badge } from '@heyi/ui/Tag'
import { useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Pages, useClient, useHeyi, useMyId, usePages } from '../../app/data'
import { NamesIn, PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import { messageLine, titleOf } from './conversation'
import { ListPage, ListPanel, ListRows, SaidLine } from './ListPage'
import styles from './Threads.module.css'

/** `/chat/threads`: the threads that I follow, the last answered first. */
export function MyThreads() {
  const { t } = useTranslation()
  const client = useClient()
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
    <ListPage title={t('thread.mineLong')}>
      <ThreadList pages={pages} named empty={{ title: t('thread.noneMine'), text: t('thread.noneMineText') }} />
    </ListPage>
  )
}

/** `/chat/con_…/topics`: the threads of one conversation. */
export function Topics({ id, beside }: { id: string; beside: boolean }) {
  const { t } = useTranslation()
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
    <ListPanel id={id} title={t('thread.ofGroup')} beside={beside}>
      <ThreadList pages={pages} named={false} empty={{ title: t('thread.noneHere'), text: t('thread.noneHereText') }} />
    </ListPanel>
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
  return (
    <ListRows pages={pages} empty={empty} className={styles.body}>
      {(thread) => <ThreadItem key={`${thread.conversation}:${thread.root}`} thread={thread} named={named} />}
    </ListRows>
  )
}

function ThreadItem({ thread, named }: { thread: Thread; named: boolean }) {
  const { t } = useTranslation()
  const me = useMyId()
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
          <NamesIn value={conversation}>
            <SaidLine
              name={message && <PersonName id={message.sender} />}
              place={named ? title : null}
              at={summary.lastAt}
            />
          </NamesIn>
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
