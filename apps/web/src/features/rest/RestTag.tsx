import { Tag } from '@heyi/ui/Tag'
import { Moon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useResting } from './resting'
import { useUntil } from './until'

/** Beside a name: that somebody rests, and until when. */
export function RestTag({ member, short = false }: { member: string | null; short?: boolean }) {
  const { t } = useTranslation()
  const resting = useResting(member, !short)
  const untilOf = useUntil()
  if (!resting) return null
  return (
    <Tag tone="rest" icon={<Moon size={10} />}>
      {short || resting.until === null ? t('rest.resting') : t('rest.restingUntil', { until: untilOf(resting.until) })}
    </Tag>
  )
}
