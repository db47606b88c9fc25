import type { LedgerEntry } from '@heyi/contract/notifications'
import { Button } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Tag } from '@heyi/ui/Tag'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useHeyi, useMyId, usePages } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import { openOverlay } from '../../app/overlay'
import styles from '../identity/settings/Settings.module.css'
import { titleOf } from '../messaging/conversation'
import own from './Telling.module.css'

const pageSize = 30

/** What I was told, by which way, and what became of it. */
export function Ledger() {
  const { t } = useTranslation()
  const client = useClient()
  const load = useCallback(
    (cursor: string | null) => client.call('notifications.listLedger', { cursor, limit: pageSize }),
    [client],
  )
  const pages = usePages(load)
  if (pages.items.length === 0 && pages.loading) return <Skeleton rows={4} square />
  if (pages.items.length === 0 && pages.error !== null)
    return <Empty drawing="broken" title={t('error.loadFailed')} text={errorMessage(pages.error)} />
  if (pages.items.length === 0) return <Empty drawing="none" title={t('tell.noLedger')} text={t('tell.noLedgerText')} />
  return (
    <>
      <p>{t('tell.ledgerText')}</p>
      <ul className={own.entries}>
        {pages.items.map((entry) => (
          <LedgerLine key={entry.id} entry={entry} asked />
        ))}
      </ul>
      {!pages.done && (
        <div className={styles.buttons}>
          <Button busy={pages.loading} onClick={pages.more}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </>
  )
}

const tones = {
  held: 'rest',
  released: 'rest',
  queued: 'plain',
  sending: 'plain',
  accepted: 'info',
  shown: 'ok',
  opened: 'ok',
  dropped: 'plain',
  failed: 'danger',
} as const

/** One of them; `asked` offers to say why. */
export function LedgerLine({ entry, asked = false }: { entry: LedgerEntry; asked?: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const me = useMyId()
  const title = useHeyi((client) => {
    if (entry.conversation === null) return ''
    const { conversation, members } = client.chat(entry.conversation)
    return titleOf(client, conversation, members, me)
  })
  const { conversation, seq } = entry
  const times = [
    entry.acceptedAt && t('tell.accepted', { time: format.dateTime(entry.acceptedAt) }),
    entry.shownAt && t('tell.shown', { time: format.dateTime(entry.shownAt) }),
    entry.openedAt && t('tell.opened', { time: format.dateTime(entry.openedAt) }),
  ].filter(Boolean)
  return (
    <li className={own.entry}>
      <p>
        <b className="ell">{title || t(`tell.reason.${entry.reason}`)}</b>
        <Tag tone={tones[entry.state]}>{t(`tell.state.${entry.state}`)}</Tag>
        {entry.channel && <Tag>{[t(`tell.channel.${entry.channel}`), entry.target].filter(Boolean).join(' · ')}</Tag>}
      </p>
      <small className="num">
        {[format.dateTime(entry.createdAt), title && t(`tell.reason.${entry.reason}`), ...times]
          .filter(Boolean)
          .join(' · ')}
        {entry.failure !== null && ` · ${t('tell.failed', { reason: entry.failure })}`}
      </small>
      {asked && conversation !== null && seq !== null && (
        <span>
          <Button size="s" look="ghost" onClick={() => openOverlay({ kind: 'why', conversation, seq })}>
            {t('tell.why')}
          </Button>
        </span>
      )}
    </li>
  )
}
