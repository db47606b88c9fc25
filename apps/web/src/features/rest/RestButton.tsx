import { IconButton } from '@heyi/ui/Button'
import { Moon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ariaKeys, shortcuts } from '../../app/keyboard'
import { openOverlay } from '../../app/overlay'
import { useMyRest } from './my-rest'
import styles from './RestButton.module.css'
import { useUntil } from './until'

/** The moon of the rail and of the phone's header; filled while I rest. */
export function RestButton({ size = 22 }: { size?: number }) {
  const { t } = useTranslation()
  const state = useMyRest()?.state
  const untilOf = useUntil()
  const resting = state?.resting ?? false
  const label = resting ? t('rest.iRest', { until: untilOf(state?.until ?? null) }) : t('rest.title')
  return (
    <IconButton
      label={label}
      pressed={resting}
      className={resting ? styles.on : undefined}
      aria-haspopup="dialog"
      aria-keyshortcuts={ariaKeys(shortcuts.rest.keys[0])}
      onClick={() => openOverlay({ kind: 'rest' })}
    >
      <Moon size={size} />
    </IconButton>
  )
}
