import type { ReactNode } from 'react'
import styles from './Tag.module.css'
import { useWords } from './words'

export function Tag({
  tone = 'plain',
  children,
}: {
  tone?: 'plain' | 'brand' | 'ok' | 'warn' | 'danger' | 'ext'
  children: ReactNode
}) {
  return <span className={[styles.tag, styles[tone]].join(' ')}>{children}</span>
}

/** Stands after every name from outside the company. */
export function ExternalTag() {
  const words = useWords()
  return <Tag tone="ext">{words.external}</Tag>
}

/** Marks made-up people and companies. */
export function SampleTag() {
  const words = useWords()
  return <span className={styles.sample}>{words.sample}</span>
}

export function Badge({ count, muted = false, label }: { count: number; muted?: boolean; label: string }) {
  if (count <= 0) return null
  return (
    <span className={[styles.badge, muted && styles.muted].filter(Boolean).join(' ')}>
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="sr">{label}</span>
    </span>
  )
}
