import { limits } from '@heyi/contract/limits'
import type { Todo } from '@heyi/contract/todos'
import { Button } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { Presence } from '@heyi/ui/Presence'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Tabs } from '@heyi/ui/Tabs'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useClient, useHeyi, useMe, useMyId, usePages } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { TodayCard } from '../anniversaries/TodayCard'
import { WorkNotices } from '../notices/WorkNotices'
import { RemindersCard } from '../reminders/RemindersCard'
import { MyThanks } from '../thanks/MyThanks'
import { TodoRow } from './TodoRow'
import styles from './Work.module.css'

const TodoDialog = lazy(() => import('./TodoDialog').then((module) => ({ default: module.TodoDialog })))

/** `/work`: what today needs. Of the workbench the to-dos are there. */
export function Work() {
  const { t } = useTranslation()
  const me = useMe()
  const mine = useMyId()
  const todos = useHeyi((client) => client.todos())
  const ready = useHeyi((client) => client.ready)
  const [making, setMaking] = useState(false)
  const [params, setParams] = useSearchParams()
  const [tab, setTab] = useState<'mine' | 'given' | 'done'>(params.get('tab') === 'done' ? 'done' : 'mine')
  // The search leads to one of them, or to the list of what is done.
  const asked = todos.find(({ id }) => id === params.get('todo'))
  const toDo = todos.filter((todo) => waitsFor(todo, mine))
  const given = todos.filter((todo) => todo.creator === mine && !waitsFor(todo, mine))
  const hour = new Date().getHours()
  const greeting = t(hour < 11 ? 'work.morning' : hour < 18 ? 'work.afternoon' : 'work.evening', {
    name: me?.profile.name ?? '',
  })
  return (
    <main className={styles.work} aria-label={t('area.work')}>
      <header className={styles.head}>
        <h1>{greeting}</h1>
        <p>{toDo.length > 0 ? t('work.waiting', { count: toDo.length }) : t('work.nothing')}</p>
      </header>
      <div className={styles.columns}>
        <section className={styles.card} aria-label={t('todo.title')}>
          <div className={styles.bar}>
            <h2>{t('todo.title')}</h2>
            <Button look="primary" icon={<Plus size={16} />} onClick={() => setMaking(true)}>
              {t('todo.new')}
            </Button>
          </div>
          <Tabs
            label={t('todo.title')}
            value={tab}
            onChange={setTab}
            tabs={[
              {
                value: 'mine',
                label: t('todo.mine', { count: toDo.length }),
                content: <List todos={toDo} ready={ready} />,
              },
              {
                value: 'given',
                label: t('todo.given', { count: given.length }),
                content: <List todos={given} ready={ready} />,
              },
              { value: 'done', label: t('todo.done'), content: <Done /> },
            ]}
          />
        </section>
        <div className={styles.aside}>
          <TodayCard />
          <WorkNotices />
          <RemindersCard />
          <MyThanks />
        </div>
      </div>
      <Presence>
        {asked && (
          <Suspense fallback={null}>
            <TodoDialog
              todo={asked}
              source={asked.source}
              text={asked.text}
              onClose={() => setParams({}, { replace: true })}
            />
          </Suspense>
        )}
      </Presence>
      <Presence>
        {making && (
          <Suspense fallback={null}>
            <TodoDialog todo={null} source={null} text="" onClose={() => setMaking(false)} />
          </Suspense>
        )}
      </Presence>
    </main>
  )
}

/** Whether somebody has still to do it. */
const waitsFor = ({ assignees }: Todo, member: string): boolean =>
  assignees.some((one) => one.member === member && one.doneAt === null)

function List({ todos, ready }: { todos: readonly Todo[]; ready: boolean }) {
  const { t } = useTranslation()
  if (!ready) return <Skeleton rows={4} />
  if (todos.length === 0) return <Empty title={t('todo.allDone')} />
  return (
    <ul className={styles.list}>
      {todos.map((todo) => (
        <TodoRow key={todo.id} todo={todo} />
      ))}
    </ul>
  )
}

function Done() {
  const { t } = useTranslation()
  const client = useClient()
  const load = useCallback(
    (cursor: string | null) => client.call('todos.listTodos', { done: true, cursor, limit: limits.pageSize }),
    [client],
  )
  const pages = usePages(load)
  if (pages.items.length === 0 && pages.loading) return <Skeleton rows={4} />
  return (
    <>
      {pages.error !== null && <p role="alert">{errorMessage(pages.error)}</p>}
      {pages.done && pages.items.length === 0 && <Empty title={t('todo.noneDone')} />}
      <ul className={styles.list}>
        {pages.items.map((todo) => (
          <TodoRow key={todo.id} todo={todo} onChanged={pages.reload} />
        ))}
      </ul>
      {!pages.done && pages.items.length > 0 && (
        <Button look="ghost" busy={pages.loading} onClick={pages.more}>
          {t('action.more')}
        </Button>
      )}
    </>
  )
}
