import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../app/data'
import styles from './MaskedPhone.module.css'

/** The number with its middle hidden, until it is asked for; that is written down. */
export function MaskedPhone({ id, masked }: { id: string; masked: string }) {
  const { t } = useTranslation()
  const client = useClient()
  const [phone, setPhone] = useState<string | null>(null)
  const [busy, run] = useAction()
  const view = () => void run(async () => setPhone((await client.call('directory.viewPhone', { member: id })).phone))
  if (phone !== null) return <span className="num">{phone}</span>
  return (
    <>
      <span className="num">{masked}</span>{' '}
      <button type="button" className={styles.view} disabled={busy} onClick={view}>
        {t('people.viewPhone')}
      </button>
    </>
  )
}
