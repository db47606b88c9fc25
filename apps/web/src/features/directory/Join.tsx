import type { Operations } from '@heyi/contract'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { errorMessage } from '../../app/errors'
import { post } from '../../app/http'
import { useSession } from '../../app/session'
import formStyles from '../identity/form.module.css'
import { Threshold } from '../identity/Threshold'
import { JoinAsMember } from './JoinAsMember'
import { JoinForm } from './JoinForm'

export type InvitationCard = Operations['directory.getInvitation']['output']

/** `/join/:token`: who invites, then a new account, or the account that is signed in here. */
export function Join() {
  const { t } = useTranslation()
  const { token = '' } = useParams()
  const session = useSession()
  const [card, setCard] = useState<InvitationCard | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [waiting, setWaiting] = useState(false)
  const [fresh, setFresh] = useState(false)
  useEffect(() => {
    let live = true
    post('directory.getInvitation', { token }).then(
      (answer) => live && setCard(answer),
      (cause: unknown) => live && setError(cause),
    )
    return () => {
      live = false
    }
  }, [token])
  useEffect(() => {
    document.title = card ? `${t('join.title', { tenant: card.tenant })} · ${t('app.name')}` : t('app.name')
  }, [card, t])
  if (session.state === 'starting') return null
  if (error !== null)
    return (
      <Threshold>
        <h1 className={formStyles.title}>{t('join.deadTitle')}</h1>
        <p className={formStyles.lead}>{errorMessage(error)}</p>
      </Threshold>
    )
  if (!card) return <Threshold>{null}</Threshold>
  if (waiting)
    return (
      <Threshold where={card.tenant}>
        <h1 className={formStyles.title}>{t('join.waitingTitle')}</h1>
        <p className={formStyles.lead} role="status">
          {t('join.waitingText', { tenant: card.tenant })}
        </p>
      </Threshold>
    )
  return (
    <Threshold where={card.department ? `${card.tenant} · ${card.department}` : card.tenant}>
      <h1 className={formStyles.title}>{t('join.title', { tenant: card.tenant })}</h1>
      <p className={formStyles.lead}>
        {card.approval ? t('join.byApproval', { name: card.invitedBy }) : t('join.by', { name: card.invitedBy })}
      </p>
      {session.state === 'signedIn' && !fresh ? (
        <JoinAsMember
          token={token}
          card={card}
          client={session.client}
          me={session.me}
          onWaiting={() => setWaiting(true)}
        />
      ) : (
        <JoinForm token={token} onStart={() => setFresh(true)} onWaiting={() => setWaiting(true)} />
      )}
    </Threshold>
  )
}
