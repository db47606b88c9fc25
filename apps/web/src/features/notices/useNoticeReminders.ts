import { toast } from '@heyi/ui/toast'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useClient } from '../../app/data'

/** Says that somebody reminds me of a notice, and leads to it. */
export function useNoticeReminders(): void {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  useEffect(
    () =>
      client.onNotices((reminded) => {
        if (!reminded) return
        const run = () => void navigate(`/chat/notices/${reminded.id}`)
        toast(t('notices.reminder', { title: reminded.title }), { label: t('notices.show'), run })
      }),
    [client, navigate, t],
  )
}
