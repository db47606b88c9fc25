import { renderAsync } from 'docx-preview'
import { useTranslation } from 'react-i18next'
import { wholeFile } from './bytes'
import styles from './FileViewer.module.css'
import { Loading } from './Loading'
import { safeMarkup } from './safe-markup'
import { useShown } from './useShown'
import { requireUnpackable } from './zip'

const mostBytes = 20 * 1024 * 1024

/** A document of Word, drawn into a frame in which nothing runs. */
export function DocxView({ url, sizeBytes, name }: { url: string; sizeBytes: number; name: string }) {
  const { t } = useTranslation()
  const html = useShown(async (signal) => {
    const bytes = await wholeFile(url, sizeBytes, mostBytes, signal)
    await requireUnpackable(bytes)
    const body = document.createElement('div')
    const style = document.createElement('div')
    await renderAsync(bytes, body, style, {
      useBase64URL: true,
      ignoreFonts: true,
      renderAltChunks: false,
      experimental: false,
    })
    return safeMarkup(style, body)
  }, url)
  if (html === null) return <Loading />
  // Without allow-scripts nothing in it runs, whatever was missed before.
  return (
    <iframe
      className={styles.frame}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      srcDoc={html}
      title={t('fileViewer.document', { name })}
    />
  )
}
