import type { NoticeLine } from '@heyi/contract/notices'
import { Tag } from '@heyi/ui/Tag'
import { Paperclip } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormat } from '../../app/format'
import { PersonName } from '../directory/PersonName'
import styles from './Notices.module.css'

/** One notice in a list: what it is called, how it begins, from whom, and what it still wants of me. */
export function NoticeItem({ notice }: { notice: NoticeLine }) {
  const { t } = useTranslation()
  const format = useFormat()
  const unread = notice.asked && notice.readAt === null && notice.archivedAt === null
  return (
    <li>
      <Link to={`/chat/notices/${notice.id}`} className={styles.item}>
        <span className={styles.itemTitle}>
          {unread && <i className={styles.dot} role="img" aria-label={t('notices.unread')} />}
          <b className={unread ? undefined : styles.known}>{notice.title}</b>
          <NoticeTags notice={notice} />
        </span>
        <span className={styles.excerpt}>{notice.excerpt}</span>
        <small>
          <PersonName id={notice.author} /> ·{' '}
          {notice.state === 'scheduled' ? (
            t('notices.scheduled', { time: format.dateTime(notice.publishAt) })
          ) : (
            <time className="num" dateTime={notice.publishAt}>
              {format.dateTime(notice.publishAt)}
            </time>
          )}
          {notice.attachments > 0 && (
            <span className={styles.clip}>
              <Paperclip size={12} aria-hidden="true" /> {t('notices.files', { count: notice.attachments })}
            </span>
          )}
        </small>
      </Link>
    </li>
  )
}

export function NoticeTags({ notice }: { notice: NoticeLine }) {
  const { t } = useTranslation()
  if (notice.state === 'withdrawn') return <Tag>{t('notices.withdrawn')}</Tag>
  const waits = notice.asked && notice.confirmedAt === null && notice.archivedAt === null
  return (
    <>
      {notice.mustRead && (
        <Tag tone={waits ? 'warn' : 'plain'}>{t(waits ? 'notices.toConfirm' : 'notices.mustRead')}</Tag>
      )}
      {notice.archivedAt && <Tag>{t('notices.archived')}</Tag>}
    </>
  )
}
