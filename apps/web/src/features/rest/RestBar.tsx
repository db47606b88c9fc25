import { Banner } from '@heyi/ui/Banner'
import { Button } from '@heyi/ui/Button'
import { Moon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useProfile } from '../../app/data'
import { useResting } from './resting'
import { useUntil } from './until'

interface Props {
  /** Whom one is writing to. */
  member: string
  /** Offers to send when they are back; without it the bar only says that they rest. */
  later?: (until: string) => void
}

/** Above the composer: the other one rests, and until when. What is sent now waits quietly. */
export function RestBar({ member, later }: Props) {
  const { t } = useTranslation()
  const name = useProfile(member)?.name ?? ''
  const resting = useResting(member, true)
  const untilOf = useUntil()
  if (!resting) return null
  const { until, note, suggestLater } = resting
  return (
    <Banner
      tone="rest"
      flush
      icon={<Moon size={16} />}
      action={
        later &&
        suggestLater &&
        until !== null && (
          <Button size="s" look="rest" onClick={() => later(until)}>
            {t('rest.sendThen', { until: untilOf(until) })}
          </Button>
        )
      }
    >
      {until === null ? t('rest.theyRestOpen', { name }) : t('rest.theyRest', { name, until: untilOf(until) })}
      {note !== '' && ` · ${note}`}
    </Banner>
  )
}
