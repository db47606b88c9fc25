import type { Operations } from '@heyi/contract'
import { Button } from '@heyi/ui/Button'
import { TextField } from '@heyi/ui/Field'
import { Skeleton } from '@heyi/ui/Skeleton'
import { toast } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useCall, useClient } from '../../../app/data'
import { errorMessage } from '../../../app/errors'
import { formatSize, useFormat } from '../../../app/format'
import styles from './Manage.module.css'

type Usage = Operations['files.getUsage']['output']
const gigabyte = 1024 ** 3
const inGigabytes = (bytes: number): string => String(Math.round((bytes / gigabyte) * 100) / 100)

/** How much is stored, and the limits; an empty whole limit means none. */
export function Storage() {
  const { t } = useTranslation()
  const usage = useCall('files.getUsage', {})
  return (
    <section className={styles.section}>
      <h3>{t('manage.storage')}</h3>
      {usage.error !== null && !usage.data && <p role="alert">{errorMessage(usage.error)}</p>}
      {usage.data ? (
        <Limits usage={usage.data} onSaved={usage.reload} />
      ) : (
        usage.loading && <Skeleton rows={2} square />
      )}
    </section>
  )
}

function Limits({ usage, onSaved }: { usage: Usage; onSaved: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const [quota, setQuota] = useState(usage.quotaBytes === null ? '' : inGigabytes(usage.quotaBytes))
  const [file, setFile] = useState(inGigabytes(usage.fileLimitBytes))
  const [busy, run] = useAction()
  const quotaBytes = quota.trim() === '' ? null : Math.round(Number(quota) * gigabyte)
  const fileLimitBytes = Math.round(Number(file) * gigabyte)
  const quotaFault = quotaBytes !== null && !(quotaBytes >= 0)
  const fileFault = !(fileLimitBytes >= 1)
  const save = () => {
    if (quotaFault || fileFault) return
    void run(async () => {
      await client.call('files.setLimits', { quotaBytes, fileLimitBytes })
      toast(t('manage.limitsSaved'))
      onSaved()
    })
  }
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <p className="num">
        {t('manage.usage', {
          size: [usage.usedBytes, usage.quotaBytes]
            .flatMap((bytes) => (bytes === null ? [] : [formatSize(bytes)]))
            .join(' / '),
          files: format.number(usage.files),
        })}
      </p>
      {usage.quotaBytes !== null && (
        <meter
          className={styles.meter}
          max={usage.quotaBytes}
          high={usage.quotaBytes * 0.9}
          value={usage.usedBytes}
          aria-label={t('manage.storage')}
        />
      )}
      <div className={styles.pair}>
        <TextField
          label={t('manage.quota')}
          help={t('manage.quotaHelp')}
          inputMode="decimal"
          value={quota}
          onChange={(event) => setQuota(event.target.value)}
          error={quotaFault ? t('field.numberFault') : null}
        />
        <TextField
          label={t('manage.fileLimit')}
          inputMode="decimal"
          value={file}
          onChange={(event) => setFile(event.target.value)}
          error={fileFault ? t('field.numberFault') : null}
        />
      </div>
      <div className={styles.buttons}>
        <Button type="submit" size="l" busy={busy}>
          {t('manage.saveLimits')}
        </Button>
      </div>
    </form>
  )
}
