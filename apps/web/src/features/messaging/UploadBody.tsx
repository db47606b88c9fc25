import { IconButton } from '@heyi/ui/Button'
import { FolderOpen, RotateCw, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { formatSize } from '../../app/format'
import { useMedia, widths } from '../../app/media'
import { FileCard } from '../files/FileCard'
import { fit } from '../files/image-size'
import { cancelUpload, giveFile, retryUpload, type Upload } from '../files/uploads'
import bodyStyles from './MessageBody.module.css'
import styles from './UploadBody.module.css'

/** A file on its way: how far and how fast, stop, try again, or choose it anew where the page lost it. */
export function UploadBody({ upload }: { upload: Upload }) {
  const { t } = useTranslation()
  const client = useClient()
  const phone = useMedia(widths.phone)
  const picker = useRef<HTMLInputElement>(null)
  const [another, setAnother] = useState(false)
  const { name, sizeBytes, state, progress } = upload
  const stopped = state === 'failed' || state === 'fileless'
  const size = upload.image && upload.preview ? fit(upload.width, upload.height, phone ? 220 : 280) : null
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
        name={name}
        sizeBytes={sizeBytes}
        sizeText={
          state === 'uploading'
            ? t('upload.of', { done: formatSize(progress * sizeBytes), all: formatSize(sizeBytes) })
            : undefined
        }
        note={<Note upload={upload} />}
        progress={stopped || state === 'waiting' ? undefined : progress}
        actions={
          <span className={styles.actions}>
            {state === 'failed' && (
              <IconButton small label={t('action.retry')} onClick={() => retryUpload(client, upload)}>
                <RotateCw size={16} />
              </IconButton>
            )}
            {state === 'fileless' && (
              <IconButton small label={t('upload.chooseAgain', { name })} onClick={() => picker.current?.click()}>
                <FolderOpen size={16} />
              </IconButton>
            )}
            <IconButton small label={t('upload.cancel', { name })} onClick={() => cancelUpload(client, upload)}>
              <X size={16} />
            </IconButton>
          </span>
        }
      />
      {state === 'failed' && (
        <p className={styles.why} role="alert">
          {errorMessage(upload.error)}
        </p>
      )}
      {state === 'fileless' && (
        <p className={styles.why} role="alert">
          {another ? t('upload.anotherFile', { size: formatSize(sizeBytes) }) : t('upload.fileless')}
        </p>
      )}
      <input
        ref={picker}
        type="file"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) setAnother(!giveFile(client, upload, file))
          event.target.value = ''
        }}
      />
    </div>
  )
}

function Note({ upload: { state, bytesPerSecond } }: { upload: Upload }) {
  const { t } = useTranslation()
  if (state === 'uploading')
    return bytesPerSecond > 0 ? t('upload.speed', { speed: formatSize(bytesPerSecond) }) : t('upload.starting')
  if (state === 'failed' || state === 'fileless') return t('upload.failed')
  if (state === 'away') return t('upload.away')
  return state === 'ready' ? t('upload.ready') : t('upload.waiting')
}
