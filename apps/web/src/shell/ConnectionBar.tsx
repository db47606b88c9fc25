import { Spinner } from '@heyi/ui/Spinner'
import { WifiOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHeyi } from '../app/data'
import styles from './ConnectionBar.module.css'

/** Shorter gaps are not worth a word. */
const graceMs = 1500

/** Says that the network is away, that nothing is lost, and when the next try is. */
export function ConnectionBar() {
  const { t } = useTranslation()
  const connection = useHeyi((client) => client.connection)
  const retryAt = useHeyi((client) => client.retryAt)
  const away = connection === 'offline' || connection === 'connecting'
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!away) return setShown(false)
    const timer = setTimeout(() => setShown(true), graceMs)
    return () => clearTimeout(timer)
  }, [away])
  const seconds = useSecondsUntil(shown && connection === 'offline' ? retryAt : null)
  if (!shown) return null
  const offline = connection === 'offline'
  return (
    <p role="status" className={offline ? styles.offline : styles.connecting}>
      {offline ? <WifiOff size={16} /> : <Spinner size={14} />}
      <span>{offline ? t('connection.offline') : t('connection.connecting')}</span>
      {offline && seconds !== null && (
        <span className={styles.wait} aria-hidden="true">
          {t('connection.retryIn', { count: seconds })}
        </span>
      )}
    </p>
  )
}

function useSecondsUntil(at: number | null): number | null {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (at === null) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [at])
  return at === null ? null : Math.max(0, Math.ceil((at - now) / 1000))
}
