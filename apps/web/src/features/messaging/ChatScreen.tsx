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

const GroupInfo = lazy(() => import('./GroupInfo').then((module) => ({ default: module.GroupInfo })))

/** `/chat/:conversation/:panel`: the inbox, one chat, and beside or instead of it what the conversation is. */
export function ChatScreen() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { conversation, panel } = useParams()
  const inbox = useShownInbox()
  const twoPanes = useMedia(widths.twoPanes)
  const rightPanel = useMedia(widths.rightPanel)
  const info = panel === 'info'
  const client = useClient()
  const me = useMyId()
  useEffect(() => void restoreUploads(client, me), [client, me])
  useChatKeys(inbox.shown)
  // Where the panel covers the chat, it is what lies on top.
  useShortcut('back', () => navigate(`/chat/${conversation}`), info && !rightPanel)
  return (
    <>
      {(twoPanes || !conversation) && <Inbox inbox={inbox} selected={conversation ?? null} />}
      {conversation && (!info || rightPanel) && <Chat key={conversation} id={conversation} info={info} />}
      {conversation && info && (
        <Suspense fallback={null}>
          <GroupInfo key={`${conversation}i`} id={conversation} beside={rightPanel} />
        </Suspense>
      )}
      {twoPanes && !conversation && (
        <main className={styles.rest}>
          <Empty heading="h1" title={t('inbox.pickTitle')} text={t('inbox.pickText')} />
        </main>
      )}
    </>
  )
}
