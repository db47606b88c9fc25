import { Empty } from '@heyi/ui/Empty'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useClient, useMyId } from '../../app/data'
import { useMedia, widths } from '../../app/media'
import { restoreUploads } from '../files/uploads'
import { Chat } from './Chat'
import styles from './ChatScreen.module.css'
import { GroupInfo } from './GroupInfo'
import { Inbox } from './Inbox'

/** `/chat/:conversation/:panel`: the inbox, one chat, and beside or instead of it what the conversation is. */
export function ChatScreen() {
  const { t } = useTranslation()
  const { conversation, panel } = useParams()
  const twoPanes = useMedia(widths.twoPanes)
  const rightPanel = useMedia(widths.rightPanel)
  const info = panel === 'info'
  const client = useClient()
  const me = useMyId()
  useEffect(() => void restoreUploads(client, me), [client, me])
  return (
    <>
      {(twoPanes || !conversation) && <Inbox selected={conversation ?? null} />}
      {conversation && (!info || rightPanel) && <Chat key={conversation} id={conversation} info={info} />}
      {conversation && info && <GroupInfo key={`${conversation}i`} id={conversation} beside={rightPanel} />}
      {twoPanes && !conversation && (
        <main className={styles.rest}>
          <Empty heading="h1" title={t('inbox.pickTitle')} text={t('inbox.pickText')} />
        </main>
      )}
    </>
  )
}
