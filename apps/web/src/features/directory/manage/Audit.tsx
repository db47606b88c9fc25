import { limits } from '@heyi/contract/limits'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, usePages } from '../../../app/data'
import { useFormat } from '../../../app/format'
import styles from './Manage.module.css'
import { PagedList } from './PagedList'

/** What was done to accounts, people and settings, newest first. */
export function Audit() {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const load = useCallback(
    (cursor: string | null) => client.call('identity.listAudit', { cursor, limit: Math.min(50, limits.pageSize) }),
    [client],
  )
  const pages = usePages(load)
  return (
    <section className={styles.section}>
      <p>{t('manage.auditText')}</p>
      <PagedList pages={pages} empty={t('manage.noAudit')}>
        {(entry) => (
          <li key={`${entry.at}${entry.action}${entry.subject}`} className={styles.card}>
            <div>
              <b>{entry.actorName || t('manage.system')}</b> <code>{entry.action}</code>
              <small className="num">{[format.dateTime(entry.at), entry.address].filter(Boolean).join(' · ')}</small>
              {Object.keys(entry.data).length > 0 && (
                <p className={styles.data}>
                  {Object.entries(entry.data)
                    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
                    .join(' · ')}
                </p>
              )}
            </div>
          </li>
        )}
      </PagedList>
    </section>
  )
}
