import type { PollBody, PollTally } from '@heyi/contract/messaging'
import { confirm } from '@heyi/ui/confirm'
import { Presence } from '@heyi/ui/Presence'
import { toastFailure } from '@heyi/ui/toast'
import { Circle, CircleCheck, Square, SquareCheck, Vote } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useHeyi, useMyId } from '../../app/data'
import { toastError } from '../../app/errors'
import { useFormat } from '../../app/format'
import styles from './Cards.module.css'
import { useStanding } from './standing'
import { useEnd } from './useEnd'

const PollDialog = lazy(() => import('./PollDialog').then((module) => ({ default: module.PollDialog })))

interface Props {
  body: PollBody
  /** Where it is answered; null for one that was sent on or kept. */
  at: { conversation: string; seq: number; sender: string; tally: PollTally | undefined } | null
}

const none = { voters: 0, counts: [] as number[], endedAt: null }

/** A poll with its counts, which everybody sees; each option is a button as long as it is open. */
export function PollCard({ body, at }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const tally = (body.result ?? at?.tally ?? none) as PollTally
  const over = useEnd(body.endsAt, tally.endedAt)
  const live = at && !body.result ? at : null
  return (
    <section className={styles.card} aria-label={`${t('card.poll')} ${body.question}`}>
      <div className={styles.kind}>
        <span className={styles.tile} aria-hidden="true">
          <Vote size={11} />
        </span>
        {t('card.poll')} · {t(body.multiple ? 'poll.several' : 'poll.single')}
        <span className={styles.until}>
          {body.result
            ? t('card.frozen')
            : over
              ? t('card.ended')
              : body.endsAt && t('card.until', { time: format.soon(body.endsAt) })}
        </span>
      </div>
      <div className={styles.body}>
        <div className={styles.title}>{body.question}</div>
        {live && !over ? (
          <Choices {...live} body={body} tally={tally} />
        ) : (
          <Result body={body} tally={tally} at={live} />
        )}
      </div>
      <Foot body={body} tally={tally} at={live} over={over} />
    </section>
  )
}

type Live = NonNullable<Props['at']>
interface Shown {
  body: PollBody
  tally: PollTally
}

const shareOf = (tally: PollTally, option: number) =>
  tally.voters === 0 ? 0 : Math.round(((tally.counts[option] ?? 0) / tally.voters) * 100)

function Choices({ body, tally, conversation, seq }: Omit<Live, 'tally'> & Shown) {
  const { t } = useTranslation()
  const client = useClient()
  const mine = useHeyi((held) => held.answer(conversation, seq))
  const choose = (option: number) => {
    if (client.connection !== 'online') return toastFailure(t('card.offline'))
    const chosen = mine?.options ?? []
    const others = chosen.filter((one) => one !== option)
    const next = body.multiple ? (others.length < chosen.length ? others : [...chosen, option]) : [option]
    void client.vote(conversation, seq, next).catch(toastError)
  }
  const role = body.multiple ? 'checkbox' : 'radio'
  const [on, off] = body.multiple ? [SquareCheck, Square] : [CircleCheck, Circle]
  return (
    <div className={styles.options} {...{ role: body.multiple ? 'group' : 'radiogroup', 'aria-label': body.question }}>
      {body.options.map((option, index) => {
        const chosen = mine?.options.includes(index) ?? false
        const Mark = chosen ? on : off
        return (
          <button
            key={option}
            type="button"
            {...{ role, 'aria-checked': chosen }}
            aria-label={`${option} ${t('poll.votes', { count: tally.counts[index] ?? 0 })}`}
            data-open={index === 0 ? '' : undefined}
            data-mine={chosen ? '' : undefined}
            className={styles.option}
            disabled={mine === null}
            onClick={() => choose(index)}
          >
            <i style={{ width: `${shareOf(tally, index)}%` }} />
            <Mark size={15} aria-hidden="true" />
            <b>{option}</b>
            <em className="num">{tally.counts[index] ?? 0}</em>
          </button>
        )
      })}
    </div>
  )
}

function Result({ body, tally, at }: Shown & { at: Live | null }) {
  const { t } = useTranslation()
  const mine = useHeyi((held) => (at ? held.answer(at.conversation, at.seq) : null))
  return (
    <ul className={styles.options} aria-label={body.question}>
      {body.options.map((option, index) => (
        <li key={option} className={styles.option} data-mine={mine?.options.includes(index) ? '' : undefined}>
          <i style={{ width: `${shareOf(tally, index)}%` }} />
          {mine?.options.includes(index) && <CircleCheck size={15} aria-hidden="true" />}
          <b>{option}</b>
          <em className="num">
            <span aria-hidden="true">{tally.counts[index] ?? 0}</span>
            <span className="sr">{t('poll.votes', { count: tally.counts[index] ?? 0 })}</span>
          </em>
        </li>
      ))}
    </ul>
  )
}

function Foot({ body, tally, at, over }: Shown & { at: Live | null; over: boolean }) {
  const { t } = useTranslation()
  const client = useClient()
  const [open, setOpen] = useState(false)
  const mine = useHeyi((held) => (at && !over ? held.answer(at.conversation, at.seq) : null))
  const takeBack = () => {
    if (!at) return
    if (client.connection !== 'online') return toastFailure(t('card.offline'))
    void client.vote(at.conversation, at.seq, []).catch(toastError)
  }
  const voters = t('poll.voters', { count: tally.voters })
  return (
    <div className={styles.foot}>
      <span>
        {voters} · {t(body.anonymous ? 'poll.secret' : 'poll.named')}
      </span>
      {at && !body.anonymous && tally.voters > 0 && (
        <button type="button" className={styles.link} onClick={() => setOpen(true)}>
          {t('poll.who')}
        </button>
      )}
      {mine && mine.options.length > 0 && (
        <button type="button" className={styles.link} onClick={takeBack}>
          {t('poll.takeBack')}
        </button>
      )}
      {at && !over && <EndButton {...at} kind="poll" />}
      <Presence>
        {open && at && (
          <Suspense fallback={null}>
            <PollDialog {...at} body={body} counts={tally.counts} onClose={() => setOpen(false)} />
          </Suspense>
        )}
      </Presence>
    </div>
  )
}

/** Ends it before its time: for who made it, and in groups for owner and admins. */
export function EndButton({
  conversation,
  seq,
  sender,
  kind,
}: {
  conversation: string
  seq: number
  sender: string
  kind: 'poll' | 'relay'
}) {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const chat = useHeyi((held) => held.chat(conversation))
  const standing = useStanding(chat)
  const heads = chat.conversation?.kind === 'group' && (standing ?? 'member') !== 'member'
  if (sender !== me && !heads) return null
  const end = () => {
    if (client.connection !== 'online') return toastFailure(t('card.offline'))
    confirm({
      title: t(`${kind}.endTitle`),
      text: t(`${kind}.endText`),
      action: t('card.end'),
      danger: true,
      run: () => client.call('messaging.endPoll', { conversation, seq }),
    })
  }
  return (
    <button type="button" className={[styles.link, styles.end].join(' ')} onClick={end}>
      {t('card.end')}
    </button>
  )
}
