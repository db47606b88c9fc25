import type { Operations } from '@heyi/contract'
import { CircleCheck, CircleDashed, Clock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../app/data'
import { useFormat } from '../../app/format'
import styles from './LadderReport.module.css'

type Report = Operations['notifications.getLadder']['output']
type Step = Report['steps'][number]

/** What the ladder of a message of mine has done so far; nothing where it has none. */
export function LadderReport({ conversation, seq }: { conversation: string; seq: number }) {
  const { t } = useTranslation()
  const { data } = useCall('notifications.getLadder', { conversation, seq })
  if (!data) return null
  const spent = data.costMicros > 0 && `${data.currency} ${(data.costMicros / 1_000_000).toFixed(2)}`
  return (
    <section className={styles.report} aria-label={t('ladder.title')}>
      <ol>
        {data.steps.map((step) => (
          <Rung key={`${step.afterMinutes} ${step.channel}`} step={step} running={data.state === 'running'} />
        ))}
      </ol>
      {spent && <p className="num">{t('ladder.spent', { cost: spent })}</p>}
    </section>
  )
}

function Rung({ step, running }: { step: Step; running: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { firedAt, toldCount, skipped, afterMinutes, channel } = step
  const Icon = firedAt ? CircleCheck : running ? Clock : CircleDashed
  const left = (['resting', 'capped', 'unreachable'] as const).filter((reason) => skipped[reason] > 0)
  const after =
    afterMinutes < 60
      ? t('ladder.minutes', { count: afterMinutes })
      : t('ladder.hours', { count: Math.round(afterMinutes / 60) })
  return (
    <li className={firedAt ? styles.done : undefined}>
      <Icon size={16} aria-hidden="true" />
      <div>
        <span>{t('ladder.rung', { after, by: t(`tell.channel.${channel}`) })}</span>
        <small className="num">
          {firedAt
            ? [
                format.dateTime(firedAt),
                t('ladder.told', { count: toldCount }),
                ...left.map((reason) => t(`ladder.${reason}`, { count: skipped[reason] })),
              ].join(' · ')
            : t(running ? 'ladder.waiting' : 'ladder.over')}
        </small>
      </div>
    </li>
  )
}
