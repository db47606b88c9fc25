import { limits } from '@heyi/contract/limits'
import type { StickerPack } from '@heyi/contract/messaging'
import { Button, IconButton } from '@heyi/ui/Button'
import { FormDialog } from '@heyi/ui/Dialog'
import { TextField } from '@heyi/ui/Field'
import { Spinner } from '@heyi/ui/Spinner'
import { ArrowLeft, ArrowRight, ImagePlus, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, useHeyi } from '../../../app/data'
import { localId } from '../../../app/device'
import { errorMessage } from '../../../app/errors'
import { uploadFile } from '../../files/uploads'
import styles from './StickerPacks.module.css'

/** A picture of the pack; `sticker` once the pack has it, `file` once it is on the server. */
interface Picture {
  key: string
  sticker: string | null
  file: string | null
  label: string
  /** What is shown of it: its file, or the bytes chosen here. */
  picture: string | null
  preview: string | null
  error: string | null
}

const uploaded = ({ file, label }: Picture) => ({ file: file ?? '', label: label.trim() })

interface Props {
  pack: StickerPack | null
  onClose: () => void
  onSaved: () => void
}

const allowed = ['image/png', 'image/webp', 'image/gif']
const nameOf = (file: File) =>
  file.name
    .replace(/\.\w+$/, '')
    .slice(0, limits.stickerLabelChars)
    .trim() || '·'

/** A pack: its name and its pictures in their order. What each says can be given when it is added. */
export function StickerPackDialog({ pack, onClose, onSaved }: Props) {
  const { t } = useTranslation()
  const client = useClient()
  const input = useRef<HTMLInputElement>(null)
  const [controller] = useState(() => new AbortController())
  const [name, setName] = useState(pack?.name ?? '')
  const [pictures, setPictures] = useState<Picture[]>(
    () =>
      pack?.stickers.map(({ id, label, picture }) => ({
        key: id,
        sticker: id,
        file: null,
        label,
        picture,
        preview: null,
        error: null,
      })) ?? [],
  )
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, run] = useAction()
  const previews = useRef<string[]>([])
  useEffect(
    () => () => {
      controller.abort()
      for (const address of previews.current) URL.revokeObjectURL(address)
    },
    [controller],
  )
  const put = (key: string, change: Partial<Picture>) =>
    setPictures((before) => before.map((one) => (one.key === key ? { ...one, ...change } : one)))
  const add = (files: File[]) => {
    setWrong(null)
    for (const file of files.slice(0, limits.stickersPerPack - pictures.length)) {
      if (!allowed.includes(file.type) || file.size > limits.stickerBytes) {
        setWrong(t('sticker.wrong', { name: file.name }))
        continue
      }
      const key = localId()
      const preview = URL.createObjectURL(file)
      previews.current.push(preview)
      const label = nameOf(file)
      setPictures((before) => [
        ...before,
        { key, sticker: null, file: null, label, picture: null, preview, error: null },
      ])
      uploadFile(file, file.name, () => undefined, controller.signal).then(
        (id) => put(key, { file: id }),
        (error: unknown) => {
          if (!controller.signal.aborted) put(key, { error: errorMessage(error) })
        },
      )
    }
  }
  const move = (index: number, by: number) =>
    setPictures((before) => {
      const next = [...before]
      const [one] = next.splice(index, 1)
      if (one) next.splice(index + by, 0, one)
      return next
    })
  const ready =
    name.trim() !== '' &&
    pictures.length > 0 &&
    pictures.every(({ sticker, file, label }) => sticker !== null || (file !== null && label.trim() !== ''))
  const save = () =>
    void run(async () => {
      if (pack)
        await client.call('messaging.updateStickerPack', {
          pack: pack.id,
          version: pack.version,
          name: name.trim(),
          pictures: pictures.map((one) => (one.sticker === null ? uploaded(one) : { sticker: one.sticker })),
        })
      else await client.call('messaging.createStickerPack', { name: name.trim(), pictures: pictures.map(uploaded) })
      onSaved()
    })
  return (
    <FormDialog
      title={t(pack ? 'sticker.edit' : 'sticker.new')}
      onClose={onClose}
      onSubmit={save}
      submit={t('action.save')}
      busy={busy}
      disabled={!ready}
    >
      <div className={styles.fields}>
        <TextField
          label={t('sticker.name')}
          data-first
          maxLength={limits.nameChars}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <ul className={styles.pictures}>
          {pictures.map((one, index) => (
            <li key={one.key} className={styles.picture}>
              <Shown picture={one} />
              {one.sticker === null ? (
                <input
                  className={styles.label}
                  aria-label={t('sticker.labelOf', { number: index + 1 })}
                  maxLength={limits.stickerLabelChars}
                  value={one.label}
                  onChange={(event) => put(one.key, { label: event.target.value })}
                />
              ) : (
                <span className={`ell ${styles.label}`}>{one.label}</span>
              )}
              {one.error && <small role="alert">{one.error}</small>}
              <span className={styles.moves}>
                <IconButton
                  small
                  label={t('sticker.earlier', { name: one.label })}
                  disabled={index === 0}
                  onClick={() => move(index, -1)}
                >
                  <ArrowLeft size={14} />
                </IconButton>
                <IconButton
                  small
                  label={t('sticker.later', { name: one.label })}
                  disabled={index === pictures.length - 1}
                  onClick={() => move(index, 1)}
                >
                  <ArrowRight size={14} />
                </IconButton>
                <IconButton
                  small
                  label={t('sticker.removeOf', { name: one.label })}
                  onClick={() => setPictures((before) => before.filter(({ key }) => key !== one.key))}
                >
                  <X size={14} />
                </IconButton>
              </span>
            </li>
          ))}
        </ul>
        {wrong && <p role="alert">{wrong}</p>}
        <input
          ref={input}
          type="file"
          accept={allowed.join(',')}
          multiple
          hidden
          onChange={(event) => {
            add([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
        {pictures.length < limits.stickersPerPack && (
          <div>
            <Button icon={<ImagePlus size={16} />} onClick={() => input.current?.click()}>
              {t('sticker.add')}
            </Button>
          </div>
        )}
        <p className={styles.count}>{t('sticker.limit', { count: limits.stickersPerPack })}</p>
      </div>
    </FormDialog>
  )
}

function Shown({ picture: { picture, preview, sticker, file, error } }: { picture: Picture }) {
  const kept = useHeyi((client) => (picture ? client.fileUrl(picture, { sticker: true }, 'original') : null))
  const src = preview ?? kept
  return (
    <span className={styles.shown}>
      {src && <img src={src} alt="" />}
      {sticker === null && file === null && error === null && (
        <span className={styles.wait}>
          <Spinner size={16} />
        </span>
      )}
    </span>
  )
}
