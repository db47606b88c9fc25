import { toast } from '@heyi/ui/toast'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useHeyi } from '../../app/data'

/** Says, while the app is open, that it is time for a message that I wanted to be reminded of. */
export function useReminderToasts(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const reminders = useHeyi((client) => client.reminders())
  const seen = useRef<Map<string, string | null> | null>(null)
  useEffect(() => {
    const before = seen.current
    seen.current = new Map(reminders.map(({ id, remindedAt }) => [id, remindedAt]))
    for (const { id, conversation, seq, remindedAt } of reminders)
      if (remindedAt && before?.get(id) === null)
        toast(t('remind.now'), {
          label: t('receipt.show'),
          run: () => void navigate(`/chat/${conversation}?at=${seq}`),
        })
  }, [reminders, t, navigate])
}
