import { Button, IconButton } from '@heyi/ui/Button'
import { BareDialog } from '@heyi/ui/Dialog'
import { Empty } from '@heyi/ui/Empty'
import { ChevronLeft, ChevronRight, Download, X } from 'lucide-react'
import { Component, lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHeyi } from '../../../app/data'
import { formatSize } from '../../../app/format'
import { CannotShow } from './bytes'
import styles from './FileViewer.module.css'
import { type ViewedFile, viewKind } from './kind'
import { Loading } from './Loading'
import { TextView } from './TextView'
import { ZipView } from './ZipView'

const PdfView = lazy(() => import('./PdfView').then((module) => ({ default: module.PdfView })))
const DocxView = lazy(() => import('./DocxView').then((module) => ({ default: module.DocxView })))
const SheetView = lazy(() => import('./SheetView').then((module) => ({ default: module.SheetView })))

interface Props {
  files: readonly ViewedFile[]
  /** The place of the message whose file is shown first. */
  start: number
  onClose: () => void
}

/** One file over everything, and the way to the next and the previous. */
export function FileViewer({ files, start, onClose }: Props) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(start)
  const stage = useRef<HTMLDivElement>(null)
  const at = Math.max(
    0,
    files.findIndex(({ seq }) => seq === shown),
  )
  const file = files[at]
  const url = useHeyi((client) =>
    file ? client.fileUrl(file.file, { conversation: file.conversation, seq: file.seq }, 'original') : null,
  )
  const go = (by: number) => {
    const next = files[at + by]
    if (!next) return
    setShown(next.seq)
    // At an end the button that was pressed is out of use, and would take the focus with it.
    stage.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { target } = event
    // Players use the arrows themselves, and tables are scrolled sideways by them.
    if (target instanceof HTMLMediaElement || (target instanceof Element && target.closest('[role=table]'))) return
    if (event.key === 'ArrowLeft') go(-1)
    else if (event.key === 'ArrowRight') go(1)
    else return
    event.preventDefault()
  }
  if (!file) return null
  const save = (look: 'icon' | 'text') =>
    url && (
      <a
        className={look === 'icon' ? styles.link : styles.save}
        href={url}
        download={file.name}
        aria-label={t('file.download', { name: file.name })}
        title={t('file.downloadShort')}
      >
        {look === 'icon' ? <Download size={20} /> : t('file.downloadShort')}
      </a>
    )
  return (
    <BareDialog
      label={t('fileViewer.title', { name: file.name })}
      place="full"
      onClose={onClose}
      onKeyDown={onKeyDown}
      className={styles.viewer}
    >
      <header className={styles.bar}>
        <span className={styles.name}>
          <b className="ell">{file.name}</b>
          <small className="num">
            {formatSize(file.sizeBytes)}
            {files.length > 1 && ` · ${at + 1} / ${files.length}`}
          </small>
        </span>
        {files.length > 1 && (
          <>
            <IconButton label={t('fileViewer.previous')} disabled={at === 0} onClick={() => go(-1)}>
              <ChevronLeft size={20} />
            </IconButton>
            <IconButton label={t('fileViewer.next')} disabled={at === files.length - 1} onClick={() => go(1)}>
              <ChevronRight size={20} />
            </IconButton>
          </>
        )}
        {save('icon')}
        <IconButton label={t('action.close')} onClick={onClose}>
          <X size={22} />
        </IconButton>
      </header>
      <div className={styles.stage} ref={stage} tabIndex={-1}>
        {url ? (
          <Failing
            key={`${file.file} ${url}`}
            onFail={(why, again) => <Failed why={why} again={again} save={save('text')} />}
          >
            <Suspense fallback={<Loading />}>
              <Shown file={file} url={url} onFail={(why) => <Failed why={why} again={null} save={save('text')} />} />
            </Suspense>
          </Failing>
        ) : (
          <Loading />
        )}
      </div>
    </BareDialog>
  )
}

type Why = CannotShow['why'] | 'unknown'

function Shown({ file, url, onFail }: { file: ViewedFile; url: string; onFail: (why: Why) => ReactNode }) {
  const { name, sizeBytes } = file
  const [broken, setBroken] = useState(false)
  const kind = viewKind(file)
  if (broken) return onFail('broken')
  if (kind === 'pdf') return <PdfView url={url} />
  if (kind === 'text') return <TextView url={url} sizeBytes={sizeBytes} />
  if (kind === 'docx') return <DocxView url={url} sizeBytes={sizeBytes} name={name} />
  if (kind === 'sheet') return <SheetView url={url} sizeBytes={sizeBytes} name={name} />
  if (kind === 'zip') return <ZipView url={url} sizeBytes={sizeBytes} />
  if (kind === 'image') return <img className={styles.media} src={url} alt={name} onError={() => setBroken(true)} />
  if (kind === 'video')
    // biome-ignore lint/a11y/useMediaCaption: what people film has none
    return <video className={styles.media} src={url} controls aria-label={name} onError={() => setBroken(true)} />
  if (kind === 'audio')
    // biome-ignore lint/a11y/useMediaCaption: what people record has none
    return <audio className={styles.audio} src={url} controls aria-label={name} onError={() => setBroken(true)} />
  return onFail('unknown')
}

function Failed({ why, again, save }: { why: Why; again: (() => void) | null; save: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className={styles.failed}>
      <Empty
        drawing={why === 'unknown' ? 'none' : 'broken'}
        title={t(`fileViewer.fail.${why}`)}
        text={t('fileViewer.failText')}
        action={
          <>
            {save}
            {again && why === 'broken' && (
              <Button look="soft" onClick={again}>
                {t('action.retry')}
              </Button>
            )}
          </>
        }
      />
    </div>
  )
}

interface FailingProps {
  children: ReactNode
  onFail: (why: Why, again: () => void) => ReactNode
}

/** Catches what a view throws. */
class Failing extends Component<FailingProps, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return this.props.onFail(error instanceof CannotShow ? error.why : 'broken', () => this.setState({ error: null }))
  }
}
