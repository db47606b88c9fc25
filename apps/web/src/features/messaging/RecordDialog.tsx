import type { RecordItem } from '@heyi/contract/messaging'
import { Button } from '@heyi/ui/Button'
import { Dialog } from '@heyi/ui/Dialog'
import { Skeleton } from '@heyi/ui/Skeleton'
import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useHeyi } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import { PersonPicture } from '../directory/PersonPicture'
import { FileCard } from '../files/FileCard'
import { fit } from '../files/image-size'
import { CardBody, isCard } from './CardBody'
import { recordTitle } from './conversation'
import { RecordButton } from './RecordButton'
import styles from './RecordDialog.module.css'
import { RichText } from './RichText'
import { VoiceBody } from './VoiceBody'

interface Place {
  conversation: string
  seq: number
}

/** A record to be read, and the records in it. */
export function RecordDialog({ conversation, seq, onClose }: Place & { onClose: () => void }) {
  const { t } = useTranslation()
  const [path, setPath] = useState<readonly number[]>([])
  const record = useCall('messaging.getRecord', { conversation, seq, path: [...path] })
  return (
    <Dialog title={record.data ? recordTitle(record.data.of, t) : t('record.open')} size="l" onClose={onClose}>
      {path.length > 0 && (
        <Button look="ghost" icon={<ChevronLeft size={16} />} onClick={() => setPath(path.slice(0, -1))}>
          {t('record.back')}
        </Button>
      )}
      {record.loading && !record.data && <Skeleton rows={4} />}
      {record.error !== null && <p role="alert">{errorMessage(record.error)}</p>}
      <ol className={styles.items}>
        {record.data?.items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items of a record that never changes
          <Item key={index} place={{ conversation, seq }} item={item} onOpen={() => setPath([...path, index])} />
        ))}
      </ol>
    </Dialog>
  )
}

function Item({ place, item, onOpen }: { place: Place; item: RecordItem; onOpen: () => void }) {
  const format = useFormat()
  return (
    <li className={styles.item}>
      <PersonPicture id={item.sender} size={36} />
      <div className={styles.said}>
        <p className={styles.who}>
          <span className="ell">{item.name}</span>
          <time className="num" dateTime={item.sentAt}>
            {format.dateTime(item.sentAt)}
          </time>
        </p>
        <Body place={place} item={item} onOpen={onOpen} />
      </div>
    </li>
  )
}

function Body({ place, item, onOpen }: { place: Place; item: RecordItem; onOpen: () => void }) {
  if (item.kind === 'text')
    return (
      <div className={styles.text}>
        <RichText text={item.body.text} mentions={item.body.mentions} />
      </div>
    )
  if (item.kind === 'record') return <RecordButton body={item.body} onOpen={onOpen} />
  if (isCard(item)) return <CardBody item={item} />
  if (item.kind === 'voice') return <VoiceBody {...place} body={item.body} mine={false} />
  return item.kind === 'image' ? <Picture place={place} body={item.body} /> : <File place={place} body={item.body} />
}

type Attached = Extract<RecordItem, { kind: 'image' | 'file' }>['body']

function Picture({ place, body }: { place: Place; body: Attached }) {
  const size = fit(body.width, body.height, 220)
  const src = useHeyi((client) => client.fileUrl(body.file, place, 'thumbnail'))
  const href = useHeyi((client) => client.fileUrl(body.file, place, 'original'))
  return (
    <a
      href={href ?? undefined}
      target="_blank"
      rel="noreferrer"
      className={styles.picture}
      style={{ width: size.width, aspectRatio: `${size.width} / ${size.height}` }}
    >
      {src && <img src={src} alt={body.name} width={size.width} height={size.height} />}
    </a>
  )
}

function File({ place, body }: { place: Place; body: Attached }) {
  const { t } = useTranslation()
  const href = useHeyi((client) => client.fileUrl(body.file, place, 'original'))
  return (
    <FileCard
      name={body.name}
      sizeBytes={body.sizeBytes}
      href={href}
      label={t('file.download', { name: body.name })}
      note={t('file.downloadShort')}
    />
  )
}
