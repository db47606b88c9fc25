import { Button } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { Picture } from '@heyi/ui/Picture'
import { Skeleton } from '@heyi/ui/Skeleton'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { useAction, useCall, useClient, useHeyi, useProfile } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useFormat } from '../../app/format'
import styles from './JoinGroup.module.css'

/** `/group/join/:token`: where a link or a code leads, for colleagues. Once let in, the chat opens by itself. */
export function JoinGroup() {
  const { t } = useTranslation()
  const { token = '' } = useParams()
  const navigate = useNavigate()
  const client = useClient()
  const format = useFormat()
  const { data: card, error, reload } = useCall('messaging.getGroupLink', { token })
  const [refusal, setRefusal] = useState<unknown>(null)
  const [busy, run] = useAction(setRefusal)
  const by = useProfile(card?.invitedBy)
  const inIt = useHeyi((held) => card !== null && held.inbox().some(({ id }) => id === card.conversation))
  useEffect(() => {
    if (card && inIt) void navigate(`/chat/${card.conversation}`, { replace: true })
  }, [card, inIt, navigate])
  const join = () => {
    setRefusal(null)
    // What the page says follows from what the server says: I am in it, or I wait.
    void run(async () => {
      await client.call('messaging.joinByLink', { token })
      reload()
    })
  }
  if (error !== null)
    return (
      <main className={styles.page}>
        <Empty
          heading="h1"
          drawing="broken"
          title={t('group.deadTitle')}
          text={errorMessage(error)}
          action={
            <Button look="soft" onClick={() => navigate('/chat')}>
              {t('chat.goneBack')}
            </Button>
          }
        />
      </main>
    )
  if (!card)
    return (
      <main className={styles.page}>
        <Skeleton rows={4} />
      </main>
    )
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Picture id={card.conversation} name={card.name} src={null} size={88} shape="square" />
        <h1>{card.name}</h1>
        <p className="num">{t('group.count', { count: card.count })}</p>
        <p className={styles.by}>{t('group.invitedBy', { name: by?.name ?? '…' })}</p>
        {refusal !== null && (
          <p role="alert" className={styles.error}>
            {errorMessage(refusal)}
          </p>
        )}
        {card.state === 'waiting' ? (
          <p role="status" className={styles.waiting}>
            <b>{t('group.waitingTitle')}</b>
            {t('group.waitingText')}
          </p>
        ) : (
          <Button look="primary" size="xl" busy={busy || card.state === 'joined'} onClick={join}>
            {card.approval ? t('group.ask') : t('group.join')}
          </Button>
        )}
        <small className="num">
          {card.approval && card.state === 'open' ? `${t('group.askHelp')} · ` : ''}
          {t('group.until', { time: format.dateTime(card.expiresAt) })}
        </small>
      </div>
    </main>
  )
}
