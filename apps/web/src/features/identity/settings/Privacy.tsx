import { Button } from '@heyi/ui/Button'
import { confirm } from '@heyi/ui/confirm'
import { Empty } from '@heyi/ui/Empty'
import { Skeleton } from '@heyi/ui/Skeleton'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useClient, useHeyi, useMyId } from '../../../app/data'
import { errorMessage } from '../../../app/errors'
import { formatSize } from '../../../app/format'
import { MyDays } from '../../anniversaries/MyDays'
import { useReadsVisible } from '../../messaging/reads'
import styles from './Settings.module.css'

/** What colleagues see of me, and what this device keeps. */
export function Privacy() {
  return (
    <div className={styles.form}>
      <SeenByOthers />
      <SeenRead />
      <MyDays />
      <KeptHere />
    </div>
  )
}

function SeenRead() {
  const { t } = useTranslation()
  const visible = useReadsVisible()
  if (visible === null) return null
  return (
    <section className={styles.part}>
      <h3>{t('chatPolicy.reads')}</h3>
      <p>{t(visible ? 'readMark.note' : 'readMark.noteHidden')}</p>
    </section>
  )
}

function SeenByOthers() {
  const { t } = useTranslation()
  const whole = useCall('directory.getMember', { member: useMyId() })
  if (!whole.data && whole.error !== null)
    return (
      <Empty
        drawing="broken"
        title={t('error.loadFailed')}
        text={errorMessage(whole.error)}
        action={
          <Button look="soft" onClick={whole.reload}>
            {t('action.retry')}
          </Button>
        }
      />
    )
  if (!whole.data) return <Skeleton rows={4} square />
  const { member, departments } = whole.data
  const rows: [label: string, value: string][] = [
    [t('field.name'), member.name],
    [t('field.alias'), member.alias],
    [t('field.position'), member.position],
    [t('field.department'), departments.map(({ path }) => path.join(' / ')).join(t('list.comma'))],
    [t('field.email'), member.email],
    [t('field.phone'), member.phone],
  ]
  return (
    <section className={styles.part}>
      <h3>{t('settings.seen')}</h3>
      <p>{t('settings.seenText')}</p>
      <dl className={styles.facts}>
        {rows
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {member.phone && <p className={styles.help}>{t('settings.seenPhone')}</p>}
    </section>
  )
}

function KeptHere() {
  const { t } = useTranslation()
  const client = useClient()
  const chats = useHeyi((held) => held.inbox().length)
  const pending = useHeyi((held) => held.inbox().reduce((sum, entry) => sum + entry.pending, 0))
  const [bytes, setBytes] = useState<number | null>(null)
  useEffect(() => {
    // Absent over plain HTTP.
    navigator.storage
      ?.estimate()
      .then(({ usage }) => setBytes(usage ?? null))
      .catch(() => setBytes(null))
  }, [])
  const remove = () =>
    confirm({
      title: t('settings.removeCopyTitle'),
      text: pending > 0 ? t('settings.removeCopyPending', { count: pending }) : t('settings.removeCopyText'),
      action: t('settings.removeCopy'),
      danger: pending > 0,
      run: async () => {
        await client.wipe()
        // From here the page begins as on a new device.
        window.location.reload()
      },
    })
  return (
    <section className={styles.part}>
      <h3>{t('settings.kept')}</h3>
      <p>{t('settings.keptText')}</p>
      <dl className={styles.facts}>
        <div>
          <dt>{t('settings.keptChats')}</dt>
          <dd className="num">{chats}</dd>
        </div>
        {bytes !== null && (
          <div>
            <dt>{t('settings.keptSize')}</dt>
            <dd className="num">{formatSize(bytes)}</dd>
          </div>
        )}
        {pending > 0 && (
          <div>
            <dt>{t('settings.keptPending')}</dt>
            <dd className="num">{pending}</dd>
          </div>
        )}
      </dl>
      <div>
        <Button onClick={remove}>{t('settings.removeCopy')}</Button>
      </div>
    </section>
  )
}
