import type { RecordBody } from '@heyi/contract/messaging'
import { MessagesSquare } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../app/format'
import { recordTitle } from './conversation'
import styles from './RecordButton.module.css'

/** A record from outside. */
export function RecordButton({ body, onOpen }: { body: RecordBody; onOpen: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const line = ({ kind, text }: RecordBody['first'][number]) =>
    kind === 'image'
      ? t('record.image')
      : kind === 'voice'
        ? t('record.voice')
        : kind === 'file'
          ? t('record.file', { name: text })
          : kind === 'poll' || kind === 'relay'
            ? t(`card.preview.${kind}`, { title: text })
            : kind === 'contact' || kind === 'location' || kind === 'sticker'
              ? t(`card.preview.${kind}`, { name: text })
              : text || t('record.record')
  return (
    <button type="button" data-open className={styles.card} onClick={onOpen}>
      <strong className={styles.title}>{recordTitle(body.of, t)}</strong>
      {body.first.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a record that never changes
        <span key={index} className={`ell ${styles.line}`}>
          {one.name}
          {t('list.colon')}
          {line(one)}
        </span>
      ))}
      <span className={styles.foot}>
        <MessagesSquare size={14} aria-hidden="true" />
        {t('record.count', { count: body.count })} · {format.dayLine(body.until)}
      </span>
    </button>
  )
}
