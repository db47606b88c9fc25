import { Button } from '@heyi/ui/Button'
import { Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useHeyi, useMyId } from '../../app/data'
import { titleOf } from '../messaging/conversation'
import { putSummaryAway, useRestOver } from './my-rest'
import styles from './RestSummary.module.css'

const shownMost = 4

/** Once after a rest: what came in meanwhile, those that name me first. It waits until it is put away. */
export function RestSummary() {
  const { t } = useTranslation()
  const over = useRestOver()
  const me = useMyId()
  const inbox = useHeyi((client) => client.inbox())
  const client = useHeyi((held) => held)
  if (!over) return null
  const news = inbox
    .filter(
      ({ unread, lastAt, membership, mentioned }) =>
        unread > 0 && lastAt !== null && lastAt > over.since && (!membership.muted || mentioned),
    )
    .sort((a, b) => Number(b.mentioned) - Number(a.mentioned))
  const messages = news.reduce((sum, { unread }) => sum + unread, 0)
  const named = news.filter(({ mentioned }) => mentioned).length
  return (
    <section className={styles.card} aria-label={t('rest.backTitle')}>
      <p role="status" className={styles.head}>
        <Sun size={18} />
        <span>
          <b>{t('rest.backTitle')}</b>
          {messages === 0
            ? t('rest.backNothing')
            : [
                t('rest.backCount', { count: messages }),
                t('rest.backIn', { count: news.length }),
                named > 0 && t('rest.backNamed', { count: named }),
              ]
                .filter(Boolean)
                .join(' · ')}
        </span>
      </p>
      {news.length > 0 && (
        <ul className={styles.list}>
          {news.slice(0, shownMost).map(({ id, conversation, members, unread, mentioned }) => (
            <li key={id}>
              <Link to={`/chat/${id}`} onClick={putSummaryAway}>
                <span className="ell">
                  {mentioned && <em>{t('inbox.mention')} </em>}
                  {titleOf(client, conversation, members, me) || '…'}
                </span>
                <span className="num">{unread > 99 ? '99+' : unread}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <Button size="s" onClick={putSummaryAway}>
        {t('rest.backDone')}
      </Button>
    </section>
  )
}
