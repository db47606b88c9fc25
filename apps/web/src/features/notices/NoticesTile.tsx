import { Megaphone } from 'lucide-react'
import styles from './NoticesRow.module.css'

export function NoticesTile({ size }: { size: number }) {
  return (
    <span className={styles.tile} style={{ width: size, height: size }} aria-hidden="true">
      <Megaphone size={Math.round(size * 0.52)} />
    </span>
  )
}
