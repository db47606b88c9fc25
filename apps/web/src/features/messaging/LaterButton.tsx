import type { Outgoing } from '@heyi/client'
import { Button } from '@heyi/ui/Button'
import { Clock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { SendProps } from './useSend'

/** Has a card that is filled in sent later; `card` is null as long as something is missing. */
export function LaterButton({ card, onLater, onClose }: SendProps & { card: Outgoing | null }) {
  const { t } = useTranslation()
  if (!onLater) return null
  const later = () => {
    if (!card) return
    onClose()
    onLater(card)
  }
  return (
    <Button size="l" icon={<Clock size={16} />} disabled={!card} onClick={later}>
      {t('schedule.later')}
    </Button>
  )
}
