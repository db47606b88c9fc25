import { Button, IconButton } from '@heyi/ui/Button'
import { Sparkles, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { takeNewVersion, useNewVersion } from '../app/program'
import styles from './VersionOffer.module.css'

/** Offers a new version of the program, above everything so that nothing moves; it is taken only by this button. */
export function VersionOffer() {
  const { t } = useTranslation()
  const ready = useNewVersion()
  const [later, setLater] = useState(false)
  if (!ready || later) return null
  return (
    <aside className={styles.offer} aria-label={t('program.region')}>
      <Sparkles size={16} />
      <p role="status">{t('program.ready')}</p>
      <Button look="soft" size="s" onClick={takeNewVersion}>
        {t('program.update')}
      </Button>
      <IconButton small label={t('program.later')} onClick={() => setLater(true)}>
        <X size={16} />
      </IconButton>
    </aside>
  )
}
