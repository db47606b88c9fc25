import type { ReactNode } from 'react'
import styles from './Banner.module.css'
import { cx } from './cx'

interface BannerProps {
  /** `warn` while offline, `ok` when that is over, `rest` where somebody is at rest, `ext` where something leaves the company. */
  tone?: 'plain' | 'ok' | 'warn' | 'danger' | 'info' | 'rest' | 'ext'
  icon?: ReactNode
  children: ReactNode
  /** What can be done about it, at the end of the line. */
  action?: ReactNode
  /** Fills the width of its pane, without corners. */
  flush?: boolean
}

/** One line about the state of everything below it. Screen readers tell the line when it comes, and not its action. */
export function Banner({ tone = 'plain', icon, children, action, flush = false }: BannerProps) {
  return (
    <div className={cx(styles.banner, styles[tone], flush && styles.flush)}>
      {icon}
      <span role="status" className={styles.text}>
        {children}
      </span>
      {action && <span className={styles.action}>{action}</span>}
    </div>
  )
}
