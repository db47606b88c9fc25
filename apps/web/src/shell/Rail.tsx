import { Badge, SampleTag } from '@heyi/ui/Tag'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useHeyi } from '../app/data'
import { ariaKeys, capsOf, shortcuts } from '../app/keyboard'
import { useSignedIn } from '../app/session'
import { areas } from './areas'
import { MeMenu } from './MeMenu'
import styles from './Rail.module.css'

/** Said by the tooltip and to screen readers; the areas after the eighth have none. */
function keyOf(label: string, index: number) {
  const key = shortcuts.area.keys[index]
  return key ? { title: `${label} (${capsOf(key).join(' ')})`, 'aria-keyshortcuts': ariaKeys(key) } : {}
}

export function Rail() {
  const { t } = useTranslation()
  const badge = useHeyi((client) => client.badge())
  const { tenant } = useSignedIn().me
  return (
    <nav className={styles.rail} aria-label={t('shell.areas')}>
      <MeMenu />
      {areas.map(({ path, label, Icon }, index) => (
        <NavLink
          key={path}
          to={path}
          {...keyOf(t(label), index)}
          className={({ isActive }) =>
            [styles.item, isActive && styles.on, path === '/settings' && styles.last].filter(Boolean).join(' ')
          }
        >
          <Icon size={22} />
          <span>{t(label)}</span>
          {path === '/chat' && (
            <span className={styles.badge}>
              <Badge count={badge} label={t('inbox.unreadCount', { count: badge })} />
            </span>
          )}
        </NavLink>
      ))}
      {tenant.sample && (
        <span className={styles.sample}>
          <SampleTag />
        </span>
      )}
    </nav>
  )
}
