import type { Scheduled } from '@heyi/contract/messaging'
import { Presence } from '@heyi/ui/Presence'
import { Clock } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import { Quote } from './Quote'
import { RichText } from './RichText'
import styles from './ScheduledBody.module.css'
import { KeptParts, ScheduledParts } from './ScheduledParts'

const ScheduleDialog = lazy(() => import('./ScheduleDialog').then((module) => ({ default: module.ScheduleDialog })))

/** A text of mine that waits for its time: outlined, for nobody else sees it yet. */
export function ScheduledBody({ scheduled }: { scheduled: Scheduled }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const [busy, run] = useAction()
  const [changing, setChanging] = useState(false)
  const [without, setWithout] = useState<readonly number[]>([])
  const { id, body, parts = [], quote, sendAt, failed, version } = scheduled
  return (
    <div className={styles.scheduled}>
      <div className={[styles.bubble, failed && styles.failed].filter(Boolean).join(' ')}>
        <p className={styles.when} role={failed ? 'alert' : undefined}>
          <Clock size={14} aria-hidden="true" />
          {failed
            ? t('schedule.failed', { why: errorMessage({ code: failed }) })
            : t('schedule.at', { time: format.soon(sendAt) })}
        </p>
        {quote !== null && <Quote conversation={scheduled.conversation} seq={quote} />}
        {body && <RichText text={body.text} mentions={body.mentions} />}
        {parts.length > 0 && <ScheduledParts parts={parts} />}
      </div>
      <p className={styles.acts}>
        <button
          type="button"
          onClick={() => {
            setWithout([])
            setChanging(true)
          }}
        >
          {t('schedule.change')}
        </button>
        <button
          type="button"
          disabled={busy}
          onClick={() => void run(() => client.call('messaging.sendScheduled', { id, version }))}
        >
          {t('schedule.now')}
        </button>
        <button
          type="button"
          disabled={busy}
          onClick={() => void run(() => client.call('messaging.cancelScheduled', { id }))}
        >
          {t('schedule.cancel')}
        </button>
      </p>
      <Presence>
        {changing && (
          <Suspense fallback={null}>
            <ScheduleDialog
              scheduled={scheduled}
              words={body?.text ?? ''}
              parts={
                parts.length > without.length && (
                  <KeptParts
                    parts={parts}
                    without={without}
                    last={body === null}
                    onWithout={(place) => setWithout([...without, place])}
                  />
                )
              }
              onClose={() => setChanging(false)}
              onTime={(at, text) =>
                client.call('messaging.updateScheduled', {
                  id,
                  version,
                  sendAt: at,
                  // Who was named stands at the same places only while the text is the same.
                  ...(text !== (body?.text ?? '') && { body: text ? { text } : null }),
                  ...(without.length > 0 && { without: [...without] }),
                })
              }
            />
          </Suspense>
        )}
      </Presence>
    </div>
  )
}
