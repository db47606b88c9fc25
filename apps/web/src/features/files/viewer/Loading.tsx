import { Spinner } from '@heyi/ui/Spinner'
import styles from './FileViewer.module.css'

export function Loading() {
  return (
    <div className={styles.wait}>
      <Spinner size={28} />
    </div>
  )
}
