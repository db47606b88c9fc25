import type { ReactNode } from 'react'
import { ProgressBar } from 'react-aria-components/ProgressBar'
import styles from './Progress.module.css'

interface ProgressProps {
  label: string
  /** 0 to 1; null where the end is not known. */
  value: number | null
  /** Shown at the end of the label's line, such as "3 / 12". */
  text?: ReactNode
  /** The label is for screen readers only. */
  bare?: boolean
}

/** One stroke that grows. */
export function Progress({ label, value, text, bare = false }: ProgressProps) {
  return (
    <ProgressBar
      className={styles.progress ?? ''}
      aria-label={label}
      value={(value ?? 0) * 100}
      isIndeterminate={value === null}
    >
      {!bare && (
        <span className={styles.top} aria-hidden="true">
          <span>{label}</span>
          <span className="num">{text}</span>
        </span>
      )}
      <span className={styles.track}>
        <span
          className={value === null ? styles.unknown : styles.bar}
          style={value === null ? undefined : { width: `${Math.max(0, Math.min(1, value)) * 100}%` }}
        />
      </span>
    </ProgressBar>
  )
}
