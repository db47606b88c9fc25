import type { AttachmentBody } from '@heyi/contract/messaging'
import { Play } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FileCard } from '../files/FileCard'
import styles from './Film.module.css'

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`

/** A film: its first picture and its length, until it is played in place; a file where this browser cannot. */
export function Film({ href, body }: { href: string | null; body: AttachmentBody }) {
  const { t } = useTranslation()
  const film = useRef<HTMLVideoElement>(null)
  const [length, setLength] = useState<string | null>(null)
  const [begun, setBegun] = useState(false)
  const [broken, setBroken] = useState(false)
  const { name, sizeBytes } = body
  if (broken)
    return (
      <FileCard
        name={name}
        sizeBytes={sizeBytes}
        href={href}
        label={t('file.download', { name })}
        note={t('file.downloadShort')}
      />
    )
  return (
    <div className={styles.film}>
      {/* biome-ignore lint/a11y/useMediaCaption: what people film has none */}
      <video
        ref={film}
        // Of a film that stands at its beginning some browsers show no picture.
        src={href === null ? undefined : `${href}#t=0.001`}
        controls={begun}
        preload="metadata"
        playsInline
        aria-label={name}
        onLoadedMetadata={({ currentTarget: { duration } }) =>
          Number.isFinite(duration) && setLength(clock(Math.max(1, Math.round(duration))))
        }
        onPlay={() => setBegun(true)}
        onError={() => href !== null && setBroken(true)}
      />
      {!begun && (
        <button
          type="button"
          data-open
          className={styles.play}
          disabled={href === null}
          aria-label={length === null ? t('card.clip.playOnly', { name }) : t('card.clip.play', { name, length })}
          onClick={() => void film.current?.play().catch(() => setBroken(true))}
        >
          <Play size={24} fill="currentColor" />
        </button>
      )}
      {!begun && length !== null && (
        <span className={`num ${styles.length}`} aria-hidden="true">
          {length}
        </span>
      )}
    </div>
  )
}
