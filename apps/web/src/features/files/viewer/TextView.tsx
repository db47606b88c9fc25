import { useTranslation } from 'react-i18next'
import { formatSize } from '../../../app/format'
import { decodeText, partOf } from './bytes'
import styles from './FileViewer.module.css'
import { Loading } from './Loading'
import { useShown } from './useShown'

const mostBytes = 512 * 1024

/** Text and code as it is; of a large file its beginning. */
export function TextView({ url, sizeBytes }: { url: string; sizeBytes: number }) {
  const { t } = useTranslation()
  const cut = sizeBytes > mostBytes
  const text = useShown(
    async (signal) => decodeText(await partOf(url, 0, Math.min(sizeBytes, mostBytes), signal), cut),
    url,
  )
  if (text === null) return <Loading />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
    <div className={styles.paper} tabIndex={0}>
      {cut && <p className={styles.note}>{t('fileViewer.cut', { size: formatSize(mostBytes) })}</p>}
      <pre className={styles.code}>{text}</pre>
    </div>
  )
}
