import { IconButton } from '@heyi/ui/Button'
import { RotateCw, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useMedia, widths } from '../../app/media'
import { FileCard } from '../files/FileCard'
import { fit } from '../files/image-size'
import { cancelUpload, retryUpload, type Upload } from '../files/uploads'
import bodyStyles from './MessageBody.module.css'
import styles from './UploadBody.module.css'

/** A file on its way: how far, stop, try again. */
export function UploadBody({ upload }: { upload: Upload }) {
  const { t } = useTranslation()
  const client = useClient()
  const phone = useMedia(widths.phone)
  const { file, state, progress } = upload
  const failed = state === 'failed'
  const size = upload.image ? fit(upload.width, upload.height, phone ? 220 : 280) : null
  const note = failed
    ? t('upload.failed')
    : state === 'waiting'
      ? t('upload.waiting')
      : t('upload.percent', { percent: Math.floor(progress * 100) })
  return (
    <div className={styles.upload}>
      {size && upload.preview && (
        <div
          className={bodyStyles.picture}
          style={{ width: size.width, aspectRatio: `${size.width} / ${size.height}`, opacity: 0.7 }}
        >
          <img src={upload.preview} alt="" />
        </div>
      )}
      <FileCard
        name={file.name}
        sizeBytes={file.size}
        note={note}
        progress={failed ? undefined : progress}
        actions={
          <span className={styles.actions}>
            {failed && (
              <IconButton small label={t('action.retry')} onClick={() => retryUpload(client, upload)}>
                <RotateCw size={16} />
              </IconButton>
            )}
            <IconButton small label={t('upload.cancel', { name: file.name })} onClick={() => cancelUpload(upload)}>
              <X size={16} />
            </IconButton>
          </span>
        }
      />
      {failed && (
        <p className={styles.why} role="alert">
          {errorMessage(upload.error)}
        </p>
      )}
    </div>
  )
}
