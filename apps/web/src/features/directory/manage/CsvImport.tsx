import type { Operations } from '@heyi/contract'
import { Button } from '@heyi/ui/Button'
import { toast } from '@heyi/ui/toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../../app/data'
import { copyText } from '../../../app/device'
import { ImportForm } from './ImportForm'
import styles from './Manage.module.css'

type Outcome = Operations['directory.importMembers']['output']

/** Many newcomers at once, and the links by which they come in. */
export function CsvImport() {
  const { t } = useTranslation()
  const client = useClient()
  const [done, setDone] = useState<Outcome | null>(null)
  const links = done?.members.filter((member) => member.link) ?? []
  const allLinks = links.map((member) => `${member.name}\t${member.link}`).join('\n')
  return (
    <section className={styles.section}>
      <h3>{t('manage.csvTitle')}</h3>
      <p>{t('manage.csvText')}</p>
      <ImportForm<Outcome>
        label={t('manage.csvLabel')}
        help={t('manage.csvHelp')}
        example={t('manage.csvExample')}
        attempt={t('manage.csvTry')}
        action={(tried) => t('manage.csvImport', { count: tried.added })}
        told={(tried) => t('manage.csvTried', { people: tried.added, departments: tried.departmentsAdded })}
        load={(csv, dryRun) => client.call('directory.importMembers', { csv, dryRun })}
        onDone={setDone}
      />
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
