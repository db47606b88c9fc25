import { Empty } from '@heyi/ui/Empty'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useMedia, widths } from '../../app/media'
import { MyGroups } from '../messaging/MyGroups'
import { Column } from './Column'
import { DepartmentPeople } from './DepartmentPeople'
import styles from './People.module.css'
import { PeopleNav } from './PeopleNav'
import { Profile } from './Profile'
import { RecentPeople } from './RecentPeople'

/**
 * `/people/:department/:member`. The department is an id, `none` for people in none, `recent`, `groups`, or `of` where
 * somebody was opened from elsewhere. Three columns where there is room, else one or two of them.
 */
export function People() {
  const { t } = useTranslation()
  const { department, member } = useParams()
  const twoPanes = useMedia(widths.twoPanes)
  const threePanes = useMedia(widths.rightPanel)
  const inDepartment = department && department !== 'of' ? department : null
  return (
    <>
      {(twoPanes || !department) && <PeopleNav selected={inDepartment} />}
      {inDepartment && (threePanes || !member) && (
        <Middle key={inDepartment} which={inDepartment} selected={member ?? null} wide={!threePanes} />
      )}
      {member && (
        <Profile
          key={member}
          id={member}
          back={inDepartment ? `/people/${inDepartment}` : '/people'}
          backShown={!threePanes || !inDepartment}
        />
      )}
      {twoPanes && !member && (threePanes || !inDepartment) && (
        <main className={styles.rest}>
          <Empty heading="h1" title={t('people.pickTitle')} text={t('people.pickText')} />
        </main>
      )}
    </>
  )
}

function Middle({ which, selected, wide }: { which: string; selected: string | null; wide: boolean }) {
  const { t } = useTranslation()
  if (which === 'recent')
    return (
      <Column title={t('people.recent')} wide={wide}>
        <RecentPeople selected={selected} />
      </Column>
    )
  if (which === 'groups')
    return (
      <Column title={t('people.groups')} wide={wide}>
        <MyGroups />
      </Column>
    )
  return <DepartmentPeople department={which} selected={selected} wide={wide} />
}
