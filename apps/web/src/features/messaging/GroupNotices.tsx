import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { Skeleton } from '@heyi/ui/Skeleton'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, usePages } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import { PersonName } from '../directory/PersonName'
import styles from './GroupInfo.module.css'
import { RichText } from './RichText'

/** The notices that a group has had, the newest first. */
export function GroupNotices({ id }: { id: string }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const load = useCallback(
    (cursor: string | null) =>
      client.call('messaging.listGroupNotices', { conversation: id, cursor, limit: limits.pageSize }),
    [client, id],
  )
  const pages = usePages(load)
  if (pages.items.length === 0 && pages.loading) return <Skeleton rows={3} />
  return (
    <>
      {pages.error !== null && <p role="alert">{errorMessage(pages.error)}</p>}
      {pages.done && pages.items.length === 0 && <p className={styles.none}>{t('group.noNotice')}</p>}
      <ul aria-label={t('notices.group.history')}>
        {pages.items.map(({ seq, text, by, at, confirm }) => (
          <li key={seq}>
            <p className={styles.noticeBy}>
              <span className={styles.byName}>
                <PersonName id={by} />
              </span>
              {confirm && <span>{t('notices.group.asked')}</span>}
              <time dateTime={at}>{format.dateTime(at)}</time>
            </p>
            <p className={styles.noticeWhole}>
              <RichText text={text} />
            </p>
          </li>
        ))}
      </ul>
      {!pages.done && pages.items.length > 0 && (
        <Button look="ghost" busy={pages.loading} onClick={pages.more}>
          {t('action.more')}
        </Button>
      )}
    </>
  )
}
