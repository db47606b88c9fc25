import { limits } from '@heyi/contract/limits'
import { Button } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Tabs } from '@heyi/ui/Tabs'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCall, useClient, usePages } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import work from '../todos/Work.module.css'
import styles from './MyThanks.module.css'
import { ThanksCard } from './ThanksCard'

type Box = 'received' | 'sent'

/** On the workbench: the cards that I got and gave. Nothing before the first. */
export function MyThanks() {
  const { t } = useTranslation()
  const [box, setBox] = useState<Box>('received')
  const first = { cursor: null, limit: 1 }
  const received = useCall('messaging.listThanks', { box: 'received', ...first }).data?.items.length
  const sent = useCall('messaging.listThanks', { box: 'sent', ...first }).data?.items.length
  if (!received && !sent) return null
  return (
    <section className={work.card} aria-label={t('thanks.mine')}>
      <div className={work.bar}>
        <h2>{t('thanks.mine')}</h2>
      </div>
      <Tabs
        label={t('thanks.mine')}
        value={box}
        onChange={setBox}
        tabs={[
          { value: 'received', label: t('thanks.received'), content: <Cards box="received" /> },
          { value: 'sent', label: t('thanks.sent'), content: <Cards box="sent" /> },
        ]}
      />
    </section>
  )
}

const atFirst = 5

function Cards({ box }: { box: Box }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const load = useCallback(
    (cursor: string | null) =>
      client.call('messaging.listThanks', { box, cursor, limit: cursor === null ? atFirst : limits.pageSize }),
    [client, box],
  )
  const pages = usePages(load)
  if (pages.items.length === 0 && pages.loading) return <Skeleton rows={3} />
  return (
    <>
      {pages.error !== null && <p role="alert">{errorMessage(pages.error)}</p>}
      {pages.done && pages.items.length === 0 && <Empty title={t('thanks.none')} />}
      <ul className={styles.list}>
        {pages.items.map((one) => (
          <li key={`${one.conversation} ${one.seq}`}>
            <ThanksCard sender={one.sender} body={one} />
            <Link
              to={`/chat/${one.conversation}?at=${one.seq}`}
              aria-label={t('thanks.jump', { text: one.text })}
              className={styles.when}
            >
              <time dateTime={one.sentAt}>{format.dateTime(one.sentAt)}</time>
            </Link>
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
