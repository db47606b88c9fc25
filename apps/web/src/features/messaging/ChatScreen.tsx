import { Empty } from '@heyi/ui/Empty'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { useClient, useMyId } from '../../app/data'
import { useShortcut } from '../../app/keyboard'
import { useMedia, widths } from '../../app/media'
import { restoreUploads } from '../files/uploads'
import { Chat } from './Chat'
import styles from './ChatScreen.module.css'
import { Inbox } from './Inbox'
import { useChatKeys } from './useChatKeys'
import { useShownInbox } from './useShownInbox'

const ThreadPanel = lazy(() => import('./ThreadPanel').then((module) => ({ default: module.ThreadPanel })))
const MyThreads = lazy(() => import('./Threads').then((module) => ({ default: module.MyThreads })))
const Mentions = lazy(() => import('./Mentions').then((module) => ({ default: module.Mentions })))
const Favourites = lazy(() => import('./Favourites').then((module) => ({ default: module.Favourites })))
const Topics = lazy(() => import('./Threads').then((module) => ({ default: module.Topics })))
const Notices = lazy(() => import('../notices/Notices').then((module) => ({ default: module.Notices })))
const GroupInfo = lazy(() => import('./GroupInfo').then((module) => ({ default: module.GroupInfo })))

/** What stands over all conversations. */
const lists = ['threads', 'mentions', 'favourites']

/**
 * `/chat/:conversation/:panel/:of`: the inbox, one chat, and beside or instead of it what the conversation is, or one of
 * its threads. `/chat/threads`, `mentions` and `favourites` are of all conversations.
 */
export function ChatScreen() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { conversation: where, panel, of } = useParams()
  const conversation = where && lists.includes(where) ? undefined : where
  const inbox = useShownInbox()
  const twoPanes = useMedia(widths.twoPanes)
  const rightPanel = useMedia(widths.rightPanel)
  const info = panel === 'info'
  const root = panel === 'thread' ? Number(of) : Number.NaN
  const thread = Number.isSafeInteger(root) && root > 0
  const topics = panel === 'topics'
  const side = info || thread || topics
  const client = useClient()
  const me = useMyId()
  useEffect(() => void restoreUploads(client, me), [client, me])
  useChatKeys(inbox.shown)
  // Where the panel covers the chat, it is what lies on top.
  useShortcut('back', () => navigate(`/chat/${conversation}`), side && !rightPanel)
  if (conversation === 'notices')
    return (
      <>
        {twoPanes && <Inbox inbox={inbox} selected={conversation} />}
        <Suspense fallback={<main className={styles.rest} />}>
          <Notices panel={panel ?? null} />
        </Suspense>
      </>
    )
  return (
    <>
      {(twoPanes || !where) && <Inbox inbox={inbox} selected={conversation ?? null} />}
      {conversation && (!side || rightPanel) && <Chat key={conversation} id={conversation} info={info} />}
      {conversation && info && (
        <Suspense fallback={null}>
          <GroupInfo key={`${conversation}i`} id={conversation} beside={rightPanel} />
        </Suspense>
      )}
      <Suspense fallback={null}>
        {where === 'threads' && <MyThreads />}
        {where === 'mentions' && <Mentions />}
        {where === 'favourites' && <Favourites />}
        {conversation && thread && (
          <ThreadPanel key={`${conversation}t${root}`} id={conversation} root={root} beside={rightPanel} />
        )}
        {conversation && topics && <Topics key={`${conversation}o`} id={conversation} beside={rightPanel} />}
      </Suspense>
      {twoPanes && !where && (
        <main className={styles.rest}>
          <Empty heading="h1" title={t('inbox.pickTitle')} text={t('inbox.pickText')} />
        </main>
      )}
    </>
  )
}
