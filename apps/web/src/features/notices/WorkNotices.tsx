import { ChevronRight } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCall } from '../../app/data'
import { useFormat } from '../../app/format'
import { PersonName } from '../directory/PersonName'
import { useNotices } from './useNotices'
import styles from './WorkNotices.module.css'

/** The newest notices on the workbench; nothing where there are none. */
export function WorkNotices() {
  const { t } = useTranslation()
  const format = useFormat()
  const { turn, summary } = useNotices()
  const { data, reload } = useCall('notices.listNotices', { box: 'current', cursor: null, limit: 3 })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again
  useEffect(reload, [turn])
  if (!data || (data.items.length === 0 && !summary?.mayPost)) return null
  return (
    <section className={styles.card} aria-label={t('notices.short')}>
      <header>
        <h2>{t('notices.short')}</h2>
        <Link to="/chat/notices">
          {t('notices.all')}
          <ChevronRight size={14} aria-hidden="true" />
        </Link>
      </header>
      {data.items.length === 0 && <p>{t('notices.none')}</p>}
      <ul>
        {data.items.map((notice) => (
          <li key={notice.id}>
            <Link to={`/chat/notices/${notice.id}`}>
              <b>{notice.title}</b>
              <small>
                <PersonName id={notice.author} /> · {format.dateTime(notice.publishAt)}
                {notice.asked && (notice.readAt === null || (notice.mustRead && notice.confirmedAt === null)) && (
                  <>
                    {' · '}
                    <em>{t(notice.readAt === null ? 'notices.unread' : 'notices.toConfirm')}</em>
                  </>
                )}
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
