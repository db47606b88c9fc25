import { Empty } from '@heyi/ui/Empty'
import { Skeleton } from '@heyi/ui/Skeleton'
import { useTranslation } from 'react-i18next'
import { VList } from 'virtua'
import { useHeyi, useProfile } from '../../app/data'
import { useRecentPeople } from '../messaging/useRecentPeople'
import styles from './People.module.css'
import { PersonRow } from './PersonRow'

/** Colleagues I last talked with, out of what this device holds. */
export function RecentPeople({ selected }: { selected: string | null }) {
  const { t } = useTranslation()
  const people = useRecentPeople()
  const ready = useHeyi((held) => held.ready)
  if (people.length === 0)
    return ready ? <Empty title={t('people.noRecent')} text={t('people.pickText')} /> : <Skeleton rows={8} />
  return (
    <VList className={styles.list} data={people}>
      {(id) => <Row key={id} id={id} selected={id === selected} />}
    </VList>
  )
}

function Row({ id, selected }: { id: string; selected: boolean }) {
  const profile = useProfile(id)
  return profile && <PersonRow profile={profile} to={`/people/recent/${id}`} selected={selected} />
}
