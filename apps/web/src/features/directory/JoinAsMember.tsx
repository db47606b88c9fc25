import type { HeyiClient } from '@heyi/client'
import type { Me } from '@heyi/contract/identity'
import { Button } from '@heyi/ui/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { errorMessage } from '../../app/errors'
import { post } from '../../app/http'
import { startSession, switchTenant } from '../../app/session'
import formStyles from '../identity/form.module.css'
import type { InvitationCard } from './Join'

interface Props {
  token: string
  card: InvitationCard
  client: HeyiClient
  me: Me
  onWaiting: () => void
}

/** Whoever is signed in already joins with that account; afterwards the person goes on in the new company. */
export function JoinAsMember({ token, card, client, me, onWaiting }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const join = async () => {
    setBusy(true)
    setError(null)
    try {
      const { waiting } = await client.call('directory.joinTenant', { token })
      if (waiting) return onWaiting()
      const known = new Set(me.tenants.map(({ tenant }) => tenant))
      const joined = (await post('identity.getMe', {})).tenants.find(({ tenant }) => !known.has(tenant))
      if (joined) await switchTenant(joined.tenant)
      else await startSession()
      void navigate('/chat', { replace: true })
    } catch (cause) {
      setError(cause)
      setBusy(false)
    }
  }
  return (
    <div className={formStyles.form}>
      {error !== null && (
        <p role="alert" className={formStyles.error}>
          {errorMessage(error)}
        </p>
      )}
      <Button look="primary" size="xl" busy={busy} onClick={() => void join()}>
        {t('join.asMe', { tenant: card.tenant })}
      </Button>
      <p className={formStyles.hint}>{t('join.asMeHint', { tenant: me.tenant.name })}</p>
      <Button size="l" onClick={() => navigate('/chat')}>
        {t('join.notNow')}
      </Button>
    </div>
  )
}
