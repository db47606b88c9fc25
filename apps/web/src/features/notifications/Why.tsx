import { Dialog } from '@heyi/ui/Dialog'
import { Skeleton } from '@heyi/ui/Skeleton'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { LedgerLine } from './Ledger'
import own from './Telling.module.css'

/** Why I was, or was not, told of a message, and why it counts as unread. */
export function Why({ conversation, seq, onClose }: { conversation: string; seq: number; onClose: () => void }) {
  const { t } = useTranslation()
  const { data, error } = useCall('notifications.explain', { conversation, seq })
  return (
    <Dialog title={t('tell.whyTitle')} onClose={onClose}>
      {!data ? (
        error !== null ? (
          <p role="alert">{errorMessage(error)}</p>
        ) : (
          <Skeleton rows={3} />
        )
      ) : (
        <div className={own.why}>
          <section>
            <h3>{t(`tell.outcome.${data.outcome}`)}</h3>
            <p>{t(`tell.because.${data.reason}`)}</p>
            <p>
              {[
                t('tell.whyLevel', { level: t(`tell.levels.${data.level}`) }),
                t('tell.whyDevices', { count: data.devices }),
                data.resting && t('tell.whyResting'),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </section>
          <section>
            <h3>{data.unread ? t('tell.isUnread') : t('tell.notUnread')}</h3>
            <p>{t(`tell.unread.${data.unreadBecause}`)}</p>
          </section>
          <section>
            <h3>{t('tell.whatWasDone')}</h3>
            {data.entries.length === 0 ? (
              <p>{t('tell.nothingDone')}</p>
            ) : (
              <ul className={own.entries}>
                {data.entries.map((entry) => (
                  <LedgerLine key={entry.id} entry={entry} />
                ))}
              </ul>
            )}
          </section>
        </div>
      )}
    </Dialog>
  )
}
