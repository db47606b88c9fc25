import { Picture } from '@heyi/ui/Picture'
import { SampleTag } from '@heyi/ui/Tag'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deviceName } from '../../app/device'
import { errorMessage } from '../../app/errors'
import { post } from '../../app/http'
import { startSession } from '../../app/session'
import styles from './form.module.css'
import type { Installation } from './useInstallation'

/** One click each; listed only where the data folder was made by the demo and the page is opened on that machine. */
export function DemoSignIns({ people }: { people: Installation['demoSignIns'] }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const enter = async (member: string) => {
    setBusy(true)
    setError(null)
    try {
      await post('identity.signInDemo', { member, device: deviceName(), via: 'cookie' })
      await startSession()
    } catch (cause) {
      setError(cause)
      setBusy(false)
    }
  }
  return (
    <section aria-label={t('signIn.demo')}>
      <div className={styles.or}>{t('signIn.or')}</div>
      <div className={styles.demo}>
        <div className={styles.demoHead}>
          <span>{t('signIn.demo')}</span>
          <SampleTag />
        </div>
        {people.map((person) => (
          <button key={person.member} type="button" disabled={busy} onClick={() => void enter(person.member)}>
            <Picture id={person.member} name={person.name} src={null} size={32} />
            <span className={styles.who}>
              {person.name}
              <small>{person.position}</small>
            </span>
          </button>
        ))}
        {error !== null && (
          <p role="alert" className={styles.error}>
            {errorMessage(error)}
          </p>
        )}
      </div>
    </section>
  )
}
