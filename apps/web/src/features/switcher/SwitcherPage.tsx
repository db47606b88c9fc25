import { useTranslation } from 'react-i18next'
import { Navigate, useLocation, useNavigate } from 'react-router'
import { useMedia, widths } from '../../app/media'
import styles from './Switcher.module.css'
import { SwitcherPanel } from './SwitcherPanel'

/** The switcher as a page of the phone, so that its back gesture leaves it. */
export function SwitcherPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const phone = useMedia(widths.phone)
  const { key } = useLocation()
  if (!phone) return <Navigate to="/chat" replace />
  return (
    <main className={styles.page} aria-label={t('switcher.title')}>
      <h1 className="sr">{t('switcher.title')}</h1>
      {/* The first entry of the history has nothing before it. */}
      <SwitcherPanel
        start=""
        onBack={() => (key === 'default' ? navigate('/chat', { replace: true }) : navigate(-1))}
        onDone={() => undefined}
      />
    </main>
  )
}
