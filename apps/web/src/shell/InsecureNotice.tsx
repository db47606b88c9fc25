import { Banner } from '@heyi/ui/Banner'
import { IconButton } from '@heyi/ui/Button'
import { ShieldAlert, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

const stored = 'heyi.insecureNoticeClosed'

/** Over plain HTTP off this machine: what the browser withholds, once. */
export function InsecureNotice() {
  const { t } = useTranslation()
  const [closed, setClosed] = useState(() => sessionStorage.getItem(stored) === '1')
  if (window.isSecureContext || closed) return null
  return (
    <aside aria-label={t('insecure.title')}>
      <Banner
        flush
        tone="warn"
        icon={<ShieldAlert size={16} />}
        action={
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
        }
      >
        <b>{t('insecure.title')}</b> {t('insecure.text')}
      </Banner>
    </aside>
  )
}
