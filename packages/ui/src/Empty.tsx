import type { ReactNode } from 'react'
import styles from './Empty.module.css'

interface EmptyProps {
  title: string
  text?: ReactNode
  /** At most one thing to do. */
  action?: ReactNode
  /** The two strokes meet over the bar; apart where something failed. */
  drawing?: 'whole' | 'broken' | 'none'
  heading?: 'h1' | 'h2'
}

export function Empty({ title, text, action, drawing = 'whole', heading: Heading = 'h2' }: EmptyProps) {
  return (
    <div className={styles.empty}>
      {drawing !== 'none' && (
        <svg
          width="72"
          height="60"
          viewBox="0 0 72 60"
          fill="none"
          strokeWidth="4"
          strokeLinecap="round"
          strokeLinejoin="round"
          aria-hidden="true"
        >
          <g transform={drawing === 'broken' ? 'translate(4 0)' : undefined}>
            <path d="M36 4c5.6 14 16.400 25 30 32" stroke="var(--ext-line)" />
          </g>
          <g transform={drawing === 'broken' ? 'translate(-4 0)' : undefined}>
            <path d="M36 4c-5.600 14-16.400 25-30 32" stroke="var(--brand-mark)" opacity=".6" />
          </g>
          <path
            d="M17 55h38"
            stroke={drawing === 'broken' ? 'var(--line-2)' : 'var(--brand-mark)'}
            strokeDasharray={drawing === 'broken' ? '1 11' : undefined}
            opacity=".6"
          />
        </svg>
      )}
      <Heading className={styles.title}>{title}</Heading>
      {text && <p className={styles.text}>{text}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}
