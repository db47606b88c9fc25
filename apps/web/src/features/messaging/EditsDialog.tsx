import { limits } from '@heyi/contract/limits'
import type { Message } from '@heyi/contract/messaging'
import { Dialog } from '@heyi/ui/Dialog'
import { Skeleton } from '@heyi/ui/Skeleton'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import styles from './EditsDialog.module.css'
import { RichText } from './RichText'

/** What an edited message says and what it said before, the newest first. */
export function EditsDialog({
  conversation,
  message,
  onClose,
}: {
  conversation: string
  message: Extract<Message, { kind: 'text' }>
  onClose: () => void
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const input = { conversation, seq: message.seq, cursor: null, limit: limits.editsPerMessage }
  const edits = useCall('messaging.listEdits', input)
  return (
    <Dialog title={t('edit.history')} onClose={onClose}>
      {edits.loading && !edits.data && <Skeleton rows={2} />}
      {edits.error !== null && <p role="alert">{errorMessage(edits.error)}</p>}
      <ol className={styles.versions}>
        {message.body && message.editedAt && (
          <li>
            <small className="num">{t('edit.since', { time: format.dateTime(message.editedAt) })}</small>
            <div className={styles.text}>
              <RichText text={message.body.text} mentions={message.body.mentions} />
            </div>
          </li>
        )}
        {edits.data?.items.map(({ body, until }) => (
          <li key={until}>
            <small className="num">{t('edit.until', { time: format.dateTime(until) })}</small>
            <div className={styles.text}>
              <RichText text={body.text} mentions={body.mentions} />
            </div>
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
