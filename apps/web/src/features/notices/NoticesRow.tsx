import { Badge } from '@heyi/ui/Tag'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useMe } from '../../app/data'
import { useFormat } from '../../app/format'
import { useMedia, widths } from '../../app/media'
import row from '../messaging/InboxRow.module.css'
import styles from './NoticesRow.module.css'
import { NoticesTile } from './NoticesTile'
import { useNotices } from './useNotices'

/** The company’s notices above the conversations; not there while there is none and I may not post. */
export function NoticesRow({ selected, onlyUnread }: { selected: boolean; onlyUnread: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const phone = useMedia(widths.phone)
  const compact = useMe()?.preferences.density === 'compact'
  const { summary } = useNotices()
  if (!summary || (onlyUnread && summary.unread === 0) || !(summary.latest || summary.mayPost)) return null
  const { latest, unread, toConfirm } = summary
  return (
    <div className={styles.fixed}>
      <NavLink
        to="/chat/notices"
        aria-current={selected ? 'page' : undefined}
        className={[row.row, selected && row.on].filter(Boolean).join(' ')}
      >
        <NoticesTile size={compact ? 32 : phone ? 48 : 40} />
        <span className={row.body}>
          <span className={row.first}>
            <b className="ell">{t('notices.title')}</b>
            {latest && <time dateTime={latest.publishAt}>{format.listTime(latest.publishAt)}</time>}
          </span>
          <span className={row.second}>
            <span className="ell">
              {toConfirm > 0 && <span className={row.mention}>[{t('notices.toConfirm')}] </span>}
              {latest?.title ?? t('notices.none')}
            </span>
            <span className={row.marks}>
              <Badge count={unread} label={t('notices.unreadCount', { count: unread })} />
            </span>
          </span>
        </span>
      </NavLink>
    </div>
  )
}
