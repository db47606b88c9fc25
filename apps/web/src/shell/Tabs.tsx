import { Badge } from '@heyi/ui/Tag'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useHeyi } from '../app/data'
import { NoticesBadge } from '../features/notices/NoticesBadge'
import { useIsResting } from '../features/rest/my-rest'
import { areas } from './areas'
import styles from './Tabs.module.css'

export function Tabs() {
  const { t } = useTranslation()
  const resting = useIsResting()
  const unread = useHeyi((client) => client.badge())
  const badge = resting ? 0 : unread
  return (
    <nav className={styles.tabs} aria-label={t('shell.areas')}>
      {areas.map(({ path, short, PhoneIcon }) => (
        <NavLink
          key={path}
          to={path}
          className={({ isActive }) => [styles.tab, isActive && styles.on].filter(Boolean).join(' ')}
        >
          <PhoneIcon size={24} />
          <span>{t(short)}</span>
          {path === '/work' && (
            <span className={styles.badge}>
              <NoticesBadge />
            </span>
          )}
          {path === '/chat' && (
            <span className={styles.badge}>
              <Badge count={badge} label={t('inbox.unreadCount', { count: badge })} />
            </span>
          )}
        </NavLink>
      ))}
    </nav>
  )
}
