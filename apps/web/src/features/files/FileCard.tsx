import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatSize } from '../../app/format'
import styles from './FileCard.module.css'

/** A colour by what the file is for; the letters say it too. */
const hues: [RegExp, string][] = [
  [/^pdf$/, 'var(--danger)'],
  [/^(docx?|odt|rtf|txt|md|pages)$/, 'var(--info)'],
  [/^(xlsx?|ods|csv|numbers)$/, 'var(--ok)'],
  [/^(pptx?|odp|key)$/, 'var(--warn)'],
  [/^(zip|7z|rar|gz|tar|xz)$/, 'var(--rest)'],
]

function extension(name: string): string {
  const end = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1] ?? ''
  return end.toLowerCase()
}

export function FileIcon({ name }: { name: string }) {
  const type = extension(name)
  const hue = hues.find(([pattern]) => pattern.test(type))?.[1] ?? 'var(--unread-muted)'
  return (
    <span className={styles.icon} style={{ background: hue }} aria-hidden="true">
      {type.toUpperCase().slice(0, 4)}
    </span>
  )
}

interface Props {
  name: string
  sizeBytes: number
  /** In place of the size: how much of it is there. */
  sizeText?: string | undefined
  /** After the size: a state, or progress. */
  note?: ReactNode
  /** 0 to 1 draws a bar. */
  progress?: number | undefined
  /** Where the bytes are; makes the card a download. */
  href?: string | null
  label?: string
  /** Makes the card a way to look at it here; saving it is a button of its own then. */
  onOpen?: () => void
  download?: { href: string; label: string } | null
  actions?: ReactNode
}

export function FileCard({ name, sizeBytes, sizeText, note, progress, href, label, onOpen, download, actions }: Props) {
  const inner = (
    <>
      <FileIcon name={name} />
      <span className={styles.text}>
        <b>{name}</b>
        <small>
          <span className="num">{sizeText ?? formatSize(sizeBytes)}</span>
          {note && <> · {note}</>}
        </small>
      </span>
    </>
  )
  return (
    <div className={styles.card}>
      {href ? (
        <a data-open className={styles.inner} href={href} download={name} aria-label={label}>
          {inner}
        </a>
      ) : onOpen ? (
        <button type="button" data-open className={styles.inner} aria-label={label} onClick={onOpen}>
          {inner}
        </button>
      ) : (
        <div className={styles.inner}>{inner}</div>
      )}
      {download && (
        <a
          className={styles.save}
          href={download.href}
          download={name}
          aria-label={download.label}
          title={download.label}
        >
          <Download size={18} aria-hidden="true" />
        </a>
      )}
      {actions}
      {progress !== undefined && <progress className={styles.bar} max={1} value={progress} aria-label={name} />}
    </div>
  )
}
