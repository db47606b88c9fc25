import type { LadderStep } from '@heyi/contract/channels'
import { limits } from '@heyi/contract/limits'
import { Button, IconButton } from '@heyi/ui/Button'
import { FormDialog } from '@heyi/ui/Dialog'
import { SelectField } from '@heyi/ui/SelectField'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../app/data'
import { errorMessage } from '../../app/errors'
import styles from './LadderDialog.module.css'

interface Props {
  conversation: string
  steps: readonly LadderStep[]
  onSteps: (steps: LadderStep[]) => void
  onClose: () => void
}

const channels = ['push', 'mail', 'sms', 'own'] as const
const minutes = [1, 5, 10, 30, 60, 120, 240, 1440]

/** How whoever does not confirm is reminded, step by step, with whom each would reach and what it costs at most. */
export function LadderDialog({ conversation, steps, onSteps, onClose }: Props) {
  const { t } = useTranslation()
  const [rungs, setRungs] = useState<LadderStep[]>(() =>
    steps.length > 0 ? [...steps] : [{ afterMinutes: 10, channel: 'push' }],
  )
  const preview = useCall('notifications.previewLadder', rungs.length > 0 ? { conversation, steps: rungs } : null)
  const put = (index: number, change: Partial<LadderStep>) =>
    setRungs(rungs.map((rung, at) => (at === index ? { ...rung, ...change } : rung)))
  const after = (value: number) =>
    value < 60 ? t('ladder.minutes', { count: value }) : t('ladder.hours', { count: value / 60 })
  const money = (micros: number) => `${preview.data?.currency ?? ''} ${(micros / 1_000_000).toFixed(2)}`
  const total = preview.data?.steps.reduce((sum, step) => sum + step.costMicros, 0) ?? 0
  const save = () => {
    onSteps(rungs)
    onClose()
  }
  return (
    <FormDialog
      title={t('ladder.title')}
      onClose={onClose}
      onSubmit={save}
      submit={t(rungs.length > 0 ? 'ladder.use' : 'ladder.none')}
    >
      <p className={styles.help}>{t('ladder.help', { count: preview.data?.dailyCap ?? 0 })}</p>
      <ol className={styles.rungs}>
        {rungs.map((rung, index) => {
          const told = preview.data?.steps[index]
          const matches = told?.channel === rung.channel && told.afterMinutes === rung.afterMinutes
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
            <li key={index} className={styles.rung}>
              <SelectField
                label={t('ladder.after')}
                value={String(rung.afterMinutes)}
                options={minutes.map((value) => ({ value: String(value), label: after(value) }))}
                onChange={(value) => put(index, { afterMinutes: Number(value) })}
              />
              <SelectField
                label={t('ladder.by')}
                value={rung.channel}
                options={channels.map((value) => ({ value, label: t(`tell.channel.${value}`) }))}
                onChange={(value) => put(index, { channel: value as LadderStep['channel'] })}
              />
              <IconButton
                label={t('ladder.remove')}
                className={styles.remove}
                onClick={() => setRungs(rungs.filter((_, at) => at !== index))}
              >
                <X size={16} />
              </IconButton>
              <small className="num" role="status">
                {!matches
                  ? ' '
                  : told.configured
                    ? t('ladder.reaches', { count: told.people, cost: money(told.costMicros) })
                    : t('ladder.unconfigured')}
              </small>
            </li>
          )
        })}
      </ol>
      {preview.error !== null && <p role="alert">{errorMessage(preview.error)}</p>}
      <div className={styles.foot}>
        <Button
          look="ghost"
          icon={<Plus size={16} />}
          disabled={rungs.length >= limits.ladderSteps}
          onClick={() => setRungs([...rungs, { afterMinutes: 60, channel: 'mail' }])}
        >
          {t('ladder.add')}
        </Button>
        {total > 0 && <span className="num">{t('ladder.total', { cost: money(total) })}</span>}
      </div>
    </FormDialog>
  )
}
