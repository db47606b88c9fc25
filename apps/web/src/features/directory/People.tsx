import { Empty } from '@heyi/ui/Empty'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useMedia, widths } from '../../app/media'
import { DepartmentPeople } from './DepartmentPeople'
import styles from './People.module.css'
import { PeopleNav } from './PeopleNav'
import { Profile } from './Profile'

/**
 * `/people/:department/:member`. The department is an id, `none` for people in none, or `of` where somebody was opened
 * from elsewhere. Three columns where there is room, else one or two of them.
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
        <DepartmentPeople key={inDepartment} department={inDepartment} selected={member ?? null} wide={!threePanes} />
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
