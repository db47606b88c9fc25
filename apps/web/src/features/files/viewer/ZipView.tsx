import { File, Folder } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { VList } from 'virtua'
import { formatSize } from '../../../app/format'
import { partOf } from './bytes'
import styles from './FileViewer.module.css'
import { Loading } from './Loading'
import { useShown } from './useShown'
import { listZip } from './zip'

/** What an archive holds; only its list is read. */
export function ZipView({ url, sizeBytes }: { url: string; sizeBytes: number }) {
  const { t } = useTranslation()
  const list = useShown((signal) => listZip((start, end) => partOf(url, start, end, signal), sizeBytes), url)
  if (!list) return <Loading />
  const { entries, count, totalBytes } = list
  return (
    <div className={styles.paper}>
      <p className={styles.note}>
        {t('fileViewer.entries', { count, size: formatSize(totalBytes) })}
        {entries.length < count && ` · ${t('fileViewer.firstEntries', { count: entries.length })}`}
      </p>
      <VList className={styles.entries} tabIndex={0} aria-label={t('fileViewer.content')}>
        {entries.map(({ name, sizeBytes: size, folder }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: names may be there twice
          <div key={index} className={styles.entry}>
            {folder ? <Folder size={16} aria-hidden="true" /> : <File size={16} aria-hidden="true" />}
            <span className="ell">{name}</span>
            {!folder && <small className="num">{formatSize(size)}</small>}
          </div>
        ))}
      </VList>
    </div>
  )
}
