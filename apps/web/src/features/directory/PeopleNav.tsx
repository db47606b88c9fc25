import { limits } from '@heyi/contract/limits'
import { Empty } from '@heyi/ui/Empty'
import { Skeleton } from '@heyi/ui/Skeleton'
import { Building, Clock, Search, ShieldCheck, UserRoundX, Users } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCall, useHeyi, useIsAdmin, useMe, useMyId, useSettled } from '../../app/data'
import { errorMessage } from '../../app/errors'
import { useMedia, widths } from '../../app/media'
import { ListEdge } from '../../shell/ListEdge'
import { DepartmentTree } from './DepartmentTree'
import { noteDepartments } from './department-names'
import styles from './People.module.css'
import { PersonRow } from './PersonRow'

/** Search, the way into managing, and the tree of departments. */
export function PeopleNav({ selected }: { selected: string | null }) {
  const { t } = useTranslation()
  const me = useMe()
  const admin = useIsAdmin()
  const phone = useMedia(widths.phone)
  const [text, setText] = useState('')
  const wanted = useSettled(text.trim())
  return (
    <section className={styles.nav} aria-label={t('area.people')}>
      <ListEdge />
      {phone && (
        <header className={styles.phoneHead}>
          <h1>{t('area.people')}</h1>
        </header>
      )}
      <div className={styles.navHead}>
        <div className={styles.search}>
          <Search size={16} />
          <input
            type="search"
            aria-label={t('people.search')}
            placeholder={t('people.search')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      </div>
      <div className={styles.scroll}>
        {wanted ? (
          <Results text={wanted} />
        ) : (
          <>
            <Shelf selected={selected} />
            {admin && (
              <Link className={styles.manage} to="/people/manage">
                <ShieldCheck size={18} />
                {t('manage.title')}
              </Link>
            )}
            <hr className={styles.divide} />
            <h2 className={styles.label}>{t('people.structure')}</h2>
            <DepartmentTree
              root={me?.tenant.name ?? ''}
              nodeClass={(id) => (id === selected ? styles.nodeOn : undefined)}
              render={(department) => (
                <Link
                  className={styles.nodeLink}
                  to={`/people/${department.id}`}
                  aria-current={department.id === selected ? 'page' : undefined}
                >
                  <span className="ell">{department.name}</span>
                  <span className="num">{department.totalCount}</span>
                </Link>
              )}
            />
            <Link
              className={[styles.manage, selected === 'none' && styles.nodeOn].filter(Boolean).join(' ')}
              to="/people/none"
              aria-current={selected === 'none' ? 'page' : undefined}
            >
              <UserRoundX size={18} />
              {t('people.inNone')}
            </Link>
          </>
        )}
      </div>
    </section>
  )
}

/** Ways to people other than the tree: whom I talked with, my groups, my departments. */
function Shelf({ selected }: { selected: string | null }) {
  const { t } = useTranslation()
  const myId = useMyId()
  const mine = useCall('directory.getMember', { member: myId })
  const groups = useHeyi((client) => client.inbox()).filter(({ conversation }) => conversation.kind === 'group').length
  const entry = (to: string, icon: ReactNode, label: string, count?: number) => (
    <Link
      key={to}
      className={[styles.manage, selected === to && styles.nodeOn].filter(Boolean).join(' ')}
      to={`/people/${to}`}
      aria-current={selected === to ? 'page' : undefined}
    >
      {icon}
      <span className="ell">{label}</span>
      {count !== undefined && <small className="num">{count}</small>}
    </Link>
  )
  return (
    <>
      {entry('recent', <Clock size={18} />, t('people.recent'))}
      {entry('groups', <Users size={18} />, t('people.groups'), groups)}
      {mine.data?.departments.map(({ id, path }) =>
        entry(id, <Building size={18} />, t('people.mine', { name: path.at(-1) ?? '' })),
      )}
    </>
  )
}

function Results({ text }: { text: string }) {
  const { t } = useTranslation()
  const found = useCall('directory.search', { text, limit: limits.searchResults })
  useEffect(() => noteDepartments(found.data?.departments ?? []), [found.data])
  if (found.error !== null)
    return <Empty drawing="broken" title={t('error.loadFailed')} text={errorMessage(found.error)} />
  if (!found.data) return <Skeleton rows={5} />
  const { people, departments } = found.data
  if (people.length + departments.length === 0)
    return <Empty drawing="none" title={t('people.notFound', { text })} text={t('people.notFoundText')} />
  return (
    <>
      {departments.length > 0 && <h2 className={styles.label}>{t('people.departments')}</h2>}
      {departments.map((department) => (
        <Link key={department.id} className={styles.manage} to={`/people/${department.id}`}>
          <span className="ell">{department.name}</span>
        </Link>
      ))}
      {people.length > 0 && <h2 className={styles.label}>{t('people.people')}</h2>}
      {people.map((person) => (
        <PersonRow key={person.id} profile={person} to={`/people/of/${person.id}`} selected={false} />
      ))}
    </>
  )
}
