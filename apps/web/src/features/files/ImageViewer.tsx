import { IconButton } from '@heyi/ui/Button'
import { BareDialog } from '@heyi/ui/Dialog'
import { Spinner } from '@heyi/ui/Spinner'
import { ChevronLeft, ChevronRight, Download, Minimize, X, ZoomIn, ZoomOut } from 'lucide-react'
import { type PointerEvent, useRef, useState } from 'react'
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

interface Point {
  x: number
  y: number
}

const most = 8
const steps = [1, 1.5, 2, 3, 4, 6, most]
const centre: Point = { x: 0, y: 0 }
/** This far, in pixels, is a swipe. */
const swipe = 60
const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)

/**
 * One picture over everything: wheel, two fingers, keys, buttons or double click zoom, dragging moves, arrow keys or a
 * swipe go on.
 */
export function ImageViewer({ images, start, onClose }: Props) {
  const { t } = useTranslation()
  // By place, for pictures may come in before it while it is looked at.
  const [shown, setShown] = useState(() => images[start]?.seq ?? null)
  const [zoom, setZoom] = useState(1)
  const [shift, setShift] = useState(centre)
  const [loaded, setLoaded] = useState<string | null>(null)
  const fingers = useRef(new Map<number, Point>())
  const began = useRef<Point | null>(null)
  const stage = useRef<HTMLDivElement>(null)
  const at = Math.max(
    0,
    images.findIndex(({ seq }) => seq === shown),
  )
  const image = images[at]
  const src = useHeyi((client) =>
    image ? client.fileUrl(image.file, { conversation: image.conversation, seq: image.seq }, 'original') : null,
  )
  const reset = () => {
    setZoom(1)
    setShift(centre)
  }
  const go = (by: number) => {
    const next = images[at + by]
    if (!next) return
    setShown(next.seq)
    reset()
  }
  /** Zooms so that what is under `place` stays there; the middle where none is given. */
  const zoomTo = (wanted: number, place?: Point) => {
    const next = Math.min(most, Math.max(1, wanted))
    const box = stage.current?.getBoundingClientRect()
    setZoom(next)
    if (next === 1 || !box) return setShift(centre)
    const x = (place?.x ?? box.left + box.width / 2) - box.left - box.width / 2
    const y = (place?.y ?? box.top + box.height / 2) - box.top - box.height / 2
    const by = next / zoom
    setShift((before) => ({ x: x - (x - before.x) * by, y: y - (y - before.y) * by }))
  }
  const zoomBy = (by: 1 | -1, place?: Point) => {
    const above = steps.find((step) => step > zoom + 0.01) ?? most
    const below = steps.findLast((step) => step < zoom - 0.01) ?? 1
    zoomTo(by > 0 ? above : below, place)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') go(-1)
    else if (event.key === 'ArrowRight') go(1)
    else if (event.key === 'Home') go(-at)
    else if (event.key === 'End') go(images.length - 1 - at)
    else if (event.key === '+' || event.key === '=') zoomBy(1)
    else if (event.key === '-') zoomBy(-1)
    else if (event.key === '0') reset()
    else return
    event.preventDefault()
  }
  const onPointerDown = (event: PointerEvent) => {
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    began.current = fingers.current.size === 1 ? { x: event.clientX, y: event.clientY } : null
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent) => {
    const before = fingers.current.get(event.pointerId)
    if (!before) return
    const now = { x: event.clientX, y: event.clientY }
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1]
    fingers.current.set(event.pointerId, now)
    if (other) {
      const by = distance(now, other) / Math.max(1, distance(before, other))
      zoomTo(zoom * by, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 })
    } else if (zoom > 1) setShift(({ x, y }) => ({ x: x + now.x - before.x, y: y + now.y - before.y }))
  }
  const onPointerUp = (event: PointerEvent) => {
    fingers.current.delete(event.pointerId)
    const from = began.current
    began.current = null
    if (!from || zoom > 1 || event.pointerType !== 'touch') return
    // A finger drawn sideways turns to the next picture, drawn down closes.
    const [across, down] = [event.clientX - from.x, event.clientY - from.y]
    if (Math.abs(across) > swipe && Math.abs(across) > Math.abs(down)) go(across < 0 ? 1 : -1)
    else if (down > swipe * 1.5) onClose()
  }
  if (!image) return null
  return (
    <BareDialog
      label={t('viewer.title', { name: image.name })}
      place="full"
      onClose={onClose}
      onKeyDown={onKeyDown}
      className={styles.viewer}
    >
      <header className={styles.bar}>
        <span className="ell">{image.name}</span>
        {images.length > 1 && (
          <span className="num">
            {at + 1} / {images.length}
          </span>
        )}
        <span className={styles.space} />
        <IconButton label={t('viewer.smaller')} disabled={zoom <= 1} onClick={() => zoomBy(-1)}>
          <ZoomOut size={20} />
        </IconButton>
        <IconButton label={t('viewer.larger')} disabled={zoom >= most} onClick={() => zoomBy(1)}>
          <ZoomIn size={20} />
        </IconButton>
        <IconButton label={t('viewer.whole')} disabled={zoom <= 1} onClick={reset}>
          <Minimize size={20} />
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
        ref={stage}
        onWheel={(event) => zoomBy(event.deltaY < 0 ? 1 : -1, { x: event.clientX, y: event.clientY })}
        onDoubleClick={(event) => (zoom > 1 ? reset() : zoomTo(2, { x: event.clientX, y: event.clientY }))}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={(event) => fingers.current.delete(event.pointerId)}
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
    </BareDialog>
  )
}
