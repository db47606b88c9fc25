import type { ReactNode } from 'react'
import { cx } from './cx'
import styles from './Tag.module.css'
import { useWords } from './words'

interface TagProps {
  tone?: 'plain' | 'brand' | 'ok' | 'warn' | 'danger' | 'info' | 'rest' | 'ext'
  /** `m` for states that stand by themselves, `s` beside a name. */
  size?: 's' | 'm'
  icon?: ReactNode
  children: ReactNode
}

export function Tag({ tone = 'plain', size = 's', icon, children }: TagProps) {
  return (
    <span className={cx(styles.tag, styles[tone], size === 'm' && styles.m)}>
      {icon}
      {children}
    </span>
  )
}

/** Stands after every name from outside the company; with the organisation's name where it is known. */
export function ExternalTag({ organisation }: { organisation?: string }) {
  const words = useWords()
  return <Tag tone="ext">{organisation ? `@${organisation}` : words.external}</Tag>
}

/** Marks made-up people and companies. */
export function SampleTag() {
  const words = useWords()
  return <span className={styles.sample}>{words.sample}</span>
}

interface BadgeProps {
  count: number
  muted?: boolean
  /** Only that there is something, not how much. */
  dot?: boolean
  label: string
}

export function Badge({ count, muted = false, dot = false, label }: BadgeProps) {
  if (count <= 0) return null
  return (
    <span className={cx(styles.badge, muted && styles.muted, dot && styles.dot)}>
      {!dot && <span aria-hidden="true">{count > 99 ? '99+' : count}</span>}
      <span className="sr">{label}</span>
    </span>
  )
}
