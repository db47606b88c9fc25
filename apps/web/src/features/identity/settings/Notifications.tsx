import { Switch } from '@heyi/ui/Field'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { setDeviceSettings, useDeviceSettings } from '../../../app/device-settings'
import { askForNotifications, useAllowed } from '../../notifications/permission'
import { Telling } from '../../notifications/Telling'
import { Choice } from './Choice'
import styles from './Settings.module.css'

/** Notifications of this device; turning them on asks the browser. */
export function Notifications() {
  const { t } = useTranslation()
  const allowed = useAllowed()
  const { notify, notifyContent, notifySound } = useDeviceSettings()
  const [asking, setAsking] = useState(false)
  const on = notify && allowed === 'granted'
  const turn = async (wanted: boolean) => {
    if (!wanted) return setDeviceSettings({ notify: false })
    setAsking(true)
    try {
      if ((await askForNotifications()) === 'granted') setDeviceSettings({ notify: true })
    } finally {
      setAsking(false)
    }
  }
  return (
    <div className={styles.form}>
      <p>{t('settings.notifyText')}</p>
      <Switch
        label={t('settings.notify')}
        help={t('settings.notifyHelp')}
        checked={on}
        disabled={asking || allowed === 'absent' || allowed === 'denied'}
        onChange={(wanted) => void turn(wanted)}
      />
      {(allowed === 'denied' || allowed === 'absent') && (
        <p role="status" className={styles.notice}>
          {t(allowed === 'denied' ? 'settings.notifyDenied' : 'settings.notifyAbsent')}
        </p>
      )}
      {on && (
        <>
          <Choice
            label={t('settings.notifyContent')}
            help={t('settings.notifyContentHelp')}
            value={notifyContent ? 'content' : 'plain'}
            options={(['content', 'plain'] as const).map((value) => ({
              value,
              label: t(`settings.notifyContents.${value}`),
            }))}
            onChange={(value) => setDeviceSettings({ notifyContent: value === 'content' })}
          />
          <Switch
            label={t('settings.notifySound')}
            help={t('settings.notifySoundHelp')}
            checked={notifySound}
            onChange={(next) => setDeviceSettings({ notifySound: next })}
          />
        </>
      )}
      <Telling />
    </div>
  )
}
