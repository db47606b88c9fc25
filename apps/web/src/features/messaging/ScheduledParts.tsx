import type { Client, Outgoing } from '@heyi/client'
import type { ScheduledPart } from '@heyi/contract/messaging'
import { IconButton } from '@heyi/ui/Button'
import type { TFunction } from 'i18next'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useClient, useHeyi } from '../../app/data'
import { useMedia, widths } from '../../app/media'
import { FileCard } from '../files/FileCard'
import { fit } from '../files/image-size'
import { CardBody, isCard } from './CardBody'
import bodyStyles from './MessageBody.module.css'
import styles from './ScheduledParts.module.css'

/** What goes along with a message that waits, in its own shape. */
export function ScheduledParts({ parts }: { parts: readonly ScheduledPart[] }) {
  return (
    <div className={styles.parts}>
      {parts.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts are known by their places
        <Part key={place} part={part} />
      ))}
    </div>
  )
}

function Part({ part }: { part: ScheduledPart }) {
  const { t } = useTranslation()
  if (isCard(part)) return <CardBody item={part} />
  if (part.kind === 'image') return <Picture body={part.body} />
  if (part.kind === 'file') return <FileCard name={part.body.name} sizeBytes={part.body.sizeBytes} />
  return <p>{t('preview.voice', { count: Math.round(part.body.durationMs / 1000) })}</p>
}

function Picture({ body }: { body: Extract<ScheduledPart, { kind: 'image' }>['body'] }) {
  const phone = useMedia(widths.phone)
  const size = fit(body.width, body.height, phone ? 180 : 220)
  const src = useHeyi((held) => held.fileUrl(body.file, null, 'thumbnail'))
  return (
    <div className={bodyStyles.picture} style={{ width: size.width, aspectRatio: `${size.width} / ${size.height}` }}>
      {src && <img src={src} alt={body.name} />}
    </div>
  )
}

interface LineProps {
  name: string
  sizeBytes?: number | null
  onRemove: (() => void) | null
}

/** One of them in a dialog, with a way to leave it out. */
export function PartLine({ name, sizeBytes = null, onRemove }: LineProps) {
  const { t } = useTranslation()
  const remove = onRemove && (
    <IconButton small label={t('schedule.without', { name })} onClick={onRemove}>
      <X size={16} />
    </IconButton>
  )
  if (sizeBytes !== null) return <FileCard name={name} sizeBytes={sizeBytes} actions={remove} />
  return (
    <div className={styles.line}>
      <span>{name}</span>
      {remove}
    </div>
  )
}

/** The parts of something that waits, those left out excepted. */
export function KeptParts({
  parts,
  without,
  last,
  onWithout,
}: {
  parts: readonly ScheduledPart[]
  without: readonly number[]
  /** Whether one of them has to stay. */
  last: boolean
  onWithout: (place: number) => void
}) {
  const { t } = useTranslation()
  const client = useClient()
  const mayGo = !last || parts.length - without.length > 1
  return (
    <div className={styles.lines}>
      {parts.map((part, place) =>
        without.includes(place) ? null : (
          <PartLine
            // biome-ignore lint/suspicious/noArrayIndexKey: parts are known by their places
            key={place}
            name={lineOf(client, part, t)}
            sizeBytes={part.kind === 'image' || part.kind === 'file' ? part.body.sizeBytes : null}
            onRemove={mayGo ? () => onWithout(place) : null}
          />
        ),
      )}
    </div>
  )
}

/** What it is, in words. */
function lineOf(client: Client, part: ScheduledPart, t: TFunction): string {
  switch (part.kind) {
    case 'image':
    case 'file':
      return part.body.name
    case 'voice':
      return t('preview.voice', { count: Math.round(part.body.durationMs / 1000) })
    default:
      return cardLine(client, { kind: part.kind, ...part.body } as Outgoing, t)
  }
}

/** A card in words; empty for what is none. */
export function cardLine(client: Client, card: Outgoing, t: TFunction): string {
  switch (card.kind) {
    case 'poll':
      return t('card.preview.poll', { title: card.question })
    case 'relay':
      return t('card.preview.relay', { title: card.title })
    case 'contact':
      return t('card.preview.contact', { name: client.profile(card.member)?.name ?? '' })
    case 'location':
      return t('card.preview.location', { name: card.name })
    case 'sticker':
      return t('card.preview.sticker', { name: card.label })
    default:
      return ''
  }
}
