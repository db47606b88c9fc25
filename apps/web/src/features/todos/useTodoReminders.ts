import { toast } from '@heyi/ui/toast'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useHeyi } from '../../app/data'

/** Says, while the app is open, that the time of a reminder has come. */
export function useTodoReminders(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const todos = useHeyi((client) => client.todos())
  const seen = useRef<Map<string, string | null> | null>(null)
  useEffect(() => {
    const before = seen.current
    seen.current = new Map(todos.map(({ id, remindedAt }) => [id, remindedAt]))
    for (const { id, text, remindedAt } of todos)
      if (remindedAt && before?.get(id) === null)
        toast(t('todo.reminder', { text }), { label: t('receipt.show'), run: () => void navigate('/work') })
  }, [todos, t, navigate])
}
