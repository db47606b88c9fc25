import { Button, IconButton } from '@heyi/ui/Button'
import { Dialog } from '@heyi/ui/Dialog'
import { ArrowDown, ArrowUp, Clock, Plus, X } from 'lucide-react'
import { type ChangeEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatSize } from '../../app/format'
import { compress, isCompressible, renamed } from './compress'
import { FileIcon } from './FileCard'
import styles from './SendFiles.module.css'
import type { Chosen } from './uploads'

interface Item {
  id: number
  file: File
  name: string
  preview: string | null
}

interface Props {
  files: readonly File[]
  /** Whom they are sent to. */
  to: string
  onSend: (chosen: Chosen[], comment: string) => void
  /** Offers to have them sent later. */
  onLater?: ((chosen: Chosen[], comment: string) => void) | undefined
  onClose: () => void
}

const previewable = /^image\//

/** What is about to be sent: look, name, put in order, leave out; pictures smaller or as they are. */
export function SendFiles({ files, to, onSend, onLater, onClose }: Props) {
  const { t } = useTranslation()
  const picker = useRef<HTMLInputElement>(null)
  const lastId = useRef(0)
  const asItem = (file: File): Item => ({
    id: ++lastId.current,
    file,
    name: file.name,
    preview: previewable.test(file.type) ? URL.createObjectURL(file) : null,
  })
  const [items, setItems] = useState(() => files.map(asItem))
  const [original, setOriginal] = useState(false)
  const [comment, setComment] = useState('')
  const [busy, setBusy] = useState(false)
  const latest = useRef(items)
  latest.current = items
  useEffect(() => () => latest.current.forEach(({ preview }) => preview && URL.revokeObjectURL(preview)), [])

  const remove = (item: Item) => {
    const left = items.filter(({ id }) => id !== item.id)
    if (item.preview) URL.revokeObjectURL(item.preview)
    setItems(left)
    if (left.length === 0) onClose()
  }
  const move = (index: number, by: -1 | 1) =>
    setItems((before) => {
      const next = [...before]
      const [moved] = next.splice(index, 1)
      if (moved) next.splice(index + by, 0, moved)
      return next
    })
  const give = async (onGiven: Props['onSend']) => {
    if (busy) return
    setBusy(true)
    const chosen: Chosen[] = []
    for (const { file, name } of items) {
      const given = name.trim() || file.name
      const sent = original ? file : await compress(file)
      chosen.push({ file: sent, name: renamed(given, file.type, sent.type) })
    }
    onGiven(chosen, comment.trim())
  }
  const pictures = items.some(({ file }) => isCompressible(file.type))
  const bytes = items.reduce((sum, { file }) => sum + file.size, 0)
  return (
    <Dialog
      title={t('sendFiles.title', { count: items.length, to })}
      onClose={onClose}
      onSubmit={() => void give(onSend)}
      footer={
        <>
          <Button size="l" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          {onLater && (
            <Button size="l" icon={<Clock size={16} />} disabled={busy} onClick={() => void give(onLater)}>
              {t('schedule.later')}
            </Button>
          )}
          <Button size="l" look="primary" type="submit" busy={busy} data-first>
            {t('sendFiles.send', { count: items.length })}
          </Button>
        </>
      }
    >
      <ol className={styles.list}>
        {items.map((item, index) => (
          <li key={item.id} className={styles.item}>
            {item.preview ? (
              <img src={item.preview} alt="" className={styles.thumbnail} />
            ) : (
              <span className={styles.thumbnail}>
                <FileIcon name={item.name} />
              </span>
            )}
            <span className={styles.about}>
              <input
                aria-label={t('sendFiles.name', { number: index + 1 })}
                value={item.name}
                maxLength={200}
                onChange={(event) =>
                  setItems((before) =>
                    before.map((one) => (one.id === item.id ? { ...one, name: event.target.value } : one)),
                  )
                }
              />
              <small className="num">{formatSize(item.file.size)}</small>
            </span>
            {items.length > 1 && (
              <span className={styles.order}>
                <IconButton
                  small
                  label={t('sendFiles.earlier', { name: item.name })}
                  disabled={index === 0}
                  onClick={() => move(index, -1)}
                >
                  <ArrowUp size={16} />
                </IconButton>
                <IconButton
                  small
                  label={t('sendFiles.later', { name: item.name })}
                  disabled={index === items.length - 1}
                  onClick={() => move(index, 1)}
                >
                  <ArrowDown size={16} />
                </IconButton>
              </span>
            )}
            <IconButton small label={t('sendFiles.remove', { name: item.name })} onClick={() => remove(item)}>
              <X size={16} />
            </IconButton>
          </li>
        ))}
      </ol>
      <div className={styles.row}>
        <Button size="s" look="ghost" icon={<Plus size={16} />} onClick={() => picker.current?.click()}>
          {t('sendFiles.add')}
        </Button>
        <small className="num">{t('sendFiles.total', { size: formatSize(bytes) })}</small>
      </div>
      {pictures && (
        <label className={styles.check}>
          <input type="checkbox" checked={original} onChange={(event) => setOriginal(event.target.checked)} />
          <span>
            {t('sendFiles.original')}
            <small>{t('sendFiles.originalHelp')}</small>
          </span>
        </label>
      )}
      <input
        className={styles.comment}
        aria-label={t('sendFiles.comment')}
        placeholder={t('sendFiles.comment')}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
      />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={(event: ChangeEvent<HTMLInputElement>) => {
          const more = [...(event.target.files ?? [])].map(asItem)
          event.target.value = ''
          setItems((before) => [...before, ...more])
        }}
      />
    </Dialog>
  )
}
