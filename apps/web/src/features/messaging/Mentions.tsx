import type { Operations } from '@heyi/contract'
import { limits } from '@heyi/contract/limits'
import { Button, IconButton } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { Skeleton } from '@heyi/ui/Skeleton'
import { ChevronLeft } from 'lucide-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useClient, useHeyi, useMyId, usePages } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import { useMedia, widths } from '../../app/media'
import { NamesIn, PersonName } from '../directory/PersonName'
import { PersonPicture } from '../directory/PersonPicture'
import { messageLine, titleOf } from './conversation'
import styles from './Threads.module.css'

type Named = Operations['messaging.listMentions']['output']['items'][number]

/** `/chat/mentions`: what names me or everybody, over all conversations, the newest first. */
export function Mentions() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useClient()
  const twoPanes = useMedia(widths.twoPanes)
  const load = useCallback(
    (cursor: string | null) => client.call('messaging.listMentions', { cursor, limit: limits.mentionsPage }),
    [client],
  )
  const pages = usePages(load)
  return (
    <main className={styles.page} aria-label={t('mentions.title')}>
      <header className={styles.head}>
        {!twoPanes && (
          <IconButton label={t('action.back')} onClick={() => navigate('/chat')}>
            <ChevronLeft size={24} />
          </IconButton>
        )}
        <h1>{t('mentions.title')}</h1>
      </header>
      {pages.items.length === 0 && pages.loading ? (
        <Skeleton rows={6} />
      ) : pages.items.length === 0 && pages.done ? (
        <Empty drawing="none" title={t('mentions.none')} text={t('mentions.noneText')} />
      ) : (
        <div className={styles.body}>
          {pages.error !== null && <p role="alert">{errorMessage(pages.error)}</p>}
          <ul>
            {pages.items.map((named) => (
              <NamedItem key={`${named.conversation}:${named.message.seq}`} named={named} />
            ))}
          </ul>
          {!pages.done && (
            <Button look="ghost" busy={pages.loading} onClick={pages.more}>
              {t('action.more')}
            </Button>
          )}
        </div>
      )}
    </main>
  )
}

function NamedItem({ named: { conversation, message } }: { named: Named }) {
  const { t } = useTranslation()
  const me = useMyId()
  const format = useFormat()
  const line = useHeyi((client) => messageLine(client, message, me, t, conversation))
  const title = useHeyi((client) => {
    const chat = client.chat(conversation)
    return titleOf(client, chat.conversation, chat.members, me)
  })
  const to =
    message.root === undefined
      ? `/chat/${conversation}?at=${message.seq}`
      : `/chat/${conversation}/thread/${message.root}?at=${message.seq}`
  return (
    <li>
      <Link to={to} className={styles.item}>
        <PersonPicture id={message.sender} size={36} />
        <span className={styles.said}>
          <span className={styles.first}>
            <NamesIn value={conversation}>
              <b className="ell">
                <PersonName id={message.sender} />
              </b>
            </NamesIn>
            <span className="ell">{t('thread.in', { title })}</span>
            <time dateTime={message.sentAt}>{format.listTime(message.sentAt)}</time>
          </span>
          <span className={styles.line}>{line}</span>
        </span>
      </Link>
    </li>
  )
}
