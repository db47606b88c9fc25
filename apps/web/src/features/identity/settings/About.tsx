import { Logo } from '@heyi/ui/Logo'
import { useTranslation } from 'react-i18next'
import { useInstallation } from '../useInstallation'
import styles from './Settings.module.css'

export function About() {
  const { t } = useTranslation()
  const installation = useInstallation()
  return (
    <div className={styles.form}>
      <Logo size={52} />
      <div className={styles.about}>
        <h3>{t('app.name')}</h3>
        <p className="num">{installation ? t('settings.version', { version: installation.version }) : '…'}</p>
        <p>{t('settings.licence')}</p>
        {installation?.authority && (
          <p>
            <a href="/trust">{t('settings.trust')}</a>
          </p>
        )}
      </div>
    </div>
  )
}
