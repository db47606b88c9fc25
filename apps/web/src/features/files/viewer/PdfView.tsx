import { GlobalWorkerOptions, getDocument, type PDFDocumentLoadingTask, type PDFDocumentProxy } from 'pdfjs-dist'
import PdfJsWorker from 'pdfjs-dist/build/pdf.worker.min.mjs?worker'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './FileViewer.module.css'
import { Loading } from './Loading'
import { useShown } from './useShown'

const widest = 960
/** Of one page on the screen; larger ones are drawn a little coarser. */
const mostPixels = 8_000_000
const mostPages = 2_000

/** A PDF page by page, each drawn when it comes into view. Its scripts and forms do not run. */
export function PdfView({ url }: { url: string }) {
  const { t } = useTranslation()
  const opened = useRef<PDFDocumentLoadingTask[]>([])
  useEffect(() => () => void Promise.all(opened.current.splice(0).map((one) => one.destroy())), [])
  const pdf = useShown(async () => {
    GlobalWorkerOptions.workerPort ??= new PdfJsWorker()
    const task = getDocument({ url, cMapUrl: '/pdf/', cMapPacked: true, enableXfa: false, useWasm: false })
    opened.current.push(task)
    const file = await task.promise
    const { width, height } = (await file.getPage(1)).getViewport({ scale: 1 })
    return { file, ratio: width / height }
  }, url)
  if (!pdf) return <Loading />
  const pages = Math.min(pdf.file.numPages, mostPages)
  return (
    <section
      className={styles.pages}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
      tabIndex={0}
      aria-label={t('fileViewer.pages', { count: pdf.file.numPages })}
    >
      {Array.from({ length: pages }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pages never move
        <Page key={index} file={pdf.file} number={index + 1} ratio={pdf.ratio} />
      ))}
    </section>
  )
}

function Page({ file, number, ratio }: { file: PDFDocumentProxy; number: number; ratio: number }) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [near, setNear] = useState(false)
  const [text, setText] = useState('')
  const [shape, setShape] = useState(ratio)
  const [broken, setBroken] = useState(false)
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      rootMargin: '100% 0px',
    })
    if (box.current) observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    const sheet = canvas.current
    const width = box.current?.clientWidth ?? 0
    if (!near || !sheet || width === 0) return
    let stop = () => undefined as unknown
    let gone = false
    const draw = async () => {
      const page = await file.getPage(number)
      const plain = page.getViewport({ scale: 1 })
      setShape(plain.width / plain.height)
      const wanted = (width * Math.min(devicePixelRatio, 2)) / plain.width
      const scale = Math.min(wanted, Math.sqrt(mostPixels / (plain.width * plain.height)))
      const viewport = page.getViewport({ scale })
      if (gone) return
      sheet.width = Math.floor(viewport.width)
      sheet.height = Math.floor(viewport.height)
      const task = page.render({ canvas: sheet, viewport })
      stop = () => task.cancel()
      await task.promise
      const { items } = await page.getTextContent()
      setText(items.map((item) => ('str' in item ? item.str : '')).join(' '))
    }
    draw().catch(() => gone || setBroken(true))
    return () => {
      gone = true
      stop()
      // Far pages give their memory back.
      sheet.width = 0
      sheet.height = 0
    }
  }, [near, file, number])
  return (
    <div ref={box} className={styles.page} style={{ aspectRatio: shape, maxWidth: widest }}>
      {broken ? (
        <p className={styles.note}>{t('fileViewer.pageBroken', { number })}</p>
      ) : (
        <canvas ref={canvas} role="img" aria-label={t('fileViewer.page', { number })} />
      )}
      <p className="sr">{text}</p>
    </div>
  )
}
