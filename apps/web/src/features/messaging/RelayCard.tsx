import type { RelayBody, RelayTally } from '@heyi/contract/messaging'
import { Presence } from '@heyi/ui/Presence'
import { toastFailure } from '@heyi/ui/toast'
import { ListOrdered } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useHeyi } from '../../app/data'
import { useFormat } from '../../app/format'
import styles from './Cards.module.css'
import { EndButton } from './PollCard'
import { RelayLines } from './RelayLines'
import { useEnd } from './useEnd'

const RelayDialog = lazy(() => import('./RelayDialog').then((module) => ({ default: module.RelayDialog })))
const RelayLineDialog = lazy(() => import('./RelayDialog').then((module) => ({ default: module.RelayLineDialog })))

interface Props {
  body: RelayBody
  /** Where it is joined; null for one that was sent on or kept. */
  at: { conversation: string; seq: number; sender: string; tally: RelayTally | undefined } | null
}

const none: RelayTally = { count: 0, lines: [], endedAt: null }

/** A list to which everybody adds a line, numbered in the order of joining. */
export function RelayCard({ body, at }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const tally = body.result ?? at?.tally ?? none
  const over = useEnd(body.endsAt, tally.endedAt)
  const live = at && !body.result ? at : null
  return (
    <section className={styles.card} aria-label={`${t('card.relay')} ${body.title}`}>
      <div className={styles.kind}>
        <span className={[styles.tile, styles.relay].join(' ')} aria-hidden="true">
          <ListOrdered size={11} />
        </span>
        {t('card.relay')}
        <span className={styles.until}>
          {body.result
            ? t('card.frozen')
            : over
              ? t('card.ended')
              : body.endsAt && t('card.until', { time: format.soon(body.endsAt) })}
        </span>
      </div>
      <div className={styles.body}>
        <div className={styles.title}>{body.title}</div>
        {body.example && <p className={styles.faint}>{t('relay.exampleLine', { text: body.example })}</p>}
        <RelayLines lines={tally.lines} />
      </div>
      <Foot body={body} tally={tally} at={live} over={over} />
    </section>
  )
}

interface FootProps {
  body: RelayBody
  tally: RelayTally
  at: NonNullable<Props['at']> | null
  over: boolean
}

function Foot({ body, tally, at, over }: FootProps) {
  const { t } = useTranslation()
  const client = useClient()
  const [open, setOpen] = useState<'list' | 'line' | null>(null)
  const mine = useHeyi((held) => (at && !over ? held.answer(at.conversation, at.seq) : null))
  const rest = tally.count - tally.lines.length
  const join = () => (client.connection === 'online' ? setOpen('line') : toastFailure(t('card.offline')))
  return (
    <div className={styles.foot}>
      <span>{t('relay.count', { count: tally.count })}</span>
      {at && tally.count > 0 && (
        <button type="button" className={styles.link} onClick={() => setOpen('list')}>
          {rest > 0 ? t('relay.more', { count: rest }) : t('relay.all')}
        </button>
      )}
      {mine && (
        <button type="button" data-open className={styles.link} onClick={join}>
          {t(mine.line === null ? 'relay.join' : 'relay.change')}
        </button>
      )}
      {at && !over && <EndButton {...at} kind="relay" />}
      <Presence>
        {at && open === 'list' && (
          <Suspense fallback={null}>
            <RelayDialog {...at} body={body} count={tally.count} onClose={() => setOpen(null)} />
          </Suspense>
        )}
      </Presence>
      <Presence>
        {at && mine && open === 'line' && (
          <Suspense fallback={null}>
            <RelayLineDialog {...at} body={body} line={mine.line} onClose={() => setOpen(null)} />
          </Suspense>
        )}
      </Presence>
    </div>
  )
}
