import type { Pending } from '@heyi/client'
import { errors } from '@heyi/contract/errors'
import { Spinner } from '@heyi/ui/Spinner'
import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, useHeyi } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useMedia, widths } from '../../app/media'
import { FileCard } from '../files/FileCard'
import { fit } from '../files/image-size'
import { ContactCard } from './ContactCard'
import bodyStyles from './MessageBody.module.css'
import styles from './PendingBody.module.css'
import { Quote } from './Quote'
import { RichText } from './RichText'
import { Sticker } from './Sticker'

/** A message of mine that the server does not have yet, or refused. Its text is never lost. */
export function PendingBody({ pending }: { pending: Pending }) {
  const { t } = useTranslation()
  const client = useClient()
  const phone = useMedia(widths.phone)
  const [busy, run] = useAction()
  const { outgoing, state, quote } = pending
  const failed = state === 'failed'
  const why = pending.error && pending.error.code in errors ? errorMessage(pending.error) : t('pending.failed')
  const size = outgoing.kind === 'image' ? fit(outgoing.width, outgoing.height, phone ? 220 : 280) : null
  const src = useHeyi((held) => (outgoing.kind === 'image' ? held.fileUrl(outgoing.file, null, 'thumbnail') : null))
  return (
    <div className={styles.pending}>
      <div className={styles.line}>
        {!failed && (
          <span className={styles.wait} role="img" aria-label={t('pending.sending')}>
            <Spinner size={14} />
          </span>
        )}
        {failed && <CircleAlert size={18} className={styles.alert} />}
        <div className={failed ? undefined : styles.faint}>
          {outgoing.kind === 'text' && (
            <div className={[bodyStyles.bubble, bodyStyles.mine].join(' ')}>
              {quote !== null && <Quote conversation={pending.conversation} seq={quote} />}
              <RichText text={outgoing.text} mentions={outgoing.mentions} />
            </div>
          )}
          {outgoing.kind === 'voice' && (
            <div className={[bodyStyles.bubble, bodyStyles.mine].join(' ')}>
              {t('preview.voice', { count: Math.round(outgoing.durationMs / 1000) })}
            </div>
          )}
          {(outgoing.kind === 'poll' || outgoing.kind === 'relay' || outgoing.kind === 'location') && (
            <div className={[bodyStyles.bubble, bodyStyles.mine].join(' ')}>
              {outgoing.kind === 'poll'
                ? t('card.preview.poll', { title: outgoing.question })
                : outgoing.kind === 'relay'
                  ? t('card.preview.relay', { title: outgoing.title })
                  : t('card.preview.location', { name: outgoing.name })}
            </div>
          )}
          {outgoing.kind === 'contact' && <ContactCard member={outgoing.member} />}
          {outgoing.kind === 'sticker' && <Sticker body={outgoing} />}
          {outgoing.kind === 'file' && <FileCard name={outgoing.name} sizeBytes={outgoing.sizeBytes} />}
          {size && (
            <div
              className={bodyStyles.picture}
              style={{ width: size.width, aspectRatio: `${size.width} / ${size.height}` }}
            >
              {src && <img src={src} alt="" />}
            </div>
          )}
        </div>
      </div>
      {failed && (
        <p className={styles.why} role="alert">
          <span>{why}</span>
          <button type="button" disabled={busy} onClick={() => void run(() => client.retry(pending.key))}>
            {t('action.retry')}
          </button>
          <button type="button" disabled={busy} onClick={() => void run(() => client.discard(pending.key))}>
            {t('pending.discard')}
          </button>
        </p>
      )}
    </div>
  )
}
