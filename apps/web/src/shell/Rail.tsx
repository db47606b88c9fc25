import { Badge, SampleTag } from '@heyi/ui/Tag'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useHeyi } from '../app/data'
import { ariaKeys, capsOf, shortcuts } from '../app/keyboard'
import { useSignedIn } from '../app/session'
import { NoticesBadge } from '../features/notices/NoticesBadge'
import { useIsResting } from '../features/rest/my-rest'
import { RestButton } from '../features/rest/RestButton'
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
  const resting = useIsResting()
  const unread = useHeyi((client) => client.badge())
  const badge = resting ? 0 : unread
  const { tenant } = useSignedIn().me
  return (
    <nav className={styles.rail} aria-label={t('shell.areas')}>
      <MeMenu />
      {areas.map(({ path, label, Icon }, index) => (
        <Fragment key={path}>
          {path === '/settings' && (
            <span className={styles.rest}>
              <RestButton />
            </span>
          )}
          <NavLink
            to={path}
            {...keyOf(t(label), index)}
            className={({ isActive }) =>
              [styles.item, isActive && styles.on, path === '/settings' && styles.end].filter(Boolean).join(' ')
            }
          >
            <Icon size={22} />
            <span>{t(label)}</span>
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
        </Fragment>
      ))}
      {tenant.sample && (
        <span className={styles.sample}>
          <SampleTag />
        </span>
      )}
    </nav>
  )
}
