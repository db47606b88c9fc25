import styles from './Skeleton.module.css'

/** Grey rows in the shape of what is coming; shown only after 300 ms, so that quick answers do not flicker. */
export function Skeleton({ rows = 6, square = false }: { rows?: number; square?: boolean }) {
  return (
    <div className={styles.skeleton} aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity
        <div key={index} className={styles.row}>
          <i className={square ? styles.square : undefined} />
          <span>
            <u style={{ width: `${40 + ((index * 17) % 30)}%` }} />
            <u style={{ width: `${60 + ((index * 23) % 35)}%` }} />
          </span>
        </div>
      ))}
    </div>
  )
}
