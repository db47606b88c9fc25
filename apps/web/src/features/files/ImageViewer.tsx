import { IconButton } from '@heyi/ui/Button'
import { useModal } from '@heyi/ui/Dialog'
import { Spinner } from '@heyi/ui/Spinner'
import { ChevronLeft, ChevronRight, Download, X, ZoomIn, ZoomOut } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useHeyi } from '../../app/data'
import styles from './ImageViewer.module.css'

export interface ViewedImage {
  conversation: string
  seq: number
  file: string
  name: string
}

interface Props {
  images: ViewedImage[]
  start: number
  onClose: () => void
}

const steps = [1, 1.5, 2, 3, 4, 6, 8]
const centre = { x: 0, y: 0 }

/** One picture over everything: wheel, buttons or double click zoom, dragging moves, arrow keys go on. */
export function ImageViewer({ images, start, onClose }: Props) {
  const { t } = useTranslation()
  const ref = useRef<HTMLDialogElement>(null)
  useModal(ref)
  const [at, setAt] = useState(start)
  const [zoom, setZoom] = useState(1)
  const [shift, setShift] = useState(centre)
  const [loaded, setLoaded] = useState<string | null>(null)
  const drag = useRef<{ x: number; y: number } | null>(null)
  const image = images[at]
  const src = useHeyi((client) =>
    image ? client.fileUrl(image.file, { conversation: image.conversation, seq: image.seq }, 'original') : null,
  )
  const go = (by: number) => {
    const next = at + by
    if (!images[next]) return
    setAt(next)
    zoomTo(1)
  }
  const zoomTo = (next: number) => {
    setZoom(next)
    if (next === 1) setShift(centre)
  }
  const zoomBy = (by: 1 | -1) => {
    const now = steps.findIndex((step) => step >= zoom)
    zoomTo(steps[Math.max(0, Math.min(steps.length - 1, now + by))] ?? 1)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'ArrowLeft') go(-1)
    if (event.key === 'ArrowRight') go(1)
    if (event.key === '+' || event.key === '=') zoomBy(1)
    if (event.key === '-') zoomBy(-1)
  }
  const onPointerMove = (event: PointerEvent) => {
    if (!drag.current || zoom === 1) return
    const { x, y } = drag.current
    drag.current = { x: event.clientX, y: event.clientY }
    setShift((before) => ({ x: before.x + event.clientX - x, y: before.y + event.clientY - y }))
  }
  if (!image) return null
  return createPortal(
    <dialog
      ref={ref}
      className={styles.viewer}
      aria-label={t('viewer.title', { name: image.name })}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <header className={styles.bar}>
        <span className="ell">{image.name}</span>
        {images.length > 1 && (
          <span className="num">
            {at + 1} / {images.length}
          </span>
        )}
        <span className={styles.space} />
        <IconButton label={t('viewer.smaller')} disabled={zoom === 1} onClick={() => zoomBy(-1)}>
          <ZoomOut size={20} />
        </IconButton>
        <IconButton label={t('viewer.larger')} disabled={zoom === steps.at(-1)} onClick={() => zoomBy(1)}>
          <ZoomIn size={20} />
        </IconButton>
        {src && (
          <a
            className={styles.link}
            href={src}
            download={image.name}
            aria-label={t('file.download', { name: image.name })}
            title={t('file.downloadShort')}
          >
            <Download size={20} />
          </a>
        )}
        <IconButton label={t('action.close')} onClick={onClose}>
          <X size={22} />
        </IconButton>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons do the same for keys */}
      <div
        className={styles.stage}
        style={{ cursor: zoom > 1 ? 'grab' : 'zoom-in' }}
        onWheel={(event) => zoomBy(event.deltaY < 0 ? 1 : -1)}
        onDoubleClick={() => zoomTo(zoom === 1 ? 2 : 1)}
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, y: event.clientY }
          event.currentTarget.setPointerCapture(event.pointerId)
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          drag.current = null
        }}
      >
        {loaded !== src && (
          <span className={styles.wait}>
            <Spinner size={28} />
          </span>
        )}
        {src && (
          <img
            key={src}
            src={src}
            alt={image.name}
            draggable={false}
            onLoad={() => setLoaded(src)}
            onError={() => setLoaded(src)}
            style={{ transform: `translate(${shift.x}px, ${shift.y}px) scale(${zoom})` }}
          />
        )}
      </div>
      {at > 0 && (
        <IconButton className={styles.previous} label={t('viewer.previous')} onClick={() => go(-1)}>
          <ChevronLeft size={28} />
        </IconButton>
      )}
      {at < images.length - 1 && (
        <IconButton className={styles.next} label={t('viewer.next')} onClick={() => go(1)}>
          <ChevronRight size={28} />
        </IconButton>
      )}
    </dialog>,
    document.body,
  )
}
