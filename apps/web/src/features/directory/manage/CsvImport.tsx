import type { Operations } from '@heyi/contract'
import { Button } from '@heyi/ui/Button'
import { TextArea } from '@heyi/ui/Field'
import { toast } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../../app/data'
import { copyText } from '../../../app/device'
import { errorMessage } from '../../../app/errors'
import styles from './Manage.module.css'

type Outcome = Operations['directory.importMembers']['output']

/** Many at once: tried first without changing anything, then all or nothing. */
export function CsvImport() {
  const { t } = useTranslation()
  const client = useClient()
  const [csv, setCsv] = useState('')
  const [tried, setTried] = useState<Outcome | null>(null)
  const [done, setDone] = useState<Outcome | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, run] = useAction(setError)
  const start = (dryRun: boolean) =>
    void run(async () => {
      setError(null)
      const outcome = await client.call('directory.importMembers', { csv, dryRun })
      setTried(dryRun ? outcome : null)
      setDone(dryRun ? null : outcome)
      if (!dryRun) setCsv('')
    })
  const links = done?.members.filter((member) => member.link) ?? []
  const allLinks = links.map((member) => `${member.name}\t${member.link}`).join('\n')
  return (
    <section className={styles.section}>
      <h3>{t('manage.csvTitle')}</h3>
      <p>{t('manage.csvText')}</p>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          start(tried === null)
        }}
      >
        <TextArea
          label={t('manage.csvLabel')}
          help={t('manage.csvHelp')}
          rows={6}
          spellCheck={false}
          placeholder={t('manage.csvExample')}
          value={csv}
          onChange={(event) => {
            setCsv(event.target.value)
            setTried(null)
          }}
        />
        {error !== null && (
          <p role="alert" className={styles.error}>
            {errorMessage(error)}
          </p>
        )}
        {tried && (
          <p role="status" className={styles.result}>
            {t('manage.csvTried', { people: tried.added, departments: tried.departmentsAdded })}
          </p>
        )}
        <div className={styles.buttons}>
          <Button type="submit" look={tried ? 'primary' : 'plain'} size="l" busy={busy} disabled={csv.trim() === ''}>
            {tried ? t('manage.csvImport', { count: tried.added }) : t('manage.csvTry')}
          </Button>
        </div>
      </form>
      {done && (
        <div className={styles.result} role="status">
          <p>{t('manage.csvDone', { people: done.added, departments: done.departmentsAdded })}</p>
          {links.length > 0 && (
            <div className={styles.buttons} style={{ marginTop: 8 }}>
              <Button onClick={() => void copyText(allLinks).then(() => toast(t('manage.copied')))}>
                {t('manage.csvCopyLinks', { count: links.length })}
              </Button>
            </div>
          )}
        </div>
      )}
    </section>
  )
}
