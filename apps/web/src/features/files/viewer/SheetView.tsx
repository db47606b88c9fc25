import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { VList } from 'virtua'
import { CannotShow, wholeFile } from './bytes'
import styles from './FileViewer.module.css'
import { Loading } from './Loading'
import type { Sheet } from './sheet-worker'
import { useShown } from './useShown'
import { requireUnpackable } from './zip'

const mostBytes = 20 * 1024 * 1024
const patienceMs = 20_000

/** A workbook as tables to be read, one sheet at a time. */
export function SheetView({ url, sizeBytes, name }: { url: string; sizeBytes: number; name: string }) {
  const { t } = useTranslation()
  const [at, setAt] = useState(0)
  const sheets = useShown(async (signal) => {
    const bytes = await wholeFile(url, sizeBytes, mostBytes, signal)
    // Workbooks of before 2007 are no archives.
    if (new Uint8Array(bytes)[0] === 0x50) await requireUnpackable(bytes)
    return readSheets(bytes, signal)
  }, url)
  if (!sheets) return <Loading />
  const sheet = sheets[at]
  const columns = Math.max(1, ...(sheet?.rows ?? []).slice(0, 200).map((row) => row.length))
  return (
    <div className={styles.paper}>
      {sheet?.cut && <p className={styles.note}>{t('fileViewer.sheetCut')}</p>}
      {sheet && sheet.rows.length === 0 && <p className={styles.note}>{t('fileViewer.sheetEmpty')}</p>}
      {sheet && (
        // biome-ignore lint/a11y/useSemanticElements: only the rows in view are there, which no table element allows
        <div
          role="table"
          aria-label={`${name} ${sheet.name}`}
          aria-rowcount={sheet.rows.length}
          className={styles.table}
        >
          <VList key={at} className={styles.cells} tabIndex={0}>
            {sheet.rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
              // biome-ignore lint/a11y/useSemanticElements: as above
              // biome-ignore lint/a11y/useFocusableInteractive: read, not operated
              <div key={index} role="row" aria-rowindex={index + 1} className={styles.cellRow}>
                <span className={`${styles.rowNumber} num`} aria-hidden="true">
                  {index + 1}
                </span>
                {Array.from({ length: columns }, (_, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells never move
                  // biome-ignore lint/a11y/useSemanticElements: as above
                  <span key={column} role="cell" className={styles.cell} title={row[column]}>
                    {row[column]}
                  </span>
                ))}
              </div>
            ))}
          </VList>
        </div>
      )}
      {sheets.length > 1 && (
        <nav className={styles.sheets} aria-label={t('fileViewer.sheets')}>
          {sheets.map((one, index) => (
            <button key={one.name} type="button" aria-pressed={index === at} onClick={() => setAt(index)}>
              {one.name}
            </button>
          ))}
        </nav>
      )}
    </div>
  )
}

function readSheets(bytes: ArrayBuffer, signal: AbortSignal): Promise<Sheet[]> {
  const worker = new Worker(new URL('./sheet-worker.ts', import.meta.url), { type: 'module' })
  const reading = new Promise<Sheet[]>((done, failed) => {
    const late = setTimeout(() => failed(new CannotShow('large')), patienceMs)
    signal.addEventListener('abort', () => failed(new CannotShow('broken')))
    worker.onmessage = ({ data }: MessageEvent<Sheet[] | null>) => {
      clearTimeout(late)
      if (data) done(data)
      else failed(new CannotShow('broken'))
    }
    worker.onerror = () => failed(new CannotShow('broken'))
    worker.postMessage(bytes, [bytes])
  })
  return reading.finally(() => worker.terminate())
}
