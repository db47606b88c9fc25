import { Button } from '@heyi/ui/Button'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Keyboard } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { openOverlay } from '../../../app/overlay'
import { Choice } from './Choice'
import styles from './Settings.module.css'
import { usePreferences } from './usePreferences'

/** How a message is sent. */
export function ChatSettings() {
  const { t } = useTranslation()
  const { me, put } = usePreferences()
  if (!me) return <Skeleton rows={1} square />
  return (
    <div className={styles.form}>
      <Choice
        label={t('settings.sending')}
        help={me.preferences.enterSends ? t('settings.enterHelp') : t('settings.ctrlHelp')}
        value={me.preferences.enterSends ? 'enter' : 'ctrl'}
        options={(['enter', 'ctrl'] as const).map((value) => ({ value, label: t(`settings.sendingKeys.${value}`) }))}
        onChange={(value) => put({ enterSends: value === 'enter' })}
      />
      <div>
        <Button icon={<Keyboard size={16} />} onClick={() => openOverlay({ kind: 'shortcuts' })}>
          {t('settings.showShortcuts')}
        </Button>
      </div>
    </div>
  )
}
