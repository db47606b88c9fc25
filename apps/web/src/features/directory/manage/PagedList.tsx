import { Button } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { Skeleton } from '@heyi/ui/Skeleton'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pages } from '../../../app/data'
import { errorMessage } from '../../../app/errors'
import styles from './Manage.module.css'

/** A list that grows by pages, with its loading, empty and failed states. */
export function PagedList<T>({
  pages,
  empty,
  children,
}: {
  pages: Pages<T>
  empty: string
  children: (item: T) => ReactNode
}) {
  const { t } = useTranslation()
  if (pages.items.length === 0 && pages.loading) return <Skeleton rows={3} square />
  if (pages.items.length === 0 && pages.error !== null)
    return (
      <Empty
        drawing="broken"
        title={t('error.loadFailed')}
        text={errorMessage(pages.error)}
        action={
          <Button look="soft" onClick={pages.reload}>
            {t('action.retry')}
          </Button>
        }
      />
    )
  if (pages.items.length === 0) return <Empty drawing="none" title={empty} />
  return (
    <>
      <ul className={styles.cards}>{pages.items.map((item) => children(item))}</ul>
      {!pages.done && (
        <div className={styles.buttons} style={{ marginTop: 12 }}>
          <Button busy={pages.loading} onClick={pages.more}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </>
  )
}
