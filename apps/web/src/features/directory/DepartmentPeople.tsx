import { limits } from '@heyi/contract/limits'
import { Button, IconButton } from '@heyi/ui/Button'
import { Empty } from '@heyi/ui/Empty'
import { Skeleton } from '@heyi/ui/Skeleton'
import { ChevronLeft } from 'lucide-react'
import { useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { VList, type VListHandle } from 'virtua'
import { useClient, useHeyi, usePages } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useMedia, widths } from '../../app/media'
import { useDepartmentName } from './department-names'
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
  const twoPanes = useMedia(widths.twoPanes)
  const list = useRef<VListHandle>(null)
  const id = department === 'none' ? null : department
  const load = useCallback(
    (cursor: string | null) =>
      client.call('directory.listDepartmentMembers', { department: id, cursor, limit: limits.pageSize }),
    [client, id],
  )
  const pages = usePages(load)
  const name = useDepartmentName(id)
  useEffect(() => (id ? client.watchDepartment(id) : undefined), [client, id])
  // The pages come in the server's order; what the feed brings says when to ask again.
  const live = useHeyi((held) => (id ? held.department(id) : null))
  const seen = useRef(live)
  useEffect(() => {
    if (seen.current !== null && seen.current !== live) pages.reload()
    seen.current = live
  }, [live, pages.reload])
  return (
    <section className={[styles.people, wide && styles.wide].filter(Boolean).join(' ')} aria-label={t('people.people')}>
      <header className={styles.head}>
        {!twoPanes && (
          <IconButton label={t('action.back')} onClick={() => navigate('/people')}>
            <ChevronLeft size={24} />
          </IconButton>
        )}
        <h1 className="ell">
          {id ? (live?.department?.name ?? name ?? t('people.people')) : t('people.inNone')}
          {pages.done && <small className="num">{pages.items.length}</small>}
        </h1>
      </header>
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
      {pages.items.length > 0 && (
        <VList
          ref={list}
          className={styles.list}
          data={pages.items}
          onScroll={() => {
            const held = list.current
            if (held && held.scrollSize - held.scrollOffset - held.viewportSize < 800) pages.more()
          }}
        >
          {(person) => (
            <PersonRow
              key={person.id}
              profile={person}
              to={`/people/${department}/${person.id}`}
              selected={person.id === selected}
            />
          )}
        </VList>
      )}
    </section>
  )
}
