import type { Message } from '@heyi/contract/messaging'
import { ListTodo } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import styles from './TodoMark.module.css'

/** Below a message of which to-dos were made: how many of them are done. */
export function TodoMark({ todo }: { todo: NonNullable<Message['todo']> }) {
  const { t } = useTranslation()
  const { done, total } = todo
  return (
    <Link to="/work" className={styles.mark}>
      <ListTodo size={14} aria-hidden="true" />
      {done === total ? t('todo.belowDone') : t('todo.below', { done, total })}
    </Link>
  )
}
