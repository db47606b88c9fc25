import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { FormDialog } from '@heyi/ui/Dialog'
import { TextField } from '@heyi/ui/Field'
import { LocateFixed } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LaterButton } from './LaterButton'
import styles from './NewCard.module.css'
import { type SendProps, useSend } from './useSend'

/** Degrees as somebody types them. */
const degrees = (text: string, most: number): number | null => {
  const value = Number(text.trim().replace('−', '-'))
  return text.trim() !== '' && Number.isFinite(value) && Math.abs(value) <= most ? Math.round(value * 1e6) / 1e6 : null
}

/** What is filled in to say where something is. */
export function NewLocation(props: SendProps) {
  const { t } = useTranslation()
  const [busy, send] = useSend(props)
  const [name, setName] = useState('')
  const [address, setAddress] = useState('')
  const [north, setNorth] = useState('')
  const [east, setEast] = useState('')
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<'denied' | 'failed' | 'unsupported' | null>(null)
  const latitude = degrees(north, 90)
  const longitude = degrees(east, 180)
  const wrong = (north.trim() !== '' && latitude === null) || (east.trim() !== '' && longitude === null)
  // Asked for only when the button is pressed.
  const locate = () => {
    if (!window.isSecureContext || !navigator.geolocation) return setProblem('unsupported')
    setAsking(true)
    setProblem(null)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setAsking(false)
        setNorth(coords.latitude.toFixed(6))
        setEast(coords.longitude.toFixed(6))
      },
      (error) => {
        setAsking(false)
        setProblem(error.code === error.PERMISSION_DENIED ? 'denied' : 'failed')
      },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    )
  }
  const card =
    name.trim() === '' || latitude === null || longitude === null
      ? null
      : { kind: 'location' as const, name: name.trim(), address: address.trim(), latitude, longitude }
  return (
    <FormDialog
      title={t('place.new')}
      onClose={props.onClose}
      onSubmit={() => card && send(card)}
      submit={t('place.send')}
      busy={busy}
      disabled={!card}
      aside={<LaterButton {...props} card={card} />}
    >
      <div className={styles.fields}>
        <div>
          <Button busy={asking} icon={<LocateFixed size={16} />} onClick={locate}>
            {t('place.here')}
          </Button>
        </div>
        {problem && <p role="status">{t(`place.${problem}`)}</p>}
        <TextField
          label={t('place.name')}
          data-first
          maxLength={limits.placeNameChars}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={t('place.address')}
          maxLength={limits.placeAddressChars}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
        <div className={styles.two}>
          <TextField
            label={t('place.latitude')}
            inputMode="decimal"
            value={north}
            onChange={(event) => setNorth(event.target.value)}
          />
          <TextField
            label={t('place.longitude')}
            inputMode="decimal"
            value={east}
            onChange={(event) => setEast(event.target.value)}
          />
        </div>
        {wrong && <p role="alert">{t('place.wrong')}</p>}
        <p className={styles.note}>{t('place.note')}</p>
      </div>
    </FormDialog>
  )
}
