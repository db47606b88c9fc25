import { Badge } from '@heyi/ui/Tag'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useHeyi } from '../app/data'
import { areas } from './areas'
import styles from './Tabs.module.css'

export function Tabs() {
  const { t } = useTranslation()
  const badge = useHeyi((client) => client.badge())
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
