import { toast } from '@heyi/ui/toast'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useClient } from '../../app/data'
import { calledIn } from './conversation'

/** Says that a sender asks me again to confirm a message, and leads to it. */
export function useReminders(): void {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  useEffect(
    () =>
      client.onReminded((conversation, seq) => {
        const sender = client.message(conversation, seq)?.sender
        const name = sender ? calledIn(client, conversation, sender) : ''
        const show = () => void navigate(`/chat/${conversation}?at=${seq}`)
        toast(t('receipt.askedAgain', { name: name || t('receipt.somebody') }), { label: t('receipt.show'), run: show })
      }),
    [client, navigate, t],
  )
}
