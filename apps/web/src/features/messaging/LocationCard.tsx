import type { LocationBody } from '@heyi/contract/messaging'
import { toast } from '@heyi/ui/toast'
import { MapPin } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../../app/device'
import { toastError } from '../../app/errors'
import styles from './Cards.module.css'

const digits = (degrees: number) => String(Math.round(degrees * 1e6) / 1e6)

/** A place without a map: what it is called, where it is, and ways to take that along. */
export function LocationCard({ body }: { body: LocationBody }) {
  const { t } = useTranslation()
  const { name, address } = body
  const [latitude, longitude] = [digits(body.latitude), digits(body.longitude)]
  const copy = () => {
    const text = [name, address, `${latitude}, ${longitude}`].filter(Boolean).join('\n')
    copyText(text).then(() => toast(t('place.copied')), toastError)
  }
  return (
    <section className={styles.card} aria-label={`${t('card.location')} ${name}`}>
      <div className={styles.place}>
        <span className={styles.pin} aria-hidden="true">
          <MapPin size={20} />
        </span>
        <span>
          <b>{name}</b>
          {address && <p className={styles.faint}>{address}</p>}
          <p className={`${styles.faint} num`}>
            {latitude}, {longitude}
          </p>
        </span>
      </div>
      <div className={styles.foot}>
        <button type="button" data-open className={styles.link} onClick={copy}>
          {t('place.copy')}
        </button>
        {/* The address scheme of RFC 5870: the device opens what it has for maps. */}
        <a href={`geo:${latitude},${longitude}?q=${latitude},${longitude}(${encodeURIComponent(name)})`}>
          {t('place.open')}
        </a>
      </div>
    </section>
  )
}
