import type { Todo } from '@heyi/contract/todos'
import { confirm } from '@heyi/ui/confirm'
import { MenuButton, type MenuEntry } from '@heyi/ui/Menu'
import { Presence } from '@heyi/ui/Presence'
import { Bell, Ellipsis, MessageSquareText, Pencil, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAction, useClient, useHeyi, useMyId } from '../../app/data'
import { useFormat } from '../../app/format'
import styles from './TodoRow.module.css'

const TodoDialog = lazy(() => import('./TodoDialog').then((module) => ({ default: module.TodoDialog })))

/** One thing to do: ticked where it stands, with its time, who else is to do it, and the message it came from. */
export function TodoRow({ todo, onChanged }: { todo: Todo; onChanged?: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const me = useMyId()
  const format = useFormat()
  const navigate = useNavigate()
  const [busy, run] = useAction()
  const [editing, setEditing] = useState(false)
  const mine = todo.assignees.find(({ member }) => member === me)
  const doneBy = todo.assignees.filter(({ doneAt }) => doneAt !== null).length
  const late = todo.dueAt !== null && !todo.doneAt && Date.parse(todo.dueAt) < Date.now()
  const names = useHeyi((held) =>
    todo.assignees
      .slice(0, 3)
      .map(({ member }) => (member === me ? t('chat.you') : (held.profile(member)?.name ?? '…')))
      .join(t('list.comma')),
  )
  const by = useHeyi((held) => (todo.creator === me ? '' : (held.profile(todo.creator)?.name ?? '')))
  // Shown at once; the truth comes with the answer.
  const [wanted, setWanted] = useState<boolean | null>(null)
  const complete = (done: boolean) => {
    setWanted(done)
    void run(async () => {
      await client.call('todos.completeTodo', { id: todo.id, done })
      onChanged?.()
    }).finally(() => setWanted(null))
  }
  const remove = () =>
    confirm({
      title: t('todo.deleteTitle'),
      text: t('todo.deleteText'),
      action: t('todo.delete'),
      danger: true,
      run: async () => {
        await client.call('todos.deleteTodo', { id: todo.id })
        onChanged?.()
      },
    })
  const { source } = todo
  const entries: MenuEntry[] = [
    ...(source
      ? [
          {
            label: t('todo.toMessage'),
            icon: <MessageSquareText size={16} />,
            onSelect: () => void navigate(`/chat/${source.conversation}?at=${source.seq}`),
          },
        ]
      : []),
    ...(todo.creator === me
      ? [
          { label: t('todo.edit'), icon: <Pencil size={16} />, onSelect: () => setEditing(true) },
          { label: t('todo.delete'), icon: <Trash2 size={16} />, onSelect: remove, danger: true },
        ]
      : []),
  ]
  const facts = [
    todo.doneAt ? t('todo.doneAt', { time: format.dateTime(todo.doneAt) }) : todo.dueAt && format.soon(todo.dueAt),
    todo.assignees.length > 1 || !mine
      ? t('todo.people', {
          names: todo.assignees.length > 3 ? t('list.more', { names, count: todo.assignees.length }) : names,
          done: doneBy,
          total: todo.assignees.length,
        })
      : null,
    by && t('todo.from', { name: by }),
  ].filter(Boolean)
  return (
    <li className={styles.todo}>
      <label className={styles.tick}>
        <input
          type="checkbox"
          aria-label={t(mine?.doneAt ? 'todo.undo' : 'todo.complete', { text: todo.text })}
          checked={wanted ?? (mine ? mine.doneAt !== null : todo.doneAt !== null)}
          disabled={!mine || busy}
          onChange={(event) => complete(event.target.checked)}
        />
      </label>
      <div className={styles.what}>
        <span className={mine?.doneAt ? styles.done : undefined}>{todo.text}</span>
        {(facts.length > 0 || todo.remindAt) && (
          <small className={late ? styles.late : undefined}>
            {late && `${t('todo.late')} · `}
            {facts.join(' · ')}
            {todo.remindAt && !todo.remindedAt && !todo.doneAt && (
              <span className={styles.bell}>
                <Bell size={12} aria-hidden="true" /> {t('todo.remindsAt', { time: format.soon(todo.remindAt) })}
              </span>
            )}
          </small>
        )}
      </div>
      {entries.length > 0 && (
        <MenuButton
          small
          label={t('todo.menuOf', { text: todo.text })}
          icon={<Ellipsis size={16} />}
          entries={entries}
        />
      )}
      <Presence>
        {editing && (
          <Suspense fallback={null}>
            <TodoDialog todo={todo} source={source} text={todo.text} onClose={() => setEditing(false)} />
          </Suspense>
        )}
      </Presence>
    </li>
  )
}
