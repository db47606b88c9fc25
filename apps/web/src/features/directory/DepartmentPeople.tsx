import type { Profile } from '@heyi/contract/directory'
import { limits } from '@heyi/contract/limits'
import { Button, IconButton } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { Presence } from '@heyi/ui/Presence'
import { Skeleton } from '@heyi/ui/Skeleton'
import { MessageSquarePlus } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { VList, type VListHandle } from 'virtua'
import { useCall, useClient, useHeyi, useMyId, usePages } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { NewGroup } from '../messaging/NewGroup'
import { Column } from './Column'
import { DepartmentGroup } from './DepartmentGroup'
import styles from './People.module.css'
import { PersonRow } from './PersonRow'

interface Props {
  /** An id, or `none` for people in no department. */
  department: string
  selected: string | null
  wide: boolean
}

/** People directly in a department, as far as scrolled; its feed is followed while it is on screen. */
export function DepartmentPeople({ department, selected, wide }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useClient()
  const list = useRef<VListHandle>(null)
  const id = department === 'none' ? null : department
  const load = useCallback(
    (cursor: string | null) =>
      client.call('directory.listDepartmentMembers', { department: id, cursor, limit: limits.pageSize }),
    [client, id],
  )
  const pages = usePages(load)
  const whole = useCall('directory.getDepartment', id ? { department: id } : null)
  const me = useMyId()
  const [grouping, setGrouping] = useState(false)
  useEffect(() => (id ? client.watchDepartment(id) : undefined), [client, id])
  // The pages come in the server's order; what the feed brings says when to ask again.
  const live = useHeyi((held) => (id ? held.department(id) : null))
  const seen = useRef(live)
  useEffect(() => {
    if (seen.current !== null && seen.current !== live) {
      pages.reload()
      whole.reload()
    }
    seen.current = live
  }, [live, pages.reload, whole.reload])
  const leaders = live?.department?.leaders ?? whole.data?.department.leaders ?? []
  const led = pages.items.filter((person) => leaders.includes(person.id)).length
  const above = whole.data?.path.slice(0, -1) ?? []
  const rows: (Profile | string)[] =
    led > 0
      ? [
          t('people.leaders'),
          ...pages.items.slice(0, led),
          ...(led < pages.items.length ? [t('people.members')] : []),
          ...pages.items.slice(led),
        ]
      : pages.items
  return (
    <Column
      title={id ? (live?.department?.name ?? whole.data?.department.name ?? '\u00a0') : t('people.inNone')}
      count={
        live?.department?.memberCount ?? whole.data?.department.memberCount ?? (pages.done ? pages.items.length : null)
      }
      path={
        above.length > 0 && (
          <nav className={styles.path} aria-label={t('people.path')}>
            {above.map((step) => (
              <Link key={step.id} to={`/people/${step.id}`} className="ell">
                {step.name}
              </Link>
            ))}
          </nav>
        )
      }
      deeds={
        pages.items.length > 0 && (
          <IconButton label={t('people.startGroup')} onClick={() => setGrouping(true)}>
            <MessageSquarePlus size={18} />
          </IconButton>
        )
      }
      wide={wide}
    >
      {id && <DepartmentGroup department={id} people={live?.department?.memberCount ?? null} />}
      {pages.items.length === 0 && pages.loading && <Skeleton rows={8} />}
      {pages.error !== null && pages.items.length === 0 && (
        <Empty
          drawing="broken"
          title={t('error.loadFailed')}
          text={errorMessage(pages.error)}
          action={
            <Button look="soft" onClick={pages.reload}>
              {t('action.retry')}
            </Button>
          }
        />
      )}
      {pages.items.length === 0 && pages.done && <Empty title={t('people.emptyTitle')} />}
      {rows.length > 0 && (
        <VList
          ref={list}
          className={styles.list}
          data={rows}
          onScroll={() => {
            const held = list.current
            if (held && held.scrollSize - held.scrollOffset - held.viewportSize < 800) pages.more()
          }}
        >
          {(row) =>
            typeof row === 'string' ? (
              <h2 key={row} className={styles.label}>
                {row}
              </h2>
            ) : (
              <PersonRow
                key={row.id}
                profile={row}
                inDepartment={id !== null}
                to={`/people/${department}/${row.id}`}
                selected={row.id === selected}
              />
            )
          }
        </VList>
      )}
      <Presence>
        {grouping && (
          <NewGroup
            initial={pages.items
              .filter((person) => person.id !== me && person.state === 'active')
              .map(({ id, name }) => ({ id, name }))}
            onClose={() => setGrouping(false)}
            onOpen={(conversation) => navigate(`/chat/${conversation}`)}
          />
        )}
      </Presence>
    </Column>
  )
}
