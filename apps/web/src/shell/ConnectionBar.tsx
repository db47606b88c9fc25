import { Banner } from '@heyi/ui/Banner'
import { Button } from '@heyi/ui/Button'
import { Spinner } from '@heyi/ui/Spinner'
import { Check, WifiOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useHeyi } from '../app/data'
import styles from './ConnectionBar.module.css'

/** Shorter gaps are not worth a word. */
const graceMs = 1500
/** How long it says that everything is there again. */
const backMs = 4000

/** Says that the network is away, that nothing is lost, and when the next try is; on return, what was caught up. */
export function ConnectionBar() {
  const { t } = useTranslation()
  const client = useClient()
  const connection = useHeyi((held) => held.connection)
  const retryAt = useHeyi((held) => held.retryAt)
  const caughtUp = useHeyi((held) => held.caughtUp)
  const away = connection === 'offline' || connection === 'connecting'
  const [shown, setShown] = useState(false)
  const [back, setBack] = useState<number | null>(null)
  const wasOffline = useRef(false)
  if (shown && connection === 'offline') wasOffline.current = true
  useEffect(() => {
    if (!away) return setShown(false)
    setBack(null)
    const timer = setTimeout(() => setShown(true), graceMs)
    return () => clearTimeout(timer)
  }, [away])
  useEffect(() => {
    if (away || caughtUp === null || !wasOffline.current) return
    wasOffline.current = false
    setBack(caughtUp)
    const timer = setTimeout(() => setBack(null), backMs)
    return () => clearTimeout(timer)
  }, [away, caughtUp])
  const seconds = useSecondsUntil(shown && connection === 'offline' ? retryAt : null)
  if (back !== null)
    return (
      <Banner flush tone="ok" icon={<Check size={16} />}>
        {back > 0 ? t('connection.backWith', { count: back }) : t('connection.back')}
      </Banner>
    )
  if (!shown) return null
  if (connection !== 'offline')
    return (
      <Banner flush icon={<Spinner size={14} />}>
        {t('connection.connecting')}
      </Banner>
    )
  return (
    <Banner
      flush
      tone="warn"
      icon={<WifiOff size={16} />}
      action={
        <>
          {seconds !== null && (
            <span className={styles.wait} aria-hidden="true">
              {t('connection.retryIn', { count: seconds })}
            </span>
          )}
          <Button look="ghost" size="s" onClick={() => client.wake()}>
            {t('action.retry')}
          </Button>
        </>
      }
    >
      {t('connection.offline')}
    </Banner>
  )
}

function useSecondsUntil(at: number | null): number | null {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (at === null) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [at])
  return at === null ? null : Math.max(0, Math.ceil((at - now) / 1000))
}
