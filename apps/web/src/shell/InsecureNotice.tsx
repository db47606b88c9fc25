import { IconButton } from '@heyi/ui/Button'
import { ShieldAlert, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './InsecureNotice.module.css'

const stored = 'heyi.insecureNoticeClosed'

/** Over plain HTTP off this machine: what the browser withholds, once. */
export function InsecureNotice() {
  const { t } = useTranslation()
  const [closed, setClosed] = useState(() => sessionStorage.getItem(stored) === '1')
  if (window.isSecureContext || closed) return null
  return (
    <aside className={styles.notice} aria-label={t('insecure.title')}>
      <ShieldAlert size={16} />
      <p>
        <b>{t('insecure.title')}</b> {t('insecure.text')}
      </p>
      <IconButton
        small
        label={t('action.close')}
        onClick={() => {
          sessionStorage.setItem(stored, '1')
          setClosed(true)
        }}
      >
        <X size={16} />
      </IconButton>
    </aside>
  )
}
