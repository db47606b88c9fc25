import type { Reminder } from '@heyi/contract/reminders'
import { IconButton } from '@heyi/ui/Button'
import { AlarmClock, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useAction, useClient, useHeyi, useMyId } from '../../app/data'
import { useFormat } from '../../app/format'
import { calledIn, messageLine, titleOf } from '../messaging/conversation'
import work from '../todos/Work.module.css'
import styles from './Reminders.module.css'

/** On the workbench: messages that I am, or was, reminded of. Leads to them. */
export function RemindersCard() {
  const { t } = useTranslation()
  const reminders = useHeyi((client) => client.reminders())
  if (reminders.length === 0) return null
  return (
    <section className={work.card} aria-label={t('remind.mine')}>
      <div className={work.bar}>
        <h2>{t('remind.mine')}</h2>
      </div>
      <ul>
        {reminders.map((reminder) => (
          <Row key={reminder.id} reminder={reminder} />
        ))}
      </ul>
    </section>
  )
}

function Row({ reminder }: { reminder: Reminder }) {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const format = useFormat()
  const [busy, run] = useAction()
  const { id, conversation, seq, remindAt, remindedAt } = reminder
  const message = useHeyi((held) => held.message(conversation, seq))
  const line = useHeyi((held) => (message ? messageLine(held, message, me, t, conversation) : '…'))
  const name = useHeyi((held) => (message ? calledIn(held, conversation, message.sender) : ''))
  const title = useHeyi((held) => {
    const chat = held.chat(conversation)
    return titleOf(held, chat.conversation, chat.members, me)
  })
  return (
    <li className={styles.row}>
      <AlarmClock size={16} aria-hidden="true" className={remindedAt ? styles.due : undefined} />
      <Link to={`/chat/${conversation}?at=${seq}`} className={styles.what}>
        <span className="ell">
          {name && `${name}${t('list.colon')}`}
          {message === null ? t('chat.quoteGone') : line}
        </span>
        <small className={remindedAt ? styles.due : undefined}>
          {remindedAt ? t('remind.was', { time: format.dateTime(remindAt) }) : format.soon(remindAt)}
          {' · '}
          {title}
        </small>
      </Link>
      <IconButton
        label={t(remindedAt ? 'remind.done' : 'remind.cancel')}
        disabled={busy}
        onClick={() => void run(() => client.call('reminders.cancelReminder', { id }))}
      >
        <X size={16} />
      </IconButton>
    </li>
  )
}
