import { useTranslation } from 'react-i18next'
import styles from './ReadMark.module.css'
import { useReads, useReadsVisible } from './reads'

interface Props {
  conversation: string
  seq: number
  group: boolean
}

/** Below a message of mine, where the company lets senders see it: whether it was read, in a group by how many. */
export function ReadMark(props: Props) {
  return useReadsVisible() ? <Mark {...props} /> : null
}

function Mark({ conversation, seq, group }: Props) {
  const { t } = useTranslation()
  const reads = useReads(conversation, seq)
  if (!reads || reads.total === 0) return <p className={styles.mark}> </p>
  const { read, total } = reads
  const text = read >= total ? (group ? t('readMark.all') : t('readMark.read')) : null
  return <p className={styles.mark}>{text ?? (group ? t('readMark.some', { read, total }) : t('readMark.unread'))}</p>
}
