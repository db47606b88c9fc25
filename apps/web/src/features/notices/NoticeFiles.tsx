import { limits } from '@heyi/contract/limits'
import { Button, IconButton } from '@heyi/ui/Button'
import { Paperclip, X } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { localId } from '../../app/device'
import { errorMessage } from '../../app/errors'
import { FileCard } from '../files/FileCard'
import { uploadFile } from '../files/uploads'
import styles from './Notices.module.css'

/** A file of a notice that is being written; on the server once it has an id. */
export interface NoticeFile {
  key: string
  file: string | null
  name: string
  sizeBytes: number
  progress: number
  error: unknown
}

interface Props {
  files: NoticeFile[]
  onChange: (change: (before: NoticeFile[]) => NoticeFile[]) => void
}

/** Files are put on the server as they are chosen. */
export function NoticeFiles({ files, onChange }: Props) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const running = useRef(new Map<string, AbortController>())
  const put = (key: string, change: Partial<NoticeFile>) =>
    onChange((before) => before.map((one) => (one.key === key ? { ...one, ...change } : one)))
  const add = (chosen: File[]) => {
    for (const file of chosen.slice(0, limits.noticeFiles - files.length)) {
      const key = localId()
      const controller = new AbortController()
      running.current.set(key, controller)
      const { name, size: sizeBytes } = file
      onChange((before) => [...before, { key, file: null, name, sizeBytes, progress: 0, error: null }])
      uploadFile(file, name, (progress) => put(key, { progress }), controller.signal).then(
        (id) => put(key, { file: id, progress: 1 }),
        (error: unknown) => put(key, { error }),
      )
    }
  }
  const remove = (key: string) => {
    running.current.get(key)?.abort()
    onChange((before) => before.filter((one) => one.key !== key))
  }
  return (
    <fieldset className={styles.files}>
      <legend>{t('notices.field.files')}</legend>
      {files.map(({ key, file, name, sizeBytes, progress, error }) => (
        <FileCard
          key={key}
          name={name}
          sizeBytes={sizeBytes}
          note={error !== null ? errorMessage(error) : file === null ? t('notices.field.uploading') : undefined}
          progress={file === null && error === null ? progress : undefined}
          actions={
            <IconButton small label={t('notices.field.removeFile', { name })} onClick={() => remove(key)}>
              <X size={16} />
            </IconButton>
          }
        />
      ))}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          add([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      {files.length < limits.noticeFiles && (
        <Button icon={<Paperclip size={16} />} onClick={() => input.current?.click()}>
          {t('notices.field.addFile')}
        </Button>
      )}
    </fieldset>
  )
}
